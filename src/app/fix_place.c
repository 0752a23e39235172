/* The text at a finding's place: what it says there, and another one in its stead.
 *
 * The place is a scalar, or a part of one that holds PromQL: then the rest of it stays. */
#include "app/fixer.h"

#include "change/steps.h"
#include "model/promql.h"
#include "model/scripts.h"

typedef struct TextPlace {
    const Node *scalar;
    Script text;  /* of a part: the scalar, decoded … */
    size_t start; /* … and where the part begins in that */
    bool whole;
} TextPlace;

/* Where the byte of the document is in the decoded text; its length when it is nowhere. */
static size_t decoded_at(const Script *text, uint32_t offset) {
    size_t at = 0;
    Span span;
    while (at < text->text.len && !(script_place(text, at, at + 1, &span) && span.start == offset))
        at++;
    return at;
}

/* A part stands in quotes: there is a byte before and behind it. */
static bool find_place(Fixer *x, const Opened *o, TextPlace *out) {
    const Finding *f = o->finding;
    *out = (TextPlace){.scalar = opened_node(o, f->place), .whole = true};
    Span whole = out->scalar ? out->scalar->span : (Span){0};
    if (out->scalar && whole.end - whole.start == f->place.length) return true;
    uint32_t offset = opened_offset(o, f->place);
    out->scalar = opened_scalar(o, offset);
    if (!out->scalar) return fixer_refuse(x, "what refers to it is not where it was");
    out->whole = false;
    out->text = script_from_scalar(&x->arena, &o->doc, out->scalar);
    out->start = decoded_at(&out->text, offset);
    /* What a template hides is shorter in the one than in the other: nothing can be counted. */
    size_t end = out->start + f->place.length;
    if (!out->start && end == out->text.text.len && str_eq(out->text.text, out->scalar->value))
        return out->whole = true;
    bool inside = out->start > 0 && end < out->text.text.len;
    return (inside && str_eq(out->text.text, out->scalar->value)) ||
           fixer_refuse(x, "a template stands in the same text");
}

/* An item of the values of an expression that does not say In; a template may say anything. */
static bool is_item_left_out(const Node *selected) {
    const Node *values = selected->parent;
    if (!values || values->kind != NODE_SEQ) return false;
    return !node_is(node_child(values->parent, STR("operator")), STR("In"));
}

static bool is_part_left_out(const Rule *rule, const TextPlace *p) {
    for (size_t i = 0; i < rule->each_count; i++) {
        const Each *each = &rule->each[i];
        PromMatcher m;
        if (promql_at(p->text.text, each->metrics.items, each->metrics.len, p->start, &m))
            return m.op == PROM_NOT_EQUAL || m.op == PROM_NOT_MATCH;
    }
    return false;
}

bool fixer_is_left_out(Fixer *x, const Opened *o, bool *out) {
    TextPlace p;
    if (!find_place(x, o, &p)) return false;
    const Rule *rule = &x->scan->rules->rules[o->finding->rule];
    *out = p.whole ? is_item_left_out(p.scalar) : is_part_left_out(rule, &p);
    return true;
}

bool fixer_is_only_name(Fixer *x, const Opened *o, bool *out) {
    TextPlace p;
    if (!find_place(x, o, &p)) return false;
    const Node *list = p.scalar->parent;
    size_t end = p.start + o->finding->place.length;
    Str text = p.text.text;
    *out = p.whole ? !(list && list->kind == NODE_SEQ && list->count > 1)
                   : text.data[p.start - 1] != '|' && text.data[end] != '|';
    return true;
}

bool fixer_set_text(Fixer *x, const Opened *o, Str text) {
    TextPlace p;
    Rewrite rw;
    Error err;
    if (o->finding->replace != REPLACE_HERE)
        return fixer_refuse(x, "it is not written here in one piece");
    if (!find_place(x, o, &p)) return false;
    rewrite_begin(&rw, &x->arena, &o->doc, o->resource);
    rw.in_list = o->finding->in_list;
    ChangeStep step = {.kind = p.whole ? CHANGE_SET : CHANGE_SPLICE,
                       .value = text,
                       .start = (uint32_t)p.start,
                       .end = (uint32_t)p.start + o->finding->place.length};
    if (!path_parse(&x->arena, fixer_path(x, o->resource, p.scalar), &step.path, &err))
        return fixer_refuse(x, "the place cannot be named");
    Target *root = steps_begin(&rw);
    steps_apply(&rw, root, &step);
    return fixer_take(x, o, &rw);
}
