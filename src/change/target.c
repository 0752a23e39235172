/* Writing down a target tree. */
#include "change/target.h"

#include "base/buf.h"

void rewrite_begin(Rewrite *rw, Arena *a, const Document *doc, const Node *resource) {
    *rw = (Rewrite){.arena = a, .doc = doc, .resource = resource};
    rw->next_drop = &rw->drops;
}

void rewrite_root(Rewrite *rw, Target *root) {
    if (rw->last_root)
        rw->last_root->next = root;
    else
        rw->first_root = root;
    rw->last_root = root;
}

void rewrite_drop(Rewrite *rw, const Node *node, DropKind kind, Str reason) {
    if (!node) return;
    Drop *d = arena_new(rw->arena, Drop);
    *d = (Drop){.node = node, .kind = kind, .reason = reason};
    *rw->next_drop = d;
    rw->next_drop = &d->next;
}

void rewrite_refuse(Rewrite *rw, Str reason) {
    if (!rw->refused.len) rw->refused = str_copy(rw->arena, reason);
}

static Target *new_target(Rewrite *rw, TargetKind kind, const Node *source) {
    Target *t = arena_new(rw->arena, Target);
    t->kind = kind;
    t->source = source;
    return t;
}

Target *target_keep(Rewrite *rw, const Node *node) {
    return new_target(rw, TARGET_KEEP, node);
}

Target *target_within(Rewrite *rw, const Node *collection) {
    return new_target(rw, TARGET_WITHIN, collection);
}

Target *target_set(Rewrite *rw, const Node *scalar, Str text) {
    Target *t = new_target(rw, TARGET_SCALAR, scalar);
    t->text = str_copy(rw->arena, text);
    return t;
}

Target *target_string(Rewrite *rw, Str text) {
    return target_set(rw, NULL, text);
}

Target *target_plain(Rewrite *rw, Str text) {
    Target *t = target_set(rw, NULL, text);
    t->type = SCALAR_PLAIN;
    return t;
}

Target *target_map(Rewrite *rw) {
    return new_target(rw, TARGET_MAP, NULL);
}

Target *target_seq(Rewrite *rw) {
    return new_target(rw, TARGET_SEQ, NULL);
}

static Str spliced_text(Rewrite *rw, const Target *t) {
    Buf text = {0};
    uint32_t at = 0;
    for (const Splice *s = t->splices; s; s = s->next) {
        buf_add(&text, str_slice(t->source->value, at, s->start));
        buf_add(&text, s->text);
        at = s->end;
    }
    buf_add(&text, str_from_offset(t->source->value, at));
    Str copy = str_copy(rw->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

void target_splice(Rewrite *rw, Target *t, uint32_t start, uint32_t end, Str text) {
    Splice **last = &t->splices;
    while (*last) last = &(*last)->next;
    *last = arena_new(rw->arena, Splice);
    **last = (Splice){.start = start, .end = end, .text = str_copy(rw->arena, text)};
    t->kind = TARGET_SCALAR;
    t->text = spliced_text(rw, t);
}

void target_comment(Rewrite *rw, Target *t, Str lines) {
    t->comment = str_copy(rw->arena, lines);
}

void target_open(Rewrite *rw, Target *t) {
    bool collection =
        t->kind == TARGET_KEEP && (t->source->kind == NODE_MAP || t->source->kind == NODE_SEQ);
    if (!collection) return;
    t->kind = TARGET_WITHIN;
    NODE_EACH (child, t->source) target_add(t, target_keep(rw, child));
}

bool target_is_map(const Target *t) {
    if (t->kind == TARGET_KEEP || t->kind == TARGET_WITHIN) return t->source->kind == NODE_MAP;
    return t->kind == TARGET_MAP;
}

Target *target_add(Target *parent, Target *child) {
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

Target *target_add_key(Target *parent, Str key, Target *child) {
    child->has_key = true;
    child->key = key;
    return target_add(parent, child);
}

void target_replace(Target *child, Target *with) {
    Target *parent = child->parent, **link = &parent->first;
    while (*link != child) link = &(*link)->next;
    *link = with;
    with->next = child->next;
    with->parent = parent;
    if (parent->last == child) parent->last = with;
    child->next = child->parent = NULL;
}
