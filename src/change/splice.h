/* Ranges of a scalar's decoded text, found again in its raw text.
 *
 * A raw text is a row of units: a character, an escape, a `''`, a fold, a line break with the
 * indentation of the next line. Each stands for some bytes of the decoded text. A range can be
 * changed where it starts and ends between units and holds no fold: everything else stays as its
 * author wrote it. */
#ifndef CHANGE_SPLICE_H
#define CHANGE_SPLICE_H

#include "base/vec.h"
#include "change/target.h"

typedef struct RawEdit {
    uint32_t start, end; /* of the document */
    Str text; /* raw; a line break in it is to be followed by the indentation of the block scalar */
} RawEdit;

typedef VEC(RawEdit) RawEdits;

/* The target's splices as edits of raw text. NULL, or why that is not possible. */
const char *splice_raw(const Rewrite *rw, const Target *t, uint32_t block_indent, RawEdits *out);

#endif
