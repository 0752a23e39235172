/* Path patterns as .gitignore writes them (man gitignore, "PATTERN FORMAT").
 *
 * `*` and `?` stop at '/', `[a-z]` and `[!a-z]` are classes, `**` between slashes spans
 * directories, a backslash quotes. glob_match wants the whole text to match and knows nothing of
 * anchoring; the two readings of a pattern without a slash (any depth) and with one (from the root)
 * are path_glob_match's. */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include "base/str.h"

bool glob_match(Str pattern, Str text);

/* A pattern without '/' (a final one aside) matches the last part of `path` at any depth; with one
 * it matches from the start of `path`. A match of a directory counts for everything below it. A
 * pattern that ends in '/' matches directories only; `path` is one itself when it ends in '/'.
 *     path_glob_match("*.gen.yaml", "a/b.gen.yaml")      true
 *     path_glob_match("vendor/", "x/vendor/y.yaml")      true */
bool path_glob_match(Str pattern, Str path);

#endif
