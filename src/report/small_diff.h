/* The small diff under a finding: what its fix changes, for people.
 *
 *       |
 *     3 | apiVersion: v1
 *     4 - kind: PyTorchJob
 *     4 + kind: TrainJob
 *     ...
 *       ::: other/file.yaml
 *     9 + suspend: true
 *       |
 *
 * Of more than SMALL_DIFF_LINES lines the rest is counted: the whole is what --diff prints. */
#ifndef REPORT_SMALL_DIFF_H
#define REPORT_SMALL_DIFF_H

#include "base/buf.h"
#include "report/report.h"

enum { SMALL_DIFF_LINES = 24 };

void small_diff_add(Buf *out, const FixView *fix, bool color);

#endif
