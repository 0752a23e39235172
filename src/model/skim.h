/* The identity of a resource, read off its lines: no tree, no allocation, near the speed of memchr.
 *
 * A dump holds far more objects than any rule wants to see, yet all of them must be counted and
 * known by name. The skimmer reads what kubectl writes and knows when it does not understand:
 * SKIM_UNSURE sends the caller to the tree, which is the authority. A test proves on every document
 * at hand that a sure answer equals the tree's. */
#ifndef MODEL_SKIM_H
#define MODEL_SKIM_H

#include "model/identity.h"

typedef enum {
    SKIM_UNSURE,   /* quotes over lines, anchors, templates, flow style …: ask the tree */
    SKIM_RESOURCE, /* *out is filled; its texts point into the text */
    SKIM_OTHER,    /* surely no resource: no apiVersion or no kind at the first level */
} Skim;

/* A whole block style document, or one item of a List with its dash (`is_item`). */
Skim skim_yaml(Str text, bool is_item, Identity *out);

/* A JSON object, braces included. */
Skim skim_json(Str text, Identity *out);

#endif
