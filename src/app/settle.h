/* P2: questions about the whole scan. Joins, suppressions, what is the same, and the final order.
 *
 * After scan_settle the findings stand in output order (path, offset, rule); those in state
 * FINDING_OPEN count, suppressed ones are kept for reports that show them, merged and dropped ones
 * are gone from the list. Totals are complete. */
#ifndef APP_SETTLE_H
#define APP_SETTLE_H

#include "app/scan.h"

void scan_settle(Scan *s);

#endif
