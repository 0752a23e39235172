/* Problems: kept until a format that has a place of its own for them reaches it, or printed as a
 * line. */
#ifndef REPORT_PROBLEMS_H
#define REPORT_PROBLEMS_H

#include "base/buf.h"
#include "base/vec.h"
#include "report/report.h"

typedef struct Problems {
    Arena arena;
    VEC(Problem) list; /* their texts are copies in the arena */
} Problems;

void problems_add(Problems *problems, const Problem *p);
void problems_release(Problems *problems);

/* "notice: path:line: message", ended by a line break. */
void problem_add_line(Buf *out, const Problem *p);

/* A line for each. */
void problems_print(FILE *out, const Problem *items, size_t count);

#endif
