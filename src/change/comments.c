/* Lines, comments and their owners. */
#include "change/comments.h"

#include "yaml/block_scalar.h"

/* ---- collecting ---- */

static bool ends_word(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint32_t break_at(Str text, uint32_t at) {
    while (at < text.len && text.data[at] != '\n' && text.data[at] != '\r') at++;
    return at;
}

static void index_lines(Margins *m) {
    vec_push(&m->lines, 0);
    for (uint32_t at = 0; at < m->text.len;) {
        at = break_at(m->text, at);
        if (at >= m->text.len) break;
        at += m->text.data[at] == '\r' && at + 1 < m->text.len && m->text.data[at + 1] == '\n' ? 2
                                                                                               : 1;
        vec_push(&m->lines, at);
    }
}

static bool only_blanks(Str text, uint32_t start, uint32_t end) {
    for (uint32_t i = start; i < end; i++)
        if (text.data[i] != ' ' && text.data[i] != '\t') return false;
    return true;
}

/* A gap between leaves: every `#` behind white space starts a comment. */
static void collect_gap(Margins *m, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at < end; at++) {
        if (m->text.data[at] != '#' || (at > 0 && !ends_word(m->text.data[at - 1]))) continue;
        uint32_t stop = break_at(m->text, at), trimmed = stop;
        while (trimmed > at && ends_word(m->text.data[trimmed - 1])) trimmed--;
        uint32_t line = margins_line_start(m, margins_line(m, at));
        vec_push(&m->comments, (Comment){.span = {at, trimmed},
                                         .column = at - line,
                                         .own_line = only_blanks(m->text, line, at)});
        at = stop;
    }
}

static void collect_block(Margins *m, const Node *n) {
    int64_t parent = -1;
    if (n->parent) parent = margins_column(m, n->parent->span.start);
    BlockScalar b = block_scalar_find(m->text, n->span.start, parent);
    BlockText block = {.span = {b.lines < b.end ? b.lines : b.end, b.end},
                       .indent = b.indent,
                       .chomping = b.chomping};
    vec_push(&m->blocks, block);
}

static uint32_t collect(Margins *m, const Node *n, uint32_t at) {
    if (!span_empty(n->properties)) {
        collect_gap(m, at, n->properties.start);
        at = n->properties.end;
    }
    if (n->kind != NODE_MAP && n->kind != NODE_SEQ) {
        collect_gap(m, at, n->span.start);
        /* A block scalar's header line may end with a comment, which is the pair's. */
        if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) {
            collect_gap(m, n->span.start, break_at(m->text, n->span.start));
            collect_block(m, n);
        }
        return n->span.end;
    }
    NODE_EACH (child, n) {
        if (child->key) at = collect(m, child->key, at);
        at = collect(m, child, at);
    }
    if (n->style != STYLE_FLOW || n->span.end <= at) return at;
    collect_gap(m, at, n->span.end);
    return n->span.end;
}

void margins_read(Margins *m, const Document *doc) {
    *m = (Margins){.text = doc->masked};
    index_lines(m);
    uint32_t at = doc->root ? collect(m, doc->root, 0) : 0;
    collect_gap(m, at, (uint32_t)m->text.len);
}

void margins_release(Margins *m) {
    vec_release(&m->lines);
    vec_release(&m->comments);
    vec_release(&m->blocks);
}

/* ---- lines ---- */

