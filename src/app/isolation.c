/* Two sets of objects: as they are called, and as they will be called. */
#include "app/isolation.h"

#include "model/kinds.h"

enum { MOST_REFUSALS = 20 /* that are told; the rest is counted */ };

static Hash128 hash_of(Str group, Str kind, Str namespace, Str name) {
    if (!kind_is_namespaced(group, kind)) namespace = (Str){0};
    return hash128_texts((Str[]){group, kind, namespace, name}, 4);
}

/* ---- what it will be called ---- */

/* A Namespace is what the objects in it say: they go to the new one, so it becomes that one. */
static bool is_namespace(Str group, Str kind) {
    return !group.len && str_eq(kind, STR("Namespace"));
}

Str isolation_name(const Isolation *x, Arena *a, Str group, Str kind, Str name) {
    if (is_namespace(group, kind)) return x->namespace.len ? x->namespace : name;
    if (!x->prefix.len || kind_has_fixed_name(group, kind)) return name;
    return str_format(a, STR_FMT STR_FMT, STR_ARG(x->prefix), STR_ARG(name));
}

Str isolation_namespace(const Isolation *x, Str group, Str kind, Str namespace) {
    if (!kind_is_namespaced(group, kind)) return (Str){0};
    return x->namespace.len ? x->namespace : namespace;
}

/* ---- the survey ---- */

void isolation_refuse(Isolation *x, ObjectPlace at, Str why) {
    if (x->refused++ < MOST_REFUSALS)
        vec_push(&x->refusals, (Refusal){at, str_copy(&x->arena, why)});
}

/* An object on its way to its new name. */
typedef struct Moving {
    const Scan *scan;
    const Identity *id;
    ObjectPlace at;
    Str namespace, name; /* the new ones */
    Arena arena;
} Moving;

static Str place_text(Moving *m, ObjectPlace at) {
    return str_format(&m->arena, STR_FMT ":%u", STR_ARG(scan_path(m->scan, at.source)), at.line);
}

static void refuse_move(Isolation *x, Moving *m, Str why) {
    const Identity *id = m->id;
    isolation_refuse(x, m->at,
                     str_format(&m->arena,
                                STR_FMT " '" STR_FMT "%s" STR_FMT "' would become '" STR_FMT
                                        "%s" STR_FMT "', " STR_FMT,
                                STR_ARG(id->kind), STR_ARG(id->namespace),
                                id->namespace.len ? "/" : "", STR_ARG(id->name),
                                STR_ARG(m->namespace), m->namespace.len ? "/" : "",
                                STR_ARG(m->name), STR_ARG(why)));
}

/* ---- JobSet makes a Service that is called as the TrainJob ---- */

typedef struct ObjectType {
    Str group, kind;
} ObjectType;

static const ObjectType train_job = {STR_INIT("trainer.kubeflow.org"), STR_INIT("TrainJob")};
static const ObjectType service = {STR_INIT(""), STR_INIT("Service")};

static bool is_of(const Identity *id, const ObjectType *m) {
    return str_eq(id->group, m->group) && str_eq(id->kind, m->kind);
}

/* The place of one that will be there, or is; empty: none. */
static Str place_of(Isolation *x, Moving *m, const ObjectType *of) {
    Hash128 becomes = hash_of(of->group, of->kind, m->namespace, m->name);
    uint32_t written = hashmap_get(&x->becomes, becomes);
    if (written != MAP_NONE) return place_text(m, x->places.items[written]);
    uint32_t there = index_find(&m->scan->index, of->group, of->kind, m->namespace, m->name);
    bool made =
        there != NO_OBJECT && str_eq(index_owner_kind(&m->scan->index, there), STR("JobSet"));
    return there == NO_OBJECT || made ? (Str){0}
                                      : object_place(&m->arena, m->scan, there, &x->marks);
}

