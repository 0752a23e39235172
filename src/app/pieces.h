/* Pieces of sources, read again: checked to be what they were when they were judged. */
#ifndef APP_PIECES_H
#define APP_PIECES_H

#include "app/scan.h"

/* Which bytes of which source. */
typedef struct PieceRef {
    uint32_t source;
    Offset offset;
    uint32_t length, line, column;
    uint64_t hash; /* 0: not checked */
} PieceRef;

typedef struct LoadedPiece {
    PieceRef ref;
    Str text;
} LoadedPiece;

PieceRef piece_of(const Finding *f);

/* Into the arena. False: it cannot be read, or it is not what it was. */
bool piece_load(const Scan *scan, Arena *a, const PieceRef *ref, LoadedPiece *out);

#endif
