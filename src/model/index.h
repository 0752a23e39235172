/* What the scan knows about every object, after its document is gone.
 *
 * Facts are small copies: an object costs about 60 bytes whatever its manifest weighs. They are
 * added in source order while the scan reads, then frozen; after that the index answers questions
 * about all of the scan at once.
 *
 * An object is known by its uid, else by group, kind, namespace and name. Without a uid *and*
 * without a namespace nothing proves that two manifests are the same object (two overlays of a
 * repository may both hold a job `train`): they stay two.
 *
 *     uint32_t o = index_add(&index, &identity, source, offset, false);
 *     index_freeze(&index);
 *     uint32_t top = index_top(&index, o);            the Deployment of a Pod
 */
#ifndef MODEL_INDEX_H
#define MODEL_INDEX_H

#include "base/map.h"
#include "model/identity.h"

#define NO_OBJECT UINT32_MAX

typedef struct ObjectFact {
    Hash128 key;   /* of the uid, else of group, kind, namespace and name; zero: not comparable */
    Hash128 name;  /* of group, kind, namespace and name */
    Offset offset; /* of its piece in the source */
    uint32_t source;
    uint32_t type, namespace; /* Index.names: "group/kind", namespace */
    uint32_t owner;           /* Index.owners, NO_OBJECT when nothing manages it */
    bool other;               /* read for facts only: known, not counted */
    uint32_t same; /* after freezing: the first object of the scan that is the same one */
} ObjectFact;

typedef struct OwnerFact {
    Hash128 uid;
    uint32_t kind, name; /* Index.names */
} OwnerFact;

typedef struct ListedKind {
    uint32_t type, namespace;
    bool several; /* in more than one namespace */
} ListedKind;

typedef struct Index {
    Names names;
    VEC(ObjectFact) objects;
    VEC(OwnerFact) owners;
    VEC(uint32_t) by_key;  /* objects sorted by key, after freezing */
    VEC(uint32_t) by_name; /* … and by name */
    VEC(Hash128) listed; /* what Lists list, sorted after freezing: kind, and kind with namespace */
    VEC(ListedKind) list;                /* the kinds of the List that is being added … */
    uint32_t list_source, list_document; /* … which is this one */
    bool frozen;
} Index;

/* Returns the object's number. `other`: it is not scanned, but read for facts only. */
uint32_t index_add(Index *x, const Identity *id, uint32_t source, Offset offset, bool other);

/* The object is an item of a List, the `list`-th document of its source. A List proves more than
 * what it holds: `kubectl get KIND -n NS` lists all of that kind there. One with objects of several
 * namespaces was made with -A and lists them everywhere. */
void index_add_item(Index *x, uint32_t source, uint32_t list, const Identity *id);

/* Takes back what was added of [start, end) of a source: it is read again in another way. */
void index_forget(Index *x, uint32_t source, Offset start, Offset end);

void index_freeze(Index *x);

/* Below: only when frozen. */

/* The topmost object of the scan that manages this one, directly or through others; the object
 * itself when none does. Chains that lead in a circle end at the object. */
uint32_t index_top(const Index *x, uint32_t object);

/* How many owners lie between: 0 for a top one. */
uint32_t index_depth(const Index *x, uint32_t object);

/* Objects that count: different ones, and of those only the topmost. */
uint64_t index_count(const Index *x);

typedef enum { OBJECT_PRESENT, OBJECT_ABSENT, OBJECT_UNKNOWN } Presence;

/* Is there such an object? ABSENT only where a dump lists that kind in that namespace. */
Presence index_presence(const Index *x, Str group, Str kind, Str namespace, Str name);

/* The first such object, in scan or inventory; NO_OBJECT when none was seen. */
uint32_t index_find(const Index *x, Str group, Str kind, Str namespace, Str name);

/* All such objects, in the order of the scan; NO_OBJECT behind the last:
 *
 *     NamedObjects named = index_named(&index, group, kind, namespace, name);
 *     while ((object = index_next(&index, &named)) != NO_OBJECT) … */
typedef struct NamedObjects {
    Hash128 name;
    size_t at; /* in Index.by_name */
} NamedObjects;
NamedObjects index_named(const Index *x, Str group, Str kind, Str namespace, Str name);
uint32_t index_next(const Index *x, NamedObjects *named);

/* The kind of who manages the object; empty when nobody does. */
Str index_owner_kind(const Index *x, uint32_t object);

/* Is an object with that uid among what is scanned? */
bool index_has_uid(const Index *x, Str uid);

size_t index_memory(const Index *x); /* bytes held, for statistics */
void index_release(Index *x);

#endif
