/* The laws of a planned change, for tests: what holds for any document and any wish.
 *
 *   - it is planned, or refused with a reason, and never a fault of ours;
 *   - the new text says exactly what the target tree says, and everything around as it did;
 *   - edits are sorted, stay inside the resource's lines, and change something;
 *   - every comment is in the new text or is listed as lost, as often as it stood;
 *   - every leaf is there, or was set, or was dropped.
 *
 *     Plan plan;
 *     bool planned = plan_rewrite(&rw, 0, &plan);
 *     Str text, breach = change_breach(&arena, &rw, &plan, planned, &text);    empty: all laws hold
 *
 * The trees are compared here once more, in a way of its own: by writing both down. */
#ifndef CHANGE_LAW_TEST_H
#define CHANGE_LAW_TEST_H

#include "change/layout.h"
#include "change/plan.h"
#include "input/cutter.h"

/* ---- trees, written down: kinds, keys, texts; aliases as what they stand for ---- */

static inline void law_write_scalar(Buf *out, Str value, bool string) {
    if (!string && plain_is_null(value)) value = STR("null");
    buf_addf(out, "%c%zu:", string ? 's' : 'p', value.len);
    buf_add(out, value);
    buf_add_char(out, ' ');
}

static inline void law_write_node(Buf *out, const Node *n) {
    n = node_resolve(n);
    if (!n) return;
    if (n->kind == NODE_SCALAR) {
        law_write_scalar(out, n->value, n->style != STYLE_PLAIN || !plain_is_typed(n->value));
        return;
    }
    buf_add_char(out, n->kind == NODE_MAP ? '{' : '[');
    NODE_EACH (child, n) {
        if (child->key) buf_addf(out, STR_FMT "=", STR_ARG(child->key->value));
        law_write_node(out, child);
    }
    buf_add_char(out, n->kind == NODE_MAP ? '}' : ']');
}

static inline void law_write_target(Buf *out, const Target *t) {
    if (t->kind == TARGET_KEEP) {
        law_write_node(out, t->source);
        return;
    }
    if (t->kind == TARGET_SCALAR) {
        law_write_scalar(out, t->text, t->type == SCALAR_STRING);
        return;
    }
    bool map = target_is_map(t);
    buf_add_char(out, map ? '{' : '[');
    for (const Target *c = t->first; c; c = c->next) {
        Str key = c->has_key || !c->source || !c->source->key ? c->key : c->source->key->value;
        if (map) buf_addf(out, STR_FMT "=", STR_ARG(key));
        law_write_target(out, c);
    }
    buf_add_char(out, map ? '}' : ']');
}

/* The source's tree with the wanted ones in the place of the resource. */
static inline void law_write_wanted(Buf *out, const Rewrite *rw, const Node *n) {
    bool cut_off = n == rw->resource->parent && !n->parent && n->count == 1;
    if (!rw->first_root && cut_off) return; /* an item that stood alone: nothing is left */
    if (n == rw->resource) {
        for (const Target *t = rw->first_root; t; t = t->next) law_write_target(out, t);
    } else if (!node_inside(rw->resource, n)) {
        law_write_node(out, n);
    } else {
        buf_add_char(out, n->kind == NODE_MAP ? '{' : '[');
        NODE_EACH (child, n) {
            if (child->key) buf_addf(out, STR_FMT "=", STR_ARG(child->key->value));
            law_write_wanted(out, rw, child);
        }
        buf_add_char(out, n->kind == NODE_MAP ? '}' : ']');
    }
}

/* All documents of the new text; false when one cannot be read. */
static inline bool law_write_text(Arena *a, Buf *out, const Rewrite *rw, Str text) {
    bool flow_items = rw->in_list && !rw->resource->parent;
    if (flow_items) text = str_format(a, "[" STR_FMT "]", STR_ARG(text));
    PieceVec pieces = {0};
    uint32_t indent = 0;
    while (rw->resource->entry > indent &&
           rw->doc->text.data[rw->resource->entry - indent - 1] == ' ')
        indent++;
    cut_text(text, 0, 1, rw->resource->parent || flow_items ? 0 : indent, &pieces);
    bool ok = true;
    for (size_t i = 0; ok && i < pieces.len; i++) {
        Document doc;
        Str piece = pieces.items[i].text, rest = str_from_offset(piece, indent);
        bool marked = indent && str_starts(rest, STR("---"));
        ok = document_parse(a, marked ? str_from_offset(rest, 3) : piece, &doc) && !doc.faults;
        if (ok && flow_items)
            NODE_EACH (item, doc.root) law_write_node(out, item);
        else if (ok)
            law_write_node(out, doc.root);
    }
    vec_release(&pieces);
    return ok;
}

