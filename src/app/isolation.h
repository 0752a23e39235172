/* Copies with names of their own, beside the originals: who is written, and what it will be called.
 *
 * Everything is read once before anything is written. That survey adds each object that will be
 * written; of it a hash is kept. After it the answers are final: an object of the run is renamed
 * and what refers to it follows; anything else is not the run's to rename.
 *
 *     Isolation x = {.namespace = STR("test"), .prefix = STR("copy-")};
 *     isolation_add(&x, &scan, &identity, (ObjectPlace){source, line});      for each, in order
 *     isolation_surveyed(&x);
 *     if (x.refused) … x.refusals …
 *     if (isolation_has(&x, group, kind, namespace, name))
 *         … isolation_name(&x, &arena, group, kind, name) …
 *     isolation_release(&x);
 */
#ifndef APP_ISOLATION_H
#define APP_ISOLATION_H

#include "app/object_line.h"

typedef struct ObjectPlace {
    uint32_t source, line;
} ObjectPlace;

typedef struct Refusal {
    ObjectPlace at;
    Str text;
} Refusal;

/* A place that cannot hold what it would name the object; matters if that one is of the run. */
typedef struct Unfit {
    Hash128 object;
    Refusal refusal;
} Unfit;

typedef struct Isolation {
    Str namespace, prefix; /* of the copies; one of them may be empty: it stays */
    HashMap written;       /* objects of the run, as they were called */
    HashMap told;          /* objects that are not of the run, and were told about */
    HashMap once;          /* manifests by uid: each reading writes one of each; place: in */
    VEC(ObjectPlace) manifests;
    VEC(Refusal) refusals; /* the first ones; all are counted: */
    uint64_t refused;
    /* during the survey: */
    HashMap becomes; /* objects as they will be called, with their index in */
    VEC(ObjectPlace) places;
    VEC(Unfit) unfit;
    LineMarks marks;
    Arena arena;
} Isolation;

/* An object with a name. Two that would become the same one are refused. */
void isolation_add(Isolation *x, const Scan *scan, const Identity *id, ObjectPlace at);

/* The place of another manifest that has become the same object of the same uid already, in this
 * reading; else this one is noted, and the place is its own. */
ObjectPlace isolation_first(Isolation *x, Str uid, const Identity *id, ObjectPlace at);

/* Something cannot be called as it would have to be. */
void isolation_refuse(Isolation *x, ObjectPlace at, Str why);

/* A reference has no room for the name that the object gets: refused if that is of the run. */
void isolation_add_unfit(Isolation *x, ObjectPlace at, Str group, Str kind, Str namespace, Str name,
                         Str why);

/* Who is of the run is known now. What only the survey needs is given back. */
void isolation_surveyed(Isolation *x);

/* Is there such an object in the run? The namespace is that of the original; of kinds without one
 * it does not matter. */
bool isolation_has(const Isolation *x, Str group, Str kind, Str namespace, Str name);

/* What an object of the run will be called; in the arena, or the name itself. */
Str isolation_name(const Isolation *x, Arena *a, Str group, Str kind, Str name);

/* The namespace that it will be in; empty for kinds without one. */
Str isolation_namespace(const Isolation *x, Str group, Str kind, Str namespace);

/* False when the object has been told before. */
bool isolation_tell_once(Isolation *x, Str group, Str kind, Str namespace, Str name);

void isolation_release(Isolation *x);

#endif
