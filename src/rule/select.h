/* What --select, --ignore and suppressions write to mean rules: an id (KFT001), the beginning of
 * ids (KFT, KFT00), a rule's name (pytorchjob-v1), or a pack (trainer). */
#ifndef RULE_SELECT_H
#define RULE_SELECT_H

#include "rule/rule.h"

bool selector_names(Str selector, const Rule *rule);

/* Names the selector any rule of the set? If not, err says so, with the nearest one that does. */
bool selector_check(const RuleSet *set, Str selector, Error *err);

#endif
