/* Reading lines again for a report. */
#include "app/frames.h"

#include "base/utf8.h"

enum { LONGEST_LINE = 200, LEAD = 60 /* bytes shown before the place on a line that is cut */ };

static bool same_piece(const PieceRef *a, const PieceRef *b) {
    return a->source == b->source && a->offset == b->offset && a->length == b->length &&
           a->hash == b->hash;
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
    f->lines = (Lines){.text = buf_str(&f->bytes),
                       .offset = ref->offset,
                       .line = ref->line,
                       .column = ref->column};
    if (!f->changed) find_secrets(f);
}

/* A window of a very long line, with the place `lead` code points behind its start. Masking is done
 * on the whole line first. */
static FrameLine cut(Arena *a, Str text, int64_t lead) {
    FrameLine line = {0};
    size_t at = 0;
    if (text.len > LONGEST_LINE && lead > LEAD) {
        for (int64_t skip = lead - LEAD; at < text.len && skip; skip--, line.skipped++) {
            at++;
            while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80) at++;
        }
    }
    size_t end = text.len - at > LONGEST_LINE ? at + LONGEST_LINE : text.len;
    while (end < text.len && ((unsigned char)text.data[end] & 0xC0) == 0x80) end--;
    line.text = str_copy(a, str_slice(text, at, end));
    return line;
}

static void mask(const Frames *f, Span span, Buf *out) {
    Buf covered = {0};
    mask_spans(span_text(buf_str(&f->bytes), span), span.start, f->secrets.items, f->secrets.len,
               &covered);
    mask_text(buf_str(&covered), out);
    buf_release(&covered);
}

/* By how much masking shortens what stands before the place: carets must still stand under it. */
static int32_t shortened(const Frames *f, Span line, const Place *place) {
    uint32_t start = (uint32_t)(place->start - f->ref.offset);
    if (place->start < f->ref.offset || start < line.start || start > line.end) return 0;
    Span before = {line.start, start};
    Buf safe = {0};
    mask(f, before, &safe);
    int64_t change = (int64_t)utf8_count(span_text(buf_str(&f->bytes), before)) -
                     (int64_t)utf8_count(buf_str(&safe));
    buf_release(&safe);
    return (int32_t)change;
}

static FrameLine masked_line(Frames *f, Arena *a, uint32_t number, const Place *place) {
    Span span = lines_span(&f->lines, number);
    Buf safe = {0};
    mask(f, span, &safe);
    int64_t first = number == f->ref.line ? f->ref.column : 1, column = first;
    int32_t change = 0;
    if (number == place->line) {
        change = shortened(f, span, place);
        column = (int64_t)place->column - change;
    }
    FrameLine line = cut(a, buf_str(&safe), column - first);
    line.number = number;
    line.skipped += (uint32_t)first - 1;
    line.shortened = change;
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
