/* What is used of libarchive: tar and zip, member by member, and three compressors, block by block.
 *
 * The bytes come from whoever gives them; libarchive itself is opened on first use
 * (base/module.h).
 *
 *     LibArchive *l = libarchive_open(LIBARCHIVE_MEMBERS, &(BytesGiver){context, give}, &err);
 *     while (libarchive_next(l, &member) == LIBARCHIVE_OK)
 *         while (libarchive_block(l, &block, &at) == LIBARCHIVE_OK) ...
 *     libarchive_close(l);
 *
 * Of what is compressed there is one member, without a name. Texts and blocks are good until the
 * next call. libarchive hands out no name that the locale of the thread cannot write. */
#ifndef INPUT_LIBARCHIVE_H
#define INPUT_LIBARCHIVE_H

#include "base/error.h"
#include "base/str.h"
#include "text/span.h"

typedef struct LibArchive LibArchive;

typedef enum { LIBARCHIVE_OK, LIBARCHIVE_END, LIBARCHIVE_BROKEN } LibArchiveResult;
typedef enum { LIBARCHIVE_COMPRESSED, LIBARCHIVE_MEMBERS } LibArchiveContent;
typedef enum { ARCHIVE_OTHER, ARCHIVE_TAR, ARCHIVE_ZIP } ArchiveFormat;
typedef enum { MEMBER_FILE, MEMBER_DIRECTORY, MEMBER_LINK, MEMBER_SPECIAL } MemberKind;

typedef struct BytesGiver {
    void *context;
    bool (*give)(void *context, Str *block); /* empty at the end; false: no more can be had */
    /* A zip is read from its end: NULL where that cannot be. */
    bool (*seek)(void *context, Offset to);
    Offset (*position)(void *context);
    Offset size; /* for seeking */
} BytesGiver;

typedef struct Member {
    Str name;
    Str target; /* of a hard link: the name of the member that it is, too */
    MemberKind kind;
    bool encrypted;
    Offset size; /* as it says; 0 when it does not */
} Member;

/* NULL: libarchive is not there, or cannot do that. */
LibArchive *libarchive_open(LibArchiveContent content, const BytesGiver *giver, Error *err);
LibArchiveResult libarchive_next(LibArchive *l, Member *out);
LibArchiveResult libarchive_block(LibArchive *l, Str *out, Offset *at);
ArchiveFormat libarchive_format(const LibArchive *l);
/* What was used of the bytes. */
Offset libarchive_used(const LibArchive *l);
void libarchive_close(LibArchive *l); /* NULL is fine */

#endif
