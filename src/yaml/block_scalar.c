/* Extent and decoding of block scalars (YAML 1.2.2 chapter 8.1). */
#include "yaml/block_scalar.h"

#include "base/buf.h"
#include "yaml/line.h"

/* ---- where it ends ---- */

static uint32_t count_spaces(Str text, uint32_t line, uint32_t stop) {
    uint32_t at = line;
    while (at < stop && text.data[at] == ' ') at++;
    return at - line;
}

/* Reads the indicators; the indentation they give, 0 when it is to be detected. */
static uint32_t read_header(BlockScalar *b, Str text, uint32_t header) {
    uint32_t indent = 0;
    b->folded = text.data[header] == '>';
    b->end = line_end(text, header);
    b->lines = line_next(text, b->end);
    for (uint32_t at = header + 1; at < b->end; at++) {
        char c = text.data[at];
        if (c == '+' || c == '-')
            b->chomping = c;
        else if (c >= '1' && c <= '9')
            indent = (uint32_t)(c - '0');
        else
            break;
    }
    return indent;
}

BlockScalar block_scalar_find(Str text, uint32_t header, int64_t parent) {
    BlockScalar b = {0};
    uint32_t given = read_header(&b, text, header);
    bool known = given > 0; /* else the first line that is not blank decides */
    b.indent = known ? given + (uint32_t)(parent > 0 ? parent : 0) : (uint32_t)(parent + 1);
    for (uint32_t line = b.lines; line < text.len; line = line_next(text, line)) {
        if (line_is_marker(text, line)) break;
        uint32_t stop = line_end(text, line), spaces = count_spaces(text, line, stop);
        if (line + spaces == stop && (!known || spaces <= b.indent)) {
            if (b.chomping == '+') b.end = stop;
            continue;
        }
        if (spaces < b.indent) break;
        if (!known) b.indent = spaces;
        known = b.has_text = true;
        b.end = stop;
    }
    return b;
}

/* ---- what it says ---- */

typedef struct Decoder {
    Buf out;
    bool folded;
    bool started;  /* a line of text has been written … */
    bool deeper;   /* … and was indented more than the others */
    size_t breaks; /* line breaks that wait for what comes behind them */
} Decoder;

/* The breaks between two lines of text. Folded, the first becomes a space or, when there are more,
 * goes; but none does beside a line that is indented more. */
static void write_breaks(Decoder *d, bool deeper) {
    bool folds = d->folded && d->started && !d->deeper && !deeper;
    if (folds && d->breaks == 1)
        buf_add_char(&d->out, ' ');
    else
        buf_add_repeat(&d->out, '\n', d->breaks - (folds && d->breaks > 1));
    d->breaks = 0;
}

static void write_line(Decoder *d, Str line) {
    bool deeper = line.data[0] == ' ' || line.data[0] == '\t';
    write_breaks(d, deeper);
    buf_add(&d->out, line);
    d->started = true;
    d->deeper = deeper;
}

Str block_scalar_decode(Arena *a, Str text, const BlockScalar *b) {
    Decoder d = {.folded = b->folded};
    if (b->end > b->lines) buf_reserve(&d.out, b->end - b->lines + 1);
    /* A kept blank line at the end may be empty: then it starts where the scalar ends. */
    for (uint32_t line = b->lines; line <= b->end && line < text.len;
         line = line_next(text, line)) {
        uint32_t stop = line_end(text, line);
        if (b->has_text && stop - line > b->indent)
            write_line(&d, str_slice(text, line + b->indent, stop));
        if (stop < text.len) d.breaks++;
    }
    /* Clipped, one waits at most: blank lines behind the text lie outside. */
    if (b->chomping != '-') buf_add_repeat(&d.out, '\n', d.breaks);
    Str copy = str_copy(a, buf_str(&d.out));
    buf_release(&d.out);
    return copy;
}
