/* What the parts of the cutter share; nobody else includes this.
 *
 * The batch's buffer is a window on the source. A step looks at the window from `at` on and either
 * takes something (a piece, blanks between pieces) and moves `at` behind it, or says that it must
 * see more: then the window grows and the step is taken again from the same place. So nothing has
 * to be remembered in the middle of a piece, and where a window happens to end changes no piece.
 * Only what is too large to be held is passed over in parts (`skipping`). */
#ifndef INPUT_CUT_H
#define INPUT_CUT_H

#include "input/cutter.h"
#include "input/json_scan.h"
#include "input/yaml_borders.h"

typedef struct CutterLimits {
    size_t batch;    /* bytes that a batch aims at; tests make it tiny */
    size_t document; /* bytes of the largest piece */
} CutterLimits;

/* How much of a piece that is too large is shown. */
enum { TOO_LARGE_TEXT = 4096 };

typedef enum { CUT_DETECT, CUT_YAML, CUT_JSON, CUT_REST } CutMode;

typedef enum { YAML_DOCUMENT, YAML_ITEMS, YAML_TAIL } YamlPlace;
typedef enum { JSON_VALUE, JSON_ITEM, JSON_AFTER_ITEM, JSON_TAIL } JsonPlace;

struct Cutter {
    Reader *reader;
    CutterOptions options;
    CutterLimits limits;
    CutMode mode;

    Buf carry;           /* bytes read, not yet in a batch that was handed out */
    Offset offset;       /* of the window's first byte in the source */
    bool begun;          /* a batch was handed out */
    bool source_end;     /* the reader gave everything */
    bool bom, truncated; /* see Batch */

    Batch *batch;          /* its bytes are the window */
    LineScan lines;        /* over the window */
    size_t at;             /* what stands before it is done with */
    uint32_t line, column; /* of `at` */
    bool after_return;     /* the byte before `at` is a CR: a LF there ends no further line */
    uint32_t document;     /* the number of the next document, or of the one that `at` is in */
    bool closing;          /* the batch must end here: items of another List must not join it */

    YamlPlace yaml_place;
    uint32_t dash_column; /* YAML_ITEMS: of the dashes, from 0 */
    bool directives;      /* `%` lines may stand here: at the start and behind `...` */
    JsonPlace json_place;
    bool json_rest; /* CUT_REST: what is left is JSON */

    bool skipping;       /* the rest of something too large */
    bool mid_line;       /* … from the middle of a line on */
    JsonDepth json_skip; /* … of JSON: where the skipping stands */

    Buf list_api_version, list_kind; /* of the typed List that `at` is in */
};

Cutter *cutter_new_limited(Reader *reader, CutterOptions options, CutterLimits limits);

/* Steps: false when nothing can be done with what the window holds. */
bool yaml_step(Cutter *c);
bool json_step(Cutter *c);

static inline Str cut_window(const Cutter *c) {
    return buf_str(&c->batch->bytes);
}

/* Puts [start, end) of the window into the batch as one piece. Beyond the limit it becomes
 * PIECE_TOO_LARGE: `end` may then be anywhere behind the limit. */
void cut_piece(Cutter *c, PieceKind kind, size_t start, size_t end, uint32_t line, uint32_t column);

/* Moves `at`, counting lines and columns on the way. */
void cut_advance(Cutter *c, size_t to);

/* A typed List begins: false when its items must wait for the next batch. */
bool cut_list_begin(Cutter *c, Str api_version, Str kind);
/* A List, typed or not, has ended, and with it a document. */
void cut_list_end(Cutter *c);

#endif
