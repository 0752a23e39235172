/* The inside of rule/load.c: one rule out of a parsed file. */
#ifndef RULE_LOAD_RULE_H
#define RULE_LOAD_RULE_H

#include "rule/loader.h"

/* rule/load_rule.c: all keys of a rule. rule->pack and rule->file are set already. */
bool load_rule(Loader *l, const Node *root, Rule *rule);

/* rule/load_match.c: the value of `match`. */
bool load_match(Loader *l, const Node *n, Rule *rule);

/* rule/load_ask.c: the value of `where`: one ask, or a list of which all must hold. */
bool load_ask(Loader *l, const Node *n, Ask *out);

#endif
