/* Sorted lists of places, searched. */
#include "app/located.h"

static int compare(const Located *x, uint32_t source, Offset piece, uint32_t resource) {
    if (x->source != source) return x->source < source ? -1 : 1;
    if (x->piece != piece) return x->piece < piece ? -1 : 1;
    return (x->resource > resource) - (x->resource < resource);
}

static int by_place(const void *a, const void *b) {
    const Located *x = a, *y = b;
    int c = compare(x, y->source, y->piece, y->resource);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static void sort(LocatedVec *v) {
    if (v->len) qsort(v->items, v->len, sizeof(Located), by_place);
}

static void add_subject(const Scan *s, const Finding *f, uint32_t subject, LocatedVec *out) {
    const Subject *u = &s->subjects.items[subject];
    vec_push(out, (Located){u->piece, u->source, u->resource, (uint32_t)out->len, f});
}

static void add_reference(const Scan *s, const Finding *f, LocatedVec *out) {
    const Rule *rule = &s->rules->rules[f->rule];
    if (rule->fix.kind != FIX_FOLLOW && !rule->silent) return;
    if (f->joined != MAP_NONE && f->candidates == MAP_NONE) add_subject(s, f, f->joined, out);
    for (size_t i = f->candidates; f->candidates != MAP_NONE; i++) {
        if (s->candidates.items[i] == MAP_NONE) break;
        add_subject(s, f, s->candidates.items[i], out);
    }
}

void located_references(const Scan *s, LocatedVec *out) {
    for (size_t i = 0; i < s->findings.len; i++) add_reference(s, &s->findings.items[i], out);
    for (size_t i = 0; i < s->copies.len; i++) add_reference(s, &s->copies.items[i], out);
    for (size_t i = 0; i < s->outside.len; i++) add_reference(s, &s->outside.items[i], out);
    sort(out);
}

void located_findings(const Scan *s, LocatedVec *out) {
    for (uint32_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->kind != MAP_NONE) vec_push(out, (Located){f->piece, f->source, f->resource, i, f});
    }
    sort(out);
}

size_t located_first(const LocatedVec *v, uint32_t source, Offset piece, uint32_t resource) {
    size_t low = 0, high = v->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&v->items[middle], source, piece, resource) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool located_is(const LocatedVec *v, size_t i, uint32_t source, Offset piece, uint32_t resource) {
    return i < v->len && compare(&v->items[i], source, piece, resource) == 0;
}
