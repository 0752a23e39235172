/* One object of the second reading: named, judged, made to stand alone, cleaned. */
#ifndef APP_CONVERT_OBJECT_H
#define APP_CONVERT_OBJECT_H

#include "app/convert_pieces.h"
#include "change/comments.h"
#include "model/identity.h"

/* A document of a piece and the objects in it. */
typedef struct PieceText {
    const Piece *piece;
    Document doc;
    Margins margins;
    Str list_api_version, list_kind; /* of a typed List, for its items */
    Str above;                       /* comment lines that stand above the first object */
} PieceText;

/* `changed`: a fix has made or edited it. */
void convert_object(Converting *c, const PieceText *w, const Node *resource, bool changed);

/* The items of a List; NULL when the document is none. */
const Node *list_items(const Node *root);

#endif
