/* Two sets of objects: as they are called, and as they will be called. */
#include "app/isolation.h"

#include "model/kinds.h"

enum { MOST_REFUSALS = 20 /* that are told; the rest is counted */ };

static Hash128 hash_of(Str group, Str kind, Str namespace, Str name) {
    if (!kind_is_namespaced(group, kind)) namespace = (Str){0};
    const Str texts[] = {group, kind, namespace, name};
    Hash128 h = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        h = hash128_seeded(texts[i], h.low ^ (h.high << 1) ^ (i + 1));
    return h;
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

static void refuse_double(Isolation *x, const Scan *scan, const Identity *id, ObjectPlace at,
                          ObjectPlace first) {
    Arena a = {0};
    Str namespace = isolation_namespace(x, id->group, id->kind, id->namespace);
    Str name = isolation_name(x, &a, id->group, id->kind, id->name);
    Str why = str_format(&a,
                         STR_FMT " '" STR_FMT "%s" STR_FMT "' would become '" STR_FMT "%s" STR_FMT
                                 "', which is written for " STR_FMT ":%u already",
                         STR_ARG(id->kind), STR_ARG(id->namespace), id->namespace.len ? "/" : "",
                         STR_ARG(id->name), STR_ARG(namespace), namespace.len ? "/" : "",
                         STR_ARG(name), STR_ARG(scan_path(scan, first.source)), first.line);
    isolation_refuse(x, at, why);
    arena_release(&a);
}

void isolation_add(Isolation *x, const Scan *scan, const Identity *id, ObjectPlace at) {
    Arena a = {0};
    Str namespace = isolation_namespace(x, id->group, id->kind, id->namespace);
    Str name = isolation_name(x, &a, id->group, id->kind, id->name);
    Hash128 becomes = hash_of(id->group, id->kind, namespace, name);
    arena_release(&a);
    uint32_t first = hashmap_get(&x->becomes, becomes);
    if (first != MAP_NONE) {
        refuse_double(x, scan, id, at, x->places.items[first]);
        return;
    }
    hashmap_set(&x->becomes, becomes, (uint32_t)x->places.len);
    hashmap_set(&x->written, hash_of(id->group, id->kind, id->namespace, id->name), 0);
    vec_push(&x->places, at);
}

void isolation_add_unfit(Isolation *x, ObjectPlace at, Str group, Str kind, Str namespace, Str name,
                         Str why) {
    Refusal refusal = {at, str_copy(&x->arena, why)};
    vec_push(&x->unfit, (Unfit){hash_of(group, kind, namespace, name), refusal});
}

static void release_survey(Isolation *x) {
    hashmap_release(&x->becomes);
    vec_release(&x->places);
    vec_release(&x->unfit);
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
    vec_release(&x->refusals);
    arena_release(&x->arena);
}
