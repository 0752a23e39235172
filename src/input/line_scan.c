/* Finding line ends, and reading single lines of YAML. */
#include "input/line_scan.h"

#include <string.h>

LineScan line_scan(Str text, bool at_end) {
    Gap unknown = {1, 0};
    return (LineScan){text, at_end, unknown, unknown};
}

static size_t find_next(Str text, Gap *gap, char wanted, size_t from) {
    if (from < gap->from || from > gap->to) {
        const char *found = memchr(text.data + from, wanted, text.len - from);
        *gap = (Gap){from, found ? (size_t)(found - text.data) : text.len};
    }
    return gap->to;
}

bool line_read(LineScan *s, size_t from, Line *out) {
    size_t len = s->text.len;
    if (from >= len) return false;
    size_t feed = find_next(s->text, &s->line_feed, '\n', from);
    size_t carriage = find_next(s->text, &s->carriage_return, '\r', from);
    size_t end = carriage < feed ? carriage : feed;
    /* A CR that is the last byte may be half of a CRLF. */
    if (!s->at_end && (end == len || (carriage < feed && carriage + 1 == len))) return false;
    size_t next = end < len ? end + 1 : len;
    if (carriage < feed && next < len && s->text.data[next] == '\n') next++;
    *out = (Line){from, end, next};
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

size_t line_skip_blanks(Str text, Line line, size_t from) {
    while (from < line.end && is_blank(text.data[from])) from++;
    return from;
}

bool line_has_content(Str text, Line line, size_t from) {
    size_t at = line_skip_blanks(text, line, from);
    return at < line.end && text.data[at] != '#';
}

bool line_blank_at(Str text, Line line, size_t at) {
    return at >= line.end || is_blank(text.data[at]);
}

Marker line_marker(Str text, Line line, uint32_t indent) {
    size_t at = line.start + indent;
    if (line.end - line.start < (size_t)indent + 3 || !line_blank_at(text, line, at + 3))
        return MARKER_NONE;
    for (size_t i = line.start; i < at; i++)
        if (text.data[i] != ' ') return MARKER_NONE;
    if (memcmp(text.data + at, "---", 3) == 0) return MARKER_START;
    bool ends = memcmp(text.data + at, "...", 3) == 0 && !line_has_content(text, line, at + 3);
    return ends ? MARKER_END : MARKER_NONE;
}

/* A scalar on one line: quotes taken off, a comment cut away. Escapes are left as they are. */
static Str plain_value(Str s) {
    s = str_trim(s);
    if (s.len && (s.data[0] == '"' || s.data[0] == '\'')) {
        size_t end = str_find_char(str_from_offset(s, 1), s.data[0]);
        return end == STR_NONE ? s : str_slice(s, 1, 1 + end);
    }
    for (size_t i = 0; i < s.len; i++)
        if (s.data[i] == '#' && (i == 0 || is_blank(s.data[i - 1])))
            return str_trim(str_slice(s, 0, i));
    return s;
}

bool line_key(Str text, Line line, size_t at, Str key, Str *value) {
    if (at >= line.end) return false;
    Str rest = str_slice(text, at, line.end);
    char quote = rest.data[0] == '"' || rest.data[0] == '\'' ? rest.data[0] : 0;
    if (quote) rest = str_from_offset(rest, 1);
    if (!str_starts(rest, key)) return false;
    rest = str_from_offset(rest, key.len);
    if (quote && (!rest.len || rest.data[0] != quote)) return false;
    if (quote) rest = str_from_offset(rest, 1);
    if (!rest.len || rest.data[0] != ':' || (rest.len > 1 && !is_blank(rest.data[1]))) return false;
    *value = plain_value(str_from_offset(rest, 1));
    return true;
}
