/* Counting line breaks up to an object. */
#include "app/object_line.h"

enum {
    STEP = 1 << 16 /* bytes from mark to mark: no answer reads more than that, but the first */
};

static SourceMarks *marks_of(LineMarks *marks, uint32_t source) {
    while (marks->sources.len <= source) vec_push(&marks->sources, (SourceMarks){0});
    SourceMarks *m = &marks->sources.items[source];
    if (!m->len) vec_push(m, 0);
    return m;
}

/* Lines in [start, start + length); false: it cannot be read. */
static bool count(const Source *s, Offset start, size_t length, Buf *bytes, uint32_t *lines) {
    Error err;
    *lines = 0;
    if (!length) return true;
    if (!source_read_at(s, start, length, bytes, &err)) return false;
    for (size_t i = 0; i < length; i++) *lines += bytes->data[i] == '\n';
    return true;
}

static bool count_to(const Source *s, SourceMarks *marks, Offset end, Buf *bytes, uint32_t *out) {
    size_t last = (size_t)(end / STEP);
    uint32_t lines;
    while (marks->len <= last) {
        Offset start = (Offset)(marks->len - 1) * STEP;
        if (!count(s, start, STEP, bytes, &lines)) return false;
        lines += *vec_last(marks);
        vec_push(marks, lines);
    }
    if (!count(s, (Offset)last * STEP, (size_t)(end % STEP), bytes, &lines)) return false;
    *out = marks->items[last] + lines;
    return true;
}

/* A document may begin with blank lines and comments: how many. */
static uint32_t lines_before_text(const Source *s, Offset at, Buf *bytes) {
    Error err;
    Offset left = s->size - at;
    uint32_t lines = 0;
    if (!source_read_at(s, at, left < STEP ? (size_t)left : STEP, bytes, &err)) return 0;
    Str rest = buf_str(bytes), line;
    for (; str_split(&rest, '\n', &line); lines++) {
        line = str_trim(line);
        if (line.len && line.data[0] != '#' && !str_starts(line, STR("---"))) return lines;
    }
    return 0;
}

Str object_place(Arena *a, const Scan *scan, uint32_t object, LineMarks *marks) {
    const ObjectFact *o = &scan->index.objects.items[object];
    const Source *s = &scan->sources.items[o->source].source;
    Buf bytes = {0};
    uint32_t lines;
    Str place = str_copy(a, s->path);
    if (o->offset <= s->size && count_to(s, marks_of(marks, o->source), o->offset, &bytes, &lines))
        place = str_format(a, STR_FMT ":%u", STR_ARG(s->path),
                           lines + lines_before_text(s, o->offset, &bytes) + 1);
    buf_release(&bytes);
    return place;
}

void line_marks_release(LineMarks *marks) {
    for (size_t i = 0; i < marks->sources.len; i++) vec_release(&marks->sources.items[i]);
    vec_release(&marks->sources);
}
