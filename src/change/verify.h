/* The read-back: the new text, parsed, must be the tree that was wanted; all else is as it was. */
#ifndef CHANGE_VERIFY_H
#define CHANGE_VERIFY_H

#include "base/vec.h"
#include "change/target.h"

typedef VEC(Document) Documents;

/* The new text, read. */
typedef struct ReadBack {
    Documents documents;     /* one, or one for each root when the document was split */
    VEC(const Node *) roots; /* what stands in the resource's place, in order */
} ReadBack;

/* Reads the whole new text of the rewrite's document into *out, which is for read_back_release.
 * `indent` is the column of `---` lines. False: *why names the path and what is wrong. */
bool verify_text(const Rewrite *rw, Str text, uint32_t indent, ReadBack *out, Str *why);
void read_back_release(ReadBack *r);

/* Compares what was wanted with what the text says. */
bool verify_root(const Rewrite *rw, const Target *wanted, const Document *doc, const Node *got,
                 Str *why);

#endif
