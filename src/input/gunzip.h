/* What a gzip file holds, with its checksums proved.
 *
 * libarchive reads gzip, too, but compares no checksum: a byte that has changed on a disk would
 * pass for what was packed. zlib compares them, and is there wherever libarchive is; it is opened
 * on first use. Several gzip files one after the other are one, as for gzip itself.
 *
 *     Gunzip *g = gunzip_new(reader, &err);
 *     while (gunzip_read(g, into, room, &got, &err) && got) ...
 *     gunzip_free(g);
 */
#ifndef INPUT_GUNZIP_H
#define INPUT_GUNZIP_H

#include "input/source.h"

typedef struct Gunzip Gunzip;

/* The reader stays the caller's. NULL: zlib is not there. */
Gunzip *gunzip_new(Reader *packed, Error *err);

/* *got is 0 at the end. False when it is damaged or ends too early; all that came before was
 * given. */
bool gunzip_read(Gunzip *g, char *into, size_t room, size_t *got, Error *err);

void gunzip_free(Gunzip *g); /* NULL is fine */

#endif
