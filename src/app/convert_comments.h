/* The comments of Lists and streams: whose they are when every object stands alone.
 *
 * What stands inside of an object comes along with it. What stands around objects is looked after
 * here. Comment lines directly above an item belong to it. All others (the header of a file, what
 * is set apart between two items, what stands below the last one) wait for the next object and
 * stand above it, with a blank line between; below the last object of their List when there is no
 * next. They matter where everything is carried along: who takes a few objects out of a List does
 * not take its header.
 *
 *     comments_begin(&k, source, wanted, false);
 *     for each piece: comments_between(&k, stream, text), comments_piece(&k, stream, &piece), then
 *         a head or a tail: comments_margin(&k, &arena, piece.text, piece.kind)
 *         an item:          above = comments_for_item(&k, &arena, &piece)
 *         comments_before(…) each object of a List, comments_behind(…) the last one
 *     an object is written: lines = comments_take(&k, &arena) stand above it
 *     comments_end(&k, stream): how many there was no object for
 *
 * A run that goes over its sources twice takes headers the first time: they stand at the top. */
#ifndef APP_CONVERT_COMMENTS_H
#define APP_CONVERT_COMMENTS_H

#include "app/convert_stream.h"
#include "base/map.h"
#include "change/comments.h"
#include "input/cutter.h"

typedef struct Comments {
    Buf above;   /* comment lines at the end of the piece before */
    bool sure;   /* … and not of an object in it */
    bool kept;   /* they are those of the piece at hand */
    Buf waiting; /* lines for the next object, or below the last one */
    bool wanted, header_only;
    bool in_header; /* no object has come yet */
    bool in_list;   /* the piece before was an item, or behind one */
    bool written;   /* an object of this source was the last one written */
    bool unknown;   /* what follows the piece before is the rest of it, which is too large */
    bool crlf;      /* … with such line breaks */
    uint32_t source;
    HashMap headed; /* sources whose header is written */
} Comments;

void comments_begin(Comments *k, uint32_t source, bool wanted, bool header_only);

/* What stands between two pieces: blank lines, markers, comments. */
void comments_between(Comments *k, Stream *s, Str text);

/* The next piece: what waits when a List has ended stands below its last object. */
void comments_piece(Comments *k, Stream *s, const Piece *piece);

/* Those of what a List has around its items. The last lines of a head may belong to the first. */
void comments_margin(Comments *k, Arena *a, Str text, PieceKind kind);

/* The lines that stand directly above the item. */
Str comments_for_item(Comments *k, Arena *a, const Piece *item);

/* Those from the number `at` on that stand before the item; returns the number behind it. */
size_t comments_before(Comments *k, const Document *doc, const Margins *m, size_t at,
                       const Node *item);

/* … and the rest. At the end of an item's piece some may belong to the item that comes next. */
void comments_behind(Comments *k, const Document *doc, const Margins *m, size_t at,
                     const Piece *piece);

/* The piece has been gone through, parsed or not. */
void comments_keep(Comments *k, Str text);

/* An object has been passed; or is written: what waits, as lines, in the arena. */
void comments_pass(Comments *k);
Str comments_take(Comments *k, Arena *a, Str text);

/* Puts what waits below the last object; what cannot stand there goes on waiting. */
void comments_below(Comments *k, Stream *s);

/* Lines for which no object was written. */
size_t comments_end(Comments *k, Stream *s);
void comments_release(Comments *k);

#endif
