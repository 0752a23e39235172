/* Lines of source text in their new place. */
#include "change/layout.h"

#include "base/error.h"
#include "change/splice.h"

/* ---- what a block scalar would swallow ---- */

bool layout_behind_block(const Layout *l) {
    if (!l->block) return false;
    for (size_t i = l->block_end; i < l->out.len; i++)
        if (l->out.data[i] != '\n' && l->out.data[i] != '\r' && l->out.data[i] != ' ') return false;
    return true;
}

/* Text that ends the document without a line break has one less in its value. */
static bool is_open_ended(const Layout *l, const BlockText *b) {
    return b->chomping != '-' && !span_empty(b->span) && b->span.end == l->margins->text.len;
}

static void note_block(Layout *l, uint32_t end, int64_t shift) {
    const BlockText *b = margins_block_ending(l->margins, end);
    if (!b) return;
    l->block = b;
    l->block_end = l->out.len;
    l->block_column = b->indent + shift;
}

/* ---- which comments are kept ---- */

static void note_comment(Layout *l, const Comment *c) {
    if (l->written) l->written[c - l->margins->comments.items] = true;
}

static void note_comments(Layout *l, uint32_t from, uint32_t to) {
    const Margins *m = l->margins;
    for (size_t i = margins_comment_from(m, from); i < m->comments.len; i++) {
        if (m->comments.items[i].span.end > to) break;
        note_comment(l, &m->comments.items[i]);
    }
}

/* ---- lines ---- */

void layout_line(Layout *l, uint32_t column) {
    if (l->started) {
        if (layout_behind_block(l) && is_open_ended(l, l->block))
            l->problem = "a block scalar that ends without a line break cannot be moved";
        buf_add(&l->out, l->style.newline);
    }
    l->started = true;
    buf_add_repeat(&l->out, ' ', column);
}

/* Where a line of source starts now. Comments stop at column 0; blank lines never move to the
 * right, and to the left with all others: below a block scalar they would become text. Those of a
 * block scalar never become longer than its indentation. */
static int64_t new_column(const Layout *l, uint32_t line, uint32_t spaces, bool blank,
                          int64_t shift) {
    const BlockText *block = margins_block(l->margins, line);
    int64_t column = (int64_t)spaces + shift;
    if (blank && block && spaces <= block->indent) {
        int64_t most = (int64_t)block->indent + shift;
        return spaces < most ? spaces : most;
    }
    if (blank && !block) return shift >= 0 ? spaces : column > 0 ? column : 0;
    if (column < 0 && margins_comment(l->margins, line)) return 0;
    return column;
}

/* A whole line of source, moved. Spaces are counted in the true text, not under a mask. */
static void moved_line(Layout *l, uint32_t line, uint32_t end, int64_t shift) {
    const Margins *m = l->margins;
    Str text = l->rw->doc->text;
    uint32_t start = margins_line_start(m, line), at = start;
    while (at < end && text.data[at] == l->style.indent) at++;
    bool blank = at == margins_line_end(m, line);
    int64_t column = new_column(l, line, at - start, blank, shift);
    bool tab = at < end && text.data[at] == '\t' && !margins_is_blank(m, line);
    bool blanks_count = !l->style.json && shift && !margins_comment(m, line);
    if (column < 0 && !l->style.json) l->problem = "a line stands too far left to be moved";
    if (tab && blanks_count && !margins_block(m, line))
        l->problem = "a line is indented with a tab";
    buf_add_repeat(&l->out, l->style.indent, column > 0 ? (size_t)column : 0);
    buf_add(&l->out, str_slice(text, at, end));
}

static Str line_break(const Margins *m, uint32_t line) {
    return str_slice(m->text, margins_line_end(m, line), margins_line_start(m, line + 1));
}

/* What a template prints may be indented by a number of its own. */
static bool indents_itself(Str text) {
    return str_find(text, STR("{{")) != STR_NONE && str_find(text, STR("indent")) != STR_NONE;
}

void layout_range(Layout *l, uint32_t from, uint32_t to, int64_t shift) {
    const Margins *m = l->margins;
    if (from > to) bug("a range that ends before it starts");
    note_comments(l, from, to);
    Str all = str_slice(l->rw->doc->text, from, to);
    if (shift && l->rw->doc->has_masks && indents_itself(all))
        l->problem = "a template in it indents what it prints: it cannot be moved";
    uint32_t line = margins_line(m, from), end = margins_line_end(m, line);
    buf_add(&l->out, str_slice(l->rw->doc->text, from, end < to ? end : to));
    while (margins_line_start(m, line + 1) < to) {
        buf_add(&l->out, line_break(m, line));
        line++;
        end = margins_line_end(m, line);
        moved_line(l, line, end < to ? end : to, shift);
    }
    if (to > end) buf_add(&l->out, line_break(m, line));
    note_block(l, to, shift);
}

