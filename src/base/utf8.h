/* UTF-8: is it valid, how many characters, what is safe to print. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

/* Offset of the first byte that is not part of valid UTF-8 (no overlong forms, no surrogates,
 * nothing beyond U+10FFFF), or STR_NONE. ASCII runs cost about a byte per quarter cycle. */
size_t utf8_invalid(Str s);

/* The character that starts at s.data[at]: its length in bytes and its code point. 0 when the bytes
 * there are not valid UTF-8, or at the end. */
size_t utf8_decode(Str s, size_t at, uint32_t *code_point);

/* Code points in valid UTF-8 (in invalid text: bytes that are not continuation bytes). */
size_t utf8_count(Str s);

/* Terminal columns: wide East Asian and emoji characters take two, combining marks none, everything
 * else (invalid bytes and control characters too) one. */
size_t utf8_columns(Str s);

/* Appends the code point's encoding. */
void utf8_add(Buf *out, uint32_t code_point);

/* Appends s for a human's screen: control characters (C0 but not tab, DEL, C1), bidirectional
 * overrides, and invalid bytes are written as visible escapes (\x1b, \u{202e}), so that text from a
 * scanned file can never command a terminal. Tabs stay. */
void utf8_add_printable(Buf *out, Str s);

#endif
