/* P3: findings to reports, in output order.
 *
 * Every finding is resolved once (message filled, lines of the source read again and masked,
 * fingerprint made) and handed to every report. Nothing is kept: memory does not grow with the
 * number of findings. */
#ifndef APP_PRINT_H
#define APP_PRINT_H

#include "app/readiness.h"

typedef struct ReportFile {
    FILE *out;
    Str path; /* empty or "-": standard output */
} ReportFile;

typedef struct Reports {
    VEC(Report *) items;
    VEC(ReportFile) files; /* where each goes */
    bool frames;           /* does one of them show lines? */
} Reports;

/* The scan must be settled. Closes the reports. `readiness` counts what is printed; NULL: nobody
 * wants to know. */
void scan_print(Scan *s, Reports *reports, Readiness *readiness);

#endif
