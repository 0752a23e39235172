/* Reading files and the spool of standard input, in order or at an offset. */
#include "input/source.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Reader {
    const Source *source;
    int file; /* the spool's own descriptor is used for a spool */
    off_t at; /* readers of one spool must not move each other */
};

/* O_NONBLOCK: a file that has become a pipe since it was listed must not stop the program. */
static int open_file(const Source *s, Error *err) {
    int file = open(s->open_as.data, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) {
        error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(s->path), strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        error_set(err, "cannot open " STR_FMT ": it is no regular file", STR_ARG(s->path));
    } else {
        return file;
    }
    if (file >= 0) close(file);
    return -1;
}

/* The descriptor to read from; memory needs none. */
static int descriptor(const Source *s, Error *err) {
    if (s->kind == SOURCE_MEMORY) return 0;
    return s->kind == SOURCE_SPOOL ? s->spool : open_file(s, err);
}

Reader *reader_open(const Source *s, Error *err) {
    int file = descriptor(s, err);
    if (file < 0) return NULL;
    Reader *r = mem_zero(sizeof *r);
    r->source = s;
    r->file = file;
    return r;
}

static bool read_memory(Reader *r, char *into, size_t room, size_t *got) {
    Str rest = str_from_offset(r->source->bytes, (size_t)r->at);
    *got = rest.len < room ? rest.len : room;
    if (*got) memcpy(into, rest.data, *got);
    r->at += (off_t)*got;
    return true;
}

bool reader_read(Reader *r, char *into, size_t room, size_t *got, Error *err) {
    if (r->source->kind == SOURCE_MEMORY) return read_memory(r, into, room, got);
    ssize_t n;
    do {
        n = r->source->kind == SOURCE_SPOOL ? pread(r->file, into, room, r->at)
                                            : read(r->file, into, room);
    } while (n < 0 && errno == EINTR);
    *got = n < 0 ? 0 : (size_t)n;
    if (n < 0)
        return error_set(err, "cannot read " STR_FMT ": %s", STR_ARG(r->source->path),
                         strerror(errno));
    r->at += n;
    return true;
}

void reader_close(Reader *r) {
    if (!r) return;
    if (r->source->kind == SOURCE_FILE) close(r->file);
    free(r);
}

bool source_read_at(const Source *s, Offset offset, size_t length, Buf *into, Error *err) {
    buf_clear(into);
    if (s->kind == SOURCE_MEMORY) {
        buf_add(into, str_slice(s->bytes, offset, offset + length));
        return into->len == length;
    }
    int file = descriptor(s, err);
    if (file < 0) return false;
    buf_reserve(into, length);
    int failure = 0;
    while (into->len < length) {
        ssize_t n =
            pread(file, into->data + into->len, length - into->len, (off_t)(offset + into->len));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) failure = errno;
        if (n <= 0) break;
        into->len += (size_t)n;
    }
    if (s->kind == SOURCE_FILE) close(file);
    if (into->len == length) return true;
    return error_set(err, "cannot read " STR_FMT " again: %s", STR_ARG(s->path),
                     failure ? strerror(failure) : "it became shorter while it was read");
}

/* A file without a name: it vanishes with the process, however that ends. */
static int spool_open(Error *err) {
    const char *directory = getenv("TMPDIR");
    if (!directory || !*directory) directory = "/tmp";
    int file = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) return file;

    /* Not every file system knows O_TMPFILE. */
    Buf name = {0};
    buf_addf(&name, "%s/unstale-XXXXXX", directory);
    buf_cstr(&name);
    file = mkostemp(name.data, O_CLOEXEC);
    if (file >= 0) unlink(name.data);
    if (file < 0)
        error_set(err,
                  "cannot make a temporary file in %s: %s (set TMPDIR to a directory with room)",
                  directory, strerror(errno));
    buf_release(&name);
    return file;
}

static bool spool_write(int spool, const char *bytes, size_t count, Error *err) {
    while (count) {
        ssize_t n = write(spool, bytes, count);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return error_set(err,
                             "cannot write the temporary copy of the input: %s (set TMPDIR to a "
                             "directory with room)",
                             strerror(errno));
        bytes += n;
        count -= (size_t)n;
    }
    return true;
}

static bool spool_fill(int spool, int from, Str name, Offset *size, Error *err) {
    enum { CHUNK = 256 * 1024 };
    char *chunk = mem_alloc(CHUNK);
    ssize_t n;
    bool written = true;
    while (written && (n = read(from, chunk, CHUNK)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            written = error_set(err, "cannot read " STR_FMT ": %s", STR_ARG(name), strerror(errno));
        else
            written = spool_write(spool, chunk, (size_t)n, err);
        if (written) *size += (Offset)n;
    }
    free(chunk);
    return written;
}

bool source_spool(Arena *a, int from, Str name, Source *out, Error *err) {
    *out = (Source){.kind = SOURCE_SPOOL, .named = true, .path = str_copy(a, name)};
    if (fcntl(from, F_GETFD) < 0) /* else the spool itself would take its number */
        return error_set(err, "cannot read " STR_FMT ": it is closed", STR_ARG(name));
    out->spool = spool_open(err);
    if (out->spool < 0) return false;
    if (spool_fill(out->spool, from, name, &out->size, err)) return true;
    close(out->spool);
    return false;
}

bool source_from_stdin(Arena *a, Str name, Source *out, Error *err) {
    return source_spool(a, STDIN_FILENO, name, out, err);
}
