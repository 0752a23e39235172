/* Suppressions that stand in the files themselves.
 *
 *     # unstale: ignore[KFT001] until=2027-01-31 why: waiting for the cluster upgrade
 *     metadata.annotations: unstale/ignore: "KFT001: why"
 *
 * A comment speaks for its own line, or for the next one when it stands alone. An annotation speaks
 * for its object and everything inside. A reason is required. */
#ifndef RULE_SUPPRESS_H
#define RULE_SUPPRESS_H

#include "rule/rule.h"
#include "text/span.h"

typedef struct FileSuppression {
    Str selectors;  /* comma-separated: ids, prefixes, packs, names */
    uint32_t until; /* YYYYMMDD, 0: no end */
    Str reason;
} FileSuppression;

#define SUPPRESS_ANNOTATION STR("unstale/ignore")

/* Calls visit for each comment that addresses us: `# unstale: …`, in Markdown also
 * `<!-- unstale: … -->`. `comment` spans from its `#`; `text` is what stands behind `unstale:`. */
typedef void (*SuppressVisit)(void *context, Span comment, Str text, bool own_line);
void suppress_each(Str text, SuppressVisit visit, void *context);

/* Reads what stands behind `unstale:`. On failure err says what is wrong with it, in words that
 * follow "this suppression does not count: ". */
bool suppress_parse(Str text, FileSuppression *out, Error *err);

/* Reads the annotation's value, "KFT001,WVA: why". */
bool suppress_parse_annotation(Str value, FileSuppression *out, Error *err);

/* Does one of the selectors mean the rule? */
bool suppress_means(const FileSuppression *s, const Rule *rule);

/* Does each selector mean some rule of the set, and one of the active ones at least? */
bool suppress_known(const FileSuppression *s, const RuleSet *rules, Error *err);
bool suppress_active(const FileSuppression *s, const RuleSet *rules, const uint64_t *active);

#endif
