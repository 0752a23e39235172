/* Looked for by bytes, in front of the parser. */
#include "yaml/hazard.h"

#include "base/limits.h"

#include <string.h>

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static char byte(Str text, size_t at) {
    return at < text.len ? text.data[at] : '\n';
}

/* Behind the line break; LF, CRLF and a lone CR are one. */
static size_t next_line(Str text, size_t at) {
    while (at < text.len && !is_break(text.data[at])) at++;
    return at + (byte(text, at) == '\r' && at + 1 < text.len && text.data[at + 1] == '\n' ? 2 : 1);
}

/* Long runs of blank lines and very many lines cost quadratic time. */
static Hazard too_many_lines(Str text) {
    size_t lines = 0, blank = 0;
    for (size_t at = 0; at < text.len; lines++) {
        size_t end = at;
        while (byte(text, end) == ' ') end++;
        blank = end < text.len && is_break(text.data[end]) ? blank + 1 : 0;
        if (blank > LIMIT_BLANK_LINES) return (Hazard){"too many blank lines in a row", at, true};
        if (lines == LIMIT_LINES) return (Hazard){"too many lines in one document", at, true};
        at = next_line(text, end);
    }
    return (Hazard){0};
}

static bool has_explicit_key(Str text) {
    for (size_t at = 0; at < text.len; at++) {
        size_t found = str_find_char(str_from_offset(text, at), '?');
        if (found == STR_NONE) return false;
        at += found;
        bool alone = at == 0 || is_blank(text.data[at - 1]) || is_break(text.data[at - 1]);
        if (alone && (is_blank(byte(text, at + 1)) || is_break(byte(text, at + 1)))) return true;
    }
    return false;
}

/* Inside an explicit key, a tab between `:` and another indicator: the library complains, frees the
 * key twice, and crashes when it is closed. */
static Hazard tab_before_indicator(Str text) {
    for (size_t at = 0; at < text.len; at++) {
        size_t tab = str_find_char(str_from_offset(text, at), '\t');
        if (tab == STR_NONE) break;
        at += tab;
        size_t before = at, behind = at;
        while (before && is_blank(text.data[before - 1])) before--;
        while (is_blank(byte(text, behind))) behind++;
        bool indicator = strchr("?:|>-", byte(text, behind)) != NULL;
        if (before && text.data[before - 1] == ':' && indicator)
            return has_explicit_key(text)
                       ? (Hazard){"a tab may not stand in front of an indicator", at, false}
                       : (Hazard){0};
        at = behind;
    }
    return (Hazard){0};
}

Hazard yaml_hazard(Str text) {
    if (text.len > LIMIT_DOCUMENT) return (Hazard){"too large", 0, true};
    Hazard lines = too_many_lines(text);
    return lines.why ? lines : tab_before_indicator(text);
}
