/* A stream of bytes to documents, and a List to its items, without ever holding the whole source.
 *
 * YAML is cut at lines that start with `---` or `...` (no scalar can contain those at column 0). A
 * document whose column 0 has `items:` with `- ` at column c on the next content line is a List:
 * each line with `- ` at column c starts an item, up to the first content line left of c or without
 * a dash at c. What stands before and after the items is the head and the tail of the List. JSON
 * Lists (an object with an `items` array of objects) are cut by depth outside strings. Several JSON
 * values one after the other are a stream.
 *
 * Cutting is a guess made fast; parsing each piece is the proof. An item is not cut off on its own
 * in a document with a node-start `&`, a `%` directive, or a first item without `kind` (a typed
 * XList whose kind comes last) that is not too large itself: such a document comes as one
 * PIECE_DOCUMENT, as does everything with `whole` set. A document beyond LIMIT_DOCUMENT comes as
 * PIECE_TOO_LARGE with its first bytes as text.
 *
 *     Cutter *c = cutter_new(reader, options);
 *     while (cutter_batch(c, &batch, &err)) for (each batch.pieces) ...
 *
 * A batch owns one buffer with whole pieces in it: about LIMIT_BATCH bytes, more only for one piece
 * that is larger. The `bytes` of all batches one after the other are the source; pieces leave out
 * what says nothing (markers, comments between documents, commas). Every source gives at least one
 * batch; a batch may hold no piece. Hand the same Batch in again to reuse its memory. */
#ifndef INPUT_CUTTER_H
#define INPUT_CUTTER_H

#include "base/vec.h"
#include "input/source.h"

typedef enum {
    PIECE_DOCUMENT, /* a whole document, from its `---` line (if it has one) */
    PIECE_ITEM, /* one item of a List; YAML: from the spaces before its dash. JSON: its braces */
    PIECE_HEAD, /* a List before its first item … */
    PIECE_TAIL, /* … and behind its last; either may be empty and is then left out. YAML only */
    PIECE_TOO_LARGE,
} PieceKind;

typedef struct Piece {
    PieceKind kind;
    bool json, cut_off;    /* cut_off: the source ends in the middle of it */
    Str text;              /* in the batch's buffer */
    Offset offset;         /* of its first byte in the source */
    uint32_t line, column; /* of its first byte, from 1 */
    uint32_t document;     /* which document of the source, from 0 */
} Piece;

typedef struct Batch {
    Buf bytes;
    VEC(Piece) pieces;
    Offset offset;    /* of bytes[0] in the source */
    bool first, last; /* the first, the last batch of its source */
    bool truncated; /* the last one, when the source ends in the middle of a JSON value: what there
                       * is of that is no piece, but for the items of a List */
    bool bom;       /* the source starts with a UTF-8 byte order mark (in no piece) */
    /* The typed List (PodList …) that PIECE_ITEMs of this batch belong to, when its apiVersion and
     * kind stand before the items: items without their own inherit. In `bytes`; else empty. */
    Str list_api_version, list_kind;
} Batch;

typedef struct CutterOptions {
    bool json;   /* the name ends in .json; otherwise the first byte that is no blank decides */
    bool whole;  /* never cut Lists */
    bool single; /* one piece for everything: the source is no YAML (Markdown, scripts) */
} CutterOptions;

typedef struct Cutter Cutter;
Cutter *cutter_new(Reader *reader, CutterOptions options);

/* The next batch; false at the end, or on a read error with *err set (err->text[0] != 0). */
bool cutter_batch(Cutter *c, Batch *out, Error *err);
void cutter_free(Cutter *c);
void batch_release(Batch *b);

/* Cuts text that is in memory already (a fence of Markdown, a block scalar). Line and column are
 * those of its first byte. Lists are not cut. `indent` is the column of the `---` lines, 0 in a
 * file. */
typedef VEC(Piece) PieceVec;
void cut_text(Str text, Offset offset, uint32_t line, uint32_t indent, PieceVec *out);

#endif
