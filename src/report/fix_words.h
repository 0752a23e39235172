/* What a reader must know of a fix before using it, in words: its notes, what it drops, creates and
 * removes, one sentence each. The words are as they are; escaping is the format's business.
 *
 *     for (size_t i = 0; i < fix_note_count(fix); i++) fix_add_note(&out, fix, i, FIX_LISTED);
 *
 *     assumes that both are in one namespace
 *     drops spec.x.y (line 9), also spec.x.z: TrainJob has no such field; with the comment "# keep"
 *     creates TrainingRuntime 'ml/bert' in jobs/bert.yaml
 */
#ifndef REPORT_FIX_WORDS_H
#define REPORT_FIX_WORDS_H

#include "base/buf.h"
#include "report/report.h"

enum { FIX_LISTED = 4 }; /* what a report lists of what a fix would do: the rest is counted */

size_t fix_note_count(const FixView *fix);

/* Numbers count from 0. Of lists of paths or comments `most` are named, and the rest is counted. */
void fix_add_note(Buf *out, const FixView *fix, size_t number, size_t most);

#endif
