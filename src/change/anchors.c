/* A walk in the order of the new text, with the anchors that have been seen. */
#include "change/anchors.h"

#include "base/map.h"

typedef struct Anchors {
    Rewrite *rw;
    Names names;
    VEC(const Node *) seen; /* by name: the last node; NULL when what stood in it has changed */
} Anchors;

static void see(Anchors *a, Str name, const Node *n) {
    if (!name.len) return;
    uint32_t number = names_intern(&a->names, name);
    if (number == a->seen.len) vec_push(&a->seen, NULL);
    a->seen.items[number] = n;
}

static bool is_seen(const Anchors *a, const Node *alias) {
    uint32_t number = names_find(&a->names, alias->value);
    return number != MAP_NONE && a->seen.items[number] == alias->target;
}

/* False at the first alias that would mean something else. */
static bool walk_source(Anchors *a, const Node *n) {
    see(a, n->anchor, n);
    if (n->kind == NODE_ALIAS) return is_seen(a, n);
    NODE_EACH (child, n) {
        if (child->key && !walk_source(a, child->key)) return false;
        if (!walk_source(a, child)) return false;
    }
    return true;
}

/* ---- copies in the place of aliases ---- */

static bool is_kept(const Target *t, const Node *n) {
    for (; t; t = t->next)
        if ((t->kind == TARGET_KEEP && node_inside(n, t->source)) || is_kept(t->first, n))
            return true;
    return false;
}

static bool stands_alone(const Node *n) {
    if (n->kind == NODE_ALIAS) return false;
    NODE_EACH (child, n)
        if (child->anchor.len || !stands_alone(child)) return false;
    return !n->templated;
}

static bool refuse(Anchors *a, const char *why) {
    rewrite_refuse(a->rw, str_from(why));
    return false;
}

static bool replace_alias(Anchors *a, Target *t) {
    const Node *n = t->source->target;
    if (node_inside(n, a->rw->resource) && !is_kept(a->rw->first_root, n))
        return refuse(a, "an anchor that is used elsewhere would go");
    if (!stands_alone(n)) return refuse(a, "an alias would lose its anchor");
    a->rw->copies++;
    if (n->kind == NODE_SCALAR) {
        bool typed = n->style == STYLE_PLAIN && plain_is_typed(n->value);
        t->kind = TARGET_SCALAR;
        t->type = typed ? SCALAR_PLAIN : SCALAR_STRING;
        t->text = typed && !n->value.len ? STR("null") : n->value;
        return true;
    }
    t->kind = n->kind == NODE_MAP ? TARGET_MAP : TARGET_SEQ;
    NODE_EACH (child, n) target_add(t, target_keep(a->rw, child));
    return true;
}

/* ---- the walk ---- */

/* Does the collection say what it said before? */
static bool is_unchanged(const Target *t) {
    if (t->kind != TARGET_WITHIN) return t->kind == TARGET_KEEP;
    const Target *c = t->first;
    NODE_EACH (child, t->source) {
        if (!c || c->source != child || c->has_key || !is_unchanged(c)) return false;
        c = c->next;
    }
    return !c;
}

static bool walk_target(Anchors *a, Target *t) {
    bool keeps = t->kind == TARGET_KEEP;
    if (keeps && walk_source(a, t->source)) return true;
    if (keeps && t->source->kind == NODE_ALIAS) return replace_alias(a, t);
    if (keeps) target_open(a->rw, t);
    bool has_anchor = t->kind == TARGET_WITHIN || t->kind == TARGET_SCALAR;
    if (has_anchor && t->source)
        see(a, t->source->anchor, keeps || is_unchanged(t) ? t->source : NULL);
    for (Target *c = t->first; c; c = c->next)
        if (!walk_target(a, c)) return false;
    return true;
}

static void forget(Anchors *a) {
    names_release(&a->names);
    a->names = (Names){0};
    a->seen.len = 0;
}

/* Several roots are several documents, unless they are items. */
static bool walk_roots(Anchors *a) {
    for (Target *t = a->rw->first_root; t; t = t->next) {
        if (t != a->rw->first_root && !a->rw->resource->parent) forget(a);
        if (!walk_target(a, t)) return false;
    }
    return true;
}

static bool walk_around(Anchors *a, const Node *n) {
    if (n == a->rw->resource) return walk_roots(a);
    if (!node_inside(a->rw->resource, n))
        return walk_source(a, n) || refuse(a, "an anchor that is used elsewhere would go");
    see(a, n->anchor, n);
    NODE_EACH (child, n)
        if (!walk_around(a, child)) return false;
    return true;
}

bool anchors_hold(Rewrite *rw) {
    Anchors a = {.rw = rw};
    bool ok = walk_around(&a, rw->doc->root);
    names_release(&a.names);
    vec_release(&a.seen);
    return ok;
}
