/* Rules put to one resource: which fire, where, and with which words. */
#ifndef RULE_SIGHT_H
#define RULE_SIGHT_H

#include "model/secrets.h"
#include "rule/command.h"
#include "rule/judge.h"
#include "rule/suppress.h"
#include "text/lines.h"

/* The annotation by which an object asks for silence. */
typedef struct Silence {
    FileSuppression what;
    const Node *node;
    bool valid, used;
} Silence;

typedef struct SightResource {
    const Node *node;
    Identity identity;
    Str title;                   /* "namespace/name" for people, set by sight_resource */
    uint32_t object;             /* its number in the index, UINT32_MAX when it has none */
    bool bare;                   /* a tree that is no resource: it has no identity */
    bool secret;                 /* the text it stands in must not be shown */
    Silence silence;             /* its own annotation */
    struct SightResource *outer; /* the object in whose text or field it stands, if any … */
    Span outer_document;         /* … the document of that, in the piece; empty: its own … */
    Place carrier;               /* … and where that text or field is … */
    Str carrier_path;            /* … in the object */
} SightResource;

typedef struct Sighter {
    Arena *arena;
    const Document *doc;
    uint32_t start;  /* of the document in the piece */
    bool in_list;    /* its resources are items of a List … */
    bool typed_list; /* … that holds one kind only */
    Lines *lines;    /* of the piece */
    Str path;        /* of the file */
    Matcher *matcher;
    const RuleSet *rules;
    const uint64_t *active, *wanted;
    bool facts_only;
    bool example; /* its resources are no objects of any cluster */
    const Sink *sink;
    bool all_secret; /* the resource at hand stands in a secret */
    SpanVec secrets; /* of the document, found on the first need */
    bool secrets_known;
} Sighter;

/* Resources of outer documents must have been put to the rules before those inside them, and are
 * finished after those: an annotation speaks for everything inside. */
void sight_resource(Sighter *s, SightResource *resource);
/* A rule fires at a command in the object's text; `hit` counts from the document. */
void sight_command(Sighter *s, SightResource *resource, const CommandHit *hit);

void sight_finish(Sighter *s, SightResource *resource);

/* Must what stands at `span` of the document not be shown? */
bool sight_is_secret(Sighter *s, Span span);
void sighter_release(Sighter *s);

/* The resource of an outer document that a scalar belongs to; NULL when it belongs to none. */
SightResource *sight_carrier(SightResource *resources, size_t count, const Node *scalar);

#endif
