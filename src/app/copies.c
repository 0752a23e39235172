/* The same object, here and elsewhere: one finding, the other places related. */
#include "app/settle.h"

/* Findings of one rule at one value of a family of objects: copies of one, and what it owns. */
typedef struct Kin {
    uint32_t finding, top, depth;
} Kin;

static int by_family(const void *a, const void *b, void *scan) {
    const Kin *x = a, *y = b;
    const Finding *fx = &((const Scan *)scan)->findings.items[x->finding];
    const Finding *fy = &((const Scan *)scan)->findings.items[y->finding];
    if (fx->rule != fy->rule) return fx->rule < fy->rule ? -1 : 1;
    if (x->top != y->top) return x->top < y->top ? -1 : 1;
    if (fx->value != fy->value) return fx->value < fy->value ? -1 : 1;
    if (x->depth != y->depth) return x->depth < y->depth ? -1 : 1;
    int c = hash128_cmp(fx->what, fy->what);
    if (c) return c;
    return (x->finding > y->finding) - (x->finding < y->finding);
}

static bool same_family(const Scan *s, const Kin *a, const Kin *b) {
    const Finding *x = &s->findings.items[a->finding], *y = &s->findings.items[b->finding];
    return x->rule == y->rule && a->top == b->top && x->value == y->value;
}

static void merge(Scan *s, Finding *into, Finding *f, Str text) {
    f->state = FINDING_MERGED;
    scan_add_remark(s, into,
                    (Remark){.text = names_intern(&s->index.names, text),
                             .source = f->source,
                             .place = f->place,
                             .piece = f->piece,
                             .piece_length = f->piece_length,
                             .piece_line = f->piece_line,
                             .piece_column = f->piece_column});
}

/* Two objects with one owner, which has no such finding, are of one family as well. */
static void merge_beside(Scan *s, Finding *into, Finding *f) {
    const ObjectFact *objects = s->index.objects.items;
    bool copy = objects[into->object].same == objects[f->object].same;
    /* An alias leads to a place that another path has led to. */
    if (f->source == into->source && f->piece == into->piece && f->place.line == into->place.line &&
        f->place.column == into->place.column) {
        f->state = FINDING_MERGED;
        return;
    }
    if (copy) vec_push(&s->copies, *f);
    merge(s, into, f,
          copy ? STR("the same object stands here too")
               : STR("another object of its owner stands here"));
}

/* Of a family, findings of the topmost object stay, one for each place in it; copies of those and
 * whatever lies below become related places. */
static void merge_family(Scan *s, const Kin *kin, size_t count) {
    Finding *top = &s->findings.items[kin[0].finding], *last = top;
    for (size_t i = 1; i < count; i++) {
        Finding *f = &s->findings.items[kin[i].finding];
        if (kin[i].depth > kin[0].depth)
            merge(s, top, f, STR("an object that it owns stands here"));
        else if (hash128_eq(f->what, last->what))
            merge_beside(s, last, f);
        else
            last = f;
    }
}

void settle_copies(Scan *s) {
    VEC(Kin) kin = {0};
    for (uint32_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->object == NO_OBJECT || f->state != FINDING_OPEN) continue;
        vec_push(&kin,
                 (Kin){i, index_top(&s->index, f->object), index_depth(&s->index, f->object)});
    }
    if (kin.len) qsort_r(kin.items, kin.len, sizeof(Kin), by_family, s);
    for (size_t i = 0, end; i < kin.len; i = end) {
        for (end = i + 1; end < kin.len && same_family(s, &kin.items[i], &kin.items[end]);) end++;
        if (end - i > 1) merge_family(s, &kin.items[i], end - i);
    }
    vec_release(&kin);
}
