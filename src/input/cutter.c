/* Batches: reading a source through a window and handing out the pieces in it. */
#include "input/cutter.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "input/cut.h"
#include "input/yaml_borders.h"

#include <string.h>

static const CutterLimits usual_limits = {LIMIT_BATCH, LIMIT_DOCUMENT};

Cutter *cutter_new_limited(Reader *reader, CutterOptions options, CutterLimits limits) {
    Cutter *c = mem_zero(sizeof *c);
    c->reader = reader;
    c->options = options;
    c->limits = limits;
    c->line = c->column = 1;
    c->directives = true;
    return c;
}

Cutter *cutter_new(Reader *reader, CutterOptions options) {
    return cutter_new_limited(reader, options, usual_limits);
}

void cutter_free(Cutter *c) {
    if (!c) return;
    buf_release(&c->carry);
    buf_release(&c->list_api_version);
    buf_release(&c->list_kind);
    free(c);
}

void batch_release(Batch *b) {
    buf_release(&b->bytes);
    vec_release(&b->pieces);
    *b = (Batch){0};
}

void cut_piece(Cutter *c, PieceKind kind, size_t start, size_t end, uint32_t line,
               uint32_t column) {
    Piece piece = {.kind = kind,
                   .json = c->mode == CUT_JSON || (c->mode == CUT_REST && c->json_rest),
                   .text = {NULL, end - start}, /* .data follows when the window stops moving */
                   .offset = c->offset + start,
                   .line = line,
                   .column = column,
                   .document = c->document};
    if (piece.text.len > c->limits.document) {
        piece.kind = PIECE_TOO_LARGE;
        piece.text.len = c->limits.document < TOO_LARGE_TEXT ? c->limits.document : TOO_LARGE_TEXT;
    }
    vec_push(&c->batch->pieces, piece);
}

void cut_advance(Cutter *c, size_t to) {
    Str passed = str_slice(cut_window(c), c->at, to);
    c->at = to;
    if (!passed.len) return;
    bool returned = passed.data[passed.len - 1] == '\r';
    if (c->after_return && passed.data[0] == '\n') passed = str_from_offset(passed, 1);
    c->after_return = returned;
    LineScan s = line_scan(passed, true);
    Line line;
    size_t last = 0;
    for (size_t at = 0; line_read(&s, at, &line); at = line.next) {
        if (line.next == line.end) break;
        c->line++;
        c->column = 1;
        last = line.next;
    }
    c->column += (uint32_t)utf8_count(str_from_offset(passed, last));
}

bool cut_list_begin(Cutter *c, Str api_version, Str kind) {
    if (!kind.len) return true;
    c->closing = c->batch->pieces.len > 0;
    if (c->closing) return false;
    buf_clear(&c->list_api_version);
    buf_clear(&c->list_kind);
    buf_add(&c->list_api_version, api_version);
    buf_add(&c->list_kind, kind);
    return true;
}

void cut_list_end(Cutter *c) {
    c->document++;
    c->closing = c->list_kind.len > 0;
}

/* The rest of the source as one piece. */
static bool rest_step(Cutter *c) {
    size_t len = cut_window(c).len;
    bool too_large = len - c->at > c->limits.document;
    if (c->at == len) return false;
    if (!c->skipping) {
        if (!c->source_end && !too_large) return false;
        cut_piece(c, PIECE_DOCUMENT, c->at, len, c->line, c->column);
        vec_last(&c->batch->pieces)->cut_off = c->truncated;
        c->skipping = true;
    }
    c->at = len;
    return true;
}

/* Finds out how to read the source: a byte order mark, then JSON or YAML. */
static bool detect_step(Cutter *c) {
    static const char mark[3] = {'\xef', '\xbb', '\xbf'};
    Str window = cut_window(c);
    size_t compared = window.len < 3 ? window.len : 3;
    bool bom = memcmp(window.data ? window.data : "", mark, compared) == 0;
    if (bom && compared < 3 && !c->source_end) return false;
    c->bom = bom && compared == 3;
    size_t start = c->bom ? 3 : 0;

    int json = c->options.json ? 1 : json_looks(str_from_offset(window, start));
    if (json < 0 && !c->source_end && !c->options.single) return false;
    c->mode = c->options.single ? CUT_REST : json == 1 ? CUT_JSON : CUT_YAML;
    c->at = start;
    return true;
}

