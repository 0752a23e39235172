/* Unpacking gzip with zlib. */
#include "input/gunzip.h"

#include "base/memory.h"
#include "base/module.h"

#include <stdlib.h>
#include <zlib.h>

#define FUNCTIONS(X) X(inflateInit2_) X(inflate) X(inflateReset) X(inflateEnd)

typedef struct Library {
    FUNCTIONS(MODULE_FIELD)
} Library;

static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};

enum {
    WINDOW_OF_GZIP = 15 + 16, /* the largest, in a gzip file and nothing else */
    PACKED_BLOCK = 64 * 1024,
};

struct Gunzip {
    Library library;
    Reader *packed;
    z_stream stream;
    bool source_end, between; /* between: a gzip file has ended */
    Bytef block[PACKED_BLOCK];
};

Gunzip *gunzip_new(Reader *packed, Error *err) {
    Library library;
    if (!module_open(ZLIB_SONAME, symbols, sizeof symbols / sizeof *symbols, &library, err))
        return NULL;
    Gunzip *g = mem_zero(sizeof *g);
    g->library = library;
    g->packed = packed;
    int failed =
        library.inflateInit2_(&g->stream, WINDOW_OF_GZIP, ZLIB_VERSION, (int)sizeof g->stream);
    if (failed) bug("zlib does not start: %d", failed);
    return g;
}

void gunzip_free(Gunzip *g) {
    if (!g) return;
    g->library.inflateEnd(&g->stream);
    free(g);
}

/* More packed bytes, when all were used. */
static bool fill(Gunzip *g, Error *err) {
    size_t got;
    if (g->stream.avail_in || g->source_end) return true;
    if (!reader_read(g->packed, (char *)g->block, sizeof g->block, &got, err)) return false;
    g->stream.next_in = g->block;
    g->stream.avail_in = (uInt)got;
    g->source_end = got == 0;
    return true;
}

/* Tapes fill what is left of a block with NULs. */
static void pass_padding(Gunzip *g) {
    for (; g->stream.avail_in && !*g->stream.next_in; g->stream.next_in++) g->stream.avail_in--;
}

/* What stands behind a gzip file: the end, or another one. */
static bool begin_next(Gunzip *g, bool *end, Error *err) {
    do {
        if (!fill(g, err)) return false;
        pass_padding(g);
    } while (!g->stream.avail_in && !g->source_end);
    *end = !g->stream.avail_in;
    if (*end) return true;
    g->between = false;
    g->library.inflateReset(&g->stream);
    return *g->stream.next_in == 0x1F ||
           error_set(err, "what stands behind its end, which is no gzip");
}

static bool inflate_more(Gunzip *g, Error *err) {
    int result = g->library.inflate(&g->stream, Z_NO_FLUSH);
    g->between = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR) bug("out of memory");
    if (result == Z_BUF_ERROR && g->source_end)
        return error_set(err, "it ends too early: the rest of it is missing");
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR ||
           error_set(err, "it is damaged: do not rely on what is found in it");
}

bool gunzip_read(Gunzip *g, char *into, size_t room, size_t *got, Error *err) {
    g->stream.next_out = (Bytef *)into;
    g->stream.avail_out = (uInt)room;
    bool ok = true, end = false;
    while (ok && !end && g->stream.avail_out == room) {
        ok = g->between ? begin_next(g, &end, err) : fill(g, err);
        if (ok && !end) ok = inflate_more(g, err);
    }
    *got = room - g->stream.avail_out;
    return ok || *got; /* zlib says it again */
}
