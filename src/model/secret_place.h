/* What the neighbours of a key say: is the map a Secret, does `key` name a label, does a map under
 * `password` hold one or only tell where it is?
 *
 *     token: {name: x, key: y}      points at a Secret's entry: nothing in it is secret
 *     token: {user: x, value: y}    all of it is */
#ifndef MODEL_SECRET_PLACE_H
#define MODEL_SECRET_PLACE_H

#include "yaml/node.h"

/* What a node stands under: every scalar below `password` is secret, but what tells where … */
typedef struct Under {
    Str name;  /* empty: under nothing of that kind */
    bool item; /* in a list there */
    bool all;  /* … and in a Secret's `data` not even that is shown */
} Under;

/* How a map under a secret's name says that it only points at one. */
typedef struct Pointer {
    bool named; /* its `name` is that of an object */
    bool keyed; /* its `key` is that of an entry */
} Pointer;

/* The key under which the map stands, directly or as an item of a list. */
Str place_key_of_map(const Node *map);

/* A Secret, an item of a SecretList, or one that may have been cut off from such a list. */
bool place_is_secret(const Node *map);

/* `key` names a label, a ConfigMap's entry … when its neighbours say so. */
bool place_has_open_key(const Node *map);

/* The property of a JSON Schema: it describes passwords and holds none, but by example. */
bool place_is_schema(const Node *n);

Pointer place_pointer(const Node *map, Under under);

/* Does a child of a map under a secret's name tell where or how, and not what? */
bool place_is_open(const Node *child, Pointer pointer);

#endif
