/* Lines as YAML has them: LF, CRLF or a lone CR ends one. */
#ifndef YAML_LINE_H
#define YAML_LINE_H

#include "base/str.h"

static inline bool is_break(char c) {
    return c == '\n' || c == '\r';
}

/* Where the line's text ends, in front of its line break. */
static inline uint32_t line_end(Str text, uint32_t at) {
    while (at < text.len && !is_break(text.data[at])) at++;
    return at;
}

/* Where the next line starts; the end of the text behind the last one. */
static inline uint32_t line_next(Str text, uint32_t at) {
    at = line_end(text, at);
    if (at + 1 < text.len && text.data[at] == '\r' && text.data[at + 1] == '\n') at++;
    return at < text.len ? at + 1 : at;
}

/* Is this line's start `---` or `...`? That ends a document, and what is open in it. */
static inline bool line_is_marker(Str text, uint32_t line) {
    Str rest = str_slice(text, line, line + 4);
    bool marker = str_starts(rest, STR("---")) || str_starts(rest, STR("..."));
    return marker &&
           (rest.len == 3 || rest.data[3] == ' ' || rest.data[3] == '\t' || is_break(rest.data[3]));
}

#endif