static bool is_beside_service(Isolation *x, Moving *m) {
    const ObjectType *other = is_of(m->id, &train_job) ? &service : &train_job;
    if (!is_of(m->id, &train_job) && !is_of(m->id, &service)) return false;
    Str place = place_of(x, m, other);
    if (!place.len) return false;
    refuse_move(x, m,
                str_format(&m->arena,
                           "and there is a " STR_FMT " of that name, in " STR_FMT
                           ": JobSet makes a Service for each TrainJob",
                           STR_ARG(other->kind), STR_ARG(place)));
    return true;
}

/* ---- one object ---- */

static bool is_double(Isolation *x, Moving *m, Hash128 becomes) {
    uint32_t first = hashmap_get(&x->becomes, becomes);
    if (first == MAP_NONE) return false;
    Str place = place_text(m, x->places.items[first]);
    refuse_move(x, m,
                str_format(&m->arena, "which is written for " STR_FMT " already", STR_ARG(place)));
    return true;
}

/* The Service that a JobSet has made of a TrainJob is in nobody's way: it is that one. */
static bool is_made(const Identity *id) {
    return is_of(id, &service) && str_eq(id->owner_kind, STR("JobSet"));
}

static void add(Isolation *x, Moving *m) {
    const Identity *id = m->id;
    Hash128 becomes = hash_of(id->group, id->kind, m->namespace, m->name);
    if (!is_made(id) && (is_double(x, m, becomes) || is_beside_service(x, m))) return;
    if (!is_made(id)) hashmap_set(&x->becomes, becomes, (uint32_t)x->places.len);
    hashmap_set(&x->written, hash_of(id->group, id->kind, id->namespace, id->name), 0);
    vec_push(&x->places, m->at);
}

void isolation_add(Isolation *x, const Scan *scan, const Identity *id, ObjectPlace at) {
    Moving m = {.scan = scan, .id = id, .at = at};
    m.namespace = isolation_namespace(x, id->group, id->kind, id->namespace);
    m.name = isolation_name(x, &m.arena, id->group, id->kind, id->name);
    add(x, &m);
    arena_release(&m.arena);
}

void isolation_add_unfit(Isolation *x, ObjectPlace at, Str group, Str kind, Str namespace, Str name,
                         Str why) {
    Refusal refusal = {at, str_copy(&x->arena, why)};
    vec_push(&x->unfit, (Unfit){hash_of(group, kind, namespace, name), refusal});
}

ObjectPlace isolation_first(Isolation *x, Str uid, const Identity *id, ObjectPlace at) {
    Hash128 key = hash128_texts((Str[]){uid, id->group, id->kind, id->namespace, id->name}, 5);
    uint32_t first = uid.len ? hashmap_get(&x->once, key) : MAP_NONE;
    if (first != MAP_NONE) return x->manifests.items[first];
    if (uid.len) hashmap_set(&x->once, key, (uint32_t)x->manifests.len);
    if (uid.len) vec_push(&x->manifests, at);
    return at;
}

static void release_survey(Isolation *x) {
    hashmap_release(&x->once);
    x->manifests.len = 0;
    hashmap_release(&x->becomes);
    vec_release(&x->places);
    vec_release(&x->unfit);
    line_marks_release(&x->marks);
}

void isolation_surveyed(Isolation *x) {
    for (size_t i = 0; i < x->unfit.len; i++) {
        const Unfit *u = &x->unfit.items[i];
        if (hashmap_get(&x->written, u->object) != MAP_NONE)
            isolation_refuse(x, u->refusal.at, u->refusal.text);
    }
    release_survey(x);
}

/* ---- after it ---- */

bool isolation_has(const Isolation *x, Str group, Str kind, Str namespace, Str name) {
    return hashmap_get(&x->written, hash_of(group, kind, namespace, name)) != MAP_NONE;
}

bool isolation_tell_once(Isolation *x, Str group, Str kind, Str namespace, Str name) {
    Hash128 hash = hash_of(group, kind, namespace, name);
    bool first = hashmap_get(&x->told, hash) == MAP_NONE;
    hashmap_set(&x->told, hash, 0);
    return first;
}

void isolation_release(Isolation *x) {
    release_survey(x);
    hashmap_release(&x->written);
    hashmap_release(&x->told);
    vec_release(&x->manifests);
    vec_release(&x->refusals);
    arena_release(&x->arena);
}
