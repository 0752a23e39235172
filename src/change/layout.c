/* Block style: entries, what stands above them, and their values. */
#include "change/layout.h"

#include "base/error.h"

static bool in_block(const Node *n) {
    return n && n->parent && n->parent->style == STYLE_BLOCK;
}

static bool is_block_collection(const Node *n) {
    return n->style == STYLE_BLOCK && n->first;
}

/* Does what surrounds the source's value stay: its label, and the comments around? */
static bool stays_in_role(const Layout *l, const Target *t, bool in_map) {
    const Node *n = t->source;
    if (!in_block(n) || (n->key != NULL) != in_map) return false;
    if (t->kind == TARGET_MAP || t->kind == TARGET_SEQ) return false;
    if (t->kind == TARGET_SCALAR) return !is_block_collection(n);
    return t->kind != TARGET_WITHIN || n->style == STYLE_BLOCK || !layout_needs_block(l, t);
}

static int64_t shift_to(const Layout *l, const Node *n, uint32_t column) {
    return (int64_t)column - margins_column(l->margins, n->entry);
}

const Target *layout_opened(const Layout *l, const Target *t) {
    Arena *a = l->rw->arena;
    Target *open = arena_new(a, Target);
    *open = *t;
    open->kind = TARGET_WITHIN;
    NODE_EACH (child, t->source) {
        Target *kept = arena_new(a, Target);
        *kept = (Target){.kind = TARGET_KEEP, .source = child};
        target_add(open, kept);
    }
    return open;
}

/* A block collection that changes its role cannot be copied: its head would be wrong. */
static const Target *fit(const Layout *l, const Target *t, bool in_map) {
    bool keeps = t->kind == TARGET_KEEP && is_block_collection(t->source);
    return keeps && !stays_in_role(l, t, in_map) ? layout_opened(l, t) : t;
}

/* ---- above an entry ---- */

static bool contains(const Node *const *nodes, size_t count, const Node *n) {
    for (size_t i = 0; i < count; i++)
        if (nodes[i] == n) return true;
    return false;
}

/* Nobody mentions the collection, but something that was in it goes on elsewhere. */
static bool is_dissolved(const Layout *l, const Node *n) {
    if (!in_block(n) || contains(l->within.items, l->within.len, n)) return false;
    for (; n; n = n->parent)
        if (contains(l->whole.items, l->whole.len, n)) return false;
    return true;
}

/* Comments that belonged to collections around the source that are no more. */
static void above_from_dissolved(Layout *l, const Node *n, uint32_t column) {
    if (!n || !node_inside(n, l->rw->resource) || n == l->rw->resource) return;
    n = n->parent;
    if (!is_dissolved(l, n) || contains(l->told.items, l->told.len, n)) return;
    vec_push(&l->told, n);
    above_from_dissolved(l, n, column);
    layout_comments(l, entry_lead(l->margins, n), entry_head_end(l->margins, n), column);
}

/* Between key and value, and behind a value: where an entry changes its role they become lines. */
static void above_from_inside(Layout *l, const Node *n, uint32_t column) {
    if (is_block_collection(n)) {
        layout_comments(l, n->entry, entry_head_end(l->margins, n), column);
        return;
    }
    layout_comments(l, n->entry, n->span.start, column);
    if (!in_block(n) || n->style == STYLE_FLOW || n->kind == NODE_ALIAS)
        layout_comments(l, n->span.end, entry_end(l->margins, n), column);
}

static void above_from_new(Layout *l, Str comment, uint32_t column) {
    Str line;
    while (str_split(&comment, '\n', &line)) {
        layout_line(l, column);
        buf_addf(&l->out, "# " STR_FMT, STR_ARG(line));
    }
}

/* Does the first child of an item stand on the item's line? */
static bool goes_behind_dash(const Layout *l, const Target *t) {
    const Node *n = t->source;
    if (t->kind == TARGET_KEEP || t->kind == TARGET_SCALAR || !t->first) return false;
    if (t->kind != TARGET_WITHIN) return true;
    if (n->style == STYLE_FLOW && !layout_needs_block(l, t)) return false;
    if (stays_in_role(l, t, false)) return entry_head_end(l->margins, n) == n->first->entry;
    return span_empty(n->properties);
}

static void above(Layout *l, const Target *t, uint32_t column, bool in_map) {
    const Node *n = t->source;
    above_from_dissolved(l, n, column);
    if (n && n->parent) layout_comments(l, entry_lead(l->margins, n), n->entry, column);
    if (n && n->parent && !stays_in_role(l, t, in_map)) above_from_inside(l, n, column);
    above_from_new(l, t->comment, column);
    if (in_map || !goes_behind_dash(l, t)) return;
    bool child_in_map = target_is_map(t);
    above(l, fit(l, t->first, child_in_map), column, child_in_map);
}

/* ---- the children of a block collection, and the margins between them ---- */

