/* Units of raw text, and the edits of them. */
#include "change/splice.h"

#include "base/json.h"
#include "yaml/scalar.h"

typedef struct Unit {
    uint32_t raw, text; /* where it starts in either */
    bool fold;          /* several line breaks and blanks that became something else */
} Unit;

typedef struct Units {
    Str raw, text;
    VEC(Unit) items;
    uint32_t at; /* in text */
} Units;

static void unit(Units *u, size_t raw, size_t length, bool fold) {
    vec_push(&u->items, (Unit){(uint32_t)raw, u->at, fold});
    u->at += (uint32_t)length;
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || is_break(c);
}

/* A run of white space with a line break in it, up to the next text. What it became is what stands
 * in the decoded text before that. */
static size_t fold_end(Str raw, size_t at) {
    size_t end = at;
    bool broken = false;
    for (; end < raw.len && is_space(raw.data[end]); end++) broken |= is_break(raw.data[end]);
    return broken ? end : at;
}

static size_t folded_length(const Units *u) {
    size_t length = 0;
    while (u->at + length < u->text.len && u->text.data[u->at + length] == '\n') length++;
    return length ? length : u->at < u->text.len && u->text.data[u->at] == ' ';
}

/* How long the escape is that starts with the backslash at `at`. */
static size_t escape_length(Str raw, size_t at) {
    char c = at + 1 < raw.len ? raw.data[at + 1] : '\0';
    if (c == 'x') return 4;
    if (c == 'U') return 10;
    if (c != 'u') return 2;
    bool high = at + 3 < raw.len && (raw.data[at + 2] == 'd' || raw.data[at + 2] == 'D') &&
                raw.data[at + 3] >= '8';
    return high ? 12 : 6; /* two halves of one character */
}

static void read_quoted(Units *u, Arena *a, NodeStyle style) {
    for (size_t at = 0; at < u->raw.len;) {
        size_t end = fold_end(u->raw, at);
        char c = u->raw.data[at];
        if (end > at) {
            unit(u, at, folded_length(u), true);
        } else if (style == STYLE_DOUBLE && c == '\\') {
            end = at + escape_length(u->raw, at);
            bool joins = at + 1 < u->raw.len && is_break(u->raw.data[at + 1]);
            if (joins) end = fold_end(u->raw, at + 1);
            Str escape = str_slice(u->raw, at, end);
            unit(u, at, joins ? 0 : scalar_decode_double(a, escape).len, joins);
        } else {
            end = at + (style == STYLE_SINGLE && c == '\'' ? 2 : 1);
            unit(u, at, 1, false);
        }
        at = end;
    }
}

static size_t line_end(Str raw, size_t at) {
    while (at < raw.len && !is_break(raw.data[at])) at++;
    return at;
}

static size_t next_line(Str raw, size_t at) {
    at = line_end(raw, at);
    if (at + 1 < raw.len && raw.data[at] == '\r' && raw.data[at + 1] == '\n') at++;
    return at < raw.len ? at + 1 : at;
}

static size_t indented(Str raw, size_t at, uint32_t indent) {
    size_t end = at;
    while (end < raw.len && end - at < indent && raw.data[end] == ' ') end++;
    return end;
}

static void read_line(Units *u, size_t at, size_t end) {
    for (; at < end; at++) unit(u, at, 1, false);
}

/* Behind the header. A line break and the indentation of the next line are one unit. */
static void read_literal(Units *u, uint32_t indent) {
    size_t at = next_line(u->raw, 0);
    for (at = indented(u->raw, at, indent); at < u->raw.len;) {
        size_t end = line_end(u->raw, at);
        read_line(u, at, end);
        at = next_line(u->raw, end);
        at = at < u->raw.len ? indented(u->raw, at, indent) : at;
        if (u->at < u->text.len && u->text.data[u->at] == '\n') unit(u, end, 1, false);
    }
}

static void read_folded(Units *u, uint32_t indent) {
    size_t at = next_line(u->raw, 0);
    for (at = indented(u->raw, at, indent); at < u->raw.len;) {
        size_t end = line_end(u->raw, at);
        read_line(u, at, end);
        at = end;
        while (at < u->raw.len && is_break(u->raw.data[at]))
            at = indented(u->raw, next_line(u->raw, at), indent);
        unit(u, end, folded_length(u), true);
    }
}

/* Which of the raw text is read: without quotes. */
static Span inner(const Node *n) {
    bool quoted = n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE;
    return (Span){n->span.start + quoted, n->span.end - quoted};
}

static void read_units(Units *u, Arena *a, NodeStyle style, uint32_t indent) {
    if (style == STYLE_LITERAL)
        read_literal(u, indent);
    else if (style == STYLE_FOLDED)
        read_folded(u, indent);
    else
        read_quoted(u, a, style);
    vec_push(&u->items, (Unit){(uint32_t)u->raw.len, u->at, false});
}

/* Do the units' own bytes say what was decoded? Escapes are compared by length only. */
static bool fits(const Units *u, NodeStyle style) {
    bool block = style == STYLE_LITERAL || style == STYLE_FOLDED;
    if (u->at > u->text.len || (!block && u->at != u->text.len)) return false;
    for (size_t i = 0; i + 1 < u->items.len; i++) {
        Unit it = u->items.items[i];
        bool own = !it.fold && it.text + 1 == u->items.items[i + 1].text;
        if (own && it.text >= u->text.len) return false;
        char raw = u->raw.data[it.raw];
        if (own && raw != '\\' && !is_break(raw) && raw != u->text.data[it.text]) return false;
    }
    return true;
}

/* The unit that starts at the place of the decoded text; of an end, behind units without text. */
static const Unit *unit_at(const Units *u, uint32_t at) {
    for (size_t i = 0; i < u->items.len; i++)
        if (u->items.items[i].text == at) return &u->items.items[i];
    return NULL;
}

static Str raw_text(Arena *a, NodeStyle style, Str text) {
    Buf out = {0};
    if (style == STYLE_DOUBLE) {
        json_escape(&out, text);
    } else {
        for (size_t i = 0; i < text.len; i++) {
            if (style == STYLE_SINGLE && text.data[i] == '\'') buf_add_char(&out, '\'');
            buf_add_char(&out, text.data[i]);
        }
    }
    Str raw = str_copy(a, buf_str(&out));
    buf_release(&out);
    return raw;
}

static bool splice(const Rewrite *rw, const Units *u, const Node *n, const Splice *s,
                   RawEdit *out) {
    const Unit *start = unit_at(u, s->start), *end = unit_at(u, s->end);
    if (!start || !end || s->end < s->start) return false;
    for (const Unit *it = start; it < end; it++)
        if (it->fold) return false;
    bool lines = str_find_char(s->text, '\n') != STR_NONE;
    if (lines && n->style != STYLE_LITERAL && n->style != STYLE_DOUBLE) return false;
    uint32_t base = inner(n).start;
    *out = (RawEdit){base + start->raw, base + end->raw, raw_text(rw->arena, n->style, s->text)};
    return true;
}

const char *splice_raw(const Rewrite *rw, const Target *t, uint32_t block_indent, RawEdits *out) {
    const Node *n = t->source;
    Units u = {.raw = span_text(rw->doc->text, inner(n)), .text = n->value};
    read_units(&u, rw->arena, n->style, block_indent);
    bool ok = fits(&u, n->style);
    for (const Splice *s = t->splices; ok && s; s = s->next) {
        RawEdit edit;
        ok = splice(rw, &u, n, s, &edit);
        if (ok) vec_push(out, edit);
    }
    vec_release(&u.items);
    return ok ? NULL : "the text to change is not written in one piece";
}
