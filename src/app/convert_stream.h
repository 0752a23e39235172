/* Objects one after the other: YAML as documents of a stream, JSON as the items of a List.
 *
 *     Stream s = {.out = stdout};
 *     stream_add(&s, text, false);            text is a document, at column 0, with its line break
 *     stream_end(&s);
 */
#ifndef APP_CONVERT_STREAM_H
#define APP_CONVERT_STREAM_H

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>

typedef struct Stream {
    FILE *out;
    uint64_t count;
    bool in_list; /* a List of JSON is open */
} Stream;

void stream_add(Stream *s, Str text, bool json);

/* A comment below the last object, which is YAML. */
void stream_add_line(Stream *s, Str line, bool crlf);
void stream_end(Stream *s);

#endif
