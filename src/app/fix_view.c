/* Edits with places, drops, and the small diff that people read. */
#include "app/fix_view.h"

#include "report/fix_words.h"
#include "text/lines.h"
#include "text/unified.h"

static int by_place(const void *a, const void *b) {
    const EditView *x = a, *y = b;
    int c = str_cmp(x->path, y->path);
    return c ? c : (x->place.start > y->place.start) - (x->place.start < y->place.start);
}

static EditView *view_edits(Arena *a, const Scan *scan, const FixPlan *fix) {
    EditView *views = arena_array(a, EditView, fix->edits.len);
    for (size_t p = 0; p < fix->parts.len; p++) {
        const FixPart *part = &fix->parts.items[p];
        Lines lines = {
            .text = part->text, .offset = part->piece, .line = part->piece_line, .column = 1};
        for (size_t i = part->first; i < part->first + part->count; i++) {
            const FixEdit *e = &fix->edits.items[i];
            Span span = {(uint32_t)(e->edit.start - part->piece),
                         (uint32_t)(e->edit.end - part->piece)};
            views[i] = (EditView){.kind = EDIT_TEXT,
                                  .path = scan_path(scan, e->source),
                                  .place = lines_place(&lines, span),
                                  .text = str_copy(a, e->edit.text),
                                  .secret = e->secret};
        }
        lines_release(&lines);
    }
    if (fix->edits.len) qsort(views, fix->edits.len, sizeof *views, by_place);
    return views;
}

/* ---- the small diff ---- */

typedef VEC(DiffLine) DiffLines;

/* "@@ -12,3 +12,4 @@": the two first numbers. */
static void read_hunk(Str line, uint32_t *old, uint32_t *new) {
    uint32_t *number = NULL;
    for (size_t i = 2; i < line.len && line.data[i] != '@'; i++) {
        char c = line.data[i];
        if (c == '-')
            number = old, *old = 0;
        else if (c == '+')
            number = new, *new = 0;
        else if (c >= '0' && c <= '9' && number)
            *number = *number * 10 + (uint32_t)(c - '0');
        else
            number = NULL;
    }
}

/* The unified diff of the piece, line by line, with the source's line numbers. */
static void add_part(Arena *a, const FixPlan *fix, DiffLines *out, Str diff, uint32_t first_line) {
    uint32_t old = 0, new = 0;
    bool in_hunk = false;
    Str line;
    while (str_split(&diff, '\n', &line)) {
        char sign = line.len ? line.data[0] : '\0';
        if (sign == '@') {
            if (in_hunk) vec_push(out, (DiffLine){.sign = '@'});
            read_hunk(line, &old, &new);
            in_hunk = true;
        } else if (in_hunk && sign && sign != '\\') {
            uint32_t number = (sign == '+' ? new : old) + first_line - 1;
            vec_push(out, (DiffLine){sign, number, fix_covered(a, fix, str_from_offset(line, 1))});
            old += sign != '+';
            new += sign != '-';
        }
    }
}

static void view_part(Arena *a, const Scan *scan, const FixPlan *fix, size_t number,
                      uint32_t diff_of, DiffLines *out) {
    const FixPart *part = &fix->parts.items[number];
    EditVec edits = {0};
    for (size_t i = part->first; i < part->first + part->count; i++) {
        Edit e = fix->edits.items[i].edit;
        vec_push(&edits, (Edit){e.start - part->piece, e.end - part->piece, e.text});
    }
    Buf diff = {0};
    FileDifference d = {DIFFERENCE_CHANGE, STR("x"), part->text, edits.items, edits.len};
    unified_diff(&diff, &d);
    if (diff_of == DIFF_ALL && number && part->source != part[-1].source)
        vec_push(out, (DiffLine){.sign = '@', .text = scan_path(scan, part->source)});
    else if (out->len)
        vec_push(out, (DiffLine){.sign = '@'});
    add_part(a, fix, out, buf_str(&diff), part->piece_line);
    buf_release(&diff);
    vec_release(&edits);
}

/* Nothing of a diff that touches a secret is shown. */
static bool has_secret(const FixPlan *fix) {
    for (size_t i = 0; i < fix->edits.len; i++)
        if (fix->edits.items[i].secret) return true;
    return false;
}

