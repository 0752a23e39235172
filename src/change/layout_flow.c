/* Flow style and JSON: separators instead of lines. */
#include "change/layout.h"

typedef struct Flow {
    Layout *layout;
    const Target *target;
    const Node *source; /* NULL: a new collection */
    uint32_t indent;    /* of the children's lines */
    int64_t shift;
    bool spread;       /* each child has a line */
    bool comment_open; /* the last thing on the line is a comment: nothing can follow it */
} Flow;

/* ---- may it stand in flow style? ---- */

static bool has_comments(const Layout *l, const Node *n) {
    return margins_has_comments(l->margins,
                                (Span){entry_lead(l->margins, n), entry_end(l->margins, n)});
}

/* A template on a line of its own would print anything. */
static bool kept_needs_block(const Layout *l, const Node *n) {
    if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) return true;
    if (n->style == STYLE_BLOCK && n->first) return true;
    bool from_block = n->parent && n->parent->style == STYLE_BLOCK;
    return from_block && (n->templated || has_comments(l, n));
}

bool layout_needs_block(const Layout *l, const Target *t) {
    bool kept = t->kind == TARGET_KEEP || t->splices;
    if (t->comment.len || (kept && kept_needs_block(l, t->source))) return true;
    for (const Target *c = t->first; c; c = c->next)
        if (layout_needs_block(l, c)) return true;
    return false;
}

/* ---- white space between children ---- */

/* Source text between two children; a line break is added where an open comment needs one. */
static void space(Flow *f, uint32_t from, uint32_t to) {
    Layout *l = f->layout;
    Str text = str_slice(l->rw->doc->text, from, to);
    bool breaks = str_find_char(text, '\n') != STR_NONE || str_find_char(text, '\r') != STR_NONE;
    if (f->comment_open && !breaks)
        buf_add(&l->out, l->style.newline), buf_add_repeat(&l->out, l->style.indent, f->indent);
    else
        layout_range(l, from, to, f->shift);
    f->comment_open = false;
}

static void new_line(Flow *f, uint32_t column) {
    Layout *l = f->layout;
    buf_add(&l->out, l->style.newline);
    buf_add_repeat(&l->out, l->style.indent, column);
    f->comment_open = false;
}

/* As this collection separates its first two children; a comment is not copied. */
static void usual_space(Flow *f) {
    Layout *l = f->layout;
    const Node *second = f->source && f->source->first ? f->source->first->next : NULL;
    Span between =
        second ? (Span){entry_comma(l->margins, f->source->first) + 1, second->entry} : (Span){0};
    if (f->spread || f->comment_open)
        new_line(f, f->indent);
    else if (second && !margins_has_comments(l->margins, between))
        space(f, between.start, between.end);
    else if (!style_is_dense(&l->style))
        buf_add_char(&l->out, ' ');
}

static void opening_space(Flow *f) {
    const Node *first = f->source ? f->source->first : NULL;
    uint32_t lead = first ? entry_lead(f->layout->margins, first) : 0;
    if (first && !margins_has_comments(f->layout->margins, (Span){lead, first->entry}))
        space(f, lead, first->entry);
    else if (f->spread || f->comment_open)
        new_line(f, f->indent);
}

static bool is_own(const Flow *f, const Target *c) {
    return f->source && c->source && c->source->parent == f->source;
}

static bool comes_from_flow(const Node *n) {
    return n && n->parent && n->parent->style == STYLE_FLOW;
}

static void before_child(Flow *f, const Target *c) {
    const Margins *m = f->layout->margins;
    const Node *n = c->source;
    bool first = c == f->target->first;
    if (is_own(f, c) && (n == f->source->first) == first) {
        space(f, entry_lead(m, n), n->entry);
        return;
    }
    if (comes_from_flow(n))
        for (size_t i = margins_comment_from(m, entry_lead(m, n));
             i < m->comments.len && m->comments.items[i].span.start < n->entry; i++) {
            new_line(f, f->indent);
            layout_comment(f->layout, &m->comments.items[i]);
            f->comment_open = true;
        }
    if (first)
        opening_space(f);
    else
        usual_space(f);
}

/* The comma, what stands before it, and the comment behind it. */
static void after_child(Flow *f, const Target *c, bool comma) {
    Layout *l = f->layout;
    const Node *n = comes_from_flow(c->source) ? c->source : NULL;
    uint32_t at = n ? n->span.end : 0;
    if (n && l->margins->text.data[entry_comma(l->margins, n)] == ',') {
        uint32_t comma_at = entry_comma(l->margins, n);
        if (is_own(f, c)) layout_range(l, at, comma_at, f->shift);
        at = comma_at + 1;
    }
    if (comma) buf_add_char(&l->out, ',');
    if (!n || !margins_has_comments(l->margins, (Span){at, entry_end(l->margins, n)})) return;
    layout_range(l, at, entry_end(l->margins, n), f->shift);
    f->comment_open = true;
}

