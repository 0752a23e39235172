/* One pass for braces, one for carriage returns. */
#include "model/skim_mask.h"

#include <string.h>

/* `{{ name }}` on one line, so simple that everybody agrees where it ends (yaml/template.h). */
static bool is_simple_action(Str text, size_t at) {
    for (at += 2; at + 1 < text.len; at++) {
        if (text.data[at] == '}' && text.data[at + 1] == '}') return true;
        if (memchr("\"'`\\{*\n\r", text.data[at], 8)) return false;
    }
    return false;
}

static bool has_simple_templates(Str text) {
    for (size_t at = 0;; at++) {
        size_t brace = str_find_char(str_from_offset(text, at), '{');
        if (brace == STR_NONE || at + brace + 1 >= text.len) return true;
        at += brace;
        if (text.data[at + 1] == '%' || text.data[at + 1] == '#') return false;
        if (text.data[at + 1] == '{' && !is_simple_action(text, at)) return false;
    }
}

static bool has_whole_line_breaks(Str text) {
    for (size_t at = 0;; at++) {
        size_t found = str_find_char(str_from_offset(text, at), '\r');
        if (found == STR_NONE) return true;
        at += found;
        if (at + 1 >= text.len || text.data[at + 1] != '\n') return false;
    }
}

bool skim_readable(Str text) {
    return has_whole_line_breaks(text) && has_simple_templates(text);
}
