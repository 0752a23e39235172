/* The lines that show a place: read again, checked to be the same, secrets covered, cut. */
#ifndef APP_FRAMES_H
#define APP_FRAMES_H

#include "app/pieces.h"
#include "model/secrets.h"
#include "text/lines.h"

/* Keeps the piece at hand: findings come in order, so many in a row share one. */
typedef struct Frames {
    const Scan *scan;
    Arena arena; /* the document of the piece at hand */
    PieceRef ref;
    bool loaded, changed;
    Buf bytes;
    SpanVec secrets;
    Lines lines;
} Frames;

/* The lines of a place, `context` more on each side, in `a`. *changed: the piece is not what it
 * was; there are no lines then. */
FrameLine *frame_lines(Frames *f, Arena *a, const PieceRef *ref, const Place *place, size_t *count,
                       bool *changed);

void frames_release(Frames *f);

#endif
