/* Buf: the only thing that grows. It owns its bytes.
 *
 *     Buf b = {0};
 *     buf_addf(&b, "%s:%d", path, line);
 *     fwrite(b.data, 1, b.len, out);
 *     buf_release(&b);
 *
 * The bytes are not ended by a NUL; buf_cstr gives a C string. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>

typedef struct Buf {
    char *data;
    size_t len, cap;
} Buf;

void buf_reserve(Buf *b, size_t more); /* room for `more` bytes behind len */
void buf_add(Buf *b, Str s);
void buf_add_char(Buf *b, char c);
void buf_add_repeat(Buf *b, char c, size_t count);
void buf_addf(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
void buf_addv(Buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));

Str buf_str(const Buf *b);    /* what it holds now; good until the next change */
const char *buf_cstr(Buf *b); /* likewise, ended by a NUL that is not counted in len */
void buf_clear(Buf *b);       /* empty, memory kept */
void buf_release(Buf *b);

#endif
