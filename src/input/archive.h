/* Archives and compressed files: what they hold, as sources.
 *
 * An archive (.tar, .tar.gz, .tgz, .zip …) is shown like a directory, `backup.tar.gz/ns/a.yaml`; a
 * compressed file (`dump.yaml.gz`) as itself. They may lie on disk, in a commit, in a spool: any
 * source will do. What is wanted of them is read once, in order, into a spool (input/spool.h); a
 * compressed file in an archive is read, too, an archive in an archive is not. Nothing is ever
 * unpacked to where a member's name points, and symbolic links are not followed.
 *
 * libarchive and zlib are opened on first use; a build without them (-DWITH_ARCHIVE=OFF) says so
 * instead.
 *
 *     if (packed_as(source.path) != PACKED_NOT)
 *         archive_unpack(a, &walk, &source, &spool, &sources);
 */
#ifndef INPUT_ARCHIVE_H
#define INPUT_ARCHIVE_H

#include "input/spool.h"
#include "input/walk.h"

typedef enum {
    PACKED_NOT,
    PACKED_FILE,    /* one compressed file */
    PACKED_ARCHIVE, /* many files */
} Packed;

/* False: -DWITH_ARCHIVE=OFF. */
bool archive_in_build(void);

/* By its name alone, in upper or lower case. */
Packed packed_as(Str path);

/* The name of what a compressed file holds: `dump.yaml` of `dump.yaml.gz`; other paths as they
 * are. */
Str packed_content(Str path);

/* Appends what `packed` holds: of an archive the members that `walk` wants, in path order, of a
 * compressed file its content. What is passed over goes to walk->skipped: SKIP_UNREADABLE also when
 * the archive itself cannot be read, is damaged, ends too early, or grows beyond a limit; what came
 * before is listed then, that of a compressed file marked as told (Source.broken). */
void archive_unpack(Arena *a, const Walk *walk, const Source *packed, Spool *spool, SourceVec *out);

#endif
