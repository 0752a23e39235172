/* A target tree to text: where every line, indentation, comment and separator goes.
 *
 * What is kept comes out as it stood, moved by whole columns; what is new is written as the
 * document is written. Comments travel with what they belong to (change/comments.h). Nothing here
 * knows what the text means: the read-back does.
 *
 *     Layout l = {.rw = &rw, .margins = &m, .style = style_of(&doc, &m)};
 *     layout_roots(&l);                                l.problem, or l.out for the layout_region
 *     layout_release(&l);
 *
 * Four files: lines of source text (layout_text.c), flow style and JSON (layout_flow.c), block
 * style (layout.c), and what stands in the resource's place (layout_roots.c). */
#ifndef CHANGE_LAYOUT_H
#define CHANGE_LAYOUT_H

#include "change/style.h"

typedef struct Layout {
    const Rewrite *rw;
    const Margins *margins;
    Style style;
    Buf out;
    const char *problem; /* why it cannot be laid out; NULL: it can */
    bool started;        /* there is a line that the next one must be broken from */
    /* What is below a block scalar can become part of it: the one that was written last, where it
     * ends in `out`, and the column that its text has now. */
    const BlockText *block;
    size_t block_end;
    int64_t block_column;
    bool *written;            /* which comments of the margins stand in `out`; NULL: nobody asks */
    VEC(const Node *) whole;  /* sources of what is kept or set, and what is dropped */
    VEC(const Node *) within; /* … of collections whose own line stays */
    VEC(const Node *) told; /* collections that are in neither, whose comments have been written */
} Layout;

/* The bytes of the document that the resource takes, with the comments that are its own. */
Span layout_region(const Margins *m, const Node *resource);

/* What shall stand there: all roots, in order. */
void layout_roots(Layout *l);
void layout_release(Layout *l);

/* ---- text (layout_text.c) ---- */

/* A new line of block style, indented. */
void layout_line(Layout *l, uint32_t column);

/* Source text: the rest of its first line as it stands, the others `shift` columns to the right. */
void layout_range(Layout *l, uint32_t from, uint32_t to, int64_t shift);

/* The lines of source behind that of `from`, each as a new line: what stands between two entries.
 * Blank lines around what they say may be left out. */
typedef struct Trim {
    bool above, below;
} Trim;
void layout_margin(Layout *l, uint32_t from, uint32_t to, int64_t shift, Trim trim);

/* A comment behind what has been written. */
void layout_comment(Layout *l, const Comment *c);

/* The comments that start in the range, each on a line of its own. */
void layout_comments(Layout *l, uint32_t from, uint32_t to, uint32_t column);

/* Is the last thing that was written a block scalar, so that lines below may fall into it? */
bool layout_behind_block(const Layout *l);

/* How far a value's further lines must move so that they stand right of `column`. */
int64_t layout_shift_right_of(const Layout *l, const Node *n, uint32_t column);

/* A scalar with other text: its source's up to `to` with the splices in it, or written anew. */
void layout_scalar(Layout *l, const Target *t, bool in_flow, uint32_t to, int64_t shift);

/* Where a node's own text starts, its anchor included. */
uint32_t layout_value_start(const Node *n);

/* ---- block style (layout.c) ---- */

/* The children of a block collection that start at `column`; the first one behind a dash if
 * `behind_dash`. */
void layout_children(Layout *l, const Target *t, uint32_t column, bool behind_dash);

/* One entry: its comment lines, its key or dash, its value. */
void layout_entry(Layout *l, const Target *t, uint32_t column, bool in_map);

/* A kept collection as its own line with its children kept. */
const Target *layout_opened(const Layout *l, const Target *t);
void layout_key(Layout *l, const Target *t, bool in_flow); /* the key's text, old or new */

/* ---- flow style (layout_flow.c) ---- */

/* A flow collection, brackets included. `indent` is the column of its children's lines if it has
 * several, and `shift` how far the source's lines move. */
void layout_flow(Layout *l, const Target *t, uint32_t indent, int64_t shift, bool spread);

/* Flow style holds neither block style nor comments of it: such a target is written in block style
 * as a whole. */
bool layout_needs_block(const Layout *l, const Target *t);

#endif
