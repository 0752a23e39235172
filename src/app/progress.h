/* How far a long run is, on the last line of a terminal.
 *
 * Only people see it: it appears after half a second, on standard error, when that and standard
 * output are terminals, and never with --no-progress or --quiet, in CI (CI is set) or below
 * pre-commit (PRE_COMMIT=1). It is gone before anything else is printed.
 *
 *     Progress p = progress_begin(options, bytes_in_all);
 *     progress_add(&p, bytes);                     ... many times
 *     progress_end(&p);
 */
#ifndef APP_PROGRESS_H
#define APP_PROGRESS_H

#include "app/options.h"
#include "base/buf.h"
#include "text/span.h"

typedef struct Progress {
    bool wanted, shown;
    uint64_t next; /* when it is drawn again, in milliseconds of the system's clock */
    Offset done, total;
} Progress;

Progress progress_begin(const Options *o, Offset total);
void progress_add(Progress *p, Offset bytes);
void progress_end(Progress *p);

/* "[######              ]  30 %  307 of 1024 MB" */
void progress_text(Buf *out, Offset done, Offset total);

#endif
