/* Finds fenced code blocks in Markdown (CommonMark 0.31, sections 4.5 and 5.2). */
#include "model/fences.h"

#include <string.h>

enum {
    LIST_DEPTH = 32, /* list items in list items; what is nested deeper holds no fences for us */
    LANGUAGE_BYTES = 64, /* longer words are no language that anyone asks for */
    TAB_WIDTH = 4,
};

typedef struct Scan {
    Str text;
    size_t next;   /* start of the line behind the current one */
    uint32_t line; /* number of the current one, from 1 */
    /* the content columns of the open list items, outermost first */
    uint32_t columns[LIST_DEPTH];
    uint32_t depth;
} Scan;

typedef struct Cursor { /* a place on the current line, with its column from 0 */
    size_t pos, end;
    uint32_t column;
} Cursor;

typedef struct Opening {
    char mark;
    size_t length;
    Str info;
} Opening;

static void skip_blanks(Str text, Cursor *c) {
    for (; c->pos < c->end; c->pos++) {
        if (text.data[c->pos] == ' ')
            c->column++;
        else if (text.data[c->pos] == '\t')
            c->column += TAB_WIDTH - c->column % TAB_WIDTH;
        else
            return;
    }
}

/* The next line, at its first byte that is no blank; pos == end on a blank line. */
static bool next_line(Scan *s, Cursor *c) {
    if (s->next >= s->text.len) return false;
    const char *start = s->text.data + s->next;
    const char *feed = memchr(start, '\n', s->text.len - s->next);
    size_t end = feed ? (size_t)(feed - s->text.data) : s->text.len;
    *c = (Cursor){.pos = s->next, .end = end};
    s->next = feed ? end + 1 : end;
    s->line++;
    if (c->end > c->pos && s->text.data[c->end - 1] == '\r') c->end--;
    skip_blanks(s->text, c);
    return true;
}

static uint32_t container_column(const Scan *s) {
    return s->depth ? s->columns[s->depth - 1] : 0;
}

/* Four more columns than the container has make an indented code block: nothing opens there. */
static bool may_open(const Scan *s, const Cursor *c) {
    return c->column < container_column(s) + 4;
}

static size_t run_length(Str text, const Cursor *c) {
    char mark = c->pos < c->end ? text.data[c->pos] : 0;
    size_t end = c->pos;
    if (mark == '`' || mark == '~')
        while (end < c->end && text.data[end] == mark) end++;
    return end - c->pos;
}

static bool read_opening(Str text, const Cursor *c, Opening *out) {
    size_t length = run_length(text, c);
    if (length < 3) return false;
    Str info = str_trim(str_slice(text, c->pos + length, c->end));
    *out = (Opening){.mark = text.data[c->pos], .length = length, .info = info};
    /* ```code``` on one line is a code span */
    return out->mark == '~' || str_find_char(info, '`') == STR_NONE;
}

static bool closes(Str text, const Cursor *c, const Opening *opening) {
    size_t length = run_length(text, c);
    return length >= opening->length && text.data[c->pos] == opening->mark &&
           str_trim(str_slice(text, c->pos + length, c->end)).len == 0;
}

/* `yaml`, but also `yaml{1,3}` and `yaml,ignore` as documentation tools have it. */
static Str language_of(Str info, char buffer[LANGUAGE_BYTES]) {
    size_t len = 0;
    while (len < info.len && len < LANGUAGE_BYTES && !strchr(" \t{,", info.data[len])) {
        buffer[len] = str_lower_char(info.data[len]);
        len++;
    }
    return (Str){buffer, len};
}

/* Reads up to and with the closing fence; a line that ends the list item is left for the caller. */
static void read_fence(Scan *s, const Cursor *at, const Opening *opening, FenceVisit visit,
                       void *context) {
    char buffer[LANGUAGE_BYTES];
    Fence fence = {
        .language = language_of(opening->info, buffer), .indent = at->column, .line = s->line + 1};
    size_t start = s->next, end = s->next;
    Cursor c;
    for (Scan before = *s; next_line(s, &c); end = s->next, before = *s) {
        if (c.pos == c.end) continue;
        if (c.column < container_column(s)) {
            *s = before;
            break;
        }
        if (may_open(s, &c) && closes(s->text, &c, opening)) break;
    }
    fence.body = (Span){(uint32_t)start, (uint32_t)end};
    visit(context, &fence);
}

/* Length of `-`, `*`, `+`, `1.` or `1)` that a blank or the line's end follows; else 0. */
static size_t marker_length(Str text, const Cursor *c) {
    size_t i = c->pos;
    while (i < c->end && i < c->pos + 9 && text.data[i] >= '0' && text.data[i] <= '9') i++;
    if (i >= c->end) return 0;
    bool marker = strchr(i == c->pos ? "-*+" : ".)", text.data[i]) && text.data[i];
    i++;
    if (!marker || (i < c->end && text.data[i] != ' ' && text.data[i] != '\t')) return 0;
    return i - c->pos;
}

/* Opens a list item, with the cursor moved to its content. */
static bool open_item(Scan *s, Cursor *c) {
    size_t length = marker_length(s->text, c);
    if (length == 0 || s->depth == LIST_DEPTH) return false;
    c->pos += length;
    c->column += (uint32_t)length;
    uint32_t behind = c->column;
    skip_blanks(s->text, c);
    /* nothing behind it, or an indented code block: the content starts one column behind */
    bool near = c->pos < c->end && c->column <= behind + 4;
    s->columns[s->depth++] = near ? c->column : behind + 1;
    return true;
}

void fences_each(Str text, FenceVisit visit, void *context) {
    Scan scan = {.text = text};
    Cursor c;
    while (next_line(&scan, &c)) {
        if (c.pos == c.end) continue;
        while (scan.depth > 0 && c.column < container_column(&scan)) scan.depth--;
        Opening opening;
        while (may_open(&scan, &c)) {
            if (read_opening(text, &c, &opening)) {
                read_fence(&scan, &c, &opening, visit, context);
                break;
            }
            if (!open_item(&scan, &c)) break;
        }
    }
}
