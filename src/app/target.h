/* Packs of rules, and the versions that a migration can aim at.
 *
 * A pack has one chosen target per configuration: `--target trainer=2.3`, or `targets:` in a file.
 * A target is a version, compared number by number (2.10 is above 2.9), or a word, compared as it
 * stands.
 *
 *     TargetRange of a rule: {"trainer", low "2.0", high ""};  chosen: TARGET_DEFAULTS
 *     if (target_fits(rule, chosen)) ... the rule holds for where the user is going
 */
#ifndef APP_TARGET_H
#define APP_TARGET_H

#include "base/error.h"
#include "rule/rule.h"

typedef enum {
    PACK_TRAINER,
    PACK_WVA,
    PACK_CHUTES,
    PACK_CHARMED,
    PACK_CALICO,
    PACK_KUBERNETES,
    PACK_COUNT,
} Pack;

extern const Str pack_names[PACK_COUNT];

/* False when there is no such pack; err then names the nearest one, or all of them. */
bool pack_find(Str name, Pack *out, Error *err);

/* Can one migrate to this version of the pack? If not, err names those one can migrate to. */
bool target_check(Pack pack, Str version, Error *err);

/* What a pack aims at when nobody chose; empty for a pack without versions. */
Str target_default(Pack pack);

/* For help texts and completions: "trainer=2.3" and so on, one for each version of each pack. */
const Str *target_examples(size_t *count);

/* Does the rule hold for the chosen target of each pack? For every pack that the rule names, one of
 * its ranges must hold the chosen target; a rule that names none always fits. */
bool target_fits(const Rule *rule, const Str chosen[PACK_COUNT]);

/* Part by part as numbers, a missing part counts as 0: <0, 0, >0. False when one is no version. */
bool version_compare(Str a, Str b, int *order);

#endif