static bool step(Cutter *c) {
    switch (c->mode) {
    case CUT_DETECT: return detect_step(c);
    case CUT_YAML: return yaml_step(c);
    case CUT_JSON: return json_step(c);
    case CUT_REST: return rest_step(c);
    }
    return false;
}

/* A buffer that had to grow for one large piece is not kept at that size. */
static void buffer_empty(Buf *b, size_t usual) {
    if (b->cap > 4 * usual) buf_release(b);
    buf_clear(b);
}

static void batch_begin(Cutter *c, Batch *out) {
    buffer_empty(&out->bytes, c->limits.batch);
    out->pieces.len = 0;
    out->offset = c->offset;
    out->first = !c->begun;
    out->last = false;
    out->list_api_version = out->list_kind = (Str){0};
    buf_add(&out->bytes, buf_str(&c->carry));
    buffer_empty(&c->carry, c->limits.batch);

    if (c->closing) buf_clear(&c->list_kind);
    c->closing = false;
    c->batch = out;
    c->at = 0;
    c->begun = true;
}

/* Reads until the window holds `target` bytes or the source ends. */
static bool window_fill(Cutter *c, size_t target, Error *err) {
    Buf *window = &c->batch->bytes;
    while (!c->source_end && window->len < target) {
        size_t got;
        buf_reserve(window, target - window->len);
        if (!reader_read(c->reader, window->data + window->len, target - window->len, &got, err))
            return false;
        window->len += got;
        c->source_end = got == 0;
    }
    c->lines = line_scan(buf_str(window), c->source_end);
    return true;
}

/* The next size of a window in which nothing could be taken. Doubling keeps looking again cheap;
 * but to see that a piece is too large, little more than the limit is enough. */
static size_t window_target(const Cutter *c) {
    size_t enough = c->limits.document + c->limits.batch, len = cut_window(c).len;
    return len < enough && 2 * len > enough ? enough : 2 * len;
}

/* What was not taken goes to the next batch; then nothing moves any more and texts can be set. The
 * List's names stand behind the window's last byte, outside `len`. */
static void batch_finish(Cutter *c) {
    Batch *b = c->batch;
    buf_add(&c->carry, str_from_offset(cut_window(c), c->at));
    b->bytes.len = c->at;
    b->bom = c->bom;
    b->last = c->source_end && c->carry.len == 0;
    b->truncated = b->last && c->truncated;
    if (c->source_end && !b->last && !c->closing) bug("the cutter stopped before the end");
    c->offset += c->at;

    size_t version = c->list_api_version.len, kind = c->list_kind.len;
    if (kind) {
        buf_add(&b->bytes, buf_str(&c->list_api_version));
        buf_add(&b->bytes, buf_str(&c->list_kind));
        b->bytes.len = c->at;
        b->list_api_version = (Str){b->bytes.data + c->at, version};
        b->list_kind = (Str){b->bytes.data + c->at + version, kind};
    }
    for (size_t i = 0; i < b->pieces.len; i++) {
        Piece *piece = &b->pieces.items[i];
        piece->text.data = b->bytes.data + (piece->offset - b->offset);
    }
}

bool cutter_batch(Cutter *c, Batch *out, Error *err) {
    err->text[0] = '\0';
    if (c->begun && c->source_end && !c->carry.len) return false;
    batch_begin(c, out);
    size_t target = c->limits.batch;
    do {
        if (!window_fill(c, target, err)) return false;
        while (!c->closing && step(c)) {
        }
        target = window_target(c);
    } while (c->at == 0 && !c->source_end && !c->closing);
    batch_finish(c);
    return true;
}
