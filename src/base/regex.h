/* Regular expressions on bytes (PCRE2), compiled on first use.
 *
 * A Regex is made from a pattern and costs nothing until it is first used; then it is compiled with
 * JIT. A compiled Regex may be shared by threads; each thread brings its own RegexScratch. From
 * each position in the subject a match may take LIMIT_REGEX_STEPS; one that runs into it is
 * REGEX_LIMIT, which the caller reports. All positions together may take time with the square of
 * the subject's length, so a subject is a line or a value, never a file.
 *
 *     Regex *re = regex_new(STR("kubectl\\s+(\\S+)"));      no compilation yet
 *     RegexMatch m;
 *     if (regex_find(re, scratch, line, 0, &m) == REGEX_FOUND) ... m.groups[1] ...
 */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include "base/error.h"
#include "base/str.h"

typedef struct Regex Regex;
typedef struct RegexScratch RegexScratch;

typedef enum { REGEX_NONE, REGEX_FOUND, REGEX_LIMIT } RegexResult;

enum { REGEX_GROUPS = 10 };

typedef struct RegexMatch {
    size_t start, end; /* of the whole match, offsets in the subject */
    /* [0] is the whole match; a group that took no part is empty, its data NULL. */
    Str groups[REGEX_GROUPS];
} RegexMatch;

/* Is the pattern valid? If not, err says why and *offset where in the pattern. */
bool regex_check(Str pattern, size_t *offset, Error *err);
/* How many groups a valid pattern has. */
size_t regex_group_count(Str pattern);

/* The pattern must be valid (regex_check); an invalid one is a bug. Free it with regex_free. */
Regex *regex_new(Str pattern);
void regex_free(Regex *re); /* NULL is fine */

RegexScratch *regex_scratch_new(void);
void regex_scratch_free(RegexScratch *scratch);

/* The first match at or after `from`. Safe for several threads with a scratch each. */
RegexResult regex_find(Regex *re, RegexScratch *scratch, Str subject, size_t from, RegexMatch *m);

#endif
