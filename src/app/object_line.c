/* Counting line breaks up to an object. */
#include "app/object_line.h"

enum { CHUNK = 1 << 16 };

static bool count_to(const Source *s, LineMark *mark, Offset end, Buf *bytes) {
    Error err;
    while (mark->offset < end) {
        Offset left = end - mark->offset;
        size_t length = left < CHUNK ? (size_t)left : CHUNK;
        if (!source_read_at(s, mark->offset, length, bytes, &err)) return false;
        for (size_t i = 0; i < length; i++) mark->lines += bytes->data[i] == '\n';
        mark->offset += length;
    }
    return true;
}

/* A document may begin with blank lines and comments: how many. */
static uint32_t lines_before_text(const Source *s, Offset at, Buf *bytes) {
    Error err;
    Offset left = s->size - at;
    uint32_t lines = 0;
    if (!source_read_at(s, at, left < CHUNK ? (size_t)left : CHUNK, bytes, &err)) return 0;
    Str rest = buf_str(bytes), line;
    for (; str_split(&rest, '\n', &line); lines++) {
        line = str_trim(line);
        if (line.len && line.data[0] != '#' && !str_starts(line, STR("---"))) return lines;
    }
    return 0;
}

Str object_place(Arena *a, const Scan *scan, uint32_t object, LineMark *mark) {
    const ObjectFact *o = &scan->index.objects.items[object];
    const Source *s = &scan->sources.items[o->source].source;
    Buf bytes = {0};
    if (mark->source != o->source || mark->offset > o->offset)
        *mark = (LineMark){.source = o->source};
    Str place = str_copy(a, s->path);
    if (o->offset <= s->size && count_to(s, mark, o->offset, &bytes)) {
        uint32_t line = mark->lines + lines_before_text(s, o->offset, &bytes) + 1;
        place = str_format(a, STR_FMT ":%u", STR_ARG(s->path), line);
    }
    buf_release(&bytes);
    return place;
}
