/* The line of an object of the index, for messages that name it: counted in its source when asked.
 *
 *     LineMark mark = {0};                        keeps the last answer: the next counts on from it
 *     Str place = object_place(&arena, &scan, object, &mark);            "jobs/a.yaml:3"
 */
#ifndef APP_OBJECT_LINE_H
#define APP_OBJECT_LINE_H

#include "app/scan.h"

typedef struct LineMark {
    uint32_t source;
    Offset offset;  /* 0: nothing is counted */
    uint32_t lines; /* before it */
} LineMark;

/* The path alone where the source cannot be read any more. */
Str object_place(Arena *a, const Scan *scan, uint32_t object, LineMark *mark);

#endif
