/* Str: a borrowed slice of bytes. It owns nothing, is never freed and need not end with a NUL.
 *
 *     Str kind = STR("PyTorchJob");
 *     if (str_eq(s, kind)) printf("kind " STR_FMT "\n", STR_ARG(kind));
 *
 * The zero Str is the empty one; `data` may then be NULL, which every function here accepts. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *data;
    size_t len;
} Str;

typedef struct StrList {
    const Str *items;
    size_t len;
} StrList;

#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    { (literal), sizeof(literal) - 1 } /* in static tables */
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).data ? (s).data : ""

Str str_from(const char *text); /* NULL is the empty Str */

bool str_eq(Str a, Str b);
bool str_eq_nocase(Str a, Str b); /* ASCII letters only */
int str_cmp(Str a, Str b);        /* by bytes: <0, 0, >0 */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);

#define STR_NONE ((size_t)-1)
size_t str_find(Str s, Str part);         /* offset of the first occurrence, or STR_NONE */
size_t str_find_char(Str s, char c);      /* likewise */
size_t str_find_last_char(Str s, char c); /* of the last occurrence, or STR_NONE */

Str str_slice(Str s, size_t start, size_t end); /* [start, end), clamped to s */
Str str_from_offset(Str s, size_t start);       /* [start, len) */
Str str_trim(Str s);                            /* without blanks, tabs, CR and LF at both ends */

/* Where the file at a path lies: "a" for "a/b", "." for "b", "/" for "/b". */
Str str_directory(Str path);

/* Cuts the next part up to `separator` off *rest; false when nothing is left.
 *     Str rest = STR("a,b"), part;
 *     while (str_split(&rest, ',', &part)) ...;       "a", then "b" */
bool str_split(Str *rest, char separator, Str *part);

char str_lower_char(char c); /* ASCII letters only */

/* Copies into an arena; the copy is followed by a NUL, so that .data is a C string as well. */
Str str_copy(Arena *a, Str s);
Str str_lower(Arena *a, Str s); /* ASCII letters only */
Str str_format(Arena *a, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull(2)));

/* A decimal number that is the whole of s and fits; false otherwise. */
bool str_to_u64(Str s, uint64_t *out);

#endif
