/* Reading archives and compressed files with libarchive. */
#include "input/archive.h"

#include "base/limits.h"
#include "base/map.h"
#include "input/libarchive.h"
#include "input/unpacker.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define UNREADABLE "it is damaged, or not what its name says"
#define NO_END     "it ends too early: the mark of its end is missing, and maybe more"
#define MORE       "what stands behind its end"

enum {
    TAR_BLOCK = 512,
    ZIP_END = 22 + 65535, /* the end of the list, and the longest comment behind it */
};

typedef struct Unpacking {
    Arena *arena;
    const Walk *walk;
    const Source *packed;
    Packed as;
    Spool *spool;
    Unpacker *bytes;
    Error fault; /* why no more of them come */
    LibArchive *archive;
    Member member;
    SourceVec found;
    HashMap numbers; /* in `found`, of the last with a path: hard links name it */
    size_t members;  /* seen, wanted or not */
    Offset passed;   /* bytes that members say they have */
    Offset unpacked; /* bytes that were kept */
    bool stopped;    /* told why */
} Unpacking;

static void skip(const Unpacking *u, Str path, SkipReason why, Str detail) {
    if (u->walk->skipped) u->walk->skipped(u->walk->context, path, why, detail);
}

/* What is left of the source is not read. */
static bool stop(Unpacking *u, const char *why) {
    if (!u->stopped) skip(u, u->packed->path, SKIP_UNREADABLE, str_from(why));
    u->stopped = true;
    return false;
}

/* … because of a fault of its bytes, or else of what is in them. */
static bool stop_at(Unpacking *u, const char *otherwise) {
    return stop(u, u->fault.text[0] ? u->fault.text : otherwise);
}

static bool stop_at_fault(Unpacking *u) {
    return stop(u, u->fault.text);
}

bool archive_in_build(void) {
    return true;
}

/* ---- one compressed file ---- */

static bool keep(Unpacking *u, Str bytes) {
    Error err;
    u->unpacked += bytes.len;
    return spool_add(u->spool, bytes, &err) || stop(u, err.text);
}

static Source *add_source(Unpacking *u, Str path, Offset start) {
    hashmap_set(&u->numbers, hash128(path), (uint32_t)u->found.len);
    vec_push(&u->found, spool_source(u->spool, start, ORIGIN_ARCHIVE, path));
    return vec_last(&u->found);
}

/* Of a file that is cut off, what there is can be judged. */
static void unpack_file(Unpacking *u) {
    Offset start = u->spool->size;
    Str block;
    do {
        if (!unpacker_read(u->bytes, &block, &u->fault)) stop_at_fault(u);
    } while (!u->stopped && block.len && keep(u, block));
    if (u->stopped && u->spool->size == start) return;
    Source *source = add_source(u, u->packed->path, start);
    source->named = u->packed->named;
    source->broken = u->stopped;
}

/* ---- an archive ---- */

static bool give(void *context, Str *block) {
    Unpacking *u = context;
    return unpacker_read(u->bytes, block, &u->fault);
}

static bool seek(void *context, Offset to) {
    const Unpacking *u = context;
    unpacker_seek(u->bytes, to);
    return true;
}

static Offset position(void *context) {
    const Unpacking *u = context;
    return unpacker_position(u->bytes);
}

static bool open_archive(Unpacking *u) {
    BytesGiver giver = {.context = u, .give = give, .position = position, .size = u->packed->size};
    if (unpacker_is_zip(u->bytes)) giver.seek = seek;
    u->archive = libarchive_open(LIBARCHIVE_MEMBERS, &giver, &u->fault);
    return u->archive || stop_at_fault(u);
}

/* ---- one member ---- */

/* False: the member is not complete, and nothing behind it can be read. By blocks: what comes
 * before damage is not lost. */
