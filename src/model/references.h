/* Where manifests name other objects: one table of paths, read off a tree.
 *
 * A reference is a scalar with a name. What kind of object it names is said by the table, or beside
 * the name (`kind`, `apiVersion`); so is the namespace, where the API lets one name objects of
 * other namespaces. Pod specs are found by their shape, a map with a list of `containers`, so those
 * in kinds that no table knows are read as well. Texts (commands, URLs, queries) are not.
 *
 *     if (!references_each(&arena, resource, &identity, visit, context)) … not all of them …
 */
#ifndef MODEL_REFERENCES_H
#define MODEL_REFERENCES_H

#include "model/identity.h"
#include "yaml/path.h"

typedef struct Reference {
    const Node *node;      /* the scalar, or an alias to it */
    Str group, kind, name; /* of what it names; the name is empty where a template stands */
    Str namespace;         /* empty: that of the object that refers */
    Path name_at;          /* the way to the scalar, from the resource … */
    Path namespace_at;     /* … and to the namespace beside it; empty when there is none */
    bool shared_text;      /* it stands behind an alias or merge key: others read it, too */
    bool in_label;         /* the name is the value of a label: see name_is_label_value */
} Reference;

typedef void (*ReferenceVisit)(void *context, const Reference *r);

/* In the order of the table. Paths are in the arena. `id` says of which kind the resource is.
 * False: more than LIMIT_REFERENCE_NODES were met behind aliases, and what comes after them was
 * not. A few aliases in each other stand for any number of nodes. */
bool references_each(Arena *a, const Node *resource, const Identity *id, ReferenceVisit visit,
                     void *context);

#endif
