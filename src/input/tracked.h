/* Which of the files that Git tracks are opened: the walk's choices, without a file system.
 *
 * Paths come one after the other in byte order, from the repository's top on. Each is asked for the
 * .unstaleignore files above it, for its name, and for whether Git would allow such a path at all:
 * what was read from a repository is not trusted.
 *
 *     Tracked t = {.arena = a, .walk = walk, .shown = STR("jobs"), .top = STR("jobs"),
 *                  .context = x, .read = read_text};
 *     if (tracked_wants(&t, STR("jobs/a/b.yaml"))) ... tracked_shown(&t, path) ...
 *     tracked_release(&t);
 */
#ifndef INPUT_TRACKED_H
#define INPUT_TRACKED_H

#include "base/buf.h"
#include "input/ignore.h"
#include "input/walk.h"

/* A directory above the path at hand. */
typedef struct TrackedDirectory {
    size_t len; /* of its path with its '/' */
    const Ignore *rules;
    bool ignored; /* then nothing below it can be taken back */
} TrackedDirectory;

typedef struct Tracked {
    Arena *arena;
    const Walk *walk;
    Str shown; /* the PATH argument as path_shown gives it */
    Str top;   /* … and from the repository's top on; empty: that itself */
    /* The text of a file, into `into`; false when there is none. A NUL stands behind the path. */
    void *context;
    bool (*read)(void *context, Str path, Buf *into);
    VEC(TrackedDirectory) directories;
    size_t rules; /* bytes of the files of ignore rules so far */
    Buf at;       /* the path at hand */
    Buf line;     /* … as users see it */
} Tracked;

/* Is the file to be opened? If not it has been told to walk->skipped. */
bool tracked_wants(Tracked *t, Str path);

/* Tells that a file is passed over. */
void tracked_skip(Tracked *t, Str path, SkipReason why, Str detail);

/* The path as users see it, followed by a NUL; good until the next question. */
Str tracked_shown(Tracked *t, Str path);

void tracked_release(Tracked *t);

#endif
