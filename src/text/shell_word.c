/* One word: quotes, escapes, and the parts that only a running shell knows. */
#include "text/shell_reader.h"

#include "base/limits.h"

#include <string.h>

/* A word on its way. */
typedef struct Builder {
    Buf value;
    VEC(uint32_t) origin;
    VEC(ShellReference) references;
    bool quoted, unknown;
} Builder;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

bool shell_ends_word(char c) {
    return is_blank(c) || c == '\n' || (c && strchr(";&|()<>", c));
}

static bool is_name_start(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

size_t shell_name_length(Str text) {
    size_t end = 0;
    while (end < text.len &&
           (is_name_start(text.data[end]) || (end > 0 && is_digit(text.data[end]))))
        end++;
    return end;
}

bool shell_is_name(Str text) {
    return text.len && shell_name_length(text) == text.len;
}

/* ---- building ---- */

static void add(Builder *b, char c, uint32_t origin) {
    b->unknown |= c == SHELL_UNKNOWN;
    buf_add_char(&b->value, c);
    vec_push(&b->origin, c == SHELL_UNKNOWN ? origin | SHELL_APART : origin);
}

static void add_unknown(Builder *b, uint32_t origin) {
    add(b, SHELL_UNKNOWN, origin);
}

/* The byte at the cursor, which stands for itself. */
static void take(ShellReader *r, Builder *b) {
    add(b, r->text.data[r->at], r->at);
    r->at++;
}

static void release(Builder *b) {
    buf_release(&b->value);
    vec_release(&b->origin);
    vec_release(&b->references);
}

static void *copy(Arena *a, const void *items, size_t size) {
    return size ? memcpy(arena_alloc(a, size), items, size) : NULL;
}

static void finish(ShellReader *r, Builder *b, ShellWord *out) {
    out->value = str_copy(r->arena, buf_str(&b->value));
    out->origin = copy(r->arena, b->origin.items, b->origin.len * sizeof *b->origin.items);
    out->references =
        copy(r->arena, b->references.items, b->references.len * sizeof *b->references.items);
    out->reference_count = b->references.len;
    out->unknown = b->unknown;
    out->quoted = b->quoted;
}

/* ---- what only a shell knows ---- */

static bool read_part(ShellReader *r, Builder *b, bool quoted);

/* `$(…)`, `<(…)`: the cursor is at its `(`. */
static bool read_substitution(ShellReader *r, Builder *b, uint32_t start) {
    add_unknown(b, start);
    r->at++;
    if (!shell_read_list(r, true)) return false;
    if (shell_over(r)) return shell_fail(r, start, "a '$(' is not closed");
    r->at++;
    return true;
}

/* `$((…))`: arithmetic holds no commands worth reading. */
static bool skip_arithmetic(ShellReader *r, Builder *b, uint32_t start) {
    unsigned open = 0;
    add_unknown(b, start);
    while (!shell_over(r)) {
        char c = r->text.data[r->at++];
        if (c == '(') open++;
        if (c == ')' && --open == 0) return true;
    }
    return shell_fail(r, start, "a '$((' is not closed");
}

/* `…`: read in place. With escapes in it, it would have to be read as another text: left out. */
static bool read_backticks(ShellReader *r, Builder *b) {
    uint32_t start = r->at, close = start + 1;
    bool escaped = false;
    while (close < r->end && r->text.data[close] != '`') {
        escaped |= r->text.data[close] == '\\';
        close += r->text.data[close] == '\\' ? 2 : 1;
    }
    if (close >= r->end) return shell_fail(r, start, "a '`' is not closed");
    add_unknown(b, start);
    uint32_t end = r->end;
    r->at = start + 1;
    r->end = close;
    if (!escaped && !shell_read_list(r, true)) return false;
    r->end = end;
    r->at = close + 1;
    return true;
}

static void add_reference(ShellReader *r, Builder *b, uint32_t start, Span name, bool quoted) {
    Str text = span_text(r->text, name);
    vec_push(&b->references, (ShellReference){start, text, quoted});
    add_unknown(b, start);
}

/* What stands behind the name in `${name:-…}` may hold quotes and substitutions itself. */
static bool skip_braces(ShellReader *r, uint32_t start) {
    Builder scratch = {0};
    bool good = true;
    while (good && !shell_over(r) && shell_peek(r, 0) != '}')
        good = read_part(r, &scratch, shell_peek(r, 0) != '"');
    release(&scratch);
    if (good && shell_over(r)) good = shell_fail(r, start, "a '${' is not closed");
    r->at += good;
    return good;
}

static bool read_braces(ShellReader *r, Builder *b, uint32_t start, bool quoted) {
    uint32_t name = ++r->at;
    while (!shell_over(r) && (is_name_start(shell_peek(r, 0)) || is_digit(shell_peek(r, 0))))
        r->at++;
    if (!shell_over(r) && shell_peek(r, 0) == '}') {
        add_reference(r, b, start, (Span){name, r->at}, quoted);
        r->at++;
        return true;
    }
    add_unknown(b, start);
    return skip_braces(r, start);
}

static bool read_dollar(ShellReader *r, Builder *b, bool quoted) {
    uint32_t start = r->at++;
    char c = shell_peek(r, 0);
    if (shell_over(r)) {
        add(b, '$', start);
    } else if (c == '(' && shell_peek(r, 1) == '(') {
        return skip_arithmetic(r, b, start);
    } else if (c == '(') {
        return read_substitution(r, b, start);
    } else if (c == '{') {
        return read_braces(r, b, start, quoted);
    } else if (is_name_start(c)) {
        while (!shell_over(r) && (is_name_start(shell_peek(r, 0)) || is_digit(shell_peek(r, 0))))
            r->at++;
        add_reference(r, b, start, (Span){start + 1, r->at}, quoted);
    } else if (is_digit(c) || (c && strchr("@*#?-$!", c))) {
        add_unknown(b, start);
        r->at++;
    } else {
        add(b, '$', start);
    }
    return true;
}

/* ---- quotes ---- */

/* A backslash at the end of a line joins it to the next. */
static bool skip_continuation(ShellReader *r) {
    uint32_t breaks = shell_peek(r, 1) == '\r' ? 2 : 1;
    if (r->at + breaks >= r->end || shell_peek(r, breaks) != '\n') return false;
    r->at += breaks + 1;
    return true;
}

static void read_backslash(ShellReader *r, Builder *b, bool quoted) {
    if (skip_continuation(r)) return;
    char next = shell_peek(r, 1);
    bool last = r->at + 1 >= r->end;
    if (last || (quoted && !strchr("$`\"\\", next))) {
        take(r, b);
        return;
    }
    add(b, next, (r->at + 1) | SHELL_APART);
    r->at += 2;
    b->quoted = true;
}

static bool read_single(ShellReader *r, Builder *b) {
    uint32_t start = r->at++;
    while (!shell_over(r) && shell_peek(r, 0) != '\'') take(r, b);
    if (shell_over(r)) return shell_fail(r, start, "a quote is not closed");
    r->at++;
    b->quoted = true;
    return true;
}

static bool read_double(ShellReader *r, Builder *b) {
    uint32_t start = r->at++;
    while (!shell_over(r) && shell_peek(r, 0) != '"')
        if (!read_part(r, b, true)) return false;
    if (shell_over(r)) return shell_fail(r, start, "a quote is not closed");
    r->at++;
    b->quoted = true;
    return true;
}

static unsigned digit_value(char c) {
    if (is_digit(c)) return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f') return (unsigned)(c - 'a') + 10;
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

static void read_number(ShellReader *r, Builder *b, uint32_t start, unsigned base, int digits) {
    unsigned value = 0;
    for (; digits > 0 && !shell_over(r) && digit_value(shell_peek(r, 0)) < base; digits--)
        value = value * base + digit_value(shell_peek(r, 0)), r->at++;
    add(b, (char)(unsigned char)value, start | SHELL_APART);
}

/* One escape of $'…'. */
static void read_escape(ShellReader *r, Builder *b) {
    static const char names[] = "abefnrtv", values[] = "\a\b\033\f\n\r\t\v";
    uint32_t start = r->at++;
    char c = shell_peek(r, 0);
    if (shell_over(r)) return;
    const char *name = c ? strchr(names, c) : NULL;
    if (c == 'x') {
        r->at++;
        read_number(r, b, start, 16, 2);
    } else if (c >= '0' && c <= '7') {
        read_number(r, b, start, 8, 3);
    } else if (c == 'u' || c == 'U' || c == 'c') {
        r->at++;
        add_unknown(b, start); /* rare, and never part of a name */
    } else {
        add(b, name ? values[name - names] : c, start | SHELL_APART);
        r->at++;
    }
}

static bool read_dollar_single(ShellReader *r, Builder *b) {
    uint32_t start = r->at;
    r->at += 2;
    while (!shell_over(r) && shell_peek(r, 0) != '\'') {
        if (shell_peek(r, 0) == '\\')
            read_escape(r, b);
        else
            take(r, b);
    }
    if (shell_over(r)) return shell_fail(r, start, "a quote is not closed");
    r->at++;
    b->quoted = true;
    return true;
}

/* ---- the word ---- */

/* bash's `@(a|b)`: behind one of ?*+@! a parenthesis belongs to the word. */
static bool opens_pattern(const ShellReader *r, const Builder *b) {
    if (shell_peek(r, 0) != '(' || !b->value.len || b->quoted) return false;
    char last = b->value.data[b->value.len - 1];
    return last && strchr("?*+@!", last);
}

static bool take_pattern(ShellReader *r, Builder *b) {
    uint32_t start = r->at;
    unsigned open = 0;
    while (!shell_over(r) && shell_peek(r, 0) != '\n') {
        char c = shell_peek(r, 0);
        open += c == '(';
        open -= c == ')';
        take(r, b);
        if (open == 0) return true;
    }
    return shell_fail(r, start, "a '(' is not closed");
}

static bool read_one(ShellReader *r, Builder *b, bool quoted) {
    char c = shell_peek(r, 0), next = shell_peek(r, 1);
    if (c == '\\') {
        read_backslash(r, b, quoted);
        return true;
    }
    if (c == '`') return read_backticks(r, b);
    if (c == '"' && !quoted) return read_double(r, b);
    if (c == '\'' && !quoted) return read_single(r, b);
    if (c == '$' && next == '\'' && !quoted) return read_dollar_single(r, b);
    if (c == '$' && next == '"' && !quoted) {
        r->at++;
        return read_double(r, b);
    }
    if (c == '$') return read_dollar(r, b, quoted);
    take(r, b);
    return true;
}

/* A byte, an escape, a quoted text, a substitution. */
static bool read_part(ShellReader *r, Builder *b, bool quoted) {
    if (r->depth == LIMIT_SHELL_DEPTH) return shell_fail(r, r->at, "it is nested too deeply");
    r->depth++;
    bool good = read_one(r, b, quoted);
    r->depth--;
    return good;
}

static bool read_parts(ShellReader *r, Builder *b) {
    bool good = true;
    char first = shell_peek(r, 0);
    if ((first == '<' || first == '>') && shell_peek(r, 1) == '(') {
        r->at++;
        r->depth++;
        good = r->depth < LIMIT_SHELL_DEPTH ? read_substitution(r, b, r->at - 1)
                                            : shell_fail(r, r->at, "it is nested too deeply");
        r->depth--;
    }
    while (good && !shell_over(r)) {
        if (opens_pattern(r, b))
            good = take_pattern(r, b);
        else if (shell_ends_word(shell_peek(r, 0)))
            break;
        else
            good = read_part(r, b, false);
    }
    return good;
}

/* Most words have nothing special in them: they are slices of the text. */
static bool read_simple(ShellReader *r, ShellWord *out) {
    uint32_t end = r->at;
    while (end < r->end && !shell_ends_word(r->text.data[end])) {
        if (!r->text.data[end] || strchr("\\`\"'$", r->text.data[end])) return false;
        end++;
    }
    bool pattern = end < r->end && r->text.data[end] == '(';
    if (pattern || end == r->at) return false;
    out->raw = (Span){r->at, end};
    out->value = span_text(r->text, out->raw);
    r->at = end;
    return true;
}

bool shell_read_word(ShellReader *r, ShellWord *out) {
    *out = (ShellWord){.raw = {r->at, r->at}};
    if (read_simple(r, out)) return true;
    Builder b = {0};
    bool good = read_parts(r, &b);
    if (good) finish(r, &b, out);
    out->raw.end = r->at;
    release(&b);
    return good;
}

/* ---- parts of words ---- */

uint32_t shell_word_origin(const ShellWord *w, size_t at) {
    return w->origin ? w->origin[at] : w->raw.start + (uint32_t)at;
}

ShellWord shell_word_part(const ShellWord *w, size_t start, size_t end) {
    ShellWord part = *w;
    if (end > w->value.len) end = w->value.len;
    part.value = str_slice(w->value, start, end);
    part.unknown = str_find_char(part.value, SHELL_UNKNOWN) != STR_NONE;
    if (w->origin)
        part.origin = w->origin + start;
    else
        part.raw = (Span){w->raw.start + (uint32_t)start, w->raw.start + (uint32_t)end};
    return part;
}

/* Bytes that stand one behind the other, each as it is written. */
static bool is_copy(const ShellWord *w) {
    for (size_t i = 0; i < w->value.len; i++)
        if (w->origin[i] & SHELL_APART || w->origin[i] != w->origin[0] + i) return false;
    return w->value.len > 0;
}

static bool is_inside(const ShellWord *w) {
    uint32_t before = w->raw.start;
    for (size_t i = 0; i < w->value.len; i++) {
        uint32_t at = w->origin[i] & ~SHELL_APART;
        if (at < before || at >= w->raw.end) return false;
        before = at;
    }
    return w->value.len > 0;
}

bool shell_word_place(const ShellWord *w, Span *out) {
    *out = w->raw;
    if (!w->origin) return true;
    bool copy = is_copy(w);
    if (!copy && !is_inside(w)) return false;
    *out = (Span){w->origin[0] & ~SHELL_APART, (w->origin[w->value.len - 1] & ~SHELL_APART) + 1};
    return copy;
}
