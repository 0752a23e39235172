/* Reads just enough of Go templates and Jinja to know where actions start and end. */
#include "yaml/template.h"

#include <string.h>

/* ---- where an action ends ---- */

static bool at(Str text, size_t pos, const char *two_bytes) {
    return pos + 2 <= text.len && memcmp(text.data + pos, two_bytes, 2) == 0;
}

/* Behind the string that a quote at `pos` opens; pos + 1 when it opens none (an apostrophe). Only a
 * raw string of Go may hold line breaks. */
static size_t skip_string(Str text, size_t pos) {
    char quote = text.data[pos];
    if (quote == '`') {
        const char *close = memchr(text.data + pos + 1, '`', text.len - pos - 1);
        return close ? (size_t)(close - text.data) + 1 : pos + 1;
    }
    for (size_t i = pos + 1; i < text.len && text.data[i] != '\n'; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == quote)
            return i + 1;
    }
    return pos + 1;
}

/* Behind the `}}` or `%}` that closes, or STR_NONE. Braces are counted: Jinja has dictionaries. A
 * backslash outside strings hides a quote: then the whole action stands in a JSON string. */
static size_t skip_code(Str text, size_t pos, const char *close) {
    uint32_t depth = 0;
    while (pos < text.len) {
        char c = text.data[pos];
        if (depth == 0 && at(text, pos, close)) return pos + 2;
        if (c == '"' || c == '\'' || c == '`') {
            pos = skip_string(text, pos);
            continue;
        }
        if (c == '{') depth++;
        if (c == '}' && depth > 0) depth--;
        pos += c == '\\' ? 2 : 1;
    }
    return STR_NONE;
}

static size_t skip_to(Str text, size_t pos, const char *close) {
    size_t found = str_find(str_from_offset(text, pos), str_from(close));
    return found == STR_NONE ? STR_NONE : pos + found + 2;
}

/* ---- what an action is ---- */

/* `block` prints as well, but text up to its `end` belongs to it; `template` only prints. */
static const Str control_words[] = {
    STR_INIT("if"),    STR_INIT("else"),  STR_INIT("end"),
    STR_INIT("range"), STR_INIT("with"),  STR_INIT("define"),
    STR_INIT("block"), STR_INIT("break"), STR_INIT("continue"),
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '$';
}

static size_t skip_blanks(Str text, size_t pos) {
    while (pos < text.len &&
           (is_blank(text.data[pos]) || text.data[pos] == '\n' || text.data[pos] == '\r'))
        pos++;
    return pos;
}

/* The first byte of the code in `{{- code`. A minus trims only before a blank (not in `{{-1}}`). */
static size_t skip_open(Str text, size_t pos) {
    pos += 2;
    if (pos + 1 < text.len && (text.data[pos] == '-' || text.data[pos] == '+') &&
        skip_blanks(text, pos + 1) > pos + 1)
        pos++;
    return skip_blanks(text, pos);
}

static bool is_control(Str text, size_t code) {
    size_t end = code;
    while (end < text.len && is_word(text.data[end])) end++;
    Str word = str_slice(text, code, end);
    for (size_t i = 0; i < sizeof control_words / sizeof *control_words; i++)
        if (str_eq(word, control_words[i])) return true;
    /* `$name := value`, `$key, $value := …` only stand in a range, `$name = value` */
    if (!str_starts(word, STR("$"))) return false;
    size_t next = skip_blanks(text, end);
    return at(text, next, ":=") || (next < text.len && text.data[next] == '=');
}

/* ---- all of them ---- */

typedef struct Finder {
    Str text;
    bool jinja;    /* a text with statements */
    size_t budget; /* bytes that may be looked at in vain: `{{{{{{…` must not become quadratic */
} Finder;

/* `{#` is no YAML outside quotes and blocks, but in scripts there `${#array[@]}` is shell. */
static bool opens_comment(const Finder *f, size_t pos) {
    return at(f->text, pos, "{#") && (f->jinja || pos == 0 || f->text.data[pos - 1] != '$');
}

/* Does an action open at pos? Then *control is set and *end is behind it, or STR_NONE. */
static bool read_action(const Finder *f, size_t pos, bool *control, size_t *end) {
    Str text = f->text;
    *control = true;
    if (at(text, pos, "{{")) {
        size_t code = skip_open(text, pos);
        bool comment = at(text, code, "/*");
        *control = comment || is_control(text, code);
        /* the code may end at once: `{{}}` */
        size_t from = comment ? skip_to(text, code + 2, "*/") : pos + 2;
        *end = from == STR_NONE ? STR_NONE : skip_code(text, from, "}}");
        return true;
    }
    if (at(text, pos, "{%")) {
        *end = skip_code(text, pos + 2, "%}");
        return true;
    }
    if (opens_comment(f, pos)) {
        *end = skip_to(text, pos + 2, "#}");
        return true;
    }
    return false;
}

static void find_all(Finder *f, ActionVec *out) {
    size_t pos = 0;
    while (pos < f->text.len) {
        const char *brace = memchr(f->text.data + pos, '{', f->text.len - pos);
        if (!brace) return;
        pos = (size_t)(brace - f->text.data);
        bool control;
        size_t end;
        if (!read_action(f, pos, &control, &end)) {
            pos++;
        } else if (end == STR_NONE) {
            size_t wasted = f->text.len - pos;
            if (wasted > f->budget) return;
            f->budget -= wasted;
            pos += 2;
        } else {
            vec_push(out, (Action){{(uint32_t)pos, (uint32_t)end}, control, false});
            pos = end;
        }
    }
}

static bool has(Str text, const char *two_bytes) {
    return text.len >= 2 && memmem(text.data, text.len, two_bytes, 2) != NULL;
}

void template_actions(Str text, ActionVec *out) {
    bool statements = has(text, "{%");
    if (!statements && !has(text, "{{") && !has(text, "{#")) return;
    Finder finder = {.text = text, .jinja = statements, .budget = 4 * text.len + 65536};
    find_all(&finder, out);
}

bool template_prints_nothing(Str text) {
    ActionVec actions = {0};
    template_actions(text, &actions);
    size_t done = 0;
    bool nothing = true;
    for (size_t i = 0; i < actions.len && nothing; i++) {
        const Action *a = &actions.items[i];
        bool block =
            at(text, a->span.start, "{{") &&
            str_starts(str_from_offset(text, skip_open(text, a->span.start)), STR("block"));
        nothing = a->control && !block && !str_trim(str_slice(text, done, a->span.start)).len;
        done = a->span.end;
    }
    vec_release(&actions);
    return nothing && !str_trim(str_from_offset(text, done)).len;
}
