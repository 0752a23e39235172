/* Reading lines again for a report. */
#include "app/frames.h"

#include "base/utf8.h"

enum { LONGEST_LINE = 200, LEAD = 60 /* bytes shown before the place on a line that is cut */ };

static bool same_piece(const PieceRef *a, const PieceRef *b) {
    return a->source == b->source && a->offset == b->offset && a->length == b->length;
}

/* Secrets are found in the tree; a text that is no YAML has only what its lines tell. */
static void find_secrets(Frames *f) {
    const ScanSource *source = &f->scan->sources.items[f->ref.source];
    f->secrets.len = 0;
    if (!family_is_yaml(source->family)) return;
    Document doc;
    document_parse(&f->arena, buf_str(&f->bytes), &doc);
    secret_spans(&doc, &f->secrets);
}

static void load(Frames *f, const PieceRef *ref) {
    if (f->loaded && same_piece(&f->ref, ref)) return;
    Error err;
    f->ref = *ref;
    f->loaded = true;
    arena_reset(&f->arena);
    lines_release(&f->lines);
    const Source *source = &f->scan->sources.items[ref->source].source;
    f->changed = !source_read_at(source, ref->offset, ref->length, &f->bytes, &err) ||
                 (ref->hash && hash64(buf_str(&f->bytes)) != ref->hash);
    f->lines = (Lines){.text = buf_str(&f->bytes), .offset = ref->offset, .line = ref->line,
                       .column = ref->column};
    if (!f->changed) find_secrets(f);
}

/* A window of a very long line around the place. Masking is done on the whole line first. */
static FrameLine cut(Arena *a, uint32_t number, Str text, uint32_t column, uint32_t first_column) {
    FrameLine line = {.number = number, .skipped = first_column - 1};
    size_t at = 0, lead = column > first_column ? column - first_column : 0;
    if (text.len > LONGEST_LINE && lead > LEAD) {
        for (size_t skip = lead - LEAD; at < text.len && skip; skip--, line.skipped++) {
            at++;
            while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80) at++;
        }
    }
    size_t end = text.len - at > LONGEST_LINE ? at + LONGEST_LINE : text.len;
    while (end < text.len && ((unsigned char)text.data[end] & 0xC0) == 0x80) end--;
    line.text = str_copy(a, str_slice(text, at, end));
    return line;
}

static FrameLine masked_line(Frames *f, Arena *a, uint32_t number, const Place *place) {
    Span span = lines_span(&f->lines, number);
    Buf covered = {0}, safe = {0};
    mask_spans(span_text(buf_str(&f->bytes), span), span.start, f->secrets.items, f->secrets.len,
               &covered);
    mask_text(buf_str(&covered), &safe);
    uint32_t first = number == f->ref.line ? f->ref.column : 1;
    FrameLine line = cut(a, number, buf_str(&safe), number == place->line ? place->column : first, first);
    buf_release(&covered);
    buf_release(&safe);
    return line;
}

FrameLine *frame_lines(Frames *f, Arena *a, const PieceRef *ref, const Place *place, size_t *count,
                       bool *changed) {
    *count = 0;
    load(f, ref);
    *changed = f->changed;
    if (f->changed || !ref->length) return NULL;
    uint32_t last = place->end_line > place->line + 1 ? place->line : place->end_line;
    FrameLine *lines = arena_array(a, FrameLine, last - place->line + 1);
    for (uint32_t n = place->line; n <= last; n++) lines[(*count)++] = masked_line(f, a, n, place);
    return lines;
}

void frames_release(Frames *f) {
    arena_release(&f->arena);
    lines_release(&f->lines);
    buf_release(&f->bytes);
    vec_release(&f->secrets);
}
