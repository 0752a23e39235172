/* The second reading. */
#include "app/pieces.h"

PieceRef piece_of(const Finding *f) {
    return (PieceRef){f->source,     f->piece,        f->piece_length,
                      f->piece_line, f->piece_column, f->piece_hash};
}

bool piece_load(const Scan *scan, Arena *a, const PieceRef *ref, LoadedPiece *out) {
    Buf bytes = {0};
    Error err;
    const Source *source = &scan->sources.items[ref->source].source;
    bool same = source_read_at(source, ref->offset, ref->length, &bytes, &err) &&
                (!ref->hash || hash64(buf_str(&bytes)) == ref->hash);
    if (same) *out = (LoadedPiece){*ref, str_copy(a, buf_str(&bytes))};
    buf_release(&bytes);
    return same;
}
