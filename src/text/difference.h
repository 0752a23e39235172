/* The edits that turn one text into another.
 *
 * Lines that both texts have in common are found first (Myers, "An O(ND) Difference Algorithm"),
 * and what lies between them becomes one edit each, cut down to the bytes that really differ. So
 * lines in common are never inside an edit, and an edit never splits a character or a CRLF. With
 * few differences the number of changed lines is the least possible; with many it is a good one,
 * found in time that grows with the length of the texts and not with its square.
 *
 *     EditVec edits = {0};
 *     edits_between(&arena, before, after, 0, &edits);     edits_apply(before, …) gives `after`
 */
#ifndef TEXT_DIFFERENCE_H
#define TEXT_DIFFERENCE_H

#include "text/edit.h"

/* Appends sorted edits to *out. `before` begins at `base` in its source; the edits' texts are
 * copied into the arena. */
void edits_between(Arena *a, Str before, Str after, Offset base, EditVec *out);

#endif
