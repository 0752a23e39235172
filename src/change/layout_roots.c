/* What stands in the resource's place: its roots, one after the other. */
#include "change/layout.h"

static bool is_item(const Node *resource) {
    return resource->parent && resource->parent->style == STYLE_BLOCK;
}

static bool is_flow(const Node *resource) {
    return resource->style == STYLE_FLOW && !is_item(resource);
}

Span layout_region(const Margins *m, const Node *resource) {
    if (is_flow(resource)) return resource->span;
    const Node *top = is_item(resource) ? resource : resource->first;
    return (Span){entry_lead(m, top), entry_end(m, resource)};
}

/* ---- which sources appear ---- */

static void note_targets(Layout *l, const Target *t) {
    for (; t; t = t->next) {
        if (t->source && t->kind == TARGET_WITHIN) vec_push(&l->within, t->source);
        if (t->source && t->kind != TARGET_WITHIN) vec_push(&l->whole, t->source);
        note_targets(l, t->first);
    }
}

void layout_release(Layout *l) {
    vec_release(&l->whole);
    vec_release(&l->within);
    vec_release(&l->told);
    buf_release(&l->out);
}

/* ---- one root ---- */

static void document_root(Layout *l, const Target *t) {
    const Node *resource = l->rw->resource;
    if (t->kind == TARGET_KEEP) t = layout_opened(l, t);
    uint32_t column = margins_column(l->margins, resource->entry);
    if (!t->first) {
        layout_line(l, column);
        buf_add(&l->out, target_is_map(t) ? STR("{}") : STR("[]"));
    }
    layout_children(l, t, column, false);
}

/* The indentation of the line with the closing bracket: an item of a JSON List that was cut off has
 * lost that of its first line. */
static uint32_t closing_indent(const Layout *l, const Node *n) {
    const Margins *m = l->margins;
    uint32_t at = margins_line_start(m, margins_line(m, n->span.end - 1)), indent = 0;
    while (m->text.data[at + indent] == l->style.indent) indent++;
    return indent;
}

static bool is_spread(const Layout *l, const Node *n) {
    const Margins *m = l->margins;
    return n->first && margins_line(m, n->span.start) != margins_line(m, n->first->entry);
}

static void flow_root(Layout *l, const Target *t) {
    const Node *resource = l->rw->resource;
    uint32_t indent = closing_indent(l, resource) + l->style.flow_step;
    if (t->kind == TARGET_KEEP) t = layout_opened(l, t);
    if (layout_needs_block(l, t))
        l->problem = "flow style holds no block style and no new comments";
    layout_flow(l, t, indent, 0, is_spread(l, resource));
}

static void root(Layout *l, const Target *t) {
    const Node *resource = l->rw->resource;
    if (t->kind == TARGET_KEEP && t->next) t = layout_opened(l, t);
    if (is_flow(resource))
        flow_root(l, t);
    else if (is_item(resource))
        layout_entry(l, t, margins_column(l->margins, resource->entry), false);
    else
        document_root(l, t);
}

/* Documents are joined by `---`, items of a List stand below each other, JSON values too. */
static void join(Layout *l) {
    const Node *resource = l->rw->resource;
    bool document = !resource->parent && !l->rw->in_list;
    if (document && is_flow(resource)) {
        buf_add(&l->out, l->style.newline);
        buf_add(&l->out, STR("---"));
        buf_add(&l->out, l->style.newline);
    } else if (is_flow(resource)) {
        buf_add_char(&l->out, ',');
        if (is_spread(l, resource)) {
            buf_add(&l->out, l->style.newline);
            buf_add_repeat(&l->out, l->style.indent, closing_indent(l, resource));
        } else if (!style_is_dense(&l->style)) {
            buf_add_char(&l->out, ' ');
        }
    } else if (!is_item(resource)) {
        layout_line(l, margins_column(l->margins, resource->entry)); /* 0 but in embedded text */
        buf_add(&l->out, STR("---"));
    }
}

/* ---- where the region ends ---- */

/* Comments below the resource stay below what takes its place; a last root that is the resource
 * itself has brought them. */
static void lines_below(Layout *l) {
    const Node *resource = l->rw->resource;
    bool brought = l->rw->last_root->source == resource;
    if (is_flow(resource) || brought || !resource->last) return;
    uint32_t from = entry_end(l->margins, resource->last), to = entry_end(l->margins, resource);
    if (to > from) layout_margin(l, from, to, 0, (Trim){0});
}

/* Would blank lines below be read as text of the block scalar? Those below the one that stood last
 * already are its own, if it keeps them; but it may have moved to the left. */
static bool swallows_below(const Layout *l, uint32_t region_end) {
    const Margins *m = l->margins;
    bool keeps = l->block->chomping == '+' && l->block->span.end != region_end;
    for (uint32_t line = margins_line(m, region_end) + 1;; line++) {
        uint32_t start = margins_line_start(m, line);
        if (start == m->text.len || !margins_is_blank(m, line)) return false;
        if (keeps || margins_line_end(m, line) - start > l->block_column) return true;
    }
}

/* A block scalar that stands last must not take in what is below; one that has come to, not lose
 * its line break. */
static void close_region(Layout *l) {
    Span region = layout_region(l->margins, l->rw->resource);
    if (!layout_behind_block(l)) return;
    if (swallows_below(l, region.end))
        l->problem = "blank lines below would become part of a block scalar";
    bool last_before = l->block->span.end == region.end;
    if (!last_before && l->block->chomping != '-' && region.end == l->margins->text.len)
        buf_add(&l->out, l->style.newline);
}

void layout_roots(Layout *l) {
    note_targets(l, l->rw->first_root);
    for (const Drop *d = l->rw->drops; d; d = d->next) vec_push(&l->whole, d->node);
    for (const Target *t = l->rw->first_root; t && !l->problem; t = t->next) {
        if (t != l->rw->first_root) join(l);
        root(l, t);
    }
    lines_below(l);
    close_region(l);
}
