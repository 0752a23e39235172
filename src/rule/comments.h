/* Where the comments that ask for silence stand: a text that speaks of such a comment is none.
 *
 * Lines alone cannot tell: the last line of a block scalar looks like a comment above the next key.
 * So where a piece of YAML holds one, its tree decides. What stands in a manifest in a block scalar
 * is a comment of that manifest; in any other block scalar, of the script that it may be.
 *
 *     FoundComments found = {0};
 *     comments_find(piece->text, &found);
 *     comments_place(&arena, piece->text, 0, &found);        only if it is YAML
 *     … found.items[i].standing …
 *     vec_release(&found);
 */
#ifndef RULE_COMMENTS_H
#define RULE_COMMENTS_H

#include "base/vec.h"
#include "text/span.h"

typedef enum {
    COMMENT_REAL,
    COMMENT_UNSURE, /* the document does not parse: it counts, but may be in vain */
    COMMENT_SCRIPT, /* in a block scalar: it speaks to rules that read text, and may be in vain */
    COMMENT_TEXT,   /* in another scalar: it is none */
} CommentStanding;

typedef struct FoundComment {
    Span span; /* from its `#`, or the start of its `<!--` */
    Str text;  /* what stands behind `unstale:` */
    bool own_line;
    CommentStanding standing;
} FoundComment;

typedef VEC(FoundComment) FoundComments; /* in the order of the text */

/* All of them real. */
void comments_find(Str text, FoundComments *out);

/* Of those in the YAML document that starts at `start` of the text that was searched. */
void comments_place(Arena *a, Str document, uint32_t start, FoundComments *found);

#endif
