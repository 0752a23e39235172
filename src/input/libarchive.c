/* Calling libarchive; the only file that knows it. */
#include "input/libarchive.h"

#include "base/memory.h"
#include "base/module.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>

#define FUNCTIONS(X)                                                                               \
    X(archive_read_new)                                                                            \
    X(archive_read_free)                                                                           \
    X(archive_read_support_filter_zstd)                                                            \
    X(archive_read_support_filter_xz)                                                              \
    X(archive_read_support_filter_bzip2)                                                           \
    X(archive_read_support_format_tar)                                                             \
    X(archive_read_support_format_zip)                                                             \
    X(archive_read_support_format_raw)                                                             \
    X(archive_read_support_format_empty)                                                           \
    X(archive_read_set_callback_data)                                                              \
    X(archive_read_set_read_callback)                                                              \
    X(archive_read_set_seek_callback)                                                              \
    X(archive_read_open1)                                                                          \
    X(archive_read_next_header)                                                                    \
    X(archive_read_data_block)                                                                     \
    X(archive_filter_bytes)                                                                        \
    X(archive_format)                                                                              \
    X(archive_entry_filetype)                                                                      \
    X(archive_entry_hardlink)                                                                      \
    X(archive_entry_hardlink_utf8)                                                                 \
    X(archive_entry_is_encrypted)                                                                  \
    X(archive_entry_pathname)                                                                      \
    X(archive_entry_pathname_utf8)                                                                 \
    X(archive_entry_size)

typedef struct Library {
    FUNCTIONS(MODULE_FIELD)
} Library;

static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};

struct LibArchive {
    Library library;
    BytesGiver giver;
    struct archive *archive;
    bool unreadable, ended;
};

/* ---- bytes ---- */

static la_ssize_t give(struct archive *archive, void *context, const void **block) {
    (void)archive;
    const BytesGiver *giver = context;
    Str out;
    if (!giver->give(giver->context, &out)) return ARCHIVE_FATAL;
    *block = out.data;
    return (la_ssize_t)out.len;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence) {
    (void)archive;
    const BytesGiver *giver = context;
    la_int64_t size = (la_int64_t)giver->size, from = whence == SEEK_END ? size : 0;
    if (whence == SEEK_CUR) from = (la_int64_t)giver->position(giver->context);
    if (offset < -from || offset > size - from) return ARCHIVE_FATAL;
    return giver->seek(giver->context, (Offset)(from + offset)) ? from + offset : ARCHIVE_FATAL;
}

/* ---- opening ---- */

/* Where libarchive lacks a decompressor it would start a program: then it must not be asked for. */
static bool support_compressors(const LibArchive *l, Error *err) {
    const Library *f = &l->library;
    if (f->archive_read_support_filter_zstd(l->archive) != ARCHIVE_OK ||
        f->archive_read_support_filter_xz(l->archive) != ARCHIVE_OK ||
        f->archive_read_support_filter_bzip2(l->archive) != ARCHIVE_OK)
        return error_set(err, "the installed libarchive was built without zstd, xz or bz2");
    f->archive_read_support_format_raw(l->archive);
    f->archive_read_support_format_empty(l->archive);
    return true;
}

static bool support(const LibArchive *l, LibArchiveContent content, Error *err) {
    if (content == LIBARCHIVE_COMPRESSED) return support_compressors(l, err);
    l->library.archive_read_support_format_tar(l->archive);
    l->library.archive_read_support_format_zip(l->archive);
    return true;
}

LibArchive *libarchive_open(LibArchiveContent content, const BytesGiver *giver, Error *err) {
    Library f;
    if (!module_open(ARCHIVE_SONAME, symbols, sizeof symbols / sizeof *symbols, &f, err))
        return NULL;
    LibArchive *l = mem_zero(sizeof *l);
    *l = (LibArchive){.library = f, .giver = *giver, .archive = f.archive_read_new()};
    if (!l->archive) bug("out of memory");
    if (!support(l, content, err)) {
        libarchive_close(l);
        return NULL;
    }
    f.archive_read_set_callback_data(l->archive, &l->giver);
    f.archive_read_set_read_callback(l->archive, give);
    if (giver->seek) f.archive_read_set_seek_callback(l->archive, seek);
    l->unreadable = f.archive_read_open1(l->archive) != ARCHIVE_OK;
    return l;
}

void libarchive_close(LibArchive *l) {
    if (!l) return;
    l->library.archive_read_free(l->archive);
    free(l);
}

/* ---- members ---- */

static Str text(const char *utf8, const char *raw) {
    return str_from(utf8 ? utf8 : raw);
}

static MemberKind kind_of(const LibArchive *l, struct archive_entry *entry) {
    switch (l->library.archive_entry_filetype(entry)) {
    case AE_IFREG: return MEMBER_FILE;
    case AE_IFDIR: return MEMBER_DIRECTORY;
    case AE_IFLNK: return MEMBER_LINK;
    default: return MEMBER_SPECIAL;
    }
}

LibArchiveResult libarchive_next(LibArchive *l, Member *out) {
    const Library *f = &l->library;
    struct archive_entry *entry;
    int result = l->unreadable ? ARCHIVE_FATAL : f->archive_read_next_header(l->archive, &entry);
    l->ended = result == ARCHIVE_EOF;
    if (l->ended) return LIBARCHIVE_END;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return LIBARCHIVE_BROKEN;
    *out = (Member){
        .name = text(f->archive_entry_pathname_utf8(entry), f->archive_entry_pathname(entry)),
        .target = text(f->archive_entry_hardlink_utf8(entry), f->archive_entry_hardlink(entry)),
        .kind = kind_of(l, entry),
        .encrypted = f->archive_entry_is_encrypted(entry) != 0,
        .size = (Offset)f->archive_entry_size(entry)};
    return LIBARCHIVE_OK;
}

LibArchiveResult libarchive_block(LibArchive *l, Str *out, Offset *at) {
    const void *block = NULL;
    la_int64_t offset = 0;
    if (l->ended) return LIBARCHIVE_END;
    int result = l->library.archive_read_data_block(l->archive, &block, &out->len, &offset);
    if (result == ARCHIVE_EOF) return LIBARCHIVE_END;
    out->data = block;
    *at = (Offset)offset;
    return result == ARCHIVE_OK ? LIBARCHIVE_OK : LIBARCHIVE_BROKEN;
}

ArchiveFormat libarchive_format(const LibArchive *l) {
    int format = l->library.archive_format(l->archive) & ARCHIVE_FORMAT_BASE_MASK;
    if (format == ARCHIVE_FORMAT_TAR) return ARCHIVE_TAR;
    return format == ARCHIVE_FORMAT_ZIP ? ARCHIVE_ZIP : ARCHIVE_OTHER;
}

Offset libarchive_used(const LibArchive *l) {
    return (Offset)l->library.archive_filter_bytes(l->archive, 0);
}
