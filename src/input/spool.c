/* Temporary files without a name. */
#include "input/spool.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROOM_HINT "(set TMPDIR to a directory with room)"

static bool make(Spool *spool, Error *err) {
    const char *directory = getenv("TMPDIR");
    if (!directory || !*directory) directory = "/tmp";
    spool->file = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (spool->file < 0) { /* not every file system knows O_TMPFILE */
        Buf name = {0};
        buf_addf(&name, "%s/unstale-XXXXXX", directory);
        buf_cstr(&name);
        spool->file = mkostemp(name.data, O_CLOEXEC);
        if (spool->file >= 0) unlink(name.data);
        buf_release(&name);
    }
    spool->made = spool->file >= 0;
    return spool->made || error_set(err, "cannot make a temporary file in %s: %s " ROOM_HINT,
                                    directory, strerror(errno));
}

bool spool_add(Spool *spool, Str bytes, Error *err) {
    if (!spool->made && !make(spool, err)) return false;
    while (bytes.len) {
        ssize_t n = write(spool->file, bytes.data, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return error_set(err, "cannot write the temporary copy of the input: %s " ROOM_HINT,
                             strerror(errno));
        bytes = str_from_offset(bytes, (size_t)n);
        spool->size += (Offset)n;
    }
    return true;
}

Source spool_source(const Spool *spool, Offset start, SourceOrigin origin, Str path) {
    return (Source){.kind = SOURCE_SPOOL,
                    .origin = origin,
                    .path = path,
                    .spool = spool->file,
                    .spool_start = start,
                    .size = spool->size - start};
}

static bool copy_all(Spool *spool, int from, Str name, Error *err) {
    enum { CHUNK = 256 * 1024 };
    char *chunk = mem_alloc(CHUNK);
    ssize_t n;
    bool copied = true;
    while (copied && (n = read(from, chunk, CHUNK)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            copied = error_set(err, "cannot read " STR_FMT ": %s", STR_ARG(name), strerror(errno));
        else
            copied = spool_add(spool, (Str){chunk, (size_t)n}, err);
    }
    free(chunk);
    return copied;
}

bool spool_stream(Arena *a, int from, Str name, Source *out, Error *err) {
    int mode = fcntl(from, F_GETFL);
    if (mode < 0 || (mode & O_ACCMODE) == O_WRONLY) /* app/main.c keeps its number taken so */
        return error_set(err, "cannot read " STR_FMT ": it is closed", STR_ARG(name));
    Spool spool = {0};
    if (!spool_add(&spool, (Str){0}, err)) return false; /* also where nothing comes */
    bool copied = copy_all(&spool, from, name, err);
    if (copied) *out = spool_source(&spool, 0, ORIGIN_STREAM, str_copy(a, name));
    if (copied) out->named = true;
    if (!copied) close(spool.file);
    return copied;
}
