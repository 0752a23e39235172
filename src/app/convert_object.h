/* One object of the second reading: named, judged, made to stand alone, cleaned. */
#ifndef APP_CONVERT_OBJECT_H
#define APP_CONVERT_OBJECT_H

#include "app/convert_pieces.h"
#include "change/comments.h"
#include "model/identity.h"
#include "text/lines.h"

/* Where a fix has made or edited objects. */
typedef struct Region {
    Span span;          /* in the new text */
    uint32_t line;      /* in the source, as it was */
    Str notes;          /* comment lines for the first object */
    uint64_t converted; /* outdated objects that stood in it */
    bool failed;        /* what has become of them is not written, or not all of it */
} Region;

/* A document of a piece and the objects in it. */
typedef struct PieceText {
    const Piece *piece;
    Document doc;
    Lines lines; /* of the document, in the source */
    Margins margins;
    Str list_api_version, list_kind; /* of a typed List, for its items */
    Str above;                       /* comment lines that stand above the first object */
    Region *made; /* the object at hand lies in it; NULL: no fix has touched it */
} PieceText;

void convert_object(Converting *c, PieceText *w, const Node *resource);

/* "namespace/name": what messages call an object by, as findings do. */
Str object_title(Arena *a, const Identity *id);

/* The line of a node in the source; of what a fix has made or edited, that of the object. */
uint32_t piece_text_line(PieceText *w, const Node *n);

#endif
