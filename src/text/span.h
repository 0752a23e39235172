/* Where something is.
 *
 * Three scales. A Span counts bytes inside one document, which LIMIT_DOCUMENT keeps below 4 GB. An
 * Offset counts bytes inside a source, which has no limit. A Place is what a person reads: line and
 * column from 1, columns in code points, with the Offset beside it for machines. Spans and Places
 * are half open: the end is the first position behind. */
#ifndef TEXT_SPAN_H
#define TEXT_SPAN_H

#include "base/str.h"

typedef uint64_t Offset;

typedef struct Span {
    uint32_t start, end;
} Span;

typedef struct Place {
    Offset start;    /* of its first byte in the source */
    uint32_t length; /* bytes */
    uint32_t line, column, end_line, end_column;
} Place;

static inline Str span_text(Str document, Span s) {
    return str_slice(document, s.start, s.end);
}

static inline bool span_contains(Span outer, Span inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

static inline bool span_empty(Span s) {
    return s.start == s.end;
}

#endif