static void view_diff(Arena *a, const Scan *scan, const FixPlan *fix, uint32_t diff_of,
                      FixView *view) {
    DiffLines lines = {0};
    if (has_secret(fix))
        vec_push(&lines, (DiffLine){.sign = '@', .text = STR("it holds a secret: see --diff")});
    for (size_t p = 0; p < fix->parts.len && !has_secret(fix); p++)
        if (diff_of == DIFF_ALL || fix->parts.items[p].source == diff_of)
            view_part(a, scan, fix, p, diff_of, &lines);
    DiffLine *kept = arena_array(a, DiffLine, lines.len);
    for (size_t i = 0; i < lines.len; i++) kept[i] = lines.items[i];
    view->diff = kept;
    view->diff_count = lines.len;
    vec_release(&lines);
}

static const Str *covered(Arena *a, const FixPlan *fix, const Str *texts, size_t count) {
    Str *copies = arena_array(a, Str, count);
    for (size_t i = 0; i < count; i++) copies[i] = fix_covered(a, fix, texts[i]);
    return copies;
}

static const DroppedView *view_drops(Arena *a, const FixPlan *fix) {
    DroppedView *views = arena_array(a, DroppedView, fix->dropped.len);
    for (size_t i = 0; i < fix->dropped.len; i++) {
        views[i] = fix->dropped.items[i];
        views[i].path = fix_covered(a, fix, views[i].path);
        views[i].reason = fix_covered(a, fix, views[i].reason);
        views[i].also = covered(a, fix, views[i].also, views[i].also_count);
        views[i].comments = covered(a, fix, views[i].comments, views[i].comment_count);
    }
    return views;
}

static const Str *paths_of(Arena *a, const Scan *scan, const uint32_t *sources, size_t count) {
    Str *paths = arena_array(a, Str, count);
    for (size_t i = 0; i < count; i++) paths[i] = scan_path(scan, sources[i]);
    return paths;
}

static const ResourceView *view_resources(Arena *a, const FixPlan *fix, const ResourceView *items,
                                          size_t count) {
    ResourceView *views = arena_array(a, ResourceView, count);
    for (size_t i = 0; i < count; i++) {
        views[i] = items[i];
        views[i].namespace = fix_covered(a, fix, items[i].namespace);
        views[i].name = fix_covered(a, fix, items[i].name);
    }
    return views;
}

FixView *fix_view(Arena *a, const Scan *scan, const FixPlan *fix, uint32_t diff_of) {
    FixView *view = arena_new(a, FixView);
    size_t created = fix->creates.len, removed = fix->removes.len;
    *view = (FixView){.safety = fix->safety,
                      .title = fix_covered(a, fix, fix->title),
                      .notes = covered(a, fix, fix->notes.items, fix->notes.len),
                      .note_count = fix->notes.len,
                      .dropped = view_drops(a, fix),
                      .dropped_count = fix->dropped.len,
                      .creates = view_resources(a, fix, fix->creates.items, created),
                      .create_paths = paths_of(a, scan, fix->create_sources.items, created),
                      .create_count = created,
                      .removes = view_resources(a, fix, fix->removes.items, removed),
                      .remove_paths = paths_of(a, scan, fix->remove_sources.items, removed),
                      .remove_count = removed,
                      .edits = view_edits(a, scan, fix),
                      .edit_count = fix->edits.len};
    if (diff_of != DIFF_NONE) view_diff(a, scan, fix, diff_of, view);
    return view;
}

/* ---- what is told when it is made ---- */

/* What goes without a loss is not worth a line: the server's fields, defaults. */
static bool is_loss(const DroppedView *d) {
    return d->loss || d->comment_count;
}

/* What is created stands below the notes: only notes and losses are left. */
static void keep_losses(Arena *a, const Scan *scan, FixView *view) {
    DroppedView *losses = arena_array(a, DroppedView, view->dropped_count);
    size_t count = 0;
    for (size_t i = 0; i < view->dropped_count; i++)
        if (is_loss(&view->dropped[i])) losses[count++] = view->dropped[i];
    view->dropped = losses;
    view->dropped_count = count;
    view->create_count = view->edit_count = 0;
    if (scan->alone) view->remove_count = 0; /* nothing is taken out of what is read */
}

void notes_of_fix(Arena *a, const Scan *scan, const FixPlan *fix, StrVec *out) {
    FixView *view = fix_view(a, scan, fix, DIFF_NONE);
    Buf text = {0};
    keep_losses(a, scan, view);
    for (size_t i = 0; i < fix_note_count(view); i++) {
        buf_clear(&text);
        fix_add_note(&text, view, i, SIZE_MAX);
        vec_push(out, fix_covered(a, fix, buf_str(&text)));
    }
    buf_release(&text);
}
