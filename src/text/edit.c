/* Applying, ordering and comparing edits. */
#include "text/edit.h"

#include "base/error.h"

#include <inttypes.h>

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

bool edits_conflict(const Edit *a, size_t a_count, const Edit *b, size_t b_count) {
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i].end < b[j].start) {
            i++;
        } else if (b[j].end < a[i].start) {
            j++;
        } else {
            return true;
        }
    }
    return false;
}
