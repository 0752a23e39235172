/* What .gitignore files say about a path (man gitignore; `git check-ignore` is the test).
 *
 * An Ignore holds the patterns of one directory and links to those above it. It is immutable and
 * lives in an arena, so a walk keeps one per directory that has patterns and hands it down. All
 * paths are relative to the root, the directory where the outermost patterns stand.
 *
 *     const Ignore *rules = ignore_read(a, NULL, directory, STR(""));
 *     if (ignore_matches(rules, STR("build"), true)) ...      do not enter build/
 *
 * As in Git, what stands in an ignored directory cannot be taken back by a negated pattern: a walk
 * that does not enter ignored directories gets that for free, ignore_matches looks at the path
 * alone. */
#ifndef INPUT_IGNORE_H
#define INPUT_IGNORE_H

#include "base/str.h"

typedef struct Ignore Ignore;

/* The patterns in `text`, for what is below `directory` ("" is the root). They are stronger than
 * everything in `above`, later ones stronger than earlier ones. Returns `above` when there are
 * none. */
const Ignore *ignore_add(Arena *a, const Ignore *above, Str directory, Str text);

/* Adds a file of patterns. One that is absent or cannot be read counts as empty, as in Git. */
const Ignore *ignore_add_file(Arena *a, const Ignore *above, Str directory, const char *file);

bool ignore_matches(const Ignore *rules, Str path, bool is_directory);

#endif
