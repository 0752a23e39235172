/* Bytes in blocks, strings with escapes, commas and indentation, paths as URIs. */
#include "sarif_json.h"

#include <stdio.h>
#include <string.h>

static void flush(SarifWriter *w) {
    if (!w->failed && w->used && !w->write(w->context, w->block, w->used)) w->failed = true;
    w->used = 0;
}

static void put(SarifWriter *w, const void *bytes, size_t length) {
    const char *from = bytes;
    while (length) {
        if (w->used == SARIF_BLOCK) flush(w);
        size_t part = SARIF_BLOCK - w->used < length ? SARIF_BLOCK - w->used : length;
        memcpy(w->block + w->used, from, part);
        w->used += part;
        from += part;
        length -= part;
    }
}

static void put_words(SarifWriter *w, const char *words) {
    put(w, words, strlen(words));
}

/* The length of the valid UTF-8 sequence at p, 0 when there is none: overlong forms, surrogates and
 * what lies beyond U+10FFFF are told by the second byte. */
static size_t sequence_length(const unsigned char *p, size_t left) {
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    size_t length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (length > left) return 0;
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
    }
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
    if (p[0] == 0xED && p[1] > 0x9F) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0;
    return length;
}

/* JSON allows DEL and the line separators U+2028 and U+2029 as they are; terminals and JavaScript
 * do not take them well. */
static bool is_plain(const unsigned char *p, size_t length) {
    if (length == 1) return *p >= 0x20 && *p != '"' && *p != '\\' && *p != 0x7F;
    return length != 3 || p[0] != 0xE2 || p[1] != 0x80 || (p[2] & 0xFE) != 0xA8;
}

static char short_escape(unsigned char c) {
    switch (c) {
    case '"':
    case '\\': return (char)c;
    case '\n': return 'n';
    case '\t': return 't';
    case '\r': return 'r';
    case '\b': return 'b';
    case '\f': return 'f';
    default: return 0;
    }
}

/* `length` is that of a sequence that is not plain; 0: a byte that is not UTF-8. */
static void put_escaped(SarifWriter *w, const unsigned char *p, size_t length) {
    char text[8];
    if (length == 0) {
        put_words(w, "\xEF\xBF\xBD"); /* U+FFFD */
    } else if (length == 1 && short_escape(*p)) {
        char pair[2] = {'\\', short_escape(*p)};
        put(w, pair, sizeof pair);
    } else {
        unsigned code_point = length == 1 ? *p : 0x2000U + (p[2] & 0x3FU);
        snprintf(text, sizeof text, "\\u%04x", code_point);
        put_words(w, text);
    }
}

static void put_string(SarifWriter *w, SarifText text) {
    const unsigned char *p = (const unsigned char *)text.data;
    size_t start = 0, i = 0;
    put_words(w, "\"");
    while (i < text.length) {
        size_t length = sequence_length(p + i, text.length - i);
        if (length == 0 || !is_plain(p + i, length)) {
            put(w, p + start, i - start);
            put_escaped(w, p + i, length);
            start = i + (length ? length : 1);
        }
        i += length ? length : 1;
    }
    if (i > start) put(w, p + start, i - start);
    put_words(w, "\"");
}

static void new_line(SarifWriter *w) {
    if (w->indent == 0) return;
    put_words(w, "\n");
    for (int i = 0; i < w->depth; i++) put(w, "        ", (size_t)w->indent);
}

static void next_item(SarifWriter *w) {
    if (!w->after_key && w->depth > 0) {
        if (w->filled[w->depth - 1]) put_words(w, ",");
        w->filled[w->depth - 1] = true;
        new_line(w);
    }
    w->after_key = false;
}

void sarif_open(SarifWriter *w, char bracket) {
    next_item(w);
    put(w, &bracket, 1);
    w->brackets[w->depth] = bracket;
    w->filled[w->depth++] = false;
}

void sarif_close(SarifWriter *w) {
    bool filled = w->filled[--w->depth];
    if (filled) new_line(w);
    put_words(w, w->brackets[w->depth] == '{' ? "}" : "]");
}

void sarif_finish(SarifWriter *w) {
    put_words(w, "\n");
    flush(w);
}

void sarif_key(SarifWriter *w, SarifText key) {
    next_item(w);
    put_string(w, key);
    put_words(w, w->indent ? ": " : ":");
    w->after_key = true;
}

void sarif_open_key(SarifWriter *w, const char *key, char bracket) {
    sarif_key(w, sarif_text(key));
    sarif_open(w, bracket);
}

void sarif_string(SarifWriter *w, SarifText value) {
    next_item(w);
    put_string(w, value);
}

void sarif_string_key(SarifWriter *w, const char *key, SarifText value) {
    if (!value.data) return;
    sarif_key(w, sarif_text(key));
    sarif_string(w, value);
}

void sarif_word_key(SarifWriter *w, const char *key, const char *word) {
    sarif_string_key(w, key, sarif_text(word));
}

static void put_literal(SarifWriter *w, const char *key, const char *literal) {
    sarif_key(w, sarif_text(key));
    next_item(w);
    put_words(w, literal);
}

void sarif_bool_key(SarifWriter *w, const char *key, bool value) {
    put_literal(w, key, value ? "true" : "false");
}

void sarif_number_key(SarifWriter *w, const char *key, uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    put_literal(w, key, digits);
}

void sarif_count_key(SarifWriter *w, const char *key, uint64_t value) { /* 0 is absent */
    if (value) sarif_number_key(w, key, value);
}

static bool is_one_of(const char *set, char c) {
    return c && strchr(set, c);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_unreserved(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || is_one_of("-._~", c);
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || is_one_of("abcdefABCDEF", c);
}

bool sarif_is_uri(SarifText uri) {
    for (size_t i = 0; i < uri.length; i++) {
        char c = uri.data[i];
        if (c == '%') {
            if (uri.length - i < 3 || !is_hex(uri.data[i + 1]) || !is_hex(uri.data[i + 2]))
                return false;
        } else if (!is_unreserved(c) && !is_one_of(":/?#[]@!$&'()*+,;=", c)) {
            return false;
        }
    }
    return uri.length > 0;
}

bool sarif_has_scheme(SarifText uri) {
    size_t i = 0;
    if (uri.length == 0 || !is_letter(uri.data[0])) return false;
    while (i < uri.length && (is_unreserved(uri.data[i]) || uri.data[i] == '+')) {
        if (is_one_of("_~", uri.data[i])) return false;
        i++;
    }
    return i < uri.length && uri.data[i] == ':';
}

/* A colon is encoded too: in the first segment it would make a scheme of what stands before it. */
void sarif_path_key(SarifWriter *w, const char *key, SarifText path) {
    static const char hex[] = "0123456789ABCDEF";
    sarif_key(w, sarif_text(key));
    next_item(w);
    put_words(w, path.data[0] == '/' ? "\"file://" : "\"");
    for (size_t i = 0; i < path.length; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (is_unreserved((char)c) || is_one_of("/!$&'()*+,;=@", (char)c)) {
            put(w, &c, 1);
        } else {
            char code[3] = {'%', hex[c >> 4], hex[c & 15]};
            put(w, code, sizeof code);
        }
    }
    put_words(w, "\"");
}
