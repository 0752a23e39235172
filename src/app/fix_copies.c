/* Copies: what a change does to one manifest of an object it does to all of them, or to none; and
 * so it is with all findings of a rule whose fix says `together`. */
#include "app/fixer.h"

bool copies_together(const Scan *s, const Finding *f) {
    return s->rules->rules[f->rule].fix.together;
}

static bool has_copies(const Scan *s, const Finding *f) {
    return f->object != NO_OBJECT || copies_together(s, f);
}

static uint32_t same_object(const Scan *s, const Finding *f) {
    return s->index.objects.items[f->object].same;
}

/* The same finding in another manifest of the same object compares as equal. */
static int compare(const Scan *s, const Finding *x, const Finding *y) {
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (copies_together(s, x)) return 0;
    uint32_t object_x = same_object(s, x), object_y = same_object(s, y);
    if (object_x != object_y) return object_x < object_y ? -1 : 1;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return hash128_cmp(x->what, y->what);
}

static int by_object(const void *a, const void *b, void *scan) {
    const Copy *x = a, *y = b;
    int c = compare(scan, x->finding, y->finding);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* A backup that a walk met beside the file is no copy to keep in step: it cannot be written. */
static void add(Fixer *x, const Finding *f) {
    bool packed = x->scan->sources.items[f->source].source.origin == ORIGIN_ARCHIVE;
    if (has_copies(x->scan, f) && !packed) vec_push(&x->copies, (Copy){f, (uint32_t)x->copies.len});
}

void copies_find(Fixer *x) {
    Scan *s = x->scan;
    if (s->alone) return; /* each is written in its own place */
    for (size_t i = 0; i < s->findings.len; i++) add(x, &s->findings.items[i]);
    for (size_t i = 0; i < s->copies.len; i++) add(x, &s->copies.items[i]);
    if (x->copies.len) qsort_r(x->copies.items, x->copies.len, sizeof(Copy), by_object, s);
}

size_t copies_first(const Fixer *x, const Finding *f) {
    size_t low = 0, high = has_copies(x->scan, f) ? x->copies.len : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(x->scan, x->copies.items[middle].finding, f) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool copies_is(const Fixer *x, size_t i, const Finding *f) {
    return has_copies(x->scan, f) && i < x->copies.len &&
           compare(x->scan, x->copies.items[i].finding, f) == 0;
}

const Finding *copies_leader(const Fixer *x, const Finding *f) {
    for (size_t i = copies_first(x, f); copies_is(x, i, f); i++)
        if (x->copies.items[i].finding->state == FINDING_OPEN) return x->copies.items[i].finding;
    return f;
}

bool fixer_leads(const Fixer *x, const Finding *f) {
    return copies_leader(x, f) == f;
}

/* ---- edits of several manifests in one file ---- */

static int by_place(const void *a, const void *b) {
    const FixEdit *x = a, *y = b;
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    return (x->edit.start > y->edit.start) - (x->edit.start < y->edit.start);
}

bool copies_are_apart(Fixer *x) {
    size_t count = x->fix.edits.len;
    FixEdit *edits = arena_array(&x->arena, FixEdit, count);
    for (size_t i = 0; i < count; i++) edits[i] = x->fix.edits.items[i];
    if (count) qsort(edits, count, sizeof *edits, by_place);
    for (size_t i = 1; i < count; i++)
        if (edits[i].source == edits[i - 1].source && edits[i].edit.start <= edits[i - 1].edit.end)
            return false;
    return true;
}
