/* A planned fix as reports show it. */
#ifndef APP_FIX_VIEW_H
#define APP_FIX_VIEW_H

#include "app/fix.h"

/* Which part of a small diff is wanted: none, what the change does to one source, or all of it. */
#define DIFF_NONE (UINT32_MAX - 1)
#define DIFF_ALL  UINT32_MAX

/* In the arena. The diff is masked. */
FixView *fix_view(Arena *a, const Scan *scan, const FixPlan *fix, uint32_t diff_of);

/* What has to be told of a fix that is made: its assumptions and explanations, each field and
 * comment that is lost. One text for each, in the arena. */
void notes_of_fix(Arena *a, const Scan *scan, const FixPlan *fix, StrVec *out);

#endif
