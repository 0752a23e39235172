/* Puts the losses and products of a fix into words. */
#include "report/fix_words.h"

/* "a, b and 3 more" */
static void add_list(Buf *out, const Str *items, size_t count, size_t most, const char *quote) {
    size_t shown = count > most ? most : count;
    for (size_t i = 0; i < shown; i++) {
        if (i) buf_add(out, STR(", "));
        buf_addf(out, "%s" STR_FMT "%s", quote, STR_ARG(items[i]), quote);
    }
    if (count > shown) buf_addf(out, " and %zu more", count - shown);
}

static void add_comments(Buf *out, const DroppedView *d, size_t most) {
    buf_add(out, d->comment_count == 1 ? STR("the comment ") : STR("the comments "));
    add_list(out, d->comments, d->comment_count, most, "\"");
}

/* " (line 3)", " (b.yaml:3)" */
static void add_where(Buf *out, const DroppedView *d) {
    if (d->file.len && d->line)
        buf_addf(out, " (" STR_FMT ":%u)", STR_ARG(d->file), (unsigned)d->line);
    else if (d->file.len)
        buf_addf(out, " (" STR_FMT ")", STR_ARG(d->file));
    else if (d->line)
        buf_addf(out, " (line %u)", (unsigned)d->line);
}

static void add_dropped(Buf *out, const DroppedView *d, size_t most) {
    bool comment_alone = !d->path.len && d->comment_count;
    buf_add(out, STR("drops "));
    if (comment_alone)
        add_comments(out, d, most);
    else
        buf_add(out, d->path.len ? d->path : STR("the whole object"));
    add_where(out, d);
    if (d->also_count) buf_add(out, STR(", also "));
    add_list(out, d->also, d->also_count, most, "");
    if (d->reason.len) buf_addf(out, ": " STR_FMT, STR_ARG(d->reason));
    if (comment_alone || !d->comment_count) return;
    buf_add(out, STR("; with "));
    add_comments(out, d, most);
}

/* "creates TrainingRuntime 'ml/bert' in jobs/bert.yaml" */
static void add_object(Buf *out, const char *verb, const ResourceView *object, const char *where,
                       Str path) {
    buf_addf(out, "%s " STR_FMT, verb, STR_ARG(object->kind));
    if (object->name.len) {
        buf_addf(out, " '" STR_FMT "%s" STR_FMT "'", STR_ARG(object->namespace),
                 object->namespace.len ? "/" : "", STR_ARG(object->name));
    }
    if (path.len) buf_addf(out, " %s " STR_FMT, where, STR_ARG(path));
}

static const EditView *deletion(const FixView *fix, size_t number) {
    for (size_t i = 0; i < fix->edit_count; i++) {
        if (fix->edits[i].kind == EDIT_DELETE && number-- == 0) return &fix->edits[i];
    }
    return NULL;
}

size_t fix_note_count(const FixView *fix) {
    size_t deletions = 0;
    while (deletion(fix, deletions)) deletions++;
    return fix->note_count + fix->dropped_count + fix->create_count + fix->remove_count + deletions;
}

void fix_add_note(Buf *out, const FixView *fix, size_t number, size_t most) {
    size_t i = number;
    if (i < fix->note_count) {
        buf_add(out, fix->notes[i]);
    } else if ((i -= fix->note_count) < fix->dropped_count) {
        add_dropped(out, &fix->dropped[i], most);
    } else if ((i -= fix->dropped_count) < fix->create_count) {
        add_object(out, "creates", &fix->creates[i], "in", fix->create_paths[i]);
    } else if ((i -= fix->create_count) < fix->remove_count) {
        add_object(out, "removes", &fix->removes[i], "from", fix->remove_paths[i]);
    } else {
        const EditView *edit = deletion(fix, i - fix->remove_count);
        buf_addf(out, "deletes the file " STR_FMT, STR_ARG(edit->path));
    }
}
