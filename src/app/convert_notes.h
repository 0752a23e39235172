/* --annotate: what a change rests on and what it loses, as comments above what it has made.
 *
 *     # unstale: note: assumes that the image starts torchrun itself
 *     # unstale: note: drops spec.runPolicy.backoffLimit (line 9): TrainJob has no such field
 *
 * One line for each, whatever stood in the input: control characters and line breaks are written as
 * escapes, secrets as `***`. */
#ifndef APP_CONVERT_NOTES_H
#define APP_CONVERT_NOTES_H

#include "base/arena.h"
#include "base/str.h"

/* The note as a comment line, ended by a line break. */
Str note_comment(Arena *a, Str note);

#endif
