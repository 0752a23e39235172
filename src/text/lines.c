/* The line index: where each line starts, found once, asked by binary search. */
#include "text/lines.h"

#include "base/utf8.h"

static void index_lines(Lines *lines) {
    Str text = lines->text;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] > '\r') continue; /* most bytes: one comparison */
        bool crlf = text.data[i] == '\r' && i + 1 < text.len && text.data[i + 1] == '\n';
        if (text.data[i] == '\n' || (text.data[i] == '\r' && !crlf))
            vec_push(&lines->starts, (uint32_t)i + 1);
    }
    lines->indexed = true;
}

/* The index of the line, from 0 in the text, that holds the byte at `offset`. */
static uint32_t line_index(Lines *lines, uint32_t offset) {
    if (!lines->indexed) index_lines(lines);
    size_t low = 0, high = lines->starts.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lines->starts.items[middle] <= offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

static uint32_t line_start(const Lines *lines, uint32_t index) {
    return index ? lines->starts.items[index - 1] : 0;
}

/* Columns are counted from the last answer on when that is possible: a document may be one line of
 * many megabytes with a finding at every step. */
static uint32_t column_at(Lines *lines, uint32_t index, uint32_t offset) {
    uint32_t start = line_start(lines, index);
    if (lines->known_offset < start || lines->known_offset > offset) {
        lines->known_offset = start;
        lines->known_count = 0;
    }
    Str between = str_slice(lines->text, lines->known_offset, offset);
    lines->known_offset = offset;
    lines->known_count += (uint32_t)utf8_count(between);
    return lines->known_count + (index ? 1 : lines->column);
}

static uint32_t clamp(const Lines *lines, uint32_t offset) {
    return offset < lines->text.len ? offset : (uint32_t)lines->text.len;
}

Place lines_place(Lines *lines, Span span) {
    uint32_t start = clamp(lines, span.start), end = clamp(lines, span.end);
    if (end < start) end = start;
    uint32_t first = line_index(lines, start), last = line_index(lines, end);
    return (Place){
        .start = lines->offset + start,
        .length = end - start,
        .line = lines->line + first,
        .column = column_at(lines, first, start),
        .end_line = lines->line + last,
        .end_column = column_at(lines, last, end),
    };
}

uint32_t lines_number(Lines *lines, uint32_t offset) {
    return lines->line + line_index(lines, clamp(lines, offset));
}

Span lines_span(Lines *lines, uint32_t line) {
    if (!lines->indexed) index_lines(lines);
    if (line < lines->line || line - lines->line > lines->starts.len) return (Span){0};
    uint32_t index = line - lines->line, start = line_start(lines, index);
    bool last = index == lines->starts.len;
    uint32_t end = last ? (uint32_t)lines->text.len : lines->starts.items[index];
    if (last) return (Span){start, end};
    end--;
    if (lines->text.data[end] == '\n' && end > start && lines->text.data[end - 1] == '\r') end--;
    return (Span){start, end};
}

void lines_release(Lines *lines) {
    vec_release(&lines->starts);
    lines->indexed = false;
    lines->known_offset = lines->known_count = 0;
}
