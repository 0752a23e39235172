/* Draws code frames: which lines, in which order, and what stands under them. */
#include "report/frame.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

/* One finding being drawn. */
typedef struct Frame {
    Buf *out;
    bool color;
    int gutter; /* columns of the largest line number */
    Paint primary_paint;
    const PlaceView *places[1 + FRAME_RELATED]; /* the primary one first */
    size_t place_count;
} Frame;

void paint_start(Buf *out, bool color, Paint paint) {
    static const char *const codes[] = {
        [PAINT_NOTE] = "\x1b[1;34m", [PAINT_WARNING] = "\x1b[1;33m", [PAINT_ERROR] = "\x1b[1;31m",
        [PAINT_STRONG] = "\x1b[1m",  [PAINT_HELP] = "\x1b[1;36m",    [PAINT_REMOVED] = "\x1b[31m",
        [PAINT_ADDED] = "\x1b[32m",
    };
    if (color) buf_add(out, str_from(codes[paint]));
}

void paint_end(Buf *out, bool color) {
    if (color) buf_add(out, STR("\x1b[0m"));
}

void paint_label(Buf *out, bool color, Paint paint, Str label) {
    paint_start(out, color, paint);
    buf_add(out, label);
    paint_end(out, color);
    buf_add_char(out, ' ');
}

void gutter_add(Buf *out, bool color, int width, uint32_t number, const char *sign) {
    char digits[16] = "";
    if (number) snprintf(digits, sizeof digits, "%u", (unsigned)number);
    paint_start(out, color, PAINT_NOTE);
    buf_addf(out, "%*s%s", width, digits, sign);
    paint_end(out, color);
}

int gutter_width(uint32_t largest) {
    int width = 0;
    for (; largest; largest /= 10) width++;
    return width ? width : 1;
}

/* ---- Text on screen ---- */

void frame_add_text(Buf *out, Str text) {
    Str part;
    for (bool first = true; str_split(&text, '\t', &part); first = false) {
        if (!first) buf_add_repeat(out, ' ', FRAME_TAB);
        utf8_add_printable(out, part);
    }
}

static size_t columns(Str text) {
    Buf shown = {0};
    frame_add_text(&shown, text);
    size_t count = utf8_columns(buf_str(&shown));
    buf_release(&shown);
    return count;
}

/* The offset of the code point with that number from 0; the length when the text is shorter. */
static size_t offset_of(Str text, size_t number) {
    for (size_t i = 0; i < text.len; i++) {
        bool starts = ((unsigned char)text.data[i] & 0xC0) != 0x80;
        if (starts && number-- == 0) return i;
    }
    return text.len;
}

/* The offset in a frame line of a column of the source line, which may be cut on its left. */
static size_t offset_of_column(const FrameLine *line, uint32_t column) {
    int64_t before = (int64_t)line->skipped + line->shortened + 1;
    return column > before ? offset_of(line->text, (size_t)(column - before)) : 0;
}

/* ---- Lines ---- */

static void add_gutter(Frame *f, uint32_t number, const char *sign) {
    gutter_add(f->out, f->color, f->gutter, number, sign);
}

static void add_empty_line(Frame *f) {
    add_gutter(f, 0, " |");
    buf_add_char(f->out, '\n');
}

static void add_source_line(Frame *f, const FrameLine *line) {
    add_gutter(f, line->number, " |");
    if (line->skipped || line->text.len) buf_add_char(f->out, ' ');
    if (line->skipped) buf_add(f->out, STR("..."));
    frame_add_text(f->out, line->text);
    buf_add_char(f->out, '\n');
}

static void add_mark(Frame *f, const FrameLine *line, const PlaceView *p) {
    bool primary = p == f->places[0];
    bool one_line = p->place.end_line <= p->place.line;
    size_t start = offset_of_column(line, p->place.column);
    size_t end = one_line ? offset_of_column(line, p->place.end_column) : line->text.len;
    size_t width = columns(str_slice(line->text, start, end));

    add_gutter(f, 0, " | ");
    buf_add_repeat(f->out, ' ', (line->skipped ? 3 : 0) + columns(str_slice(line->text, 0, start)));
    paint_start(f->out, f->color, primary ? f->primary_paint : PAINT_NOTE);
    buf_add_repeat(f->out, primary ? '^' : '-', width ? width : 1);
    if (p->message.len) buf_add_char(f->out, ' ');
    utf8_add_printable(f->out, p->message);
    paint_end(f->out, f->color);
    buf_add_char(f->out, '\n');
}

