/* Where a conversion run writes: standard output, one file, or the same paths below a directory.
 *
 * A file is written whole or not at all (app/write.h). Until then its text is in a file without a
 * name, so memory does not grow with it. Files that are there are replaced, except those that are
 * read. What a walk meets in the place of the output is not read: it is an older output.
 *
 *     Outputs o = {0};
 *     outputs_open(&o, &scan, &err);                     the sources are listed, not yet read
 *     for (each group of sources) { outputs_begin(&o, &err); stream_add(&o.stream, …);
 *                                   outputs_finish(&o, source, &err); }
 *     outputs_release(&o);
 */
#ifndef APP_CONVERT_OUTPUTS_H
#define APP_CONVERT_OUTPUTS_H

#include "app/convert_stream.h"
#include "app/scan.h"

typedef enum { INTO_STDOUT, INTO_FILE, INTO_DIRECTORY } Into;

typedef struct Outputs {
    const Scan *scan;
    Into into;
    Str path; /* of the file or directory */
    Arena arena;
    Stream stream;
    uint64_t files; /* written */
} Outputs;

bool outputs_open(Outputs *o, Scan *s, Error *err);

/* One text begins: of all sources, or of one when the output is a directory. */
bool outputs_begin(Outputs *o, Error *err);

/* It ends and is written; nothing is when it holds no object. `source` matters for directories. */
bool outputs_finish(Outputs *o, uint32_t source, Error *err);
void outputs_release(Outputs *o);

#endif