/* ---- margins ---- */

/* Below a block scalar comments or blanks that reach its text's column would become text. */
static void line_below_block(Layout *l, uint32_t line, int64_t shift) {
    const Margins *m = l->margins;
    const Comment *c = margins_comment(m, line);
    if (!c && l->block->chomping == '+') return;
    int64_t most = l->block_column - (c ? 1 : 0);
    int64_t column =
        c ? c->column + shift : margins_line_end(m, line) - margins_line_start(m, line);
    bool bare = span_empty(l->block->span); /* without text there is no column to reach */
    if (column > most && (c || !bare)) column = most;
    layout_line(l, column > 0 ? (uint32_t)column : 0);
    if (!c) return;
    note_comment(l, c);
    buf_add(&l->out, str_slice(l->rw->doc->text, c->span.start, margins_line_end(m, line)));
}

static void margin_line(Layout *l, uint32_t line, int64_t shift) {
    if (layout_behind_block(l)) {
        line_below_block(l, line, shift);
        return;
    }
    uint32_t start = margins_line_start(l->margins, line), end = margins_line_end(l->margins, line);
    note_comments(l, start, end);
    layout_line(l, 0);
    moved_line(l, line, end, shift);
}

void layout_margin(Layout *l, uint32_t from, uint32_t to, int64_t shift, Trim trim) {
    const Margins *m = l->margins;
    uint32_t first = margins_line(m, from) + 1, end = margins_line(m, to);
    if (margins_line_start(m, end) < to) end++;
    while (trim.above && first < end && margins_is_blank(m, first)) first++;
    while (trim.below && first < end && margins_is_blank(m, end - 1)) end--;
    for (uint32_t line = first; line < end; line++) margin_line(l, line, shift);
}

void layout_comment(Layout *l, const Comment *c) {
    note_comment(l, c);
    buf_add(&l->out, span_text(l->rw->doc->text, c->span));
}

void layout_comments(Layout *l, uint32_t from, uint32_t to, uint32_t column) {
    const Margins *m = l->margins;
    size_t i = margins_comment_from(m, from);
    for (; i < m->comments.len && m->comments.items[i].span.start < to; i++) {
        const Comment *c = &m->comments.items[i];
        uint32_t end =
            c->own_line ? margins_line_end(m, margins_line(m, c->span.start)) : c->span.end;
        layout_line(l, column);
        note_comment(l, c);
        buf_add(&l->out, str_slice(l->rw->doc->text, c->span.start, end));
    }
}

/* ---- values ---- */

uint32_t layout_value_start(const Node *n) {
    return span_empty(n->properties) ? n->span.start : n->properties.start;
}

int64_t layout_shift_right_of(const Layout *l, const Node *n, uint32_t column) {
    const Margins *m = l->margins;
    uint32_t line = margins_line(m, layout_value_start(n)), least = UINT32_MAX;
    for (line++; margins_line_start(m, line) < n->span.end; line++) {
        uint32_t start = margins_line_start(m, line), at = start;
        while (at < n->span.end && m->text.data[at] == l->style.indent) at++;
        if (!margins_is_blank(m, line) && at - start < least) least = at - start;
    }
    if (least == UINT32_MAX) return 0;
    bool bracket = n->style == STYLE_FLOW; /* its last line may stand at the parent's column */
    return (int64_t)column + (bracket ? 0 : 1) - least;
}

static void replacement(Layout *l, Str text, int64_t indent) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '\n') {
            buf_add_char(&l->out, text.data[i]);
            continue;
        }
        buf_add(&l->out, l->style.newline);
        bool blank = i + 1 == text.len || text.data[i + 1] == '\n';
        if (!blank) buf_add_repeat(&l->out, ' ', indent > 0 ? (size_t)indent : 0);
    }
}

static void spliced(Layout *l, const Target *t, uint32_t to, int64_t shift) {
    const Node *n = t->source;
    const BlockText *block = margins_block_ending(l->margins, n->span.end);
    RawEdits edits = {0};
    const char *problem = splice_raw(l->rw, t, block ? block->indent : 0, &edits);
    if (problem) l->problem = problem;
    uint32_t at = n->span.start;
    for (size_t i = 0; i < edits.len; i++) {
        layout_range(l, at, edits.items[i].start, shift);
        replacement(l, edits.items[i].text, block ? block->indent + shift : 0);
        at = edits.items[i].end;
    }
    layout_range(l, at, to, shift);
    vec_release(&edits);
}

void layout_scalar(Layout *l, const Target *t, bool in_flow, uint32_t to, int64_t shift) {
    const Node *n = t->source;
    if (t->splices) {
        spliced(l, t, to, shift);
        return;
    }
    style_write_scalar(&l->style, t, in_flow, &l->out);
    if (n && to > n->span.end) layout_range(l, n->span.end, to, shift);
}
