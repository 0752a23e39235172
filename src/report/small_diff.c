/* Draws small diffs: a gutter of line numbers, and lines that go, come and stay. */
#include "report/small_diff.h"

#include "base/utf8.h"
#include "report/frame.h"

typedef struct SmallDiff {
    Buf *out;
    bool color;
    int gutter;
} SmallDiff;

static int gutter_of(const FixView *fix) {
    uint32_t largest = 0;
    for (size_t i = 0; i < fix->diff_count; i++) {
        if (fix->diff[i].number > largest) largest = fix->diff[i].number;
    }
    return gutter_width(largest);
}

static void add_edge(SmallDiff *d) {
    gutter_add(d->out, d->color, d->gutter, 0, " |\n");
}

static void add_context(SmallDiff *d, const DiffLine *line) {
    gutter_add(d->out, d->color, d->gutter, line->number, " |");
    if (line->text.len) buf_add_char(d->out, ' ');
    frame_add_text(d->out, line->text);
    buf_add_char(d->out, '\n');
}

static void add_changed(SmallDiff *d, const DiffLine *line) {
    gutter_add(d->out, d->color, d->gutter, line->number, " ");
    paint_start(d->out, d->color, line->sign == '-' ? PAINT_REMOVED : PAINT_ADDED);
    buf_add_char(d->out, line->sign);
    if (line->text.len) buf_add_char(d->out, ' ');
    frame_add_text(d->out, line->text);
    paint_end(d->out, d->color);
    buf_add_char(d->out, '\n');
}

/* Between hunks, or in front of another file. */
static void add_gap(SmallDiff *d, Str path) {
    if (path.len) {
        gutter_add(d->out, d->color, d->gutter, 0, "::: ");
        utf8_add_printable(d->out, path);
        buf_add_char(d->out, '\n');
    } else {
        buf_add(d->out, STR("...\n"));
    }
}

static void add_line(SmallDiff *d, const DiffLine *line) {
    switch (line->sign) {
    case '@': add_gap(d, line->text); break;
    case ' ': add_context(d, line); break;
    default: add_changed(d, line); break;
    }
}

static size_t count_lines(const DiffLine *lines, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) found += lines[i].sign != '@';
    return found;
}

void small_diff_add(Buf *out, const FixView *fix, bool color) {
    SmallDiff d = {out, color, gutter_of(fix)};
    size_t shown = 0, total = count_lines(fix->diff, fix->diff_count);
    if (!fix->diff_count) return;
    add_edge(&d);
    for (size_t i = 0; i < fix->diff_count && shown < SMALL_DIFF_LINES; i++) {
        add_line(&d, &fix->diff[i]);
        shown += fix->diff[i].sign != '@';
    }
    if (total > shown) {
        size_t more = total - shown;
        buf_addf(out, "... %zu more line%s, see --diff\n", more, more == 1 ? "" : "s");
    }
    add_edge(&d);
}
