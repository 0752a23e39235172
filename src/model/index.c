/* Facts about objects: added, frozen, asked. */
#include "model/index.h"

#include "base/error.h"
#include "base/limits.h"

static Hash128 name_hash(Str group, Str kind, Str namespace, Str name) {
    return hash128_texts((Str[]){group, kind, namespace, name}, 4);
}

static Hash128 uid_hash(Str uid) {
    return hash128_texts((Str[]){STR("uid"), uid}, 2);
}

static bool is_zero(Hash128 h) {
    return !h.high && !h.low;
}

static uint32_t add_owner(Index *x, const Identity *id) {
    if (!id->owner_kind.len) return NO_OBJECT;
    vec_push(&x->owners,
             (OwnerFact){.uid = id->owner_uid.len ? uid_hash(id->owner_uid) : (Hash128){0},
                         .kind = names_intern(&x->names, id->owner_kind),
                         .name = names_intern(&x->names, id->owner_name)});
    return (uint32_t)x->owners.len - 1;
}

static Str type_text(Arena *a, Str group, Str kind) {
    return str_format(a, STR_FMT "/" STR_FMT, STR_ARG(group), STR_ARG(kind));
}

static uint32_t intern_type(Index *x, Str group, Str kind) {
    Arena scratch = {0};
    Str type = type_text(&scratch, group, kind);
    uint32_t number = names_intern(&x->names, type);
    arena_release(&scratch);
    return number;
}

uint32_t index_add(Index *x, const Identity *id, uint32_t source, Offset offset, bool other) {
    ObjectFact o = {.name = name_hash(id->group, id->kind, id->namespace, id->name),
                    .offset = offset,
                    .source = source,
                    .type = intern_type(x, id->group, id->kind),
                    .namespace = names_intern(&x->names, id->namespace),
                    .owner = add_owner(x, id),
                    .other = other,
                    .same = (uint32_t)x->objects.len};
    if (id->uid.len)
        o.key = uid_hash(id->uid);
    else if (id->namespace.len && id->name.len)
        o.key = o.name;
    vec_push(&x->objects, o);
    return o.same;
}

static Hash128 listed_hash(Str type, Str namespace) {
    return hash128_texts((Str[]){type, namespace}, 2);
}

static void finish_list(Index *x) {
    for (size_t i = 0; i < x->list.len; i++) {
        const ListedKind *k = &x->list.items[i];
        Str namespace = k->several ? (Str){0} : names_text(&x->names, k->namespace);
        vec_push(&x->listed, listed_hash(names_text(&x->names, k->type), namespace));
    }
    x->list.len = 0;
}

void index_add_item(Index *x, uint32_t source, uint32_t list, const Identity *id) {
    if (source != x->list_source || list != x->list_document) finish_list(x);
    x->list_source = source;
    x->list_document = list;
    uint32_t type = intern_type(x, id->group, id->kind);
    uint32_t namespace = names_intern(&x->names, id->namespace);
    for (size_t i = 0; i < x->list.len; i++) {
        if (x->list.items[i].type != type) continue;
        if (x->list.items[i].namespace != namespace) x->list.items[i].several = true;
        return;
    }
    vec_push(&x->list, (ListedKind){.type = type, .namespace = namespace});
}

void index_forget(Index *x, uint32_t source, Offset start, Offset end) {
    for (size_t i = 0; i < x->objects.len; i++) {
        ObjectFact *o = &x->objects.items[i];
        if (o->source != source || o->offset < start || o->offset >= end) continue;
        o->key = o->name = (Hash128){0};
        o->type = MAP_NONE;
    }
}

static int compare_by(const Index *x, uint32_t a, uint32_t b, bool by_key) {
    const ObjectFact *oa = &x->objects.items[a], *ob = &x->objects.items[b];
    int c = by_key ? hash128_cmp(oa->key, ob->key) : hash128_cmp(oa->name, ob->name);
    return c ? c : (a > b) - (a < b);
}

static int by_key(const void *a, const void *b, void *x) {
    return compare_by(x, *(const uint32_t *)a, *(const uint32_t *)b, true);
}

static int by_name(const void *a, const void *b, void *x) {
    return compare_by(x, *(const uint32_t *)a, *(const uint32_t *)b, false);
}

static int by_hash(const void *a, const void *b) {
    return hash128_cmp(*(const Hash128 *)a, *(const Hash128 *)b);
}

static void link_same(Index *x) {
    for (size_t i = 1; i < x->by_key.len; i++) {
        const ObjectFact *before = &x->objects.items[x->by_key.items[i - 1]];
        ObjectFact *o = &x->objects.items[x->by_key.items[i]];
        if (!is_zero(o->key) && hash128_eq(before->key, o->key)) o->same = before->same;
    }
}

void index_freeze(Index *x) {
    finish_list(x);
    vec_reserve(&x->by_key, x->objects.len);
    vec_reserve(&x->by_name, x->objects.len);
    for (uint32_t i = 0; i < x->objects.len; i++) {
        vec_push(&x->by_key, i);
        vec_push(&x->by_name, i);
    }
    if (x->objects.len) {
        qsort_r(x->by_key.items, x->by_key.len, sizeof(uint32_t), by_key, x);
        qsort_r(x->by_name.items, x->by_name.len, sizeof(uint32_t), by_name, x);
    }
    if (x->listed.len) qsort(x->listed.items, x->listed.len, sizeof(Hash128), by_hash);
    link_same(x);
    x->frozen = true;
}

