/* Slices of bytes. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Str str_from(const char *text) {
    return text ? (Str){text, strlen(text)} : (Str){0};
}

bool str_eq(Str a, Str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

char str_lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Not strncasecmp: it stops at a NUL and asks the locale. */
bool str_eq_nocase(Str a, Str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (str_lower_char(a.data[i]) != str_lower_char(b.data[i])) return false;
    return true;
}

int str_cmp(Str a, Str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int c = shorter ? memcmp(a.data, b.data, shorter) : 0;
    if (c) return c;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix) {
    return s.len >= prefix.len && str_eq((Str){s.data, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix) {
    return s.len >= suffix.len && str_eq(str_from_offset(s, s.len - suffix.len), suffix);
}

size_t str_find(Str s, Str part) {
    if (part.len == 0) return 0;
    if (s.len < part.len) return STR_NONE;
    const char *at = memmem(s.data, s.len, part.data, part.len);
    return at ? (size_t)(at - s.data) : STR_NONE;
}

size_t str_find_char(Str s, char c) {
    const char *at = s.len ? memchr(s.data, c, s.len) : NULL;
    return at ? (size_t)(at - s.data) : STR_NONE;
}

size_t str_find_last_char(Str s, char c) {
    const char *at = s.len ? memrchr(s.data, c, s.len) : NULL;
    return at ? (size_t)(at - s.data) : STR_NONE;
}

Str str_slice(Str s, size_t start, size_t end) {
    if (end > s.len) end = s.len;
    if (start >= end) return (Str){0};
    return (Str){s.data + start, end - start};
}

Str str_from_offset(Str s, size_t start) {
    return str_slice(s, start, s.len);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str str_trim(Str s) {
    while (s.len && is_space(s.data[s.len - 1])) s.len--;
    while (s.len && is_space(*s.data)) s.data++, s.len--;
    return s;
}

Str str_directory(Str path) {
    size_t slash = str_find_last_char(path, '/');
    return slash == STR_NONE ? STR(".") : str_slice(path, 0, slash ? slash : 1);
}

bool str_split(Str *rest, char separator, Str *part) {
    if (!rest->data) return false;
    size_t at = str_find_char(*rest, separator);
    if (at == STR_NONE) {
        *part = *rest;
        *rest = (Str){0};
    } else {
        *part = (Str){rest->data, at};
        *rest = (Str){rest->data + at + 1, rest->len - at - 1};
    }
    return true;
}

Str str_copy(Arena *a, Str s) {
    char *copy = arena_bytes(a, s.len + 1);
    if (s.len) memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return (Str){copy, s.len};
}

Str str_lower(Arena *a, Str s) {
    char *lower = arena_bytes(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++) lower[i] = str_lower_char(s.data[i]);
    lower[s.len] = '\0';
    return (Str){lower, s.len};
}

Str str_format(Arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_bytes(a, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return (Str){text, (size_t)len};
}

bool str_to_u64(Str s, uint64_t *out) {
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        uint64_t digit = (uint64_t)(s.data[i] - '0');
        if (s.data[i] < '0' || s.data[i] > '9' || n > (UINT64_MAX - digit) / 10) return false;
        n = n * 10 + digit;
    }
    *out = n;
    return s.len > 0;
}