static bool copy_member(Unpacking *u) {
    Offset start = u->spool->size, at;
    Str block;
    LibArchiveResult result;
    while ((result = libarchive_block(u->archive, &block, &at)) == LIBARCHIVE_OK) {
        if (block.len && at != u->spool->size - start) return stop(u, "it holds a sparse file");
        if (!keep(u, block)) return false;
        if (unpack_grows_too_much(u->packed, u->unpacked)) return stop(u, UNPACK_TOO_LARGE);
    }
    return result == LIBARCHIVE_END || stop_at(u, UNPACK_DAMAGED);
}

/* A path below the archive's; empty when it leads out of the archive or is no path. */
static Str path_in_archive(Unpacking *u, Str name) {
    Str rest = name, part;
    Buf path = {0};
    bool inside = true;
    while (inside && str_split(&rest, '/', &part)) {
        if (!part.len || str_eq(part, STR("."))) continue;
        bool back = str_eq(part, STR(".."));
        inside = !back || path.len;
        if (back)
            path.len = path.len ? str_find_last_char(buf_str(&path), '/') : 0;
        else
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

static void skip_outside(const Unpacking *u) {
    Str why = str_format(u->arena, "the name of a member leads out of the archive: " STR_FMT,
                         STR_ARG(u->member.name));
    skip(u, u->packed->path, SKIP_UNREADABLE, why);
}

/* Is the member a file that is wanted? What is passed over is told. */
static bool wants_member(const Unpacking *u, Str path) {
    const Walk *walk = u->walk;
    const Member *m = &u->member;
    if (m->kind == MEMBER_DIRECTORY) return false;
    if (!path.len) {
        skip_outside(u);
    } else if (in_git(path)) {
        skip(u, path, SKIP_IGNORED, STR("of Git"));
    } else if (packed_as(path) == PACKED_ARCHIVE) {
        skip(u, path, SKIP_NESTED, (Str){0});
    } else if (walk->wants && !walk->wants(walk->context, path)) {
        skip(u, path, SKIP_NOT_WANTED, (Str){0});
    } else if (m->kind == MEMBER_LINK) {
        skip(u, path, SKIP_LINK, (Str){0});
    } else if (!m->target.len && m->kind != MEMBER_FILE) {
        skip(u, path, SKIP_NOT_A_FILE, (Str){0});
    } else if (m->encrypted) {
        skip(u, path, SKIP_UNREADABLE, STR("it is encrypted"));
    } else {
        return true;
    }
    return false;
}

/* Members that are not wanted are unpacked, too, only to be passed over. */
static bool within_limits(Unpacking *u) {
    u->passed += u->member.size;
    if (++u->members > LIMIT_MEMBERS) return stop(u, "it has too many members");
    return !unpack_grows_too_much(u->packed, u->passed) || stop(u, UNPACK_TOO_LARGE);
}

/* Another name for a member that stands before it. */
static void add_link(Unpacking *u, Str path, Str target) {
    Str inside = path_in_archive(u, target);
    uint32_t number = hashmap_get(&u->numbers, hash128(inside));
    if (number == MAP_NONE) {
        skip(u, path, SKIP_UNREADABLE,
             str_format(u->arena, "it is a hard link to " STR_FMT ", which was not read",
                        STR_ARG(target)));
        return;
    }
    Source source = u->found.items[number];
    *add_source(u, path, 0) = source;
    vec_last(&u->found)->path = path;
}

static bool unpack_member(Unpacking *u) {
    if (!within_limits(u)) return false;
    Str path = path_in_archive(u, u->member.name), target = u->member.target;
    if (!wants_member(u, path)) return true;
    if (target.len) {
        add_link(u, path, target);
        return true;
    }
    Offset start = u->spool->size;
    bool complete = copy_member(u);
    if (complete) add_source(u, path, start); /* of a part of a member, all would be a guess */
    return complete;
}

/* ---- all of them ---- */

/* The last member of a tar has blocks of NULs behind it, and nothing else: where they are missing,
 * others may, too. To the end, since only there is it known whether the bytes were right. */
static void prove_tar_end(Unpacking *u) {
    Offset end = libarchive_used(u->archive);
    Str block;
    do {
        if (!unpacker_read(u->bytes, &block, &u->fault)) stop_at_fault(u);
    } while (!u->stopped && block.len);
    if (u->stopped) return;
    Offset content = unpacker_content_end(u->bytes);
    if (unpacker_position(u->bytes) - content < TAR_BLOCK) stop(u, NO_END);
    if (content > end) stop(u, MORE);
}

/* At the end of a zip stands its list of members. Where it is missing, libarchive takes those that
 * it meets. */
static void prove_zip_end(Unpacking *u) {
    Offset size = u->packed->size, len = size < ZIP_END ? size : ZIP_END;
    Buf end = {0};
    if (!source_read_at(u->packed, size - len, len, &end, &u->fault))
        stop_at_fault(u);
    else if (str_find(buf_str(&end), STR("PK\x05\x06")) == STR_NONE)
        stop(u, NO_END);
    buf_release(&end);
}

static void prove_end(Unpacking *u) {
    ArchiveFormat format = libarchive_format(u->archive);
    if (format == ARCHIVE_TAR) prove_tar_end(u);
    if (format == ARCHIVE_ZIP && unpacker_is_zip(u->bytes)) prove_zip_end(u);
}

static void unpack_members(Unpacking *u) {
    LibArchiveResult result;
    do {
        result = libarchive_next(u->archive, &u->member);
    } while (result == LIBARCHIVE_OK && unpack_member(u));
    if (result == LIBARCHIVE_END) prove_end(u);
    if (result == LIBARCHIVE_BROKEN) stop_at(u, u->members ? UNPACK_DAMAGED : UNREADABLE);
}

static int by_path(const void *left, const void *right) {
    const Source *a = left, *b = right;
    return str_cmp(a->path, b->path);
}

/* Of members of the same name the last one counts, as it does for those who unpack them. */
static void hand_over(Unpacking *u, SourceVec *out) {
    size_t kept = 0;
    for (uint32_t i = 0; i < u->found.len; i++)
        if (hashmap_get(&u->numbers, hash128(u->found.items[i].path)) == i)
            u->found.items[kept++] = u->found.items[i];
    u->found.len = kept;
    if (kept) qsort(u->found.items, kept, sizeof *u->found.items, by_path);
    for (size_t i = 0; i < kept; i++) vec_push(out, u->found.items[i]);
}

static void unpack(Unpacking *u, SourceVec *out) {
    u->bytes = unpacker_open(u->packed, &u->fault);
    if (!u->bytes) {
        stop_at_fault(u);
        return;
    }
    if (u->as == PACKED_FILE)
        unpack_file(u);
    else if (open_archive(u))
        unpack_members(u);
    hand_over(u, out);
    libarchive_close(u->archive);
    unpacker_free(u->bytes);
    vec_release(&u->found);
    hashmap_release(&u->numbers);
}

static void unpack_source(Arena *a, const Walk *walk, const Source *packed, Spool *spool,
                          SourceVec *out) {
    Unpacking u = {
        .arena = a, .walk = walk, .packed = packed, .as = packed_as(packed->path), .spool = spool};
    unpack(&u, out);
}

/* A compressed file in an archive is unpacked in its turn, from the spool into the spool. */
static void unpack_all(Arena *a, const Walk *walk, const Source *packed, Spool *spool,
                       SourceVec *out) {
    SourceVec members = {0};
    unpack_source(a, walk, packed, spool, &members);
    for (size_t i = 0; i < members.len; i++) {
        const Source *member = &members.items[i];
        if (packed_as(packed->path) == PACKED_ARCHIVE && packed_as(member->path) == PACKED_FILE)
            unpack_source(a, walk, member, spool, out);
        else
            vec_push(out, *member);
    }
    vec_release(&members);
}

/* libarchive hands out no name that the locale cannot write. Ours is the same everywhere, and in
 * force only here. */
void archive_unpack(Arena *a, const Walk *walk, const Source *packed, Spool *spool,
                    SourceVec *out) {
    locale_t names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = (locale_t)0;
    if (names) before = uselocale(names);
    unpack_all(a, walk, packed, spool, out);
    if (names) {
        uselocale(before);
        freelocale(names);
    }
}
