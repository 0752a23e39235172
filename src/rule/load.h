/* Rule files to a RuleSet (docs/rules/writing.md is the manual of their format).
 *
 * Every error names file, line and column. Unknown keys are errors, so a slip never turns a check
 * off.
 *
 *     RuleSet set;
 *     if (!rule_load(&arena, STR("rules"), &set, &err)) fputs(err.text, stderr);
 */
#ifndef RULE_LOAD_H
#define RULE_LOAD_H

#include "rule/rule.h"

/* All *.yaml files below the directory, in path order, one rule in each; the folder that a file
 * lies in names the rule's pack. Everything lives in the arena. */
bool rule_load(Arena *a, Str directory, RuleSet *out, Error *err);

/* One rule from its text, which must outlive the arena's contents. Its Rule.regex and Ask.regex are
 * numbered when it joins a set (rule/set.h). */
bool rule_parse(Arena *a, Str file, Str pack, Str text, Rule *out, Error *err);

#endif
