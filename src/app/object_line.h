/* The line of an object of the index, for messages that name it: counted in its source when asked.
 *
 *     LineMarks marks = {0};             keeps what was counted: the next answer counts on from it
 *     Str place = object_place(&arena, &scan, object, &marks);                    "jobs/a.yaml:3"
 *     line_marks_release(&marks);
 */
#ifndef APP_OBJECT_LINE_H
#define APP_OBJECT_LINE_H

#include "app/scan.h"

/* How many lines are before each so-many-th byte of a source, as far as was asked. */
typedef VEC(uint32_t) SourceMarks;

typedef struct LineMarks {
    VEC(SourceMarks) sources; /* by number */
} LineMarks;

/* The path alone where the source cannot be read any more. */
Str object_place(Arena *a, const Scan *scan, uint32_t object, LineMarks *marks);

void line_marks_release(LineMarks *marks);

#endif
