/* What a reader must know of a fix before using it, in words: its notes, what it drops, creates and
 * removes, one sentence each. The words are as they are; escaping is the format's business.
 *
 *     for (size_t i = 0; i < fix_note_count(fix); i++) fix_add_note(&out, fix, i);
 *
 *     assumes that both are in one namespace
 *     drops spec.x.y (line 9), also spec.x.z: TrainJob has no such field; with the comment "# keep"
 *     creates TrainingRuntime 'ml/bert' in jobs/bert.yaml
 */
#ifndef REPORT_FIX_WORDS_H
#define REPORT_FIX_WORDS_H

#include "base/buf.h"
#include "report/report.h"

enum { FIX_LISTED = 4 }; /* of longer lists of paths or comments the rest is counted */

size_t fix_note_count(const FixView *fix);
void fix_add_note(Buf *out, const FixView *fix, size_t number); /* from 0 */

#endif
