/* Which findings are mended by a conversion run, and why the others are not.
 *
 * Every fix is planned once before anything is written, so that a change which spans several places
 * is made in all of them or in none. Only verdicts are kept; writing plans the fix again.
 *
 *     Verdicts v = {0};
 *     verdicts_decide(&v, &scan, fixer, SAFETY_REVIEW);
 *     if (v.items[i].taken) ... the fix of scan.findings.items[i] is made ...
 *     verdicts_release(&v);
 */
#ifndef APP_CONVERT_VERDICTS_H
#define APP_CONVERT_VERDICTS_H

#include "app/fix.h"

typedef struct Verdict {
    bool taken;
    Str why;      /* it is not */
    Str finished; /* … since the object is a job that has ended so: nothing is asked for */
} Verdict;

typedef struct Verdicts {
    Arena arena;
    Verdict *items;   /* one for each finding of the scan */
    HashMap settled;  /* objects that a conversion takes, and jobs that have ended … */
    HashMap finished; /* … the latter by their titles: see verdicts_finished */
} Verdicts;

/* `level`: the least safe fix that is taken. */
void verdicts_decide(Verdicts *v, Scan *scan, Fixer *fixer, Safety level);

/* Is the finding about an object of an outdated kind that stays what it is? */
bool verdicts_left(const Verdicts *v, const Scan *scan, const Finding *f);

/* Does a finding with that title speak of a job that has ended and is not written? Another object
 * of the source may be called the same. */
bool verdicts_finished(const Verdicts *v, uint32_t source, Str kind, Str title);

/* Names the object that a finding is about. */
Hash128 finding_object(const Finding *f);

void verdicts_release(Verdicts *v);

#endif
