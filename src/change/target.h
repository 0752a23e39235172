/* The tree that a change wants, and where each part of it comes from.
 *
 * A conversion does not edit. It writes down what the resource shall be, and says for every part
 * that it is kept from the source, or new, or dropped and why. Lines, indentation, comments and
 * separators are the business of the layout; whether anything was forgotten is that of the ledger.
 *
 *     Rewrite rw;
 *     rewrite_begin(&rw, &arena, &doc, resource);
 *     Target *root = target_within(&rw, resource);               its line, comments and place stay
 *     rewrite_root(&rw, root);
 *     target_add(root, target_set(&rw, kind, STR("TrainJob")));  same key, another text
 *     target_add(root, target_keep(&rw, metadata));              as it stands
 *     Target *trainer = target_add_key(root, STR("trainer"), target_map(&rw));
 *     target_add_key(trainer, STR("numNodes"), target_plain(&rw, STR("4")));
 *     rewrite_drop(&rw, status, DROP_HARMLESS, STR("written by the server"));
 *
 * Everything lives in the rewrite's arena. A node may be kept twice: then it is copied. */
#ifndef CHANGE_TARGET_H
#define CHANGE_TARGET_H

#include "yaml/parse.h"

struct SchemaFinder; /* change/schema.h */

typedef enum {
    TARGET_KEEP,   /* a node of the source as it stands */
    TARGET_WITHIN, /* a collection of the source: its line, style, comments, but these children */
    TARGET_SCALAR, /* a text, new or in place of a scalar of the source */
    TARGET_MAP,    /* a new collection */
    TARGET_SEQ,
} TargetKind;

typedef enum {
    SCALAR_STRING, /* reads as a string: quoted where plain text would read as something else */
    SCALAR_PLAIN,  /* a number, boolean or null, written as it is */
} ScalarType;

/* Bytes of a scalar's decoded text that become others; the rest of its text stays. */
typedef struct Splice {
    uint32_t start, end;
    Str text;
    struct Splice *next;
} Splice;

typedef struct Target Target;
struct Target {
    TargetKind kind;
    /* KEEP, WITHIN; others: the one whose place, quotes and comments it takes. */
    const Node *source;
    bool has_key; /* under this key; without it, in a map, under the source's own */
    Str key;
    Str comment; /* lines above it that the source does not have */
    Str text;    /* SCALAR: decoded */
    ScalarType type;
    Splice *splices; /* SCALAR: instead of writing it anew */
    Target *parent, *first, *last, *next;
};

typedef enum {
    DROP_HARMLESS, /* the value says what the target would do anyway, or the server wrote it */
    DROP_LOSS,     /* something is lost: the change needs a reader */
} DropKind;

typedef struct Drop {
    const Node *node;
    DropKind kind;
    Str reason;
    struct Drop *next;
} Drop;

typedef struct Rewrite {
    Arena *arena;
    const Document *doc;
    const Node *resource; /* the map that is rewritten */
    bool in_list;         /* it is an item of a List, cut off on its own or not */
    bool mends;           /* a detail only: what else its schema refuses may stay as it is */
    /* What stands in its place must satisfy these; NULL: nothing is known. */
    const struct SchemaFinder *schemas;
    Target *first_root, *last_root; /* what stands in its place, in order; none: it goes */
    Drop *drops, **next_drop;
    Str refused; /* why there is no honest answer; the first reason counts */
    /* Aliases that a plan replaced by what they stand for: worth a reader's look. */
    uint32_t copies;
} Rewrite;

void rewrite_begin(Rewrite *rw, Arena *a, const Document *doc, const Node *resource);

/* One more resource in the place of the source's: the first is written where it stood. */
void rewrite_root(Rewrite *rw, Target *root);

/* The node and everything below it goes on purpose. Its comments are listed with it. */
void rewrite_drop(Rewrite *rw, const Node *node, DropKind kind, Str reason);

/* No honest answer: nothing will be edited. */
void rewrite_refuse(Rewrite *rw, Str reason);

Target *target_keep(Rewrite *rw, const Node *node);
Target *target_within(Rewrite *rw, const Node *collection);
Target *target_set(Rewrite *rw, const Node *scalar, Str text); /* keeps quotes, or adds them */
Target *target_string(Rewrite *rw, Str text);
Target *target_plain(Rewrite *rw, Str text);
Target *target_map(Rewrite *rw);
Target *target_seq(Rewrite *rw);

/* Changes [start, end) of the decoded text of a kept scalar, in place: inside quotes or a block
 * scalar. Once more for each further range, from left to right. */
void target_splice(Rewrite *rw, Target *kept, uint32_t start, uint32_t end, Str text);

/* Comment lines above an entry, without their `#`; JSON refuses them. */
void target_comment(Rewrite *rw, Target *t, Str lines);

/* A kept collection becomes its own line with its children kept, so that they can be changed. */
void target_open(Rewrite *rw, Target *kept);

bool target_is_map(const Target *t); /* … that can be written down child by child */

/* Appends a child, under the key of its source or as an item; returns it. */
Target *target_add(Target *parent, Target *child);
Target *target_add_key(Target *parent, Str key, Target *child);

/* `with` takes the place of a child of a collection. */
void target_replace(Target *child, Target *with);

#endif
