/* Directories above files: which hold a .git, which a configuration. Each is looked at once.
 *
 *     Directories d = {0};
 *     directories_open(&d, &arena);
 *     uint32_t at = directory_of(&d, STR("a/b.yaml"));         of a path as users see it
 *     while (at != DIRECTORY_NONE) at = d.items[at].parent;    up to "/" */
#ifndef APP_DIRECTORIES_H
#define APP_DIRECTORIES_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#define DIRECTORY_NONE   UINT32_MAX
#define CONFIG_FILE_NAME ".unstale.yaml"

typedef struct Directory {
    Str path;        /* absolute, without symbolic links; "/" is the only one that ends in '/' */
    uint32_t parent; /* DIRECTORY_NONE above "/" */
    bool has_git, has_config;
} Directory;

typedef struct Directories {
    Arena *arena;
    Str working; /* the working directory, absolute */
    VEC(Directory) items;
    Names real;  /* absolute path -> item */
    Names shown; /* the directory part of a path as users see it -> into `of_shown` */
    VEC(uint32_t) of_shown;
} Directories;

void directories_open(Directories *d, Arena *arena);
void directories_close(Directories *d);

/* The item of the directory that a path lies in; with `itself`, of the path where that is a
 * directory. Parts that do not exist (the name of standard input) are taken as written. */
uint32_t directory_of(Directories *d, Str path, bool itself);

/* Likewise, for a path that was asked for before. */
uint32_t directory_known(const Directories *d, Str path);

/* The absolute path as the working directory sees it. */
Str directory_shown(const Directories *d, Str absolute);

/* The path of the file at `path` relative to `base` (absolute), into `out`; false when not below
 * it. */
bool directory_relative(const Directories *d, Str path, Str base, Buf *out);

#endif
