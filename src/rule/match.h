/* Does a rule want this resource? Group, version, kind and name are read off an Identity, so that
 * they can be judged without a tree; `where` asks the tree.
 *
 * Answers are Kleene's: what a template hides is UNKNOWN, and only YES fires a rule.
 *
 *     Matcher m = {.regexes = regexes, .scratch = scratch};
 *     if (resource_matches(&rule->resource, &identity, node, &m) == YES) ...
 */
#ifndef RULE_MATCH_H
#define RULE_MATCH_H

#include "base/regex.h"
#include "model/identity.h"
#include "rule/rule.h"

typedef enum { NO, YES, UNKNOWN } Kleene;

/* What matching needs beside the rule. The expressions are shared by all threads, the rest is one
 * thread's own. */
typedef struct Matcher {
    Regex *const *regexes; /* by the indexes of RuleSet.patterns */
    RegexScratch *scratch;
    bool limit_hit; /* set when an expression ran into LIMIT_REGEX_STEPS; the caller clears it */
} Matcher;

/* One Regex for each pattern of the set. None is compiled before its first use. */
Regex **rule_regexes_new(const RuleSet *set);
void rule_regexes_free(const RuleSet *set, Regex **regexes);

/* Group, version, kind and name only: `where` is not asked. */
bool identity_matches(const ResourceMatch *match, const Identity *identity);

Kleene ask_judge(const Ask *ask, const Node *resource, Matcher *m);

/* Everything: the identity, then `where`. */
Kleene resource_matches(const ResourceMatch *match, const Identity *identity, const Node *resource,
                        Matcher *m);

#endif
