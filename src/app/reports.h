/* The reports of a run: where each goes, opened before the scan and closed behind it.
 *
 *     Reports reports = {0};
 *     if (reports_open(&scan, stdout, false, &reports, &err)) scan_print(&scan, &reports, NULL);
 *     if (!reports_close(&reports, &err)) ... a report is not whole ...
 */
#ifndef APP_REPORTS_H
#define APP_REPORTS_H

#include "app/print.h"

/* A report without a file of its own goes to `standard`, or is left out. */
bool reports_open(Scan *s, FILE *standard, bool skip_standard, Reports *out, Error *err);

/* In every case, also when opening failed. What could not be written whole is no report. */
bool reports_close(Reports *reports, Error *err);

static inline bool output_is_standard(const Output *output) {
    return !output->path.len || str_eq(output->path, STR("-"));
}

#endif
