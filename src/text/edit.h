/* Edits: what to replace in a text, and by what.
 *
 * An Edit replaces the bytes [start, end) of a source by `text`; an empty range inserts, an empty
 * text deletes. A list of edits is always read against the original bytes, never one after another,
 * and is good only when it is *sorted*: in order of position and apart, with at least one byte
 * between two edits. Edits that touch have no clear order and count as a conflict, so what meets
 * no edit of a good list can be put into it.
 *
 *     EditVec edits = {0};
 *     vec_push(&edits, (Edit){9, 11, STR("v2")});
 *     edits_apply(source, 0, edits.items, edits.len, &out);
 */
#ifndef TEXT_EDIT_H
#define TEXT_EDIT_H

#include "base/buf.h"
#include "base/vec.h"
#include "text/span.h"

typedef struct Edit {
    Offset start, end;
    Str text; /* borrowed */
} Edit;

typedef VEC(Edit) EditVec;

/* Appends the edited text to *out. `source` is the part of a file that begins at `base`, and the
 * edits count from the start of that file. Unsorted or outside edits are a bug. */
void edits_apply(Str source, Offset base, const Edit *edits, size_t count, Buf *out);

bool edits_sorted(const Edit *edits, size_t count);
void edits_sort(Edit *edits, size_t count);

/* Does the edit touch or overlap one of the sorted list? */
bool edits_meet(const EditVec *edits, const Edit *e);

/* Puts an edit that meets none into its place. */
void edits_insert(EditVec *edits, Edit e);

#endif
