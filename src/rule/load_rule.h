/* The inside of rule/load.c: one rule out of a parsed file. */
#ifndef RULE_LOAD_RULE_H
#define RULE_LOAD_RULE_H

#include "rule/loader.h"

/* rule/load_rule.c: all keys of a rule. rule->pack and rule->file are set already. */
bool load_rule(Loader *l, const Node *root, Rule *rule);

/* What may stand in an id (KFT001) and in a name (words-with-dashes). */
bool is_rule_id(Str text);
bool is_rule_name(Str text);

/* What is wrong with a hole, as in "unknown hole {x}" + " for this kind of rule"; NULL: nothing. */
typedef const char *HoleFault(Loader *l, const Rule *rule, Str hole);
HoleFault message_hole_fault;

/* The scalar's text is a template, and its holes are in order. */
bool load_template(Loader *l, const Node *n, const char *what, const Rule *rule, HoleFault *fault,
                   Str *out);

/* rule/load_match.c: the value of `match`. */
bool load_match(Loader *l, const Node *n, Rule *rule);

/* … and a resource in it, called so in messages. */
bool load_resource(Loader *l, const Node *n, const char *what, ResourceMatch *out);

/* rule/load_command.c: the value of `command` in it, with what stands beside. */
bool load_fix_only(Loader *l, const Node *n, Rule *rule); /* … and of `only` in its fix */
bool load_command_match(Loader *l, const Node *match, const Node *command, Rule *rule);

/* rule/load_ask.c: the value of `where`: one ask, or a list of which all must hold. */
bool load_ask(Loader *l, const Node *n, Ask *out);
/* A text that is a regular expression. */
bool load_expression(Loader *l, const Node *n, const char *what, Str *out);

/* rule/load_fix.c: the value of `fix`; the rule's match is known already. */
bool load_fix(Loader *l, const Node *n, Rule *rule);

#endif
