/* Growing bytes. */
#include "base/buf.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_reserve(Buf *b, size_t more) {
    if (b->cap - b->len >= more) return;
    size_t cap = b->cap ? b->cap * 2 : 256;
    if (cap < b->len + more) cap = b->len + more;
    b->data = mem_resize(b->data, cap);
    b->cap = cap;
}

void buf_add(Buf *b, Str s) {
    if (!s.len) return;
    buf_reserve(b, s.len);
    memcpy(b->data + b->len, s.data, s.len);
    b->len += s.len;
}

void buf_add_char(Buf *b, char c) {
    buf_reserve(b, 1);
    b->data[b->len++] = c;
}

void buf_add_repeat(Buf *b, char c, size_t count) {
    if (!count) return;
    buf_reserve(b, count);
    memset(b->data + b->len, c, count);
    b->len += count;
}

void buf_addf(Buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_addv(b, format, args);
    va_end(args);
}

void buf_addv(Buf *b, const char *format, va_list args) {
    va_list measured;
    va_copy(measured, args);
    size_t len = (size_t)vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    buf_reserve(b, len + 1);
    vsnprintf(b->data + b->len, len + 1, format, args);
    b->len += len;
}

Str buf_str(const Buf *b) {
    return (Str){b->data, b->len};
}

const char *buf_cstr(Buf *b) {
    buf_reserve(b, 1);
    b->data[b->len] = '\0';
    return b->data;
}

void buf_clear(Buf *b) {
    b->len = 0;
}

void buf_release(Buf *b) {
    free(b->data);
    *b = (Buf){0};
}
