/* Nothing is lost by forgetting: forgetting is the error.
 *
 * Every leaf of the resource must lie under a keep, a set or a drop; a rewrite that leaves one out
 * is refused with `not accounted for: spec.x.y`. Empty values that nobody mentions count as
 * dropped, with the reason "empty". A comment is kept when the layout wrote it and the finished
 * text has it; all others are listed with the drop that took them, or on their own. */
#ifndef CHANGE_LEDGER_H
#define CHANGE_LEDGER_H

#include "change/comments.h"
#include "change/verify.h"

/* False: rw->refused says which leaf was forgotten. Adds drops for what is empty. */
bool ledger_check(Rewrite *rw);

/* A comment of the source that the new text does not have. */
typedef struct LostComment {
    Span span;
    const Drop *drop; /* in whose lines it stood; NULL: in none */
    const Node *node; /* the innermost entry in whose lines it stood, or the resource */
    struct LostComment *next;
} LostComment;

/* The comments of the region that the new text, read back, does not have. `written` says which ones
 * the layout has put there (NULL: none): the same words may stand elsewhere too, or twice in a
 * copy, and prove nothing. */
LostComment *ledger_comments(const Rewrite *rw, const Margins *before, Span region,
                             const bool *written, const Documents *after);

#endif
