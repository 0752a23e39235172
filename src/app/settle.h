/* P2: questions about the whole scan. Joins, suppressions, what is the same, and the final order.
 *
 * After scan_settle the findings stand in output order (path, offset, rule); those in state
 * FINDING_OPEN count, suppressed ones are kept for reports that show them, merged and dropped ones
 * are gone from the list. Totals are complete. */
#ifndef APP_SETTLE_H
#define APP_SETTLE_H

#include "app/scan.h"

void scan_settle(Scan *s);

/* ---- its parts ---- */

/* app/joins.c: finds the object that each reference names, or drops the finding. */
void settle_joins(Scan *s);

/* app/outranked.c: drops findings where another rule speaks instead. Joins must be settled. */
void settle_outranked(Scan *s);

/* app/suppressions.c: comments, then entries of configurations. The findings must be sorted. Those
 * that tell of unused and invalid ones are added behind. */
void settle_suppressions(Scan *s);

/* app/copies.c: merges findings on copies of an object and on what it owns. */
void settle_copies(Scan *s);

#endif
