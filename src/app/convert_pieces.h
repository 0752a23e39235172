/* The second reading of a conversion run: pieces of sources in, objects out.
 *
 *     piece ──edits of taken fixes──> its new text ──> each object alone
 *           ──fields of the server gone──> Stream
 *
 * Sources are cut again as the scan cut them, one batch at a time, so memory stays flat however
 * large a dump is. Fixes are planned again where they are written, and only their edits in that
 * piece are made: the other parts of a change are made where its other objects stand. */
#ifndef APP_CONVERT_PIECES_H
#define APP_CONVERT_PIECES_H

#include "app/convert_comments.h"
#include "app/convert_halfway.h"
#include "app/convert_stream.h"
#include "app/isolation.h"
#include "app/convert_verdicts.h"
#include "input/cutter.h"

typedef enum {
    CARRY_NOTHING, /* only what a fix makes or edits */
    CARRY_ALL,     /* everything */
    CARRY_AS_IS,   /* everything, nothing converted */
} Carry;

typedef enum {
    PHASE_FIRST, /* what must be there before the rest can be applied */
    PHASE_REST,
    PHASE_ONLY, /* input order is kept */
} Phase;

typedef struct Counts {
    uint64_t converted; /* objects that were outdated */
    uint64_t edited;    /* … and that followed another one */
    uint64_t carried, left_out, failed;
} Counts;

typedef struct Converting {
    Scan *scan;
    const Verdicts *verdicts;
    const Halfway *halfway;
    Fixer *fixer;
    Stream *stream;
    Carry carry;
    Phase phase;
    bool suspend, annotate;
    Isolation *isolation; /* the objects get other names; NULL: they do not */
    bool surveying;       /* nothing is written or told: who is going to be is noted */
    Counts counts;

    Arena arena; /* of the piece at hand */
    uint32_t source;
    const size_t *firsts; /* findings_of_sources */
    size_t finding;       /* the first one that does not stand before the piece */
    Comments comments;
} Converting;

/* For each source the index of its first finding, in the scan's arena; that of the findings' end
 * where there is none. */
const size_t *findings_of_sources(Scan *s);

/* Writes what the source has. Failures are told on standard error and counted. */
void convert_source(Converting *c, uint32_t source);
void converting_release(Converting *c);

/* One line on standard error: `path:line: text`, line 0 is left out. Nothing during a survey. */
void convert_tell(const Converting *c, uint32_t source, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What a finding's change assumes and loses, a line each; nothing with --quiet. */
void convert_tell_notes(const Converting *c, const Finding *f, const StrVec *notes);

#endif
