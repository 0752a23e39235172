/* Does an object of that kind and name stand in the index, in a namespace that may be meant? */
#include "app/joins_index.h"

static const Refers *refers_of(const Scan *s, const Finding *f) {
    return &s->rules->rules[f->rule].refers;
}

static bool is_of_kinds(Scan *s, const ResourceMatch *to, uint32_t type) {
    Str text = type == MAP_NONE ? (Str){0} : scan_text(s, type);
    size_t slash = str_find_last_char(text, '/');
    bool group = false, kind = false;
    if (slash == STR_NONE) return false;
    for (size_t i = 0; i < to->groups.len; i++)
        group |= str_eq(to->groups.items[i], str_slice(text, 0, slash));
    for (size_t i = 0; i < to->kinds.len; i++)
        kind |= str_eq(to->kinds.items[i], str_from_offset(text, slash + 1));
    return group && kind;
}

static void add_once(SeenKinds *seen, uint32_t namespace) {
    for (size_t i = 0; i < seen->namespaces.len; i++)
        if (seen->namespaces.items[i] == namespace) return;
    vec_push(&seen->namespaces, namespace);
}

/* Once for each rule: all objects are looked at. */
static const SeenKinds *seen_kinds(IndexJoins *joins, Scan *s, const Finding *f) {
    for (size_t i = 0; i < joins->rules.len; i++)
        if (joins->rules.items[i].rule == f->rule) return &joins->rules.items[i];
    SeenKinds seen = {.rule = f->rule};
    uint32_t last = MAP_NONE;
    bool of_kinds = false;
    for (size_t i = 0; i < s->index.objects.len; i++) {
        const ObjectFact *o = &s->index.objects.items[i];
        if (o->type != last) of_kinds = is_of_kinds(s, &refers_of(s, f)->to, o->type);
        last = o->type;
        if (of_kinds) add_once(&seen, o->namespace);
    }
    vec_push(&joins->rules, seen);
    return &joins->rules.items[joins->rules.len - 1];
}

bool index_joins_seen(IndexJoins *joins, Scan *s, const Finding *f) {
    return seen_kinds(joins, s, f)->namespaces.len > 0;
}

static bool may_meet(Scan *s, const Finding *f, const ObjectFact *o) {
    uint32_t here = joins_namespace(s, f->source, f->namespace);
    uint32_t there = joins_namespace(s, o->source, o->namespace);
    return here == there || !scan_text(s, here).len || !scan_text(s, there).len;
}

/* One of that name, or one whose name a template in the same folder hides. */
static bool has_of(Scan *s, const Finding *f, Str group, Str kind, Str namespace) {
    const Index *x = &s->index;
    Str name = scan_text(s, f->value);
    NamedObjects all = index_named(x, group, kind, namespace, name);
    for (uint32_t o; (o = index_next(x, &all)) != NO_OBJECT;)
        if (may_meet(s, f, &x->objects.items[o])) return true;
    all = index_named(x, group, kind, namespace, (Str){0});
    for (uint32_t o; (o = index_next(x, &all)) != NO_OBJECT;)
        if (str_eq(joins_folder(s, x->objects.items[o].source), joins_folder(s, f->source)))
            return true;
    return false;
}

bool index_joins_has(IndexJoins *joins, Scan *s, const Finding *f) {
    const SeenKinds *seen = seen_kinds(joins, s, f);
    const ResourceMatch *to = &refers_of(s, f)->to;
    for (size_t g = 0; g < to->groups.len; g++)
        for (size_t k = 0; k < to->kinds.len; k++)
            for (size_t i = 0; i < seen->namespaces.len; i++)
                if (has_of(s, f, to->groups.items[g], to->kinds.items[k],
                           scan_text(s, seen->namespaces.items[i])))
                    return true;
    return false;
}

void index_joins_release(IndexJoins *joins) {
    for (size_t i = 0; i < joins->rules.len; i++) vec_release(&joins->rules.items[i].namespaces);
    vec_release(&joins->rules);
}
