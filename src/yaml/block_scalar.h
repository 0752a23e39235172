/* Block scalars (`|` and `>`): where one ends, and the text that it stands for.
 *
 * Found and decoded here because libfyaml 0.7 marks neither the header nor the end, and gets some
 * texts wrong (docs/decisions/libfyaml.md).
 *
 *     BlockScalar b = block_scalar_find(text, header, parent_column);
 *     Str value = block_scalar_decode(arena, text, &b); */
#ifndef YAML_BLOCK_SCALAR_H
#define YAML_BLOCK_SCALAR_H

#include "base/str.h"

typedef struct BlockScalar {
    bool folded;     /* `>` */
    char chomping;   /* '-' strips, '+' keeps, '\0' clips */
    bool has_text;   /* not only blank lines */
    uint32_t indent; /* of its text; without text, the least that it could have */
    uint32_t lines;  /* where the line below its header starts */
    /* Behind its last line's text, in front of that line's break. Trailing blank lines belong to it
     * only when it keeps them, less indented comments never do. */
    uint32_t end;
} BlockScalar;

/* `header` is the offset of the `|` or `>`, `parent` the column of the collection around it, which
 * the scalar's lines must exceed: -1 at the top. */
BlockScalar block_scalar_find(Str text, uint32_t header, int64_t parent);

/* Its text, line breaks as \n. At the end of `text` there is a final one only when one is
 * written. */
Str block_scalar_decode(Arena *a, Str text, const BlockScalar *b);

#endif
