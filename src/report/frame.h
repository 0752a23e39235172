/* The code frame: the lines that a finding is about, with marks under what is meant.
 *
 *      --> jobs/bert.yaml:12:7
 *       |
 *     3 | apiVersion: kubeflow.org/v1
 *       |             --------------- served since 1.29
 *     ...
 *    12 |   name: bert
 *       |         ^^^^ the primary place
 *       |
 *      ::: other/file.yaml:1:1
 *       | …
 *
 * Related places in the same file share the frame of the primary one; every other file gets a block
 * of its own. Of more than FRAME_RELATED related places the rest is counted, not shown. All text
 * passes utf8_add_printable; a tab is four columns wide. */
#ifndef REPORT_FRAME_H
#define REPORT_FRAME_H

#include "base/buf.h"
#include "report/report.h"

enum { FRAME_RELATED = 20, FRAME_TAB = 4 };

typedef enum {
    PAINT_NOTE,
    PAINT_WARNING,
    PAINT_ERROR,
    PAINT_STRONG,
    PAINT_HELP,
    PAINT_REMOVED,
    PAINT_ADDED
} Paint; /* as Severity, and what else stands out */

/* Starts and ends a colour; nothing when there is to be none. */
void paint_start(Buf *out, bool color, Paint paint);
void paint_end(Buf *out, bool color);

/* "note:" and a blank. */
void paint_label(Buf *out, bool color, Paint paint, Str label);

/* Left of a line: its number (0: none), right-aligned, and the sign behind it: " |", "--> ". */
void gutter_add(Buf *out, bool color, int width, uint32_t number, const char *sign);
int gutter_width(uint32_t largest); /* columns of the largest number */

/* A line of a source as it is shown: tabs as blanks, nothing that commands a terminal. */
void frame_add_text(Buf *out, Str text);

/* The arrow, the frames, and a line per related place that has no frame. */
void frame_add(Buf *out, const FindingView *f, bool color);

#endif
