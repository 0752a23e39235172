/* Unified diffs that `git apply` takes.
 *
 * Nothing is compared here: an edit list is the difference, and this only prints it with three
 * lines of context. Lines end with LF, as git has it; a CR before it is part of the line.
 *
 *     FileDifference d = {DIFFERENCE_CHANGE, STR("jobs/a.yaml"), before, edits.items, edits.len};
 *     unified_diff(&out, &d);
 */
#ifndef TEXT_UNIFIED_H
#define TEXT_UNIFIED_H

#include "text/edit.h"

typedef enum { DIFFERENCE_CHANGE, DIFFERENCE_CREATE, DIFFERENCE_DELETE } DifferenceKind;

typedef struct FileDifference {
    DifferenceKind kind;
    Str path;   /* relative, '/' between parts, no "./" and no "..": what git apply accepts */
    Str before; /* the whole old file; a created file has none */
    /* Sorted, counted from the start of the file. A created file is one insertion; a deleted file
     * needs no edits. */
    const Edit *edits;
    size_t count;
} FileDifference;

/* Appends the difference of one file; nothing when no line of a changed file changes. */
void unified_diff(Buf *out, const FileDifference *d);

#endif
