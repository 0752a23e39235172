/* P2 in order: joins, suppressions, what inventories know, copies, totals. */
#include "app/settle.h"

static int by_output_order(const void *a, const void *b, void *scan) {
    const Finding *x = a, *y = b;
    const Scan *s = scan;
    if (x->source != y->source) {
        int c = str_cmp(scan_path(s, x->source), scan_path(s, y->source));
        if (c) return c;
        return x->source < y->source ? -1 : 1;
    }
    if (x->place.start != y->place.start) return x->place.start < y->place.start ? -1 : 1;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return hash128_cmp(x->what, y->what);
}

static void sort(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->findings.len; i++)
        if (s->findings.items[i].state < FINDING_MERGED)
            s->findings.items[kept++] = s->findings.items[i];
    s->findings.len = kept;
    if (kept) qsort_r(s->findings.items, kept, sizeof(Finding), by_output_order, s);
}

static bool is_silent(const Scan *s, const Finding *f) {
    return s->rules->rules[f->rule].silent;
}

/* A reference that only an inventory holds: known, never told. */
static bool is_outside(const Scan *s, const Finding *f) {
    return f->refers && s->sources.items[f->source].facts_only;
}

/* Of an object that is scanned as well, the scanned manifest is what a change edits. */
static bool is_scanned(const Scan *s, const Finding *f) {
    const ObjectFact *objects = s->index.objects.items;
    return f->object != NO_OBJECT && !objects[objects[f->object].same].other;
}

static void set_outside_aside(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding f = s->findings.items[i];
        if (!is_outside(s, &f))
            s->findings.items[kept++] = f;
        else if (!is_scanned(s, &f))
            vec_push(&s->outside, f);
    }
    s->findings.len = kept;
}

/* What silent rules see is asked for by fixes, and nobody asks it to be silent. */
static void set_silent_aside(Scan *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->findings.len; i++) {
        Finding f = s->findings.items[i];
        if (!is_silent(s, &f))
            s->findings.items[kept++] = f;
        else if (f.state != FINDING_DROPPED && !(is_outside(s, &f) && is_scanned(s, &f)))
            vec_push(&s->outside, f);
    }
    s->findings.len = kept;
}

static size_t count_inside(const Scan *s) {
    size_t count = 0;
    for (size_t i = 0; i < s->findings.len; i++) count += !is_outside(s, &s->findings.items[i]);
    return count;
}

static void count(Scan *s) {
    s->totals.objects = index_count(&s->index);
    for (size_t i = 0; i < s->findings.len; i++) {
        const Finding *f = &s->findings.items[i];
        if (f->state == FINDING_OPEN)
            s->totals.findings[f->severity]++;
        else
            s->totals.suppressed++;
    }
}

void scan_settle(Scan *s) {
    settle_joins(s);
    set_silent_aside(s);
    s->sighted = count_inside(s);
    settle_outranked(s);
    sort(s);
    settle_suppressions(s);
    set_outside_aside(s);
    if (!s->keep_copies) settle_copies(s);
    sort(s);
    count(s);
}