/* The first object, in the given order, whose hash is not below the one sought. */
static size_t lower_bound(const Index *x, const uint32_t *order, Hash128 sought, bool key) {
    size_t low = 0, high = x->objects.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ObjectFact *o = &x->objects.items[order[middle]];
        if (hash128_cmp(key ? o->key : o->name, sought) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t find(const Index *x, Hash128 sought, bool key) {
    if (!x->frozen) bug("the index is asked before it is frozen");
    const uint32_t *order = key ? x->by_key.items : x->by_name.items;
    size_t at = lower_bound(x, order, sought, key);
    if (at == x->objects.len) return NO_OBJECT;
    const ObjectFact *o = &x->objects.items[order[at]];
    return hash128_eq(key ? o->key : o->name, sought) ? order[at] : NO_OBJECT;
}

/* The object of the scan that manages this one, NO_OBJECT when none is there. */
static uint32_t owner_of(const Index *x, uint32_t object) {
    uint32_t owner = x->objects.items[object].owner;
    if (owner == NO_OBJECT || is_zero(x->owners.items[owner].uid)) return NO_OBJECT;
    uint32_t found = find(x, x->owners.items[owner].uid, true);
    return found == NO_OBJECT ? NO_OBJECT : x->objects.items[found].same;
}

static uint32_t climb(const Index *x, uint32_t object, uint32_t *depth) {
    uint32_t top = x->objects.items[object].same;
    for (*depth = 0; *depth < LIMIT_OWNERS; ++*depth) {
        uint32_t owner = owner_of(x, top);
        if (owner == NO_OBJECT) return top;
        top = owner;
    }
    *depth = 0;
    return x->objects.items[object].same;
}

uint32_t index_top(const Index *x, uint32_t object) {
    uint32_t depth;
    return climb(x, object, &depth);
}

uint32_t index_depth(const Index *x, uint32_t object) {
    uint32_t depth;
    climb(x, object, &depth);
    return depth;
}

uint64_t index_count(const Index *x) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < x->objects.len; i++) {
        const ObjectFact *o = &x->objects.items[i];
        if (o->same == i && !o->other && o->type != MAP_NONE && index_top(x, i) == i) count++;
    }
    return count;
}

static bool is_listed(const Index *x, Str type, Str namespace) {
    Hash128 sought = listed_hash(type, namespace);
    return x->listed.len &&
           bsearch(&sought, x->listed.items, x->listed.len, sizeof(Hash128), by_hash) != NULL;
}

uint32_t index_find(const Index *x, Str group, Str kind, Str namespace, Str name) {
    return find(x, name_hash(group, kind, namespace, name), false);
}

NamedObjects index_named(const Index *x, Str group, Str kind, Str namespace, Str name) {
    if (!x->frozen) bug("the index is asked before it is frozen");
    Hash128 hash = name_hash(group, kind, namespace, name);
    return (NamedObjects){hash, lower_bound(x, x->by_name.items, hash, false)};
}

uint32_t index_next(const Index *x, NamedObjects *named) {
    if (named->at == x->by_name.len) return NO_OBJECT;
    uint32_t object = x->by_name.items[named->at];
    if (!hash128_eq(x->objects.items[object].name, named->name)) return NO_OBJECT;
    named->at++;
    return object;
}

Presence index_presence(const Index *x, Str group, Str kind, Str namespace, Str name) {
    if (index_find(x, group, kind, namespace, name) != NO_OBJECT) return OBJECT_PRESENT;
    Arena scratch = {0};
    Str type = type_text(&scratch, group, kind);
    bool listed = is_listed(x, type, (Str){0}) || is_listed(x, type, namespace);
    arena_release(&scratch);
    return listed ? OBJECT_ABSENT : OBJECT_UNKNOWN;
}

Str index_owner_kind(const Index *x, uint32_t object) {
    uint32_t owner = x->objects.items[object].owner;
    return owner == NO_OBJECT ? (Str){0} : names_text(&x->names, x->owners.items[owner].kind);
}

bool index_has_uid(const Index *x, Str uid) {
    uint32_t found = uid.len ? find(x, uid_hash(uid), true) : NO_OBJECT;
    return found != NO_OBJECT && !x->objects.items[found].other;
}

size_t index_memory(const Index *x) {
    return names_memory(&x->names) + x->objects.cap * sizeof(ObjectFact) +
           x->owners.cap * sizeof(OwnerFact) + x->listed.cap * sizeof(Hash128) +
           (x->by_key.cap + x->by_name.cap) * sizeof(uint32_t);
}

void index_release(Index *x) {
    names_release(&x->names);
    vec_release(&x->objects);
    vec_release(&x->owners);
    vec_release(&x->listed);
    vec_release(&x->list);
    vec_release(&x->by_key);
    vec_release(&x->by_name);
    *x = (Index){0};
}
