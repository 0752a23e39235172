/* Rules to a RuleSet: sorted by id, their expressions numbered, one automaton for their literals.
 *
 *     rule_set_build(&arena, rules, count, &set, &err);
 *     rule_set_merge(&arena, &builtin_rules, &own, &set, &err);
 */
#ifndef RULE_SET_H
#define RULE_SET_H

#include "rule/rule.h"

/* The rules are copied; what they point to is not, and must live as long as the arena. */
bool rule_set_build(Arena *a, const Rule *rules, size_t count, RuleSet *out, Error *err);

/* The rules of both; a rule of `more` takes the place of the one with its id. Two rules with one
 * name are an error, and so is a fix that follows a rule which is not there. */
bool rule_set_merge(Arena *a, const RuleSet *set, const RuleSet *more, RuleSet *out, Error *err);

#endif
