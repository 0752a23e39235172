/* Messages with holes: "{kind} '{name}' needs Training Operator v1".
 *
 * A hole is a name in braces; `{{` stands for one brace, a `}` outside a hole for itself. Which
 * holes a rule may use depends on its kind of match and is checked when it is loaded
 * (docs/rules/writing.md).
 *
 *     Str text = message_fill(&arena, rule->message, value_of_hole, &finding);
 */
#ifndef RULE_MESSAGE_H
#define RULE_MESSAGE_H

#include "base/str.h"

typedef struct MessagePart {
    Str text; /* a hole: its name, without the braces */
    bool is_hole;
} MessagePart;

/* Cuts the next part off *rest; false when nothing is left.
 *     Str rest = template; MessagePart part;
 *     while (message_next(&rest, &part)) ...; */
bool message_next(Str *rest, MessagePart *part);

/* Is every hole closed? If not, *offset is where the open one begins. */
bool message_check(Str template, size_t *offset);

typedef Str (*HoleValue)(void *context, Str hole);
Str message_fill(Arena *a, Str template, HoleValue value, void *context);

#endif
