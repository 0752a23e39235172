/* Which comment belongs to whom: the lines of a document, seen from its tree.
 *
 *   1. At the end of a line: to the last node that ends on that line.
 *   2. On lines directly above an entry at its column, no blank line between: to the entry. Except
 *      that lines directly below the entry before which look like a commented-out entry (`# - x`,
 *      `# key: x`) belong to the container.
 *   3. Between key and value: to the pair.
 *   4. Otherwise to the deepest open container whose column is not right of theirs: comments below
 *      the last entry of a collection, at its column or deeper, go with it.
 * In a flow collection: those behind a comma to the entry before it, those above an entry to it.
 * What is left (blank lines, detached comments, file headers) never moves. Comments below the whole
 * resource stay below all that takes its place. */
#ifndef CHANGE_COMMENTS_H
#define CHANGE_COMMENTS_H

#include "base/vec.h"
#include "yaml/parse.h"

typedef struct Comment {
    Span span;       /* from its `#` to the end of the line, without blanks at the end */
    uint32_t column; /* from 0 */
    bool own_line;
} Comment;

/* The lines of a block scalar behind its header. */
typedef struct BlockText {
    Span span;       /* empty when there are none */
    uint32_t indent; /* of its content; without any: what a comment below must not reach */
    char chomping;   /* '+', '-' or '\0' */
} BlockText;

/* The lines and comments of one document. */
typedef struct Margins {
    Str text;
    VEC(BlockText) blocks;
    VEC(uint32_t) lines; /* where each line starts */
    VEC(Comment) comments;
} Margins;

void margins_read(Margins *m, const Document *doc);
void margins_release(Margins *m);

uint32_t margins_line(const Margins *m, uint32_t offset); /* from 0 */
uint32_t margins_line_start(const Margins *m, uint32_t line);
uint32_t margins_line_end(const Margins *m, uint32_t line); /* without its line break */
uint32_t margins_column(const Margins *m, uint32_t offset);
bool margins_is_blank(const Margins *m, uint32_t line);

/* NULL when there is none: the comment that has the line to itself; the block scalar that the line
 * belongs to; the one that ends at the offset. */
const Comment *margins_comment(const Margins *m, uint32_t line);
const BlockText *margins_block(const Margins *m, uint32_t line);
const BlockText *margins_block_ending(const Margins *m, uint32_t offset);

/* The first comment that starts at or behind the offset: an index into m->comments. */
size_t margins_comment_from(const Margins *m, uint32_t offset);
bool margins_has_comments(const Margins *m, Span span);

/* Where the comment lines that belong to an entry start: a line start, that of its own line when it
 * has none. Entries that share their line with a dash have none. In a flow collection: behind the
 * comma or bracket before it and the comment on that line. */
uint32_t entry_lead(const Margins *m, const Node *n);

/* … and where it ends: behind its value, the comment at the end of that line, and the comment lines
 * below that belong to it. In a flow collection: behind its comma and the comment on that line. */
uint32_t entry_end(const Margins *m, const Node *n);

/* The head of a block collection: up to here reaches the line that its key or dash (and its anchor)
 * stands on; if its first entry is on that line too, up to that. */
uint32_t entry_head_end(const Margins *m, const Node *n);

/* Does the entry stand first on its line? */
bool entry_leads_line(const Margins *m, const Node *n);

/* Behind an entry of a flow collection: its comma, the bracket's place when there is none. */
uint32_t entry_comma(const Margins *m, const Node *n);

const Node *entry_before(const Node *n); /* the sibling; NULL for the first */

#endif
