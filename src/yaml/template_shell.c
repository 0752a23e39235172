/* What a shell fills in between the lines of a here-document: `$NAME`, `${NAME:-x}`, `$(date)`,
 * `\$`. */
#include "yaml/template.h"

#include <string.h>

typedef struct Finder {
    Str text;
    size_t budget; /* bytes that may be looked at in vain */
} Finder;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char at(const Finder *f, size_t pos) {
    return pos < f->text.len ? f->text.data[pos] : '\0';
}

static size_t line_end(const Finder *f, size_t pos) {
    const char *feed = memchr(f->text.data + pos, '\n', f->text.len - pos);
    return feed ? (size_t)(feed - f->text.data) : f->text.len;
}

/* Behind what closes a bracket that opens at `pos`. One that is never closed breaks the script: the
 * rest of its line counts as filled in. */
static size_t close_bracket(Finder *f, size_t pos, char open, char shut) {
    unsigned depth = 0;
    size_t end = pos;
    for (; end < f->text.len && end - pos < f->budget; end++) {
        if (at(f, end) == '\\') {
            end++;
            continue;
        }
        depth += at(f, end) == open;
        if (at(f, end) == shut && --depth == 0) return end + 1;
    }
    f->budget -= end - pos < f->budget ? end - pos : f->budget;
    return line_end(f, pos);
}

static size_t close_backtick(Finder *f, size_t pos) {
    size_t end = pos + 1;
    for (; end < f->text.len && end - pos < f->budget; end++) {
        if (at(f, end) == '\\') {
            end++;
            continue;
        }
        if (at(f, end) == '`') return end + 1;
    }
    f->budget -= end - pos < f->budget ? end - pos : f->budget;
    return line_end(f, pos);
}

/* Behind what a dollar at `pos` stands for; `pos` itself when it is only a dollar. */
static size_t end_of_dollar(Finder *f, size_t pos) {
    char next = at(f, pos + 1);
    if (next == '{') return close_bracket(f, pos + 1, '{', '}');
    if (next == '(') return close_bracket(f, pos + 1, '(', ')');
    if (is_digit(next) || (next && strchr("@*#?$!-", next))) return pos + 2;
    size_t end = pos + 1;
    while (is_letter(at(f, end)) || (end > pos + 1 && is_digit(at(f, end)))) end++;
    return end > pos + 1 ? end : pos;
}

static size_t end_of_escape(const Finder *f, size_t pos) {
    char next = at(f, pos + 1);
    if (next == '\n') return pos + 1;
    return next && strchr("$`\\", next) ? pos + 2 : pos;
}

void template_shell(Str text, ActionVec *out) {
    Finder f = {.text = text, .budget = 4 * text.len + 65536};
    for (size_t pos = 0; pos < text.len; pos++) {
        size_t end = pos;
        switch (text.data[pos]) {
        case '$': end = end_of_dollar(&f, pos); break;
        case '`': end = close_backtick(&f, pos); break;
        case '\\': end = end_of_escape(&f, pos); break;
        default: continue;
        }
        if (end > text.len) end = text.len;
        if (end <= pos) continue;
        vec_push(out, (Action){{(uint32_t)pos, (uint32_t)end}, false, false});
        pos = end - 1;
    }
}