typedef struct Margin {
    const Target *target;
    const Node *collection; /* of the source; NULL: a new one has none */
    int64_t shift;
    bool written;  /* something of the collection */
    size_t orphan; /* where the lines end that a child which went has left behind */
} Margin;

static uint32_t margin_start(const Layout *l, const Node *collection, const Node *before) {
    return before ? entry_end(l->margins, before) : entry_head_end(l->margins, collection);
}

/* What a child that goes leaves behind is worth keeping only when it says something. */
static void margin_above(Layout *l, Margin *g, const Node *child, bool child_stays) {
    const Node *before = entry_before(child);
    if (!entry_leads_line(l->margins, child) || (!before && !g->collection->parent)) return;
    uint32_t from = margin_start(l, g->collection, before), to = entry_lead(l->margins, child);
    bool says = margins_has_comments(l->margins, (Span){from, to});
    bool begins = before && !g->written;
    if (!says && (!child_stays || begins)) return;
    layout_margin(l, from, to, g->shift, (Trim){.above = begins || g->orphan == l->out.len});
    if (!child_stays) g->orphan = l->out.len;
    g->written = true;
}

static bool stays(const Target *children, const Target *until, const Node *n) {
    for (; children != until; children = children->next)
        if (children->source == n) return true;
    return false;
}

/* The margins of the children before `next` that went, and its own; NULL: of those at the end. */
static void margins_before(Layout *l, Margin *g, const Target *next) {
    const Node *n = next ? next->source : NULL, *first = NULL;
    const Target *children = g->target->first;
    if (n && (n->parent != g->collection || stays(children, next, n))) return; /* a copy */
    for (const Node *child = g->collection->first; child != n; child = child->next)
        if (stays(children, NULL, child))
            first = NULL;
        else if (!first)
            first = child;
    for (const Node *child = first; child && child != n; child = child->next)
        margin_above(l, g, child, false);
    if (n) margin_above(l, g, n, true);
}

/* The comment lines at the end of a collection. */
static void margin_below(Layout *l, const Margin *g) {
    uint32_t from = entry_end(l->margins, g->collection->last);
    uint32_t to = entry_end(l->margins, g->collection);
    if (to > from) layout_margin(l, from, to, g->shift, (Trim){.above = g->orphan == l->out.len});
}

/* What stands below the resource belongs to its place: below the last root, once. */
static bool is_followed_by_root(const Layout *l, const Target *t) {
    return t->source == l->rw->resource && !t->parent && t->next;
}

static void body(Layout *l, const Target *t, uint32_t column, bool in_map);

void layout_children(Layout *l, const Target *t, uint32_t column, bool behind_dash) {
    bool in_map = target_is_map(t);
    Margin g = {.target = t};
    if (t->kind == TARGET_WITHIN && is_block_collection(t->source)) g.collection = t->source;
    if (g.collection) g.shift = shift_to(l, g.collection->first, column);
    for (const Target *c = t->first; c; c = c->next) {
        if (behind_dash && c == t->first) { /* nothing can stand between a dash and its map */
            body(l, fit(l, c, in_map), column, in_map);
        } else {
            if (g.collection && c->source) margins_before(l, &g, c);
            layout_entry(l, c, column, in_map);
        }
        g.written = true;
    }
    if (!g.collection) return;
    margins_before(l, &g, NULL);
    if (!is_followed_by_root(l, t)) margin_below(l, &g);
}

/* ---- values ---- */

static void label_end(Layout *l, bool in_map) {
    if (in_map) buf_add_char(&l->out, ':');
}

static uint32_t source_label_end(const Node *n) {
    return n->key ? n->key->span.end : n->entry + 1;
}

static void properties(Layout *l, const Node *n) {
    if (!n || span_empty(n->properties)) return;
    buf_addf(&l->out, " " STR_FMT, STR_ARG(span_text(l->rw->doc->text, n->properties)));
}

static void empty_collection(Layout *l, const Target *t) {
    buf_add(&l->out, target_is_map(t) ? STR(" {}") : STR(" []"));
}

/* A collection that is written anew, under a key or behind a dash. */
static void fresh_collection(Layout *l, const Target *t, uint32_t column, bool in_map) {
    label_end(l, in_map);
    if (t->kind == TARGET_WITHIN) properties(l, t->source);
    if (!t->first) {
        empty_collection(l, t);
        return;
    }
    bool behind_dash = !in_map && goes_behind_dash(l, t);
    uint32_t step = !in_map ? 2 : target_is_map(t) ? l->style.step : l->style.dash_step;
    if (behind_dash) buf_add_char(&l->out, ' ');
    layout_children(l, t, column + step, behind_dash);
}

