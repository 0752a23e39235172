/* Where bytes come from.
 *
 * A Source is something that can be read from the start and, later, again at any offset: a file, a
 * part of a spool (input/spool.h), or bytes in memory. It holds no bytes and no open file while
 * nobody reads. Path texts live in the run's arena.
 *
 *     Reader *r = reader_open(source, &err);
 *     reader_read(r, buffer, size, &got, &err);              got is 0 at the end
 *     reader_close(r);
 *     source_read_at(source, offset, length, &buf, &err);    again, for a frame
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/buf.h"
#include "base/error.h"
#include "text/span.h"

typedef enum { SOURCE_FILE, SOURCE_SPOOL, SOURCE_MEMORY } SourceKind;

/* What the bytes are to the user: only a file on disk can be written back. */
typedef enum {
    ORIGIN_DISK,
    ORIGIN_STREAM,  /* standard input, or a pipe that has a name */
    ORIGIN_ARCHIVE, /* a member of an archive, or what a compressed file holds */
    ORIGIN_COMMIT,  /* a file as a commit has it */
    ORIGIN_STAGED,  /* a file as the index has it, which is not what the work tree has */
} SourceOrigin;

typedef struct Source {
    SourceKind kind;
    SourceOrigin origin;
    bool named; /* named on the command line: always opened, its faults are always told */
    Str path;   /* as users see it: relative to where they stand, '/' between parts, no "./" */
    /* As the operating system knows it, ends with a NUL. Of a spool: the file that stands in the
     * place of what a commit or the index has; else unused. */
    Str open_as;
    /* SOURCE_SPOOL: a file descriptor that is read with pread only, and where in it the source
     * begins. */
    int spool;
    Offset spool_start;
    Str bytes;   /* SOURCE_MEMORY: the content, as a round of fixes has left it; borrowed */
    Offset size; /* when it was listed */
    bool broken; /* it is not whole: told and counted as unread when it was listed */
    /* Which file it is, to tell a file that was reached by two ways. inode 0: not known. */
    uint64_t device, inode;
    bool alias;  /* reached through a symbolic link */
    bool shared; /* has several hard links: the same inode under two names is then two files */
} Source;

typedef struct Reader Reader;

Reader *reader_open(const Source *s, Error *err); /* NULL: err says why, with errno's words */
/* *got is 0 at the end. */
bool reader_read(Reader *r, char *into, size_t room, size_t *got, Error *err);
/* The next byte to read. */
void reader_seek(Reader *r, Offset offset);
void reader_close(Reader *r);

/* Exactly `length` bytes from `offset` into *into (cleared first); false when they cannot be
 * had. */
bool source_read_at(const Source *s, Offset offset, size_t length, Buf *into, Error *err);

#endif
