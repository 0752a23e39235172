/* The borders of JSON values. */
#include "input/json_scan.h"

#include <ctype.h>
#include <string.h>

enum { LOOKS_AT = 4096 };

int json_looks(Str text) {
    text = str_slice(text, 0, LOOKS_AT);
    int undecided = text.len == LOOKS_AT ? 0 : -1;
    size_t at = json_skip_blanks(text, 0);
    size_t next = json_skip_blanks(text, at + 1);
    if (at < text.len && text.data[at] == '[' && next < text.len && text.data[next] == '{') {
        at = next;
        next = json_skip_blanks(text, at + 1);
    }
    if (at >= text.len) return undecided;
    if (text.data[at] != '{' && text.data[at] != '[') return 0;
    if (next >= text.len) return undecided;
    /* `{{ .Values.x }}` and `[[ x ]]` are templates, `{a: b}` is YAML. */
    char close = text.data[at] == '{' ? '}' : ']';
    return text.data[next] == '"' || text.data[next] == close;
}

/* Bytes that change where we are outside of strings. */
static const bool structural[256] = {
    ['"'] = true, ['{'] = true, ['}'] = true, ['['] = true, [']'] = true,
};

/* From inside a string to behind its closing quote. */
static size_t string_end(JsonDepth *d, Str text, size_t at) {
    for (; at < text.len; at++) {
        char c = text.data[at];
        if (d->escaped) {
            d->escaped = false;
        } else if (c == '\\') {
            d->escaped = true;
        } else if (c == '"') {
            d->in_string = false;
            return at + 1;
        }
    }
    return at;
}

JsonAnswer json_follow(JsonDepth *d, Str text, size_t *at) {
    size_t i = *at;
    while (i < text.len) {
        if (d->in_string) {
            i = string_end(d, text, i);
            if (!d->in_string && !d->depth) break;
            continue;
        }
        while (i < text.len && !structural[(unsigned char)text.data[i]]) i++;
        if (i == text.len) break;
        char c = text.data[i++];
        if (c == '"') {
            d->in_string = true;
        } else if (c == '{' || c == '[') {
            d->depth++;
        } else if (!d->depth || !--d->depth) {
            break;
        }
    }
    *at = i;
    bool closed = !d->in_string && !d->depth;
    return closed ? JSON_FOUND : JSON_MORE;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '-' || c == '+' || c == '.';
}

JsonAnswer json_value_end(Str text, size_t at, size_t *end) {
    if (at >= text.len) return JSON_MORE;
    *end = at;
    char c = text.data[at];
    if (c == '{' || c == '[' || c == '"') {
        JsonDepth depth = {0};
        return json_follow(&depth, text, end);
    }
    while (*end < text.len && is_word(text.data[*end])) ++*end;
    if (*end == text.len) return JSON_MORE;
    return *end > at ? JSON_FOUND : JSON_NONE;
}

size_t json_skip_blanks(Str text, size_t at) {
    while (at < text.len && strchr(" \t\r\n", text.data[at]) && text.data[at]) at++;
    return at;
}

/* At `at`, behind blanks, must stand `wanted`; then *at is behind it and behind more blanks. */
static JsonAnswer expect(Str text, size_t *at, char wanted) {
    *at = json_skip_blanks(text, *at);
    if (*at == text.len) return JSON_MORE;
    if (text.data[*at] != wanted) return JSON_NONE;
    *at = json_skip_blanks(text, *at + 1);
    return JSON_FOUND;
}

JsonAnswer json_member(JsonMembers *m) {
    if (m->inside) {
        JsonAnswer passed = json_value_end(m->text, m->at, &m->at);
        if (passed != JSON_FOUND) return passed;
    }
    JsonAnswer answer = expect(m->text, &m->at, m->inside ? ',' : '{');
    m->inside = true;
    if (answer != JSON_FOUND) return answer;
    if (m->at == m->text.len) return JSON_MORE;
    if (m->text.data[m->at] != '"') return JSON_NONE;
    size_t key = m->at + 1;
    answer = json_value_end(m->text, m->at, &m->at);
    if (answer != JSON_FOUND) return answer;
    m->key = str_slice(m->text, key, m->at - 1);
    answer = expect(m->text, &m->at, ':');
    return answer == JSON_FOUND && m->at == m->text.len ? JSON_MORE : answer;
}
