/* Directories, found through the operating system once and remembered. */
#include "app/directories.h"

#include "base/error.h"
#include "input/walk.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void directories_open(Directories *d, Arena *arena) {
    char path[PATH_MAX];
    *d = (Directories){.arena = arena};
    /* Without a working directory (it was deleted) relative paths lead nowhere anyway. */
    d->working = str_copy(arena, getcwd(path, sizeof path) ? str_from(path) : STR("/"));
}

void directories_close(Directories *d) {
    vec_release(&d->items);
    vec_release(&d->of_shown);
    names_release(&d->real);
    names_release(&d->shown);
}

static Str last_part(Str path) {
    size_t slash = str_find_last_char(path, '/');
    return slash == STR_NONE ? path : str_from_offset(path, slash + 1);
}

static bool holds(Directories *d, Str directory, const char *name) {
    Str path = str_format(d->arena, STR_FMT "/%s", STR_ARG(directory), name);
    struct stat info;
    return stat(path.data, &info) == 0;
}

/* The item for an absolute path, with all above it. */
static uint32_t add_real(Directories *d, Str path) {
    uint32_t at = names_find(&d->real, path);
    if (at != MAP_NONE) return at;
    uint32_t parent = path.len > 1 ? add_real(d, str_directory(path)) : DIRECTORY_NONE;
    at = names_intern(&d->real, path);
    Directory item = {.path = names_text(&d->real, at), .parent = parent};
    item.has_git = holds(d, path, ".git");
    item.has_config = holds(d, path, CONFIG_FILE_NAME);
    if (at != d->items.len) bug("directory %u is the %zu. item", at, d->items.len);
    vec_push(&d->items, item);
    return at;
}

static bool is_directory(Directories *d, Str path) {
    struct stat info;
    Str text = str_copy(d->arena, path);
    return stat(text.data, &info) == 0 && S_ISDIR(info.st_mode);
}

uint32_t directory_of(Directories *d, Str path, bool itself) {
    Str directory = itself && is_directory(d, path) ? path : str_directory(path);
    uint32_t number = names_intern(&d->shown, directory);
    if (number == d->of_shown.len) {
        uint32_t at = add_real(d, path_real(d->arena, directory));
        vec_push(&d->of_shown, at);
    }
    return d->of_shown.items[number];
}

uint32_t directory_known(const Directories *d, Str path) {
    uint32_t number = names_find(&d->shown, str_directory(path));
    return number == MAP_NONE ? DIRECTORY_NONE : d->of_shown.items[number];
}

Str directory_shown(const Directories *d, Str absolute) {
    Str up = {0}, from = d->working;
    for (;; from = str_directory(from)) {
        if (str_eq(absolute, from)) return up.len ? str_slice(up, 0, up.len - 1) : STR(".");
        bool root = from.len <= 1;
        if (str_starts(absolute, from) && (root || absolute.data[from.len] == '/'))
            return str_format(d->arena, STR_FMT STR_FMT, STR_ARG(up),
                              STR_ARG(str_from_offset(absolute, root ? 1 : from.len + 1)));
        up = str_format(d->arena, STR_FMT "../", STR_ARG(up));
    }
}

bool directory_relative(const Directories *d, Str path, Str base, Buf *out) {
    uint32_t at = directory_known(d, path);
    if (at == DIRECTORY_NONE) bug("nobody asked for the configuration of " STR_FMT, STR_ARG(path));
    Str directory = d->items.items[at].path;
    bool root = base.len <= 1;
    bool below = str_starts(directory, base) &&
                 (root || directory.len == base.len || directory.data[base.len] == '/');
    if (!below) return false;
    buf_clear(out);
    buf_add(out, str_from_offset(directory, root ? 1 : base.len + 1));
    if (out->len) buf_add_char(out, '/');
    buf_add(out, last_part(path));
    return true;
}