/* A block collection of the source where it stood: its head stays. */
static void kept_collection(Layout *l, const Target *t, uint32_t column, bool in_map) {
    const Margins *m = l->margins;
    const Node *n = t->source;
    uint32_t head_end = entry_head_end(m, n);
    if (!t->first) {
        label_end(l, in_map);
        properties(l, n);
        empty_collection(l, t);
        size_t c = margins_comment_from(m, n->entry);
        if (c < m->comments.len && m->comments.items[c].span.start < head_end) {
            buf_add_char(&l->out, ' ');
            layout_comment(l, &m->comments.items[c]);
        }
        return;
    }
    int64_t shift = shift_to(l, n, column);
    layout_range(l, source_label_end(n), head_end, shift);
    layout_children(l, t, (uint32_t)(margins_column(m, n->first->entry) + shift),
                    head_end == n->first->entry);
}

/* A kept value with another label than its own. */
static void moved_value(Layout *l, const Node *n, uint32_t column, bool in_map) {
    label_end(l, in_map);
    bool empty = span_empty(n->span) && span_empty(n->properties);
    if (empty && !in_map) buf_add(&l->out, STR(" null")); /* not every parser reads a bare dash */
    if (!empty) buf_add_char(&l->out, ' ');
    if (in_block(n) && n->style != STYLE_FLOW)
        layout_range(l, layout_value_start(n), entry_end(l->margins, n), shift_to(l, n, column));
    else
        layout_range(l, layout_value_start(n), n->span.end, layout_shift_right_of(l, n, column));
}

static void scalar(Layout *l, const Target *t, uint32_t column, bool in_map) {
    const Node *n = t->source;
    bool stays = stays_in_role(l, t, in_map);
    bool has_line = in_block(n) && !is_block_collection(n); /* and perhaps a comment at its end */
    int64_t shift = !n         ? 0
                    : has_line ? shift_to(l, n, column)
                               : layout_shift_right_of(l, n, column);
    if (stays)
        layout_range(l, source_label_end(n), n->span.start, shift);
    else
        label_end(l, in_map);
    if (!stays || span_empty(n->span)) buf_add_char(&l->out, ' ');
    uint32_t end = has_line ? entry_end(l->margins, n) : n ? n->span.end : 0;
    layout_scalar(l, t, false, end, shift);
}

static void flow_value(Layout *l, const Target *t, uint32_t column, bool in_map) {
    const Node *n = t->source;
    bool stays = stays_in_role(l, t, in_map);
    int64_t shift = stays ? shift_to(l, n, column) : layout_shift_right_of(l, n, column);
    if (stays) {
        layout_range(l, source_label_end(n), n->span.start, shift);
    } else {
        label_end(l, in_map);
        properties(l, n);
        buf_add_char(&l->out, ' ');
    }
    layout_flow(l, t, column + l->style.flow_step, shift, false);
    if (stays) layout_range(l, n->span.end, entry_end(l->margins, n), shift);
}

/* A bare dash stays one only where nothing around it moves: not all parsers read it anywhere. */
static bool is_bare_dash(const Layout *l, const Target *t) {
    const Target *parent = t->parent;
    if (t->source->key || !span_empty(t->source->span) || !span_empty(t->source->properties))
        return false;
    bool in_map = parent && parent->parent && target_is_map(parent->parent);
    return parent && !(parent->kind == TARGET_WITHIN && parent->source == t->source->parent &&
                       stays_in_role(l, parent, in_map));
}

/* Key or dash, and value. */
static void body(Layout *l, const Target *t, uint32_t column, bool in_map) {
    const Node *n = t->source;
    bool stays = stays_in_role(l, t, in_map);
    if (in_map)
        layout_key(l, t, false);
    else
        buf_add_char(&l->out, '-');
    if (t->kind == TARGET_SCALAR)
        scalar(l, t, column, in_map);
    else if (t->kind == TARGET_KEEP && stays && !is_bare_dash(l, t))
        layout_range(l, source_label_end(n), entry_end(l->margins, n), shift_to(l, n, column));
    else if (t->kind == TARGET_KEEP)
        moved_value(l, n, column, in_map);
    else if (t->kind == TARGET_WITHIN && n->style == STYLE_FLOW && !layout_needs_block(l, t))
        flow_value(l, t, column, in_map);
    else if (t->kind == TARGET_WITHIN && n->style == STYLE_BLOCK && stays)
        kept_collection(l, t, column, in_map);
    else
        fresh_collection(l, t, column, in_map);
}

void layout_key(Layout *l, const Target *t, bool in_flow) {
    const Node *key = t->source ? t->source->key : NULL;
    if (!t->has_key && !key) bug("an entry of a map without a key");
    bool unsafe = !t->has_key && in_flow && key->style == STYLE_PLAIN && in_block(t->source);
    if (t->has_key || unsafe)
        style_write_key(&l->style, t->has_key ? t->key : key->value, key ? key->style : STYLE_PLAIN,
                        in_flow, &l->out);
    else
        buf_add(&l->out, span_text(l->rw->doc->text, (Span){t->source->entry, key->span.end}));
}

void layout_entry(Layout *l, const Target *t, uint32_t column, bool in_map) {
    t = fit(l, t, in_map);
    above(l, t, column, in_map);
    layout_line(l, column);
    body(l, t, column, in_map);
}
