/* The read-back: the new text, parsed, must be the tree that was wanted; all else is as it was. */
#ifndef CHANGE_VERIFY_H
#define CHANGE_VERIFY_H

#include "base/vec.h"
#include "change/target.h"

typedef VEC(Document) Documents;

/* Reads the whole new text of the rewrite's document into *out, which is for vec_release: several
 * documents when the resource was split. `indent` is the column of `---` lines. False: *why names
 * the path and what is wrong. */
bool verify_text(const Rewrite *rw, Str text, uint32_t indent, Documents *out, Str *why);

/* Compares what was wanted with what the text says. */
bool verify_root(const Rewrite *rw, const Target *wanted, const Document *doc, const Node *got,
                 Str *why);

#endif
