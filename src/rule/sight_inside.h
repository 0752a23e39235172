/* The inside of rule/sight.c: one rule on one resource, and the places inside of its texts. */
#ifndef RULE_SIGHT_INSIDE_H
#define RULE_SIGHT_INSIDE_H

#include "base/map.h"
#include "model/scripts.h"
#include "rule/sight.h"

typedef struct Sight {
    Sighter *s;
    const SightResource *resource;
    const Rule *rule;
    Str ignored_because;
    HashMap looked_into; /* scalars that aliases led to: each is looked into once */
} Sight;

/* A scalar's text, and how often the rule has fired in it. */
typedef struct SightText {
    const Sight *sight;
    Script text;
    uint32_t hits;
} SightText;

/* The rule fires at bytes [part.start, part.end) of the text. */
void sight_part(SightText *t, Span part);

/* rule/sight_text.c: at each place in the scalar that the rule's `find` or `promql` asks for. */
void sight_text(Sight *sight, const Each *each, const Node *found);

#endif