static void closing_space(Flow *f) {
    Layout *l = f->layout;
    uint32_t outer = f->indent > l->style.flow_step ? f->indent - l->style.flow_step : 0;
    if (f->source && f->source->last) {
        f->indent = outer;
        space(f, entry_end(l->margins, f->source->last), f->source->span.end - 1);
    } else if (f->spread || f->comment_open) {
        new_line(f, outer);
    }
}

/* ---- children ---- */

/* Plain text of block style may hold what separates in flow style; no item there is empty. */
static bool must_be_rewritten(const Node *n, bool in_map) {
    if (n->kind != NODE_SCALAR || n->style != STYLE_PLAIN || n->templated) return false;
    if (span_empty(n->span)) return !in_map && span_empty(n->properties);
    return !comes_from_flow(n) && !plain_is_typed(n->value);
}

static void kept_value(Flow *f, const Node *n, bool in_map) {
    Layout *l = f->layout;
    int64_t shift = f->shift;
    if (n->parent != f->source) shift = layout_shift_right_of(l, n, f->indent);
    if (must_be_rewritten(n, in_map)) {
        Target text = {.kind = TARGET_SCALAR, .text = n->value};
        if (span_empty(n->span)) text.text = STR("null"), text.type = SCALAR_PLAIN;
        layout_range(l, layout_value_start(n), n->span.start, 0);
        style_write_scalar(&l->style, &text, true, &l->out);
        return;
    }
    if (n->templated && f->spread && n->parent != f->source)
        l->problem = "a template would get a line of its own";
    if (n->style == STYLE_BLOCK && n->first)
        l->problem = "flow style holds no block style and no new comments";
    layout_range(l, layout_value_start(n), n->span.end, shift);
}

/* A collection's anchor, where it is not part of what stands between key and value. */
static void properties(Flow *f, const Target *c, bool written) {
    if (c->kind != TARGET_WITHIN || span_empty(c->source->properties) || written) return;
    layout_range(f->layout, c->source->properties.start, c->source->properties.end, f->shift);
    buf_add_char(&f->layout->out, ' ');
}

/* Key and colon. */
static void label(Flow *f, const Target *c) {
    Layout *l = f->layout;
    const Node *n = c->source;
    layout_key(l, c, true);
    bool has_colon = is_own(f, c) && n->key && n->span.start > n->key->span.end;
    bool bare = is_own(f, c) && c->kind == TARGET_KEEP && !has_colon;
    uint32_t end = !has_colon ? 0 : c->kind == TARGET_KEEP ? layout_value_start(n) : n->span.start;
    if (has_colon)
        layout_range(l, n->key->span.end, end, f->shift);
    else if (!bare)
        buf_add(&l->out, l->style.json ? l->style.colon : STR(": "));
    bool follows = has_colon && span_empty(n->span) && c->kind != TARGET_KEEP;
    if (follows) buf_add_char(&l->out, ' ');
    properties(f, c, has_colon);
}

static void child(Flow *f, const Target *c) {
    Layout *l = f->layout;
    bool in_map = target_is_map(f->target);
    if (in_map)
        label(f, c);
    else
        properties(f, c, false);
    if (c->kind == TARGET_KEEP)
        kept_value(f, c->source, in_map);
    else if (c->kind == TARGET_SCALAR)
        layout_scalar(l, c, true, c->source ? c->source->span.end : 0, f->shift);
    else
        layout_flow(l, c, f->indent + l->style.flow_step, f->shift, f->spread);
}

static bool is_spread(const Margins *m, const Node *n) {
    return margins_line(m, n->span.start) != margins_line(m, n->first->entry);
}

static void children(Flow *f) {
    Layout *l = f->layout;
    const Node *n = f->source;
    if (n && n->first) {
        layout_range(l, n->span.start + 1, entry_lead(l->margins, n->first), f->shift);
        f->comment_open = margins_has_comments(
            l->margins, (Span){n->span.start + 1, entry_lead(l->margins, n->first)});
    }
    bool last_comma =
        n && n->last && l->margins->text.data[entry_comma(l->margins, n->last)] == ',';
    for (const Target *c = f->target->first; c; c = c->next) {
        before_child(f, c);
        child(f, c);
        after_child(f, c, c->next || last_comma);
    }
    closing_space(f);
}

void layout_flow(Layout *l, const Target *t, uint32_t indent, int64_t shift, bool spread) {
    const Node *n = t->kind == TARGET_WITHIN && t->source->style == STYLE_FLOW ? t->source : NULL;
    Flow f = {l, t, n, indent, shift, spread, false};
    if (n && n->first) f.spread = is_spread(l->margins, n);
    if (n && n->first && f.spread)
        f.indent = (uint32_t)(margins_column(l->margins, n->first->entry) + shift);
    buf_add_char(&l->out, target_is_map(t) ? '{' : '[');
    if (t->first)
        children(&f);
    else if (n && !n->first)
        layout_range(l, n->span.start + 1, n->span.end - 1, shift);
    buf_add_char(&l->out, target_is_map(t) ? '}' : ']');
}
