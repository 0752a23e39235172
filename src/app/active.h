/* Sets of rules: which are in use, which an entry of a configuration means.
 *
 * A set is a bit per rule of the RuleSet, LITERAL_WORDS(count) words.
 *
 *     uint64_t *set = rules_none(&arena, rules);
 *     if (!rules_select(rules, STR("KFT"), set, &err)) ...     unknown: err has the nearest name
 */
#ifndef APP_ACTIVE_H
#define APP_ACTIVE_H

#include "app/target.h"

uint64_t *rules_none(Arena *a, const RuleSet *rules); /* the empty set, in the arena */

/* Adds every rule that the selector means (rule/select.h has the grammar). */
bool rules_select(const RuleSet *rules, Str selector, uint64_t *set, Error *err);

/* The rules that are in use: those of `selected` (NULL: all) that hold for the chosen targets,
 * without those of `ignored`. The program's own rules are in use unless they are ignored: a file
 * that cannot be read is told about whatever was selected. The result is in the arena. */
const uint64_t *rules_active(Arena *a, const RuleSet *rules, const uint64_t *selected,
                             const uint64_t *ignored, const Str chosen[PACK_COUNT]);

static inline bool rules_has(const uint64_t *set, size_t rule) {
    return set[rule / 64] >> (rule % 64) & 1;
}

static inline void rules_put(uint64_t *set, size_t rule) {
    set[rule / 64] |= (uint64_t)1 << (rule % 64);
}

#endif
