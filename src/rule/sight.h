/* Rules put to one resource: which fire, where, and with which words. */
#ifndef RULE_SIGHT_H
#define RULE_SIGHT_H

#include "model/secrets.h"
#include "rule/judge.h"
#include "text/lines.h"

typedef struct SightResource {
    const Node *node;
    Identity identity;
    uint32_t object;                    /* its number in the index, UINT32_MAX when it has none */
    const struct SightResource *outer;  /* the object whose text it stands in, if any … */
    Place carrier;                      /* … and where that text is */
} SightResource;

typedef struct Sighter {
    Arena *arena;
    const Document *doc;
    uint32_t start; /* of the document in the piece */
    Lines *lines;   /* of the piece */
    Matcher *matcher;
    const RuleSet *rules;
    const uint64_t *active, *wanted;
    bool facts_only;
    const Sink *sink;
    SpanVec secrets; /* of the document, found on the first need */
    bool secrets_known;
} Sighter;

void sight_resource(Sighter *s, const SightResource *resource);
void sighter_release(Sighter *s);

/* The resource of an outer document that a scalar belongs to; NULL when it belongs to none. */
const SightResource *sight_carrier(const SightResource *resources, size_t count, const Node *scalar);

#endif
