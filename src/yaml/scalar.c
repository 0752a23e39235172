/* Decoding of plain and quoted scalars (YAML 1.2.2 chapters 7.3 and 5.7; JSON is a subset). */
#include "yaml/scalar.h"

#include "base/utf8.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool has_break(Str s) {
    return str_find_char(s, '\n') != STR_NONE || str_find_char(s, '\r') != STR_NONE;
}

typedef struct Decoded {
    Buf text;
    size_t kept; /* bytes that folding must not trim: an escaped blank stays */
} Decoded;

/* Line folding: blanks around a line break vanish, one break is a space, each more a \n. */
static size_t fold(Decoded *out, Str raw, size_t at) {
    while (out->text.len > out->kept && is_blank(out->text.data[out->text.len - 1]))
        out->text.len--;
    size_t breaks = 0;
    while (at < raw.len && (is_break(raw.data[at]) || is_blank(raw.data[at]))) {
        if (raw.data[at] == '\r' && at + 1 < raw.len && raw.data[at + 1] == '\n') at++;
        if (is_break(raw.data[at])) breaks++;
        at++;
    }
    if (breaks == 1) buf_add_char(&out->text, ' ');
    buf_add_repeat(&out->text, '\n', breaks > 1 ? breaks - 1 : 0);
    out->kept = out->text.len;
    return at;
}

static Str finish(Arena *a, Decoded *out) {
    Str copy = str_copy(a, buf_str(&out->text));
    buf_release(&out->text);
    return copy;
}

Str scalar_decode_plain(Arena *a, Str raw) {
    if (!has_break(raw)) return raw;
    Decoded out = {0};
    for (size_t i = 0; i < raw.len;) {
        if (is_break(raw.data[i]))
            i = fold(&out, raw, i);
        else
            buf_add_char(&out.text, raw.data[i++]);
    }
    return finish(a, &out);
}

Str scalar_decode_single(Arena *a, Str raw) {
    if (str_find_char(raw, '\'') == STR_NONE && !has_break(raw)) return raw;
    Decoded out = {0};
    for (size_t i = 0; i < raw.len;) {
        if (is_break(raw.data[i])) {
            i = fold(&out, raw, i);
        } else {
            buf_add_char(&out.text, raw.data[i]);
            i += raw.data[i] == '\'' ? 2 : 1; /* '' stands for one quote */
        }
    }
    return finish(a, &out);
}

/* Hex digits at raw[at, at + count); false when they are not all there. */
static bool hex(Str raw, size_t at, size_t count, uint32_t *value) {
    *value = 0;
    if (raw.len - at < count) return false;
    for (size_t i = at; i < at + count; i++) {
        char c = raw.data[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit == 16) return false;
        *value = *value * 16 + digit;
    }
    return true;
}

/* JSON writes characters beyond U+FFFF as two \u escapes. Returns the bytes of the second. */
static size_t join_surrogates(Str raw, size_t at, uint32_t *code) {
    uint32_t low;
    if (*code < 0xD800 || *code > 0xDBFF || !str_starts(str_from_offset(raw, at), STR("\\u")) ||
        !hex(raw, at + 2, 4, &low) || low < 0xDC00 || low > 0xDFFF)
        return 0;
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return 6;
}

static size_t numeric_escape(Buf *out, Str raw, size_t at, size_t digits) {
    uint32_t code;
    if (!hex(raw, at, digits, &code)) return at; /* the parser has refused such text already */
    at += digits;
    at += join_surrogates(raw, at, &code);
    bool lone_surrogate = code >= 0xD800 && code <= 0xDFFF;
    utf8_add(out, lone_surrogate || code > 0x10FFFF ? 0xFFFD : code);
    return at;
}

/* One escape; `at` is behind the backslash. */
static size_t escape(Buf *out, Str raw, size_t at) {
    char c = raw.data[at++];
    switch (c) {
    case '0': buf_add_char(out, '\0'); break;
    case 'a': buf_add_char(out, '\a'); break;
    case 'b': buf_add_char(out, '\b'); break;
    case 't': buf_add_char(out, '\t'); break;
    case 'n': buf_add_char(out, '\n'); break;
    case 'v': buf_add_char(out, '\v'); break;
    case 'f': buf_add_char(out, '\f'); break;
    case 'r': buf_add_char(out, '\r'); break;
    case 'e': buf_add_char(out, '\x1b'); break;
    case 'N': utf8_add(out, 0x85); break;
    case '_': utf8_add(out, 0xA0); break;
    case 'L': utf8_add(out, 0x2028); break;
    case 'P': utf8_add(out, 0x2029); break;
    case 'x': return numeric_escape(out, raw, at, 2);
    case 'u': return numeric_escape(out, raw, at, 4);
    case 'U': return numeric_escape(out, raw, at, 8);
    default: buf_add_char(out, c); /* \" \\ \/ \  \<tab> */
    }
    return at;
}

/* Behind a line break, CRLF included. */
static size_t skip_break(Str raw, size_t at) {
    return at + (raw.data[at] == '\r' && at + 1 < raw.len && raw.data[at + 1] == '\n' ? 2 : 1);
}

/* A backslash at the end of a line joins it to the next without a space; each empty line between is
 * a \n. */
static size_t continue_line(Buf *out, Str raw, size_t at) {
    at = skip_break(raw, at);
    for (;;) {
        while (at < raw.len && is_blank(raw.data[at])) at++;
        if (at == raw.len || !is_break(raw.data[at])) return at;
        at = skip_break(raw, at);
        buf_add_char(out, '\n');
    }
}

Str scalar_decode_double(Arena *a, Str raw) {
    if (str_find_char(raw, '\\') == STR_NONE && !has_break(raw)) return raw;
    Decoded out = {0};
    for (size_t i = 0; i < raw.len;) {
        char c = raw.data[i];
        if (is_break(c)) {
            i = fold(&out, raw, i);
        } else if (c != '\\' || i + 1 == raw.len) {
            buf_add_char(&out.text, c);
            i++;
        } else if (is_break(raw.data[i + 1])) {
            i = continue_line(&out.text, raw, i + 1);
            out.kept = out.text.len;
        } else {
            i = escape(&out.text, raw, i + 1);
            out.kept = out.text.len;
        }
    }
    return finish(a, &out);
}
