/* Un-indenting a resource. */
#include "change/alone.h"

#include "change/layout.h"
#include "change/verify.h"

/* An alias cannot leave the document that its anchor stands in. */
static bool aliases_stay(const Node *n, const Node *resource) {
    if (n->kind == NODE_ALIAS && !(n->target && node_inside(n->target, resource))) return false;
    NODE_EACH (child, n)
        if (!aliases_stay(child, resource)) return false;
    return true;
}

static void add_line(Layout *l, Str text) {
    buf_add(&l->out, text);
    buf_add(&l->out, l->style.newline);
}

/* Where a document begins: behind its `---`, on the next line when that one says nothing. */
static uint32_t behind_marker(const Margins *m, const Node *root) {
    uint32_t start = 0, last = margins_line(m, layout_value_start(root));
    for (uint32_t line = 0; line <= last; line++) {
        uint32_t at = margins_line_start(m, line), end = margins_line_end(m, line);
        Str text = str_slice(m->text, at, end);
        if (!str_starts(text, STR("---"))) continue;
        Str rest = str_trim(str_from_offset(text, 3));
        start = rest.len ? (uint32_t)(rest.data - m->text.data) : margins_line_start(m, line + 1);
    }
    return start;
}

/* Comments and blank lines of a document above its content. */
static void document_lead(Layout *l, const Node *root) {
    const Margins *m = l->margins;
    uint32_t start = behind_marker(m, root), line = margins_line(m, layout_value_start(root));
    uint32_t end = margins_line_start(m, line);
    for (line = 0; margins_line_start(m, line) < start; line++) { /* beside directives */
        Str text = str_slice(m->text, margins_line_start(m, line), margins_line_end(m, line));
        if (str_starts(text, STR("#"))) add_line(l, text);
    }
    for (line = margins_line(m, start); start < end; line++) {
        Str text = str_slice(l->rw->doc->text, start, margins_line_end(m, line));
        if (!str_starts(text, STR("%"))) add_line(l, text);
        start = margins_line_start(m, line + 1);
    }
}

/* Comments above the dash, behind it and below it, before the first key. */
static void item_lead(Layout *l, const Node *item) {
    const Margins *m = l->margins;
    uint32_t from = entry_lead(m, item), to = layout_value_start(item);
    for (size_t i = margins_comment_from(m, from); i < m->comments.len; i++) {
        Span span = m->comments.items[i].span;
        if (span.start >= to) return;
        add_line(l, span_text(m->text, span));
    }
}

/* Lines of flow style may stand anywhere: all move as far as the leftmost one can. */
static int64_t flow_shift(const Layout *l, const Node *n) {
    const Margins *m = l->margins;
    uint32_t first = margins_line(m, n->span.start), last = margins_line(m, n->span.end);
    uint32_t least = first == last ? 0 : UINT32_MAX;
    for (uint32_t line = first + 1; line <= last; line++) {
        uint32_t start = margins_line_start(m, line), at = start;
        while (at < m->text.len && m->text.data[at] == l->style.indent) at++;
        if (!margins_is_blank(m, line) && at - start < least) least = at - start;
    }
    return -(int64_t)least;
}

static uint32_t document_end(const Margins *m, const Node *root) {
    uint32_t end = entry_end(m, root);
    uint32_t last = m->comments.len ? vec_last(&m->comments)->span.end : 0;
    return last > end ? last : end;
}

static bool is_block_item(const Node *n) {
    return n->parent && n->parent->style == STYLE_BLOCK;
}

static const Node *last_leaf(const Node *n) {
    while (n->last) n = n->last;
    return n;
}

/* A block scalar at the end of a text without a line break has none either; one will stand behind
 * it, so it must say `|-`. Where that goes; 0 when there is no such scalar. */
static uint32_t unended_block(const Document *doc, const Node *n) {
    n = last_leaf(n);
    bool block = n->style == STYLE_LITERAL || n->style == STYLE_FOLDED;
    bool unended = n->span.end == doc->text.len && !str_ends(doc->text, STR("\n"));
    return block && unended ? n->span.start + 1 : 0;
}

/* Of `|+` the blank lines behind it are text, too. */
static uint32_t kept_end(const Margins *m, const Node *n, uint32_t end) {
    uint32_t behind = last_leaf(n)->span.end;
    const BlockText *block = margins_block_ending(m, behind);
    if (!block || block->chomping != '+' || behind < end) return end;
    while (behind < m->text.len && margins_is_blank(m, margins_line(m, behind)))
        behind = margins_line_start(m, margins_line(m, behind) + 1);
    return behind;
}

static void content(Layout *l, const Node *n, uint32_t start, uint32_t end, int64_t shift) {
    uint32_t header = unended_block(l->rw->doc, n);
    if (header) {
        layout_range(l, start, header, shift);
        buf_add_char(&l->out, '-');
        start = header;
    }
    end = kept_end(l->margins, n, end);
    layout_range(l, start, end, shift);
    if (!str_ends(buf_str(&l->out), STR("\n"))) buf_add(&l->out, l->style.newline);
}

static void lay_out(Layout *l, const Node *n) {
    const Margins *m = l->margins;
    uint32_t start = layout_value_start(n), end = n->span.end;
    if (!n->parent) {
        document_lead(l, n);
        end = document_end(m, n);
    } else if (is_block_item(n)) {
        item_lead(l, n);
        end = entry_end(m, n);
    }
    int64_t shift = n->style == STYLE_FLOW ? flow_shift(l, n) : -(int64_t)margins_column(m, start);
    content(l, n, start, end, shift);
}

static bool says_the_same(Rewrite *rw, const Document *out, Str *why) {
    if (out->parsed && out->root)
        return verify_root(rw, target_keep(rw, rw->resource), out, out->root, why);
    *why = out->error.message;
    return false;
}

bool layout_alone(Arena *a, const Document *doc, const Margins *m, const Node *resource,
                  Document *out, Str *why) {
    Rewrite rw;
    rewrite_begin(&rw, a, doc, resource);
    Layout l = {.rw = &rw, .margins = m};
    l.style.json = style_is_json(doc);
    l.style.indent = style_indent(doc);
    l.style.newline = style_newline(doc);
    if (!aliases_stay(resource, resource)) {
        *why = STR("it uses an anchor of another object");
        return false;
    }
    lay_out(&l, resource);
    Str text = str_copy(a, buf_str(&l.out));
    layout_release(&l);
    document_parse(a, text, out);
    if (l.problem) *why = str_from(l.problem);
    return !l.problem && says_the_same(&rw, out, why);
}
