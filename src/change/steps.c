/* Steps on a target tree. Keeps are opened into their children only where a step reaches inside. */
#include "change/steps.h"

#include "base/buf.h"
#include "yaml/plain.h"

Target *steps_begin(Rewrite *rw) {
    Target *root = target_within(rw, rw->resource);
    NODE_EACH (child, rw->resource) target_add(root, target_keep(rw, child));
    rewrite_root(rw, root);
    return root;
}

Target *steps_at(Rewrite *rw, Target *t, const Node *node) {
    while (t && t->source != node) {
        target_open(rw, t);
        t = t->first;
        while (t && !(t->source && node_inside(node, t->source))) t = t->next;
    }
    if (t) target_open(rw, t);
    return t;
}

static Str key_of(const Target *t) {
    if (t->has_key) return t->key;
    return t->source && t->source->key ? t->source->key->value : (Str){0};
}

static Target *child_of(Rewrite *rw, Target *t, const Step *step) {
    target_open(rw, t);
    uint32_t i = 0;
    for (Target *c = t->first; c; c = c->next, i++) {
        if (step->kind == STEP_KEY && target_is_map(t) && str_eq(key_of(c), step->key)) return c;
        if (step->kind == STEP_INDEX && !target_is_map(t) && i == step->index) return c;
        if (step->kind == STEP_ITEM_WHERE && c->source &&
            node_is(node_child(c->source, step->key), step->text))
            return c;
    }
    return NULL;
}

static Target *find(Rewrite *rw, Target *root, const Path *path) {
    Target *t = root;
    for (size_t i = 0; t && i < path->count; i++) t = child_of(rw, t, &path->steps[i]);
    return t;
}

static void detach(Target *t) {
    Target *parent = t->parent, **link = &parent->first, *before = NULL;
    while (*link != t) {
        before = *link;
        link = &(*link)->next;
    }
    *link = t->next;
    if (parent->last == t) parent->last = before;
    t->next = NULL;
    t->parent = NULL;
}

/* The map that the path's last key belongs into; maps on the way are made. */
static Target *make_parent(Rewrite *rw, Target *root, const Path *path) {
    Target *t = root;
    for (size_t i = 0; i + 1 < path->count; i++) {
        Target *next = child_of(rw, t, &path->steps[i]);
        if (!next && path->steps[i].kind == STEP_KEY && target_is_map(t))
            next = target_add_key(t, path->steps[i].key, target_map(rw));
        if (!next) return NULL;
        t = next;
    }
    target_open(rw, t);
    return target_is_map(t) ? t : NULL;
}

static void prune(Target *t) {
    while (t->parent && !t->first) {
        Target *parent = t->parent;
        detach(t);
        t = parent;
    }
}

static bool refuse(Rewrite *rw, const char *why) {
    rewrite_refuse(rw, str_from(why));
    return false;
}

/* A scalar of the source keeps its line and quotes; anything else is replaced. */
static void set_text(Rewrite *rw, Target *t, Str text, bool plain) {
    if (t->kind == TARGET_KEEP && t->source->kind != NODE_SCALAR)
        rewrite_drop(rw, t->source, DROP_LOSS, STR("replaced"));
    t->kind = TARGET_SCALAR;
    t->text = str_copy(rw->arena, text);
    t->type = plain ? SCALAR_PLAIN : SCALAR_STRING;
}

static bool set(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t) {
        const Step *last = &s->path.steps[s->path.count - 1];
        Target *parent = make_parent(rw, root, &s->path);
        if (!parent || last->kind != STEP_KEY)
            return refuse(rw, "there is no place for what a step sets");
        t = target_add_key(parent, last->key, target_string(rw, s->value));
    }
    if (t->first) return refuse(rw, "a step sets a text where a collection stands");
    if (t->source && t->source->templated) return refuse(rw, "depends on a template");
    set_text(rw, t, s->value, s->plain);
    return true;
}

static bool has_key(Rewrite *rw, Target *parent, Str key) {
    Step step = {.kind = STEP_KEY, .key = key};
    return child_of(rw, parent, &step) != NULL;
}

static bool rename_entry(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t || t == root) return true;
    if (has_key(rw, t->parent, s->value)) return refuse(rw, "the new key is there already");
    t->has_key = true;
    t->key = s->value;
    return true;
}

