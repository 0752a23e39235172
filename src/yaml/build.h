/* Events to a tree: where every node starts and ends.
 *
 * A parser's marks are not enough. Quotes, `*`, block scalar headers and dashes lie outside them,
 * block collections end at the next token, implied nulls have no mark at all (the measurements are
 * in docs/decisions/libfyaml.md). So the builder takes only the leaves' marks from the parser and
 * finds the rest itself, by walking a cursor over the gaps between leaves: a gap holds nothing but
 * white space, comments, the indicators `: - , { } [ ] ?` and node properties. Where a gap holds
 * anything else the builder stops, and the document counts as not parsed.
 *
 *     Builder b = {.arena = arena, .text = text};
 *     while (next event) if (!builder_add(&b, &event)) break;       b.problem says why
 *     if (!builder_finish(&b)) ...                                  likewise
 *     b.root */
#ifndef YAML_BUILD_H
#define YAML_BUILD_H

#include "base/vec.h"
#include "yaml/node.h"

typedef enum {
    EVENT_DOCUMENT,
    EVENT_SCALAR,
    EVENT_ALIAS,
    EVENT_MAP,
    EVENT_SEQ,
    EVENT_END, /* of the innermost collection */
} EventKind;

typedef struct Event {
    EventKind kind;
    NodeStyle style;
    bool marked;      /* has the parser a mark for it? An implied null has none, nor has a flow
                         collection without brackets: the pair in `[a: b]` */
    Span mark;        /* of a scalar's or alias's text; nothing is read from a block scalar's */
    Span anchor, tag; /* without the `&`; empty when there is none */
} Event;

typedef struct Frame {
    Node *node;
    Node *key;   /* of a map: the key that waits for its value */
    bool braces; /* a flow collection with brackets of its own, not the single pair in `[a: b]` */
} Frame;

typedef struct Builder {
    Arena *arena;
    Str text; /* what the parser saw */
    Node *root;
    uint32_t nodes;
    uint32_t cursor; /* everything before it is accounted for */
    uint32_t entry;  /* where the child that comes next has its dash, `?` or key */
    VEC(Frame) stack;
    const char *problem; /* after builder_add returned false … */
    bool at_limit;       /* … because the text is nested too deep */
} Builder;

bool builder_add(Builder *b, const Event *event);
bool builder_finish(Builder *b);  /* behind the last event: is all of the text accounted for? */
void builder_release(Builder *b); /* the tree stays: it is the arena's */

#endif
