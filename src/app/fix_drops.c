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

/* Drops for one reason are one entry with all their paths. */
static DroppedView *entry_for(Fixer *x, Str path, uint32_t line, Str reason) {
    for (size_t i = 0; i < x->fix.dropped.len; i++) {
        DroppedView *d = &x->fix.dropped.items[i];
        if (!str_eq(d->reason, reason)) continue;
        if (path.len && !str_eq(path, d->path))
            add_to_list(&x->arena, &d->also, &d->also_count, path);
        return d;
    }
    vec_push(&x->fix.dropped, (DroppedView){.path = path, .line = line, .reason = reason});
    return vec_last(&x->fix.dropped);
}

static void add_drop(Fixer *x, const Opened *o, const Rewrite *rw, const Drop *d) {
    Str path = fixer_path(x, rw->resource, d->node);
    DroppedView *entry = entry_for(x, path, opened_line(o, d->node->entry), d->reason);
    if (d->kind != DROP_LOSS) return;
    entry->loss = true;
    if (!path.len) path = STR("the whole object");
    fixer_review(x, str_format(&x->arena, "it drops " STR_FMT ": " STR_FMT, STR_ARG(path),
                               STR_ARG(d->reason)));
}

/* Where a comment stood that no drop has taken along. */
static Str stood_at(Fixer *x, const Rewrite *rw, const LostComment *c) {
    Str path = fixer_path(x, rw->resource, c->node);
    if (!path.len) return STR("it stood at none of the fields");
    return str_format(&x->arena, "it stood at " STR_FMT, STR_ARG(path));
}

static void add_comment(Fixer *x, const Opened *o, const Rewrite *rw, const LostComment *c) {
    Str text = span_text(o->doc.text, c->span);
    /* The drop is listed already, with its path. */
    DroppedView *entry =
        c->drop ? entry_for(x, (Str){0}, 0, c->drop->reason)
                : entry_for(x, (Str){0}, opened_line(o, c->span.start), stood_at(x, rw, c));
    add_to_list(&x->arena, &entry->comments, &entry->comment_count, text);
    fixer_review(x, str_format(&x->arena, "it drops the comment \"" STR_FMT "\"",
                               STR_ARG(fix_covered(&x->arena, &x->fix, text))));
}

void fixer_drops(Fixer *x, const Opened *o, const Rewrite *rw, const Plan *plan) {
    for (const Drop *d = rw->drops; d; d = d->next) add_drop(x, o, rw, d);
    for (const LostComment *c = plan->lost; c; c = c->next) add_comment(x, o, rw, c);
}