/* ---- Blocks: the places of one file ---- */

static bool has_frame(const PlaceView *p) {
    return !p->whole_file && p->line_count > 0;
}

static bool in_block(const Frame *f, size_t place, Str path) {
    return has_frame(f->places[place]) && str_eq(f->places[place]->path, path);
}

/* The line with the smallest number above `after`; NULL behind the last one. */
static const FrameLine *next_line(const Frame *f, Str path, uint32_t after) {
    const FrameLine *next = NULL;
    for (size_t i = 0; i < f->place_count; i++) {
        for (size_t k = 0; in_block(f, i, path) && k < f->places[i]->line_count; k++) {
            const FrameLine *line = &f->places[i]->lines[k];
            if (line->number > after && (!next || line->number < next->number)) next = line;
        }
    }
    return next;
}

/* Two places on one very long line may come with different windows of it: each mark then gets the
 * line as its own place shows it. */
static const FrameLine *own_line(const PlaceView *p) {
    for (size_t i = 0; i < p->line_count; i++) {
        if (p->lines[i].number == p->place.line) return &p->lines[i];
    }
    return NULL;
}

static bool same_window(const FrameLine *a, const FrameLine *b) {
    return a->skipped == b->skipped && str_eq(a->text, b->text);
}

static void add_line_with_marks(Frame *f, Str path, const FrameLine *line) {
    add_source_line(f, line);
    for (size_t i = 0; i < f->place_count; i++) {
        const PlaceView *p = f->places[i];
        if (!in_block(f, i, path) || p->place.line != line->number) continue;
        const FrameLine *own = own_line(p);
        if (own && !same_window(own, line)) add_source_line(f, own);
        add_mark(f, own ? own : line, p);
    }
}

static void add_block(Frame *f, Str path) {
    uint32_t last = 0;
    add_empty_line(f);
    for (const FrameLine *l; (l = next_line(f, path, last)); last = l->number) {
        if (last && l->number > last + 1) buf_add(f->out, STR("...\n"));
        add_line_with_marks(f, path, l);
    }
    add_empty_line(f);
}

static void add_arrow(Frame *f, const char *arrow, const PlaceView *p) {
    add_gutter(f, 0, arrow);
    utf8_add_printable(f->out, p->path);
    if (p->whole_file) return;
    buf_addf(f->out, ":%u:%u", (unsigned)p->place.line, (unsigned)p->place.column);
}

/* Has an earlier place opened the block that this one belongs to? */
static bool in_earlier_block(const Frame *f, size_t place) {
    for (size_t i = 0; i < place; i++) {
        if (in_block(f, i, f->places[place]->path)) return true;
    }
    return false;
}

static void add_related(Frame *f, size_t place) {
    const PlaceView *p = f->places[place];
    if (!has_frame(p)) {
        add_arrow(f, "::: ", p);
        if (p->message.len) buf_add(f->out, STR(": "));
        utf8_add_printable(f->out, p->message);
        buf_add_char(f->out, '\n');
    } else if (!in_earlier_block(f, place)) {
        add_arrow(f, "::: ", p);
        buf_add_char(f->out, '\n');
        add_block(f, p->path);
    }
}

static uint32_t largest_number(const Frame *f) {
    uint32_t largest = 0;
    for (size_t i = 0; i < f->place_count; i++) {
        const PlaceView *p = f->places[i];
        if (has_frame(p) && p->lines[p->line_count - 1].number > largest) {
            largest = p->lines[p->line_count - 1].number;
        }
    }
    return largest;
}

void frame_add(Buf *out, const FindingView *finding, bool color) {
    size_t shown = finding->related_count < FRAME_RELATED ? finding->related_count : FRAME_RELATED;
    Frame f = {out, color, 0, (Paint)finding->severity, {&finding->primary}, 1 + shown};
    for (size_t i = 0; i < shown; i++) f.places[1 + i] = &finding->related[i];
    f.gutter = gutter_width(largest_number(&f));

    add_arrow(&f, "--> ", &finding->primary);
    buf_add_char(out, '\n');
    if (has_frame(&finding->primary)) add_block(&f, finding->primary.path);
    for (size_t i = 1; i < f.place_count; i++) add_related(&f, i);
    if (finding->related_count > shown) {
        add_gutter(&f, 0, "::: ");
        buf_addf(out, "and %zu more\n", finding->related_count - shown);
    }
}
