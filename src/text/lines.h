/* Byte positions to lines and columns.
 *
 * A Lines knows one text, usually a document in the middle of a source, and the place where that
 * text starts. It is built on the first question: most documents are never asked. A line ends with
 * LF, CRLF or a lone CR, as in YAML. There is no 16-bit anything: lines and columns beyond 65,536
 * are exact.
 *
 *     Lines lines = {.text = text, .offset = 4096, .line = 120, .column = 1};
 *     Place p = lines_place(&lines, node->span);
 *     lines_release(&lines);
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "base/vec.h"
#include "text/span.h"

typedef struct Lines {
    Str text;
    Offset offset;         /* of the text's first byte in its source */
    uint32_t line, column; /* of the text's first byte, from 1 */
    VEC(uint32_t) starts;  /* of every line but the first */
    bool indexed;
    /* The last answer: so many code points lie between its line's start and known_offset. */
    uint32_t known_offset, known_count;
} Lines;

Place lines_place(Lines *lines, Span span);

/* The line, from 1 in the source, that holds the byte at `offset` of the text. */
uint32_t lines_number(Lines *lines, uint32_t offset);

/* The span of that line without its line break; the empty span at 0 when the text has no such line.
 * */
Span lines_span(Lines *lines, uint32_t line);

void lines_release(Lines *lines);

#endif