uint32_t margins_line(const Margins *m, uint32_t offset) {
    size_t low = 0, high = m->lines.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (m->lines.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

uint32_t margins_line_start(const Margins *m, uint32_t line) {
    return line < m->lines.len ? m->lines.items[line] : (uint32_t)m->text.len;
}

uint32_t margins_line_end(const Margins *m, uint32_t line) {
    return break_at(m->text, margins_line_start(m, line));
}

uint32_t margins_column(const Margins *m, uint32_t offset) {
    return offset - margins_line_start(m, margins_line(m, offset));
}

size_t margins_comment_from(const Margins *m, uint32_t offset) {
    size_t low = 0, high = m->comments.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->comments.items[middle].span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool margins_has_comments(const Margins *m, Span span) {
    size_t first = margins_comment_from(m, span.start);
    return first < m->comments.len && m->comments.items[first].span.start < span.end;
}

const Comment *margins_comment(const Margins *m, uint32_t line) {
    size_t first = margins_comment_from(m, margins_line_start(m, line));
    if (first == m->comments.len) return NULL;
    const Comment *c = &m->comments.items[first];
    return c->own_line && c->span.start <= margins_line_end(m, line) ? c : NULL;
}

/* The first block scalar that ends behind the offset, or at it. */
static const BlockText *block_from(const Margins *m, uint32_t offset) {
    size_t low = 0, high = m->blocks.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->blocks.items[middle].span.end < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->blocks.len ? &m->blocks.items[low] : NULL;
}

const BlockText *margins_block(const Margins *m, uint32_t line) {
    uint32_t start = margins_line_start(m, line);
    const BlockText *b = block_from(m, start);
    return b && b->span.start <= start && !span_empty(b->span) ? b : NULL;
}

const BlockText *margins_block_ending(const Margins *m, uint32_t offset) {
    const BlockText *b = block_from(m, offset);
    return b && b->span.end == offset ? b : NULL;
}

bool margins_is_blank(const Margins *m, uint32_t line) {
    return only_blanks(m->text, margins_line_start(m, line), margins_line_end(m, line));
}

/* ---- owners ---- */

bool entry_leads_line(const Margins *m, const Node *n) {
    return only_blanks(m->text, margins_line_start(m, margins_line(m, n->entry)), n->entry);
}

static bool in_flow(const Node *n) {
    return n->parent && n->parent->style == STYLE_FLOW;
}

const Node *entry_before(const Node *n) {
    const Node *before = NULL;
    for (const Node *child = n->parent ? n->parent->first : n; child != n; child = child->next)
        before = child;
    return before;
}

/* Does a block sequence with dashes at the column end with this node? */
static bool ends_with_sequence(const Margins *m, const Node *n, uint32_t column) {
    for (; n; n = n->last)
        if (n->kind == NODE_SEQ && n->style == STYLE_BLOCK && n->first &&
            margins_column(m, n->first->entry) == column)
            return true;
    return false;
}

/* `# - x` below an item, `# key: x` below an entry of a map. */
static bool looks_commented_out(const Margins *m, const Comment *c, const Node *before) {
    Str text = str_trim(str_from_offset(span_text(m->text, c->span), 1));
    bool items = before->parent->kind == NODE_SEQ || ends_with_sequence(m, before, c->column);
    if (items && str_starts(text, STR("- "))) return true;
    size_t at = 0;
    while (at < text.len && !ends_word(text.data[at]) && text.data[at] != ':') at++;
    return before->parent->kind == NODE_MAP && at > 0 && at < text.len && text.data[at] == ':' &&
           (at + 1 == text.len || ends_word(text.data[at + 1]));
}

static uint32_t last_line(const Margins *m, const Node *n) {
    return margins_line(m, n->span.end); /* a blank line may be the last of a block scalar */
}

/* Behind the comment that follows on the same line, if one does. */
static uint32_t behind_line_comment(const Margins *m, uint32_t at) {
    uint32_t stop = break_at(m->text, at);
    return margins_has_comments(m, (Span){at, stop}) &&
                   only_blanks(m->text, at,
                               m->comments.items[margins_comment_from(m, at)].span.start)
               ? stop
               : at;
}

uint32_t entry_comma(const Margins *m, const Node *n) {
    uint32_t at = n->span.end, stop = n->next ? n->next->entry : n->parent->span.end - 1;
    while (at < stop && m->text.data[at] != ',')
        at = m->text.data[at] == '#' ? break_at(m->text, at) : at + 1;
    return at;
}

static uint32_t flow_end(const Margins *m, const Node *n) {
    uint32_t comma = entry_comma(m, n);
    return behind_line_comment(m, m->text.data[comma] == ',' ? comma + 1 : n->span.end);
}

static uint32_t flow_lead(const Margins *m, const Node *n) {
    const Node *before = entry_before(n);
    return before ? flow_end(m, before) : behind_line_comment(m, n->parent->span.start + 1);
}

uint32_t entry_lead(const Margins *m, const Node *n) {
    if (in_flow(n)) return flow_lead(m, n);
    uint32_t line = margins_line(m, n->entry);
    if (!entry_leads_line(m, n)) return margins_line_start(m, line);
    uint32_t column = n->entry - margins_line_start(m, line), first = line;
    const Comment *c;
    while (first > 0 && (c = margins_comment(m, first - 1)) && c->column == column) first--;
    const Node *before = first < line ? entry_before(n) : NULL; /* looked for from the first on */
    if (before && last_line(m, before) + 1 == first)
        while (first < line && looks_commented_out(m, margins_comment(m, first), before)) first++;
    return margins_line_start(m, first);
}

/* The entry that comes next after everything in n, in a collection around it. */
static const Node *entry_after(const Node *n) {
    for (; n; n = n->parent)
        if (n->next) return n->next;
    return NULL;
}

uint32_t entry_end(const Margins *m, const Node *n) {
    if (in_flow(n)) return flow_end(m, n);
    uint32_t line = last_line(m, n), end = margins_line_end(m, line);
    if (n->style != STYLE_BLOCK || !n->first) return end;
    uint32_t column = margins_column(m, n->first->entry);
    const Node *after = entry_after(n);
    uint32_t stop = after ? entry_lead(m, after) : (uint32_t)m->text.len;
    for (line++; line < m->lines.len && margins_line_start(m, line) < stop; line++) {
        const Comment *c = margins_comment(m, line);
        if (!c && !margins_is_blank(m, line)) break;
        if (c && c->column < column) break;
        if (c) end = margins_line_end(m, line);
    }
    return end;
}

uint32_t entry_head_end(const Margins *m, const Node *n) {
    uint32_t head = span_empty(n->properties) ? n->entry : n->properties.end;
    if (n->key && n->key->span.end > head) head = n->key->span.end;
    uint32_t end = margins_line_end(m, margins_line(m, head));
    return n->first->entry < end ? n->first->entry : end;
}
