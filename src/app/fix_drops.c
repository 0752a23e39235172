/* What a planned rewrite drops: fields with their reasons, comments with where they stood. */
#include "app/fixer.h"

/* Room is for 1, 2, 4, 8 … texts: it is full when their number is one of these. */
static void add_to_list(Arena *a, const Str **items, size_t *count, Str text) {
    bool full = (*count & (*count - 1)) == 0;
    Str *room = full ? arena_array(a, Str, *count ? *count * 2 : 1) : (Str *)*items;
    if (full && *count) memcpy(room, *items, *count * sizeof *room);
    room[(*count)++] = text;
    *items = room;
}

/* The file is told where it is not the finding's own. */
static Str file_of(const Fixer *x, const Opened *o) {
    uint32_t source = o->finding->source;
    return x->copy || source != x->planned->source ? scan_path(x->scan, source) : (Str){0};
}

/* What a copy drops like the object itself is said once. */
static bool is_told(const Fixer *x, Str path, Str reason) {
    for (size_t i = 0; x->copy && i < x->fix.dropped.len; i++) {
        const DroppedView *d = &x->fix.dropped.items[i];
        if (!d->file.len && str_eq(d->reason, reason) &&
            (str_eq(d->path, path) || fixer_has_text(d->also, d->also_count, path)))
            return true;
    }
    return false;
}

static bool is_comment_told(const Fixer *x, Str comment) {
    for (size_t i = 0; x->copy && i < x->fix.dropped.len; i++) {
        const DroppedView *d = &x->fix.dropped.items[i];
        if (!d->file.len && fixer_has_text(d->comments, d->comment_count, comment)) return true;
    }
    return false;
}

/* Drops for one reason are one entry with all their paths. */
static DroppedView *entry_for(Fixer *x, Str file, Str path, uint32_t line, Str reason) {
    for (size_t i = 0; i < x->fix.dropped.len; i++) {
        DroppedView *d = &x->fix.dropped.items[i];
        if (!str_eq(d->reason, reason) || !str_eq(d->file, file)) continue;
        if (path.len && !str_eq(path, d->path))
            add_to_list(&x->arena, &d->also, &d->also_count, path);
        return d;
    }
    vec_push(&x->fix.dropped,
             (DroppedView){.path = path, .line = line, .file = file, .reason = reason});
    return vec_last(&x->fix.dropped);
}

static void add_drop(Fixer *x, const Opened *o, const Rewrite *rw, const Drop *d) {
    Str path = fixer_path(x, rw->resource, d->node);
    bool loss = d->kind == DROP_LOSS;
    if (loss)
        fixer_review(x, str_format(&x->arena, "it drops " STR_FMT ": " STR_FMT,
                                   STR_ARG(path.len ? path : STR("the whole object")),
                                   STR_ARG(d->reason)));
    if (is_told(x, path, d->reason)) return;
    DroppedView *entry =
        entry_for(x, file_of(x, o), path, opened_line(o, d->node->entry), d->reason);
    entry->loss |= loss;
}

/* Where a comment stood that no drop has taken along. */
static Str stood_at(Fixer *x, const Rewrite *rw, const LostComment *c) {
    Str path = fixer_path(x, rw->resource, c->node);
    if (!path.len) return STR("it stood at none of the fields");
    return str_format(&x->arena, "it stood at " STR_FMT, STR_ARG(path));
}

/* A copy's drop is not listed when it was told with the object itself. */
static bool is_listed(const Fixer *x, Str file, Str reason) {
    for (size_t i = 0; i < x->fix.dropped.len; i++) {
        const DroppedView *d = &x->fix.dropped.items[i];
        if (str_eq(d->reason, reason) && str_eq(d->file, file)) return true;
    }
    return false;
}

static void add_comment(Fixer *x, const Opened *o, const Rewrite *rw, const LostComment *c) {
    Str text = span_text(o->doc.text, c->span), file = file_of(x, o);
    fixer_review(x, str_format(&x->arena, "it drops the comment \"" STR_FMT "\"",
                               STR_ARG(fix_covered(&x->arena, &x->fix, text))));
    if (is_comment_told(x, text)) return;
    /* Where the drop is listed already, its path is, too. */
    bool listed = c->drop && is_listed(x, file, c->drop->reason);
    DroppedView *entry =
        c->drop ? entry_for(x, file, listed ? (Str){0} : fixer_path(x, rw->resource, c->drop->node),
                            listed ? 0 : opened_line(o, c->drop->node->entry), c->drop->reason)
                : entry_for(x, file, (Str){0}, opened_line(o, c->span.start), stood_at(x, rw, c));
    add_to_list(&x->arena, &entry->comments, &entry->comment_count, text);
}

void fixer_drops(Fixer *x, const Opened *o, const Rewrite *rw, const Plan *plan) {
    for (const Drop *d = rw->drops; d; d = d->next) add_drop(x, o, rw, d);
    for (const LostComment *c = plan->lost; c; c = c->next) add_comment(x, o, rw, c);
}
