/* The files below the PATH arguments, in path order.
 *
 * Directories are walked in byte order of the whole path, so the order is the same on every
 * machine. What a walk opens is decided by `wants` (a family knows the name, or a text rule asks
 * for it); what it passes over is reported to `skipped` with the reason. Files named as arguments
 * are always listed. A file reached twice is listed once.
 *
 * `.git` is never entered. Unless `no_ignore` is set, .gitignore files from the repository's root
 * down, .git/info/exclude and .unstaleignore files are honoured for what a walk meets, never for
 * arguments. Symbolic links to files are followed when they stay inside the PATH; links to
 * directories are not. */
#ifndef INPUT_WALK_H
#define INPUT_WALK_H

#include "base/vec.h"
#include "input/source.h"

typedef VEC(Source) SourceVec;

typedef enum {
    SKIP_IGNORED,    /* by a file of ignore rules */
    SKIP_NOT_WANTED, /* no family and no rule asks for such a name */
    SKIP_LINK,       /* a symbolic link that leaves the PATH, or to a directory, or broken */
    SKIP_NESTED,     /* an archive in an archive */
    SKIP_NOT_A_FILE, /* a socket, a pipe, a device */
    SKIP_UNREADABLE, /* a directory or file that could not be opened: counted as unread */
} SkipReason;

typedef struct Walk {
    bool no_ignore;
    void *context;
    bool (*wants)(void *context, Str path); /* the path ends with a NUL */
    void (*skipped)(void *context, Str path, SkipReason why, Str detail);
} Walk;

/* Appends the sources for one PATH argument; false (exit code 2) when it does not exist or cannot
 * be opened. Call walk_finish once after the last one: it sorts by path and removes doubles. */
bool walk_path(Arena *a, const Walk *walk, Str path, SourceVec *out, Error *err);
void walk_finish(SourceVec *sources);

/* Adds one file on disk; `how` says what else is known of it. The path is copied. */
struct stat;
void walk_add_file(Arena *a, Str path, const struct stat *status, Source how, SourceVec *out);

/* The path as users see it: "./a//b/" becomes "a/b", "." becomes ".", absolute paths stay. */
Str path_shown(Arena *a, Str path);

/* The path from "/" on, without symbolic links as far as it exists; the rest as written. */
Str path_real(Arena *a, Str path);

#endif
