/* Accounting for leaves and comments. */
#include "change/ledger.h"

#include "base/map.h"
#include "yaml/path.h"

typedef struct Ledger {
    Rewrite *rw;
    VEC(const Node *) covered; /* whole subtrees */
} Ledger;

static void cover_targets(Ledger *l, const Target *t) {
    for (; t; t = t->next) {
        /* What an empty collection holds now is new: it was not dropped for being empty. */
        bool filled = t->kind == TARGET_WITHIN && t->first && !t->source->first;
        if (t->source && (t->kind != TARGET_WITHIN || filled)) vec_push(&l->covered, t->source);
        cover_targets(l, t->first);
    }
}

static bool is_covered(const Ledger *l, const Node *n) {
    for (size_t i = 0; i < l->covered.len; i++)
        if (l->covered.items[i] == n) return true;
    return false;
}

static bool is_empty(const Node *n) {
    bool collection = n->kind == NODE_MAP || n->kind == NODE_SEQ;
    return collection
               ? n->count == 0
               : node_is_null(n) || (n->kind == NODE_SCALAR && !n->value.len && !n->templated);
}

static bool forgotten(Ledger *l, const Node *n) {
    Buf path = {0};
    path_write(&path, l->rw->resource, n);
    rewrite_refuse(
        l->rw, str_format(l->rw->arena, "not accounted for: " STR_FMT, STR_ARG(buf_str(&path))));
    buf_release(&path);
    return false;
}

static bool check(Ledger *l, const Node *n) {
    if (is_covered(l, n)) return true;
    if (is_empty(n)) {
        rewrite_drop(l->rw, n, DROP_HARMLESS, STR("empty"));
        return true;
    }
    if (n->kind != NODE_MAP && n->kind != NODE_SEQ) return forgotten(l, n);
    NODE_EACH (child, n)
        if (!check(l, child)) return false;
    return true;
}

bool ledger_check(Rewrite *rw) {
    Ledger l = {.rw = rw};
    cover_targets(&l, rw->first_root);
    for (const Drop *d = rw->drops; d; d = d->next) vec_push(&l.covered, d->node);
    bool ok = check(&l, rw->resource);
    vec_release(&l.covered);
    return ok;
}

static bool stands_in(const Margins *m, const Node *entry, Span comment) {
    return entry_lead(m, entry) <= comment.start && comment.end <= entry_end(m, entry);
}

static const Drop *drop_around(const Rewrite *rw, const Margins *m, Span comment) {
    for (const Drop *d = rw->drops; d; d = d->next)
        if (stands_in(m, d->node, comment)) return d;
    return NULL;
}

static const Node *entry_around(const Margins *m, const Node *n, Span comment) {
    NODE_EACH (child, n)
        if (stands_in(m, child, comment)) return entry_around(m, child, comment);
    return n;
}

typedef struct Texts {
    Names names;
    VEC(uint32_t) counts;
} Texts;

static void count_comments(Texts *t, const Document *doc) {
    Margins m;
    margins_read(&m, doc);
    for (size_t i = 0; i < m.comments.len; i++) {
        uint32_t text = names_intern(&t->names, span_text(m.text, m.comments.items[i].span));
        if (text == t->counts.len) vec_push(&t->counts, 0);
        t->counts.items[text]++;
    }
    margins_release(&m);
}

static bool take_comment(Texts *t, Str comment) {
    uint32_t text = names_find(&t->names, comment);
    return text != MAP_NONE && t->counts.items[text] && t->counts.items[text]--;
}

LostComment *ledger_comments(const Rewrite *rw, const Margins *before, Span region,
                             const bool *written, const Documents *after) {
    Texts texts = {0};
    LostComment *first = NULL, **next = &first;
    for (size_t i = 0; i < after->len; i++) count_comments(&texts, &after->items[i]);
    for (size_t i = 0; i < before->comments.len; i++) {
        Span span = before->comments.items[i].span;
        if (!span_contains(region, span)) take_comment(&texts, span_text(before->text, span));
    }
    for (size_t i = 0; i < before->comments.len; i++) {
        Span span = before->comments.items[i].span;
        if (!span_contains(region, span)) continue;
        bool kept = written && written[i];
        if (kept && take_comment(&texts, span_text(before->text, span))) continue;
        *next = arena_new(rw->arena, LostComment);
        **next = (LostComment){.span = span,
                               .drop = drop_around(rw, before, span),
                               .node = entry_around(before, rw->resource, span)};
        next = &(*next)->next;
    }
    names_release(&texts.names);
    vec_release(&texts.counts);
    return first;
}