static bool move(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    const Step *last = &s->to.steps[s->to.count - 1];
    if (!t || t == root) return true;
    for (Target *up = make_parent(rw, root, &s->to); up; up = up->parent)
        if (up == t) return refuse(rw, "a step moves an entry into itself");
    Target *parent = make_parent(rw, root, &s->to);
    if (!parent || last->kind != STEP_KEY)
        return refuse(rw, "there is no place for what a step moves");
    if (has_key(rw, parent, last->key))
        return refuse(rw, "the place that a step moves to is taken");
    Target *old = t->parent;
    detach(t);
    target_add_key(parent, last->key, t);
    if (s->prune) prune(old);
    return true;
}

static void drop_sources(Rewrite *rw, const Target *t, DropKind kind, Str reason) {
    if (t->source && t->kind != TARGET_WITHIN) rewrite_drop(rw, t->source, kind, reason);
    for (const Target *c = t->first; c; c = c->next) drop_sources(rw, c, kind, reason);
}

static bool drop(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t || t == root) return true;
    drop_sources(rw, t, s->harmless ? DROP_HARMLESS : DROP_LOSS, s->value);
    Target *old = t->parent;
    detach(t);
    if (s->prune) prune(old);
    return true;
}

/* In a text that an earlier step has set. */
static void replace_in_text(Rewrite *rw, Target *t, Str find, Str value) {
    Str rest = t->text;
    Buf text = {0};
    for (size_t at; (at = str_find(rest, find)) != STR_NONE;) {
        buf_add(&text, str_slice(rest, 0, at));
        buf_add(&text, value);
        rest = str_from_offset(rest, at + find.len);
    }
    buf_add(&text, rest);
    t->text = str_copy(rw->arena, buf_str(&text));
    t->splices = NULL;
    buf_release(&text);
}

static void replace_in_source(Rewrite *rw, Target *t, Str find, Str value) {
    Str all = t->source->value;
    size_t from = 0, at;
    while ((at = str_find(str_from_offset(all, from), find)) != STR_NONE) {
        target_splice(rw, t, (uint32_t)(from + at), (uint32_t)(from + at + find.len), value);
        from += at + find.len;
    }
}

static bool replace(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t || !s->find.len) return true;
    if (t->source && t->source->templated) return refuse(rw, "depends on a template");
    if (t->kind == TARGET_SCALAR)
        replace_in_text(rw, t, s->find, s->value);
    else if (t->kind == TARGET_KEEP && t->source->kind == NODE_SCALAR)
        replace_in_source(rw, t, s->find, s->value);
    return true;
}

static bool splice(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t) return true;
    if (t->source && t->source->templated) return refuse(rw, "depends on a template");
    if (t->kind != TARGET_KEEP || t->source->kind != NODE_SCALAR || s->end > t->source->value.len)
        return refuse(rw, "a step changes a text that is not there");
    target_splice(rw, t, s->start, s->end, s->value);
    return true;
}

/* What is a text already stays as it is. */
static bool quote(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t || t->kind != TARGET_KEEP || t->source->kind != NODE_SCALAR) return true;
    if (t->source->templated) return refuse(rw, "depends on a template");
    if (t->source->style != STYLE_PLAIN || t->source->tag.len) return true;
    PlainKind kind = plain_value(t->source->value).kind;
    if (kind == PLAIN_NUMBER || kind == PLAIN_BOOLEAN) set_text(rw, t, t->source->value, false);
    return true;
}

static Str text_of(const Target *t) {
    return t->kind == TARGET_SCALAR ? t->text : node_text(t->source);
}

static bool add(Rewrite *rw, Target *root, const ChangeStep *s) {
    Target *t = find(rw, root, &s->path);
    if (!t) return true;
    if (t->source && t->source->templated) return refuse(rw, "depends on a template");
    target_open(rw, t);
    if (t->kind == TARGET_SCALAR || t->kind == TARGET_KEEP || target_is_map(t))
        return refuse(rw, "a step adds an item where no list stands");
    for (const Target *c = t->first; c; c = c->next)
        if (str_eq(text_of(c), s->value)) return true;
    target_add(t, target_string(rw, s->value));
    return true;
}

bool steps_apply(Rewrite *rw, Target *root, const ChangeStep *s) {
    switch (s->kind) {
    case CHANGE_SET: return set(rw, root, s);
    case CHANGE_RENAME: return rename_entry(rw, root, s);
    case CHANGE_MOVE: return move(rw, root, s);
    case CHANGE_DROP: return drop(rw, root, s);
    case CHANGE_REPLACE: return replace(rw, root, s);
    case CHANGE_SPLICE: return splice(rw, root, s);
    case CHANGE_ADD: return add(rw, root, s);
    case CHANGE_QUOTE: return quote(rw, root, s);
    }
    return true;
}
