/* Reading sources, in order or at an offset. */
#include "input/source.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Reader {
    const Source *source;
    int file;  /* the spool's own descriptor is used for a spool */
    Offset at; /* readers of one spool must not move each other */
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
    r->at += *got;
    return true;
}

/* What stands behind the source in its spool belongs to another one. */
static ssize_t read_spool(const Reader *r, char *into, size_t room) {
    Offset left = r->at < r->source->size ? r->source->size - r->at : 0;
    if (!left) return 0; /* of what is empty there may be no spool */
    return pread(r->file, into, room < left ? room : (size_t)left,
                 (off_t)(r->source->spool_start + r->at));
}

bool reader_read(Reader *r, char *into, size_t room, size_t *got, Error *err) {
    if (r->source->kind == SOURCE_MEMORY) return read_memory(r, into, room, got);
    ssize_t n;
    do {
        n = r->source->kind == SOURCE_SPOOL ? read_spool(r, into, room)
                                            : pread(r->file, into, room, (off_t)r->at);
    } while (n < 0 && errno == EINTR);
    *got = n < 0 ? 0 : (size_t)n;
    if (n < 0)
        return error_set(err, "cannot read " STR_FMT ": %s", STR_ARG(r->source->path),
                         strerror(errno));
    r->at += *got;
    return true;
}

void reader_seek(Reader *r, Offset offset) {
    r->at = offset;
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
        return into->len == length ||
               error_set(err, "cannot read " STR_FMT " again: it is shorter", STR_ARG(s->path));
    }
    int file = descriptor(s, err);
    if (file < 0) return false;
    if (s->kind == SOURCE_SPOOL && offset + length > s->size)
        return error_set(err, "cannot read " STR_FMT " again: it is shorter", STR_ARG(s->path));
    buf_reserve(into, length);
    Offset start = offset + (s->kind == SOURCE_SPOOL ? s->spool_start : 0);
    int failure = 0;
    while (into->len < length) {
        ssize_t n =
            pread(file, into->data + into->len, length - into->len, (off_t)(start + into->len));
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
