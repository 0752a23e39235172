/* What can be read only once, kept so that it can be read again: standard input, a pipe, what an
 * archive or a commit holds.
 *
 * A Spool is a file without a name: it vanishes with the process, however that ends, and is never
 * closed before. It lies in $TMPDIR (else /tmp), is made when the first bytes come, and may hold
 * many texts, one behind the other: descriptors are few.
 *
 *     Spool spool = {0};
 *     Offset start = spool.size;
 *     while (...) spool_add(&spool, chunk, &err);
 *     Source s = spool_source(&spool, start, ORIGIN_ARCHIVE, path);      what came since `start` */
#ifndef INPUT_SPOOL_H
#define INPUT_SPOOL_H

#include "input/source.h"

typedef struct Spool {
    bool made;
    int file; /* once it is made */
    Offset size;
} Spool;

bool spool_add(Spool *spool, Str bytes, Error *err);
Source spool_source(const Spool *spool, Offset start, SourceOrigin origin, Str path);

/* Copies all that `from` has to give. `name` is what users see. */
bool spool_stream(Arena *a, int from, Str name, Source *out, Error *err);

#endif
