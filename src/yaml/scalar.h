/* The text that a scalar stands for.
 *
 * Quoted scalars are decoded here because libfyaml 0.7 gets some of them wrong (two escaped quotes
 * in a row; an escaped backslash before a line continuation). What needs no decoding is not copied:
 * the result then points into the source. */
#ifndef YAML_SCALAR_H
#define YAML_SCALAR_H

#include "base/str.h"

/* `raw` is the text between the quotes, or the plain scalar as it stands. */
Str scalar_decode_plain(Arena *a, Str raw);
Str scalar_decode_single(Arena *a, Str raw);
Str scalar_decode_double(Arena *a, Str raw);

#endif
