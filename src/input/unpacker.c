/* Taking compression off: gzip with zlib, the others with libarchive. */
#include "input/unpacker.h"

#include "base/limits.h"
#include "base/memory.h"
#include "input/gunzip.h"
#include "input/libarchive.h"
#include "text/fault.h"

#include <stdlib.h>

#define EMPTY "it is empty: it ends too early"

enum {
    BLOCK = 64 * 1024, /* bytes that are read at a time */
    MAGIC = 8,         /* bytes that tell how a file is compressed */
};

struct Unpacker {
    const Source *packed;
    Reader *reader;
    Str packed_with;
    Gunzip *gunzip;     /* this one, … */
    LibArchive *filter; /* … this one, or none */
    Offset at, content_end;
    Error fault;
    char in[BLOCK], out[BLOCK];
};

bool unpack_grows_too_much(const Source *packed, Offset unpacked) {
    return unpacked > LIMIT_UNPACKED_FREE && unpacked / LIMIT_UNPACKED_RATIO > packed->size;
}

/* ---- libarchive ---- */

static bool give(void *context, Str *block) {
    Unpacker *u = context;
    *block = (Str){u->in, 0};
    return reader_read(u->reader, u->in, sizeof u->in, &block->len, &u->fault);
}

/* A fault of the source is told as it is. */
static bool fail(Unpacker *u) {
    return u->fault.text[0] ? false : error_set(&u->fault, UNPACK_DAMAGED);
}

static bool open_filter(Unpacker *u) {
    Member whole;
    u->filter = libarchive_open(LIBARCHIVE_COMPRESSED, &(BytesGiver){.context = u, .give = give},
                                &u->fault);
    if (!u->filter) return false;
    return libarchive_next(u->filter, &whole) != LIBARCHIVE_BROKEN || fail(u);
}

static bool read_filter(Unpacker *u, Str *out) {
    Offset at;
    LibArchiveResult result = libarchive_block(u->filter, out, &at);
    if (result == LIBARCHIVE_END) *out = (Str){0};
    return result != LIBARCHIVE_BROKEN || fail(u);
}

/* ---- all of them ---- */

/* What no compressor's mark stands before is taken as it is: it may stand for another file, as Git
 * LFS leaves it. */
static bool open_source(Unpacker *u) {
    char magic[MAGIC];
    size_t got;
    u->reader = reader_open(u->packed, &u->fault);
    if (!u->reader || !reader_read(u->reader, magic, sizeof magic, &got, &u->fault)) return false;
    if (!got) return error_set(&u->fault, EMPTY);
    reader_seek(u->reader, 0);
    u->packed_with = text_packed_with((Str){magic, got});
    if (str_eq(u->packed_with, STR("gzip"))) {
        u->gunzip = gunzip_new(u->reader, &u->fault);
        return u->gunzip;
    }
    bool filtered = str_eq(u->packed_with, STR("zstd")) || str_eq(u->packed_with, STR("xz")) ||
                    str_eq(u->packed_with, STR("bzip2"));
    return !filtered || open_filter(u);
}

Unpacker *unpacker_open(const Source *packed, Error *err) {
    Unpacker *u = mem_zero(sizeof *u);
    u->packed = packed;
    if (open_source(u)) return u;
    *err = u->fault;
    unpacker_free(u);
    return NULL;
}

void unpacker_free(Unpacker *u) {
    if (!u) return;
    libarchive_close(u->filter);
    gunzip_free(u->gunzip);
    reader_close(u->reader);
    free(u);
}

static bool read_block(Unpacker *u, Str *out) {
    if (u->fault.text[0]) return false;
    if (u->filter) return read_filter(u, out);
    *out = (Str){u->out, 0};
    if (u->gunzip) return gunzip_read(u->gunzip, u->out, BLOCK, &out->len, &u->fault);
    return reader_read(u->reader, u->out, BLOCK, &out->len, &u->fault);
}

static void note_content(Unpacker *u, Str block) {
    size_t len = block.len;
    while (len && !block.data[len - 1]) len--;
    if (len && u->at + len > u->content_end) u->content_end = u->at + len;
    u->at += block.len;
}

bool unpacker_read(Unpacker *u, Str *out, Error *err) {
    bool ok = read_block(u, out);
    if (ok) note_content(u, *out);
    if (ok && unpack_grows_too_much(u->packed, u->at)) ok = error_set(&u->fault, UNPACK_TOO_LARGE);
    if (!ok) *err = u->fault;
    return ok;
}

Offset unpacker_position(const Unpacker *u) {
    return u->at;
}

Offset unpacker_content_end(const Unpacker *u) {
    return u->content_end;
}

bool unpacker_is_zip(const Unpacker *u) {
    return str_eq(u->packed_with, STR("zip"));
}

void unpacker_seek(Unpacker *u, Offset offset) {
    reader_seek(u->reader, offset);
    u->at = offset;
}
