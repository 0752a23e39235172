/* Reading archives and compressed files with libarchive. */
#include "input/archive.h"

#include "base/limits.h"
#include "base/module.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>

#define FUNCTIONS(X)                                                                               \
    X(archive_read_new)                                                                            \
    X(archive_read_free)                                                                           \
    X(archive_read_support_filter_gzip)                                                            \
    X(archive_read_support_filter_zstd)                                                            \
    X(archive_read_support_filter_xz)                                                              \
    X(archive_read_support_filter_bzip2)                                                           \
    X(archive_read_support_format_tar)                                                             \
    X(archive_read_support_format_zip)                                                             \
    X(archive_read_support_format_raw)                                                             \
    X(archive_read_support_format_empty)                                                           \
    X(archive_read_open_filename)                                                                  \
    X(archive_read_next_header)                                                                    \
    X(archive_read_data_block)                                                                     \
    X(archive_filter_bytes)                                                                        \
    X(archive_entry_filetype)                                                                      \
    X(archive_entry_hardlink)                                                                      \
    X(archive_entry_is_encrypted)                                                                  \
    X(archive_entry_pathname)                                                                      \
    X(archive_entry_pathname_utf8)                                                                 \
    X(archive_entry_size)

typedef struct Library {
    FUNCTIONS(MODULE_FIELD)
} Library;

static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};

#define UNREADABLE "it is damaged, or not what its name says"
#define DAMAGED    "it is damaged or ends too early: what stands behind is not read"
#define TOO_LARGE  "it grows too much: unpack it, and name what it holds"

enum { OPEN_BLOCK = 64 * 1024 /* bytes that are read at a time */ };

typedef struct Unpacking {
    Arena *arena;
    const Walk *walk;
    const Source *packed;
    Packed as;
    Library library;
    struct archive *archive;
    struct archive_entry *entry;
    Spool *spool;
    Offset start; /* of what it holds, in the spool */
    SourceVec found;
    size_t members; /* seen, wanted or not */
    Offset passed;  /* bytes that members say they have */
    bool stopped;   /* told why */
} Unpacking;

static void skip(const Unpacking *u, Str path, SkipReason why, const char *detail) {
    if (u->walk->skipped) u->walk->skipped(u->walk->context, path, why, str_from(detail));
}

/* What is left of the archive is not read. */
static bool stop(Unpacking *u, const char *why) {
    if (!u->stopped) skip(u, u->packed->path, SKIP_UNREADABLE, why);
    u->stopped = true;
    return false;
}

bool archive_in_build(void) {
    return true;
}

/* ---- opening ---- */

/* Where libarchive lacks a decompressor it would start a program: then it must not be asked for. */
static bool support(Unpacking *u) {
    const Library *l = &u->library;
    bool filters = l->archive_read_support_filter_gzip(u->archive) == ARCHIVE_OK &&
                   l->archive_read_support_filter_zstd(u->archive) == ARCHIVE_OK &&
                   l->archive_read_support_filter_xz(u->archive) == ARCHIVE_OK &&
                   l->archive_read_support_filter_bzip2(u->archive) == ARCHIVE_OK;
    if (!filters)
        return stop(u, "the installed libarchive was built without gzip, zstd, xz or bz2");
    l->archive_read_support_format_empty(u->archive);
    if (u->as == PACKED_FILE) { /* it takes everything for a file: not for archives */
        l->archive_read_support_format_raw(u->archive);
    } else {
        l->archive_read_support_format_tar(u->archive);
        l->archive_read_support_format_zip(u->archive);
    }
    return true;
}

static bool open_archive(Unpacking *u) {
    u->archive = u->library.archive_read_new();
    if (!u->archive) bug("out of memory");
    if (!support(u)) return false;
    const char *path = u->packed->open_as.data;
    return u->library.archive_read_open_filename(u->archive, path, OPEN_BLOCK) == ARCHIVE_OK ||
           stop(u, UNREADABLE);
}

/* ---- one member ---- */

static bool grows_too_much(Offset packed, Offset unpacked) {
    return unpacked > LIMIT_UNPACKED_FREE && unpacked / LIMIT_UNPACKED_RATIO > packed;
}

/* False: the member is not complete, and nothing behind it can be read. By blocks: what comes
 * before damage is not lost. */
static bool copy_member(Unpacking *u) {
    const Library *l = &u->library;
    Offset start = u->spool->size;
    const void *block;
    size_t size;
    la_int64_t at;
    int result;
    Error err;
    while ((result = l->archive_read_data_block(u->archive, &block, &size, &at)) == ARCHIVE_OK) {
        if (size && (Offset)at != u->spool->size - start) return stop(u, "it holds a sparse file");
        if (!spool_add(u->spool, (Str){block, size}, &err)) return stop(u, err.text);
        Offset packed = (Offset)l->archive_filter_bytes(u->archive, -1);
        if (grows_too_much(packed, u->spool->size - u->start)) return stop(u, TOO_LARGE);
    }
    return result == ARCHIVE_EOF || stop(u, DAMAGED);
}

static void add_source(Unpacking *u, Str path, Offset start) {
    Source s = spool_source(u->spool, start, ORIGIN_ARCHIVE, path);
    s.named = u->as == PACKED_FILE && u->packed->named;
    vec_push(&u->found, s);
}

