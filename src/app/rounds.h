/* Fixing to a fixed point, in memory; files are written once, at the end.
 *
 * A round plans the fixes of all open findings, safe ones first, and takes those that do not touch
 * each other; the rest waits. Then what has changed is judged again, from memory, until nothing is
 * left to fix. So a second run changes nothing, and a file is written at most once.
 *
 *     Rounds r = {.scan = &scan, .level = SAFETY_REVIEW};
 *     rounds_run(&r);                    the scan now holds what remains
 *     rounds_diff(&r, &out);   or   rounds_write(&r);
 *     rounds_release(&r);
 */
#ifndef APP_ROUNDS_H
#define APP_ROUNDS_H

#include "app/scan.h"
#include "app/write.h"

typedef struct ChangedFile {
    Str path; /* as users see it */
    Str open_as;
    uint32_t source; /* of the scan */
    Source was;      /* … as it was listed; standard input is written to standard output */
    Str before;      /* the whole file as it was read */
    Str after;       /* … and as the rounds have left it */
    FileStamp stamp;
    bool stays; /* what it was: it could not be written, or one that changes along with it */
    /* Files that one change touches are written together or not at all: another file of its group,
     * up to the one that names itself. */
    uint32_t group;
    bool written;
} ChangedFile;

typedef struct Loss {
    uint32_t source;
    Str title; /* of the finding's object: "namespace/name" */
    Str note;
    Str text; /* "path:line: note" */
} Loss;

typedef struct Rounds {
    Scan *scan;
    Safety level;                                    /* the least safe fix that is applied */
    bool (*wanted)(const Scan *s, const Finding *f); /* … and to which findings; NULL: to all */
    Arena arena;
    VEC(ChangedFile) files;
    uint32_t *file_of; /* of each listed source: its file, MAP_NONE when it does not change */
    VEC(Loss) losses;  /* what fixes assumed and lost, masked */
    uint64_t fixed;    /* findings whose fix was taken */
    uint64_t written;  /* files */
    bool unsettled;    /* two rules undo each other: nothing is written */
    bool failed;       /* something could not be read or written: told as problems */
} Rounds;

void rounds_run(Rounds *r);

/* What `git apply` takes, for all files. */
void rounds_diff(Rounds *r, Buf *out);

/* Writes what has changed. What is left alone, and why, becomes a problem of the scan. */
void rounds_write(Rounds *r);
void rounds_release(Rounds *r);

#endif