/* ---- comments and leaves ---- */

static inline bool law_is_lost(const Plan *plan, Span comment) {
    for (const LostComment *c = plan->lost; c; c = c->next)
        if (c->span.start == comment.start) return true;
    return false;
}

static inline size_t law_times(Str text, Str part) {
    size_t times = 0;
    for (size_t at; (at = str_find(text, part)) != STR_NONE; times++)
        text = str_from_offset(text, at + part.len);
    return times;
}

/* How many of the comments with these words shall still be there. */
static inline size_t law_kept(const Margins *m, const Plan *plan, Str words) {
    size_t kept = 0;
    for (size_t i = 0; i < m->comments.len; i++) {
        Span span = m->comments.items[i].span;
        kept += str_eq(span_text(m->text, span), words) && !law_is_lost(plan, span);
    }
    return kept;
}

static inline Str law_comments(Arena *a, const Rewrite *rw, const Plan *plan, Str text) {
    Margins m;
    margins_read(&m, rw->doc);
    Str breach = {0};
    for (size_t i = 0; i < m.comments.len && !breach.len; i++) {
        Str comment = span_text(m.text, m.comments.items[i].span);
        if (law_times(text, comment) < law_kept(&m, plan, comment))
            breach = str_format(a, "forgotten: " STR_FMT, STR_ARG(comment));
    }
    margins_release(&m);
    return breach;
}

static inline bool law_was_set(const Target *t, const Node *leaf) {
    for (; t; t = t->next)
        if ((t->kind == TARGET_SCALAR && t->source == leaf) || law_was_set(t->first, leaf))
            return true;
    return false;
}

static inline Str law_leaves(Arena *a, const Rewrite *rw, const Node *n, Str written) {
    for (const Drop *d = rw->drops; d; d = d->next)
        if (d->node == n) return (Str){0};
    Str breach = {0};
    for (const Node *child = n->first; child && !breach.len; child = child->next)
        breach = law_leaves(a, rw, child, written);
    if (n->kind != NODE_SCALAR || law_was_set(rw->first_root, n)) return breach;
    if (str_find(written, n->value) != STR_NONE) return breach;
    return str_format(a, "a leaf is gone: " STR_FMT, STR_ARG(n->value));
}

/* ---- edits ---- */

static inline Span law_region(const Rewrite *rw) {
    if (!rw->first_root) return (Span){0, (uint32_t)rw->doc->text.len};
    Margins m;
    margins_read(&m, rw->doc);
    Span region = layout_region(&m, rw->resource);
    margins_release(&m);
    return region;
}

static inline const char *law_edits(const Rewrite *rw, const EditVec *edits) {
    Span region = law_region(rw);
    if (!edits_sorted(edits->items, edits->len)) return "edits are not sorted";
    for (size_t i = 0; i < edits->len; i++) {
        const Edit *e = &edits->items[i];
        Str before = str_slice(rw->doc->text, e->start, e->end);
        if (e->start < region.start || e->end > region.end) return "an edit leaves the resource";
        if (str_eq(before, e->text)) return "an edit changes nothing";
    }
    return NULL;
}

/* The first law that does not hold, in words; *text is what comes out. */
static inline Str change_breach(Arena *a, const Rewrite *rw, const Plan *plan, bool planned,
                                Str *text) {
    *text = (Str){0};
    if (plan->bug) return str_format(a, "a bug: " STR_FMT, STR_ARG(plan->refused));
    if (planned == (plan->refused.len > 0)) return STR("neither planned nor refused");
    if (!planned) return (Str){0};
    const char *edits = law_edits(rw, &plan->edits);
    if (edits) return str_from(edits);
    Buf out = {0}, wanted = {0}, got = {0};
    edits_apply(rw->doc->text, 0, plan->edits.items, plan->edits.len, &out);
    *text = str_copy(a, buf_str(&out));
    law_write_wanted(&wanted, rw, rw->doc->root);
    Str breach = {0};
    if (!law_write_text(a, &got, rw, *text)) breach = STR("the new text cannot be read");
    if (!breach.len && !str_eq(buf_str(&wanted), buf_str(&got)))
        breach = str_format(a, "says " STR_FMT "\ninstead of " STR_FMT, STR_ARG(buf_str(&got)),
                            STR_ARG(buf_str(&wanted)));
    if (!breach.len) breach = law_leaves(a, rw, rw->resource, buf_str(&got));
    if (!breach.len) breach = law_comments(a, rw, plan, *text);
    buf_release(&out);
    buf_release(&wanted);
    buf_release(&got);
    return breach;
}

#endif
