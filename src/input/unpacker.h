/* The bytes of a source without their compression, whatever that is: gzip, zstd, xz, bzip2 or none.
 * What the first bytes say counts, not the name.
 *
 *     Unpacker *u = unpacker_open(source, &err);
 *     while (unpacker_read(u, &block, &err) && block.len) ...
 *     unpacker_free(u);
 *
 * What is damaged, ends too early or grows beyond a limit ends with an error that says so; what
 * came before was given. */
#ifndef INPUT_UNPACKER_H
#define INPUT_UNPACKER_H

#include "input/source.h"

#define UNPACK_DAMAGED   "it is damaged or ends too early: what stands behind is not read"
#define UNPACK_TOO_LARGE "it grows too much: unpack it, and name what it holds"

typedef struct Unpacker Unpacker;

/* NULL: err says why. The source stays the caller's. */
Unpacker *unpacker_open(const Source *packed, Error *err);

/* *out is empty at the end, and good until the next time. Once false, always false. */
bool unpacker_read(Unpacker *u, Str *out, Error *err);

/* Where the next byte stands in what comes out; behind the last one that came and is no
 * NUL. */
Offset unpacker_position(const Unpacker *u);
Offset unpacker_content_end(const Unpacker *u);

/* A zip can be read in any order. */
bool unpacker_is_zip(const Unpacker *u);
void unpacker_seek(Unpacker *u, Offset offset);

void unpacker_free(Unpacker *u); /* NULL is fine */

/* Does so much come out of a source that it was made to fill a disk? */
bool unpack_grows_too_much(const Source *packed, Offset unpacked);

#endif
