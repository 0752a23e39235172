/* The resource of a finding, read again and ready to be rewritten. */
#ifndef APP_OPENED_H
#define APP_OPENED_H

#include "app/pieces.h"
#include "model/secrets.h"
#include "yaml/parse.h"

typedef struct Opened {
    const Finding *finding;
    LoadedPiece piece;
    Document doc; /* a part of the piece */
    const Node *resource;
    Identity identity;
    SpanVec secrets; /* in the document */
} Opened;

#define OPENED_CHANGED "the file has changed since it was read"

/* NULL: it is open. Else why it must not or cannot be edited: changed since it was judged, signed
 * (SOPS), sealed, generated: then there is nothing to release. */
const char *opened_read(const Scan *scan, Arena *a, const Finding *f, Opened *out);
void opened_release(Opened *o);

/* NULL, or why a fix cannot be written back: the source is no file of the work tree's. Where
 * nothing is written (--diff, convert) that does not matter. */
const char *why_not_written(const Scan *scan, uint32_t source);

/* Does a comment at the head of the file say that a program writes it? */
bool file_is_generated(const Scan *scan, uint32_t source);

/* Where a place of the source is in the document. */
uint32_t opened_offset(const Opened *o, Place place);

/* The scalar that begins at a place; the one that holds a byte of the document; NULL when there is
 * none. */
const Node *opened_node(const Opened *o, Place place);
const Node *opened_scalar(const Opened *o, uint32_t offset);

/* The line in the source of an offset in the document. */
uint32_t opened_line(const Opened *o, uint32_t offset);

#endif
