/* "Are we ready?": for --statistics, how far the migration of kinds would get today.
 *
 * Objects of kinds that are gone, by kind and namespace: how many a safe fix converts, how many
 * need a reader, for how many there is no conversion; the reasons, most frequent first; what the
 * objects ask of the cluster before and after. Filled while findings are printed and their fixes
 * are planned anyway. Only counters are kept, whatever the number of objects.
 *
 *     Readiness *ready = readiness_new(&scan);
 *     readiness_add(ready, &finding, fix);        each finding, with its plan
 *     readiness_write(ready, &out);               nothing when no such object was met
 *     readiness_free(ready);
 */
#ifndef APP_READINESS_H
#define APP_READINESS_H

#include "app/fix.h"

typedef struct Readiness Readiness;

Readiness *readiness_new(const Scan *scan);
void readiness_free(Readiness *r); /* NULL is fine */

/* `fix` is NULL for a suppressed finding. Findings that are about no object of a kind that is gone
 * do not count. */
void readiness_add(Readiness *r, const Finding *finding, const FixPlan *fix);

void readiness_write(Readiness *r, Buf *out);

#endif
