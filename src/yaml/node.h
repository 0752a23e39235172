/* The tree of one YAML or JSON document: immutable, with the exact bytes of everything.
 *
 * A Node lives in its document's arena. `span` covers the node's own text: quotes and block scalar
 * headers inside, anchors and tags outside (those are `properties`). For collections one law holds:
 *
 *     a container ends where its last child ends; between leaves there is only white space,
 *     comments, the indicators  : - , { } [ ] ?  and node properties.
 *
 * A block collection starts at its first key or dash. A flow collection spans its brackets. An
 * implied null (`a:` and nothing behind) is a scalar with an empty span right behind its `:`, `-`.
 *
 *     Node *kind = node_child(doc->root, STR("kind"));
 *     if (node_is(kind, STR("PyTorchJob"))) ...
 *
 * Every function accepts NULL for a node and answers as for one that is absent. */
#ifndef YAML_NODE_H
#define YAML_NODE_H

#include "text/span.h"

typedef enum { NODE_SCALAR, NODE_MAP, NODE_SEQ, NODE_ALIAS } NodeKind;

typedef enum {
    STYLE_PLAIN, /* scalars */
    STYLE_SINGLE,
    STYLE_DOUBLE,
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_BLOCK, /* collections */
    STYLE_FLOW,
} NodeStyle;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    NodeStyle style;
    bool templated; /* a template stands in it: it can be kept, never read (yaml/mask.h); of a
                       collection: a template may stand for children of it */
    Span span;
    Span properties;           /* anchor and tag, with what is between; empty when there are none */
    Node *parent;              /* the collection that holds it; NULL for the root */
    Node *key;                 /* for a value of a map: its key, whose parent is the map too */
    Node *first, *last, *next; /* children: values of a map, items of a sequence */
    Node *target;              /* of an alias: the anchored node, NULL when undefined */
    uint32_t count;            /* of children */
    uint32_t entry;  /* where its place in the parent starts: the dash, the `?`, the key (with its
                        properties); its own start elsewhere */
    Str value;       /* of a scalar: its decoded text; of an alias: the anchor's name */
    Str anchor, tag; /* without `&`; with `!` */
};

#define NODE_EACH(child, node)                                                                     \
    for (const Node *child = (node) ? (node)->first : NULL; child; child = child->next)

/* The value under a key, merge keys (`<<`) followed, aliases followed. NULL when absent. */
const Node *node_child(const Node *map, Str key);
/* The same, for who has many questions: each node that is looked at counts the budget down. Below 0
 * the answer is none. */
const Node *node_child_within(const Node *map, Str key, int *budget);
/* The i-th item of a sequence, from 0. */
const Node *node_item(const Node *seq, uint32_t i);
/* What an alias stands for; the node itself when it is none; NULL when undefined or endless. */
const Node *node_resolve(const Node *n);

/* A readable scalar: its text, or the empty Str for collections, absent and templated nodes. */
Str node_text(const Node *n);
bool node_is(const Node *n, Str text); /* a readable scalar with that text */
/* The value of an entry of a map whose key, as written there, is that; false of NULL. */
bool node_is_under(const Node *n, Str key);
/* Null as YAML 1.2's core schema reads a plain scalar: empty, ~, null, Null, NULL. */
bool node_is_null(const Node *n);
bool plain_is_null(Str text);
/* Would a YAML 1.1 or 1.2 reader take this plain text for something else than a string? */
bool plain_is_typed(Str text);
/* A readable plain scalar (or quoted one) that is a decimal number. */
bool node_number(const Node *n, double *out);
bool node_is_scalar(const Node *n);
/* Does the node lie inside `outer` (or is it `outer`)? */
bool node_inside(const Node *n, const Node *outer);

#endif
