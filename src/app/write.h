/* Writing files: each one whole or not at all, and several of them together or none.
 *
 * Every new text goes into a temporary file beside its target first; when all are on the disk,
 * every original is looked at again, and only then are they put in place by renaming, files that go
 * last. If that fails half way, what was done is undone. A killed process leaves no half file, at
 * most files named `.unstale-XXXXXX.tmp`, which may be deleted when the named files are whole.
 *
 * Mode, owner, group, ACLs and extended attributes stay. A symbolic link stays, and what it points
 * to is replaced. A file whose owner cannot be kept or that has several hard links is left alone.
 *
 *     FileStamp stamp;  file_stamp(path, &stamp, &err);               then read the file
 *     FileWrite w = {.path = path, .bytes = fixed, .kind = WRITE_REPLACE, .stamp = stamp};
 *     if (write_files(&w, 1, &err).outcome != WRITE_DONE) ... err.text says why ...
 */
#ifndef APP_WRITE_H
#define APP_WRITE_H

#include "base/error.h"
#include "base/str.h"

/* What tells that a file is still the one that was read. */
typedef struct FileStamp {
    uint64_t size, inode, device;
    int64_t modified; /* nanoseconds */
} FileStamp;

/* Taken before reading: a change while the file is read then counts as well. */
bool file_stamp(Str path, FileStamp *out, Error *err);

/* Is the file still the one that was stamped? */
bool file_is_as_stamped(Str path, FileStamp stamp);

typedef enum {
    WRITE_REPLACE,
    WRITE_CREATE, /* the path must be free; missing directories above it are made */
    WRITE_DELETE, /* a symbolic link is refused: the link or its target, who knows? */
} WriteKind;

typedef struct FileWrite {
    Str path;
    Str bytes; /* the whole new text */
    WriteKind kind;
    FileStamp stamp; /* not of a file to create */
} FileWrite;

typedef enum {
    WRITE_DONE,
    WRITE_CHANGED, /* a file is not the one that was read */
    WRITE_REFUSED, /* a file has to be left alone, or a path is taken */
    WRITE_FAILED,  /* the system said no */
} WriteOutcome;

/* Unless it is done nothing has changed; if a file could not even be put back, the outcome is
 * WRITE_FAILED and err names both its states. */
typedef struct WriteResult {
    WriteOutcome outcome;
    size_t file; /* which one stood in the way */
} WriteResult;

WriteResult write_files(const FileWrite *writes, size_t count, Error *err);

/* The same with other system calls: so tests make them fail at will. */
typedef struct WriteCalls {
    int (*sync)(int file);
    int (*link)(const char *from, const char *to);
    int (*rename)(const char *from, const char *to);
} WriteCalls;

WriteResult write_files_by(const WriteCalls *calls, const FileWrite *writes, size_t count,
                           Error *err);

#endif