/* The member's path below the archive's; empty when it leads out of the archive or is no path. */
static Str member_path(Unpacking *u) {
    const char *name = u->library.archive_entry_pathname_utf8(u->entry);
    if (!name) name = u->library.archive_entry_pathname(u->entry);
    Str rest = str_from(name), part;
    Buf path = {0};
    bool inside = true;
    while (str_split(&rest, '/', &part)) {
        if (!part.len || str_eq(part, STR("."))) continue;
        inside = inside && !str_eq(part, STR(".."));
        buf_addf(&path, "/" STR_FMT, STR_ARG(part));
    }
    Str found = {0};
    if (inside && path.len)
        found = str_format(u->arena, STR_FMT STR_FMT, STR_ARG(u->packed->path),
                           STR_ARG(buf_str(&path)));
    buf_release(&path);
    return found;
}

static bool in_git(Str path) {
    return str_find(path, STR("/.git/")) != STR_NONE;
}

/* Is the member a file that is wanted? What is passed over is told. */
static bool wants_member(const Unpacking *u, Str path) {
    const Library *l = &u->library;
    const Walk *walk = u->walk;
    if (l->archive_entry_filetype(u->entry) == AE_IFDIR) return false;
    if (!path.len) {
        skip(u, u->packed->path, SKIP_UNREADABLE, "a member whose name leads out of the archive");
    } else if (in_git(path)) {
        skip(u, path, SKIP_IGNORED, "of Git");
    } else if (walk->wants && !walk->wants(walk->context, path)) {
        skip(u, path, SKIP_NOT_WANTED,
             packed_as(path) == PACKED_NOT ? NULL : "an archive in an archive");
    } else if (l->archive_entry_hardlink(u->entry) ||
               l->archive_entry_filetype(u->entry) == AE_IFLNK) {
        skip(u, path, SKIP_LINK, NULL);
    } else if (l->archive_entry_filetype(u->entry) != AE_IFREG) {
        skip(u, path, SKIP_NOT_A_FILE, NULL);
    } else if (l->archive_entry_is_encrypted(u->entry)) {
        skip(u, path, SKIP_UNREADABLE, "it is encrypted");
    } else {
        return true;
    }
    return false;
}

/* Members that are not wanted are unpacked, too, only to be passed over. */
static bool within_limits(Unpacking *u) {
    u->passed += (Offset)u->library.archive_entry_size(u->entry);
    if (++u->members > LIMIT_MEMBERS) return stop(u, "it has too many members");
    return !grows_too_much(u->packed->size, u->passed) || stop(u, TOO_LARGE);
}

static bool unpack_member(Unpacking *u) {
    if (!within_limits(u)) return false;
    Str path = u->as == PACKED_FILE ? u->packed->path : member_path(u);
    if (u->as == PACKED_ARCHIVE && !wants_member(u, path)) return true;
    Offset start = u->spool->size;
    bool complete = copy_member(u);
    /* Of a file that is cut off, what there is can be judged; of a member it would be a guess. */
    if (complete || u->as == PACKED_FILE) add_source(u, path, start);
    return complete;
}

/* ---- all of them ---- */

static void unpack_members(Unpacking *u) {
    int result;
    do {
        result = u->library.archive_read_next_header(u->archive, &u->entry);
        if (result == ARCHIVE_EOF) return;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            stop(u, u->members ? DAMAGED : UNREADABLE);
            return;
        }
    } while (unpack_member(u));
}

/* Of members of the same name the last one counts, as it does for those who unpack them. */
static int by_path_last_first(const void *left, const void *right) {
    const Source *a = left, *b = right;
    int c = str_cmp(a->path, b->path);
    return c ? c : (a->spool_start < b->spool_start) - (a->spool_start > b->spool_start);
}

static void hand_over(Unpacking *u, SourceVec *out) {
    if (!u->found.len && u->as == PACKED_FILE && !u->stopped)
        add_source(u, u->packed->path, u->start);
    if (!u->found.len) return;
    qsort(u->found.items, u->found.len, sizeof *u->found.items, by_path_last_first);
    for (size_t i = 0; i < u->found.len; i++)
        if (!i || !str_eq(u->found.items[i].path, u->found.items[i - 1].path))
            vec_push(out, u->found.items[i]);
}

static void unpack(Unpacking *u, SourceVec *out) {
    Error err;
    if (!module_open(ARCHIVE_SONAME, symbols, sizeof symbols / sizeof *symbols, &u->library,
                     &err)) {
        stop(u, err.text);
        return;
    }
    if (open_archive(u)) unpack_members(u);
    hand_over(u, out);
    u->library.archive_read_free(u->archive);
    vec_release(&u->found);
}

/* libarchive hands out no name that the locale cannot write. Ours is the same everywhere, and in
 * force only here. */
void archive_unpack(Arena *a, const Walk *walk, const Source *packed, Spool *spool,
                    SourceVec *out) {
    Unpacking u = {.arena = a,
                   .walk = walk,
                   .packed = packed,
                   .as = packed_as(packed->path),
                   .spool = spool,
                   .start = spool->size};
    locale_t names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;
    if (names) before = uselocale(names);
    unpack(&u, out);
    if (names) {
        uselocale(before);
        freelocale(names);
    }
}
