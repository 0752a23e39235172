/* Applying, ordering and comparing edits. */
#include "text/edit.h"

#include "base/error.h"

#include <inttypes.h>
#include <string.h>

void edits_apply(Str source, Offset base, const Edit *edits, size_t count, Buf *out) {
    if (!edits_sorted(edits, count)) bug("edits are out of order or touch");
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        const Edit *e = &edits[i];
        if (e->start < base || e->end - base > source.len)
            bug("the edit [%" PRIu64 ", %" PRIu64 ") leaves its source", e->start, e->end);
        buf_add(out, str_slice(source, done, (size_t)(e->start - base)));
        buf_add(out, e->text);
        done = (size_t)(e->end - base);
    }
    buf_add(out, str_from_offset(source, done));
}

bool edits_sorted(const Edit *edits, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (edits[i].end < edits[i].start) return false;
        if (i > 0 && edits[i].start <= edits[i - 1].end) return false;
    }
    return true;
}

static int compare_places(const void *left, const void *right) {
    const Edit *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

void edits_sort(Edit *edits, size_t count) {
    if (count > 1) qsort(edits, count, sizeof *edits, compare_places);
}

/* The first edit that does not end before `at`. */
static size_t first_behind(const EditVec *edits, Offset at) {
    size_t low = 0, high = edits->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (edits->items[middle].end < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool edits_meet(const EditVec *edits, const Edit *e) {
    size_t next = first_behind(edits, e->start);
    return next < edits->len && edits->items[next].start <= e->end;
}

void edits_insert(EditVec *edits, Edit e) {
    size_t at = first_behind(edits, e.start);
    vec_push(edits, e);
    memmove(edits->items + at + 1, edits->items + at, (edits->len - 1 - at) * sizeof e);
    edits->items[at] = e;
}
