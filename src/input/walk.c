/* Walking over directories, in an order that is the same everywhere. */
#include "input/walk.h"

#include "input/ignore.h"
#include "input/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum { ENTRY_FILE, ENTRY_DIRECTORY, ENTRY_LINK, ENTRY_OTHER } EntryType;

typedef struct Entry {
    Str name; /* in its frame's names */
    EntryType type;
} Entry;

/* A directory that is being walked. The frames are a stack of our own, so that no depth of
 * directories can exhaust the program's. */
typedef struct Frame {
    Buf names;
    VEC(Entry) entries;
    size_t next;
    size_t shown_len, inside_len; /* of the directory's paths, with their '/' */
    const Ignore *rules;
} Frame;

typedef struct Walker {
    Arena *arena;
    const Walk *walk;
    SourceVec *out;
    Str real_root; /* the PATH without links, to see whether a link leaves it */
    VEC(Frame) frames;
    Buf shown;  /* the path at hand as users see it and the system knows it, ends with a NUL */
    Buf inside; /* the same from the repository's root on, for ignore rules */
} Walker;

Str path_shown(Arena *a, Str path) {
    Buf shown = {0};
    Str rest = path, part;
    bool absolute = str_starts(path, STR("/"));
    if (absolute) buf_add_char(&shown, '/');
    while (str_split(&rest, '/', &part)) {
        if (!part.len || str_eq(part, STR("."))) continue;
        if (shown.len > absolute) buf_add_char(&shown, '/');
        buf_add(&shown, part);
    }
    if (!shown.len && path.len) buf_add_char(&shown, '.');
    Str copy = str_copy(a, buf_str(&shown));
    buf_release(&shown);
    return copy;
}

static bool resolve(Str path, char *real) {
    Buf text = {0};
    buf_add(&text, path);
    bool exists = realpath(buf_cstr(&text), real);
    buf_release(&text);
    return exists;
}

/* A '/' between two positions, as near to the middle as may be; `from`: there is none. */
static size_t slash_between(Str path, size_t from, size_t to) {
    size_t middle = from + (to - from + 1) / 2;
    size_t slash = str_find_last_char(str_slice(path, 0, middle), '/');
    if (slash != STR_NONE && slash > from) return slash;
    slash = str_find_char(str_slice(path, middle, to), '/');
    return slash == STR_NONE ? from : middle + slash;
}

/* How much of a path exists: where a part of it does, all before it does, so it is searched for. */
static size_t existing_length(Str path, char *real) {
    size_t there = str_starts(path, STR("/")) ? 1 : 0, gone = path.len, at;
    if (resolve(path, real)) return path.len;
    while ((at = slash_between(path, there, gone)) != there) {
        bool exists = resolve(str_slice(path, 0, at), real);
        there = exists ? at : there;
        gone = exists ? gone : at;
    }
    return there;
}

Str path_real(Arena *a, Str path) {
    char real[PATH_MAX];
    size_t len = existing_length(path, real);
    /* Without a working directory (it was deleted) relative paths lead nowhere anyway. */
    if (!resolve(len ? str_slice(path, 0, len) : STR("."), real)) memcpy(real, "/", 2);
    Str rest = str_from_offset(path, len);
    if (str_starts(rest, STR("/"))) rest = str_from_offset(rest, 1);
    if (!rest.len) return str_copy(a, str_from(real));
    return str_format(a, "%s/" STR_FMT, strcmp(real, "/") != 0 ? real : "", STR_ARG(rest));
}

static void skip_path(Walker *w, SkipReason why, const char *detail) {
    if (w->walk->skipped)
        w->walk->skipped(w->walk->context, buf_str(&w->shown), why, str_from(detail));
}

void walk_add_file(Arena *a, Str path, const struct stat *status, Source how, SourceVec *out) {
    how.path = how.open_as = str_copy(a, path);
    how.size = (Offset)status->st_size;
    how.device = status->st_dev;
    how.inode = status->st_ino;
    how.shared = status->st_nlink > 1;
    vec_push(out, how);
}

static bool wanted(const Walker *w) {
    return !w->walk->wants || w->walk->wants(w->walk->context, buf_str(&w->shown));
}

static bool ignored(const Walker *w, const Frame *in, bool is_directory) {
    return !w->walk->no_ignore && ignore_matches(in->rules, buf_str(&w->inside), is_directory);
}

static EntryType entry_type(const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) return ENTRY_OTHER;
    if (S_ISREG(status.st_mode)) return ENTRY_FILE;
    if (S_ISDIR(status.st_mode)) return ENTRY_DIRECTORY;
    return S_ISLNK(status.st_mode) ? ENTRY_LINK : ENTRY_OTHER;
}

/* The byte behind the common part of two names, as it stands in the paths below: 'a.yaml' comes
 * before what is in 'a', because '.' is less than '/'. */
static int byte_behind(const Entry *e, size_t at) {
    if (at < e->name.len) return (unsigned char)e->name.data[at];
    return e->type == ENTRY_DIRECTORY ? '/' : 0;
}

static int compare_entries(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    size_t common = a->name.len < b->name.len ? a->name.len : b->name.len;
    int c = memcmp(a->name.data, b->name.data, common);
    return c ? c : byte_behind(a, common) - byte_behind(b, common);
}

/* Makes the paths those of an entry of the frame. */
static void set_paths(Walker *w, const Frame *f, Str name) {
    w->shown.len = f->shown_len;
    w->inside.len = f->inside_len;
    buf_add(&w->shown, name);
    buf_add(&w->inside, name);
    buf_cstr(&w->shown);
}

static EntryType type_of(Walker *w, const Frame *f, const struct dirent *d) {
    switch (d->d_type) {
    case DT_REG: return ENTRY_FILE;
    case DT_DIR: return ENTRY_DIRECTORY;
    case DT_LNK: return ENTRY_LINK;
    case DT_UNKNOWN: /* some file systems do not say */
        set_paths(w, f, str_from(d->d_name));
        return entry_type(w->shown.data);
    default: return ENTRY_OTHER;
    }
}

static void read_entries(Walker *w, Frame *f, DIR *directory) {
    const struct dirent *d;
    while ((d = readdir(directory))) {
        Str name = str_from(d->d_name);
        if (str_eq(name, STR(".")) || str_eq(name, STR("..")) || str_eq(name, STR(".git")))
            continue;
        vec_push(&f->entries, (Entry){{NULL, name.len}, type_of(w, f, d)});
        buf_add(&f->names, name);
    }
    const char *at = f->names.data;
    for (size_t i = 0; i < f->entries.len; at += f->entries.items[i++].name.len)
        f->entries.items[i].name.data = at;
    if (f->entries.len)
        qsort(f->entries.items, f->entries.len, sizeof *f->entries.items, compare_entries);
}

static bool is_repository(Buf *path) {
    struct stat status;
    size_t len = path->len;
    buf_add(path, STR(".git"));
    bool exists = lstat(buf_cstr(path), &status) == 0;
    path->len = len;
    return exists;
}

/* Adds the rules in the directory whose path, with its '/', is in `path`. Later ones are stronger,
 * so .unstaleignore can take back what .gitignore ignores. A repository inside another one has
 * rules of its own only. */
static const Ignore *rules_in(Arena *a, const Ignore *above, Str directory, Buf *path) {
    static const char *const names[] = {".git/info/exclude", ".gitignore", ".unstaleignore"};
    if (is_repository(path)) above = NULL;
    size_t len = path->len;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_add(path, str_from(names[i]));
        above = ignore_add_file(a, above, directory, buf_cstr(path));
        path->len = len;
    }
    return above;
}

static void add_slash(Buf *path) {
    if (path->len && path->data[path->len - 1] != '/') buf_add_char(path, '/');
}

/* Opens the directory at hand and makes it the one to go on with. */
static bool enter(Walker *w, const Ignore *rules) {
    DIR *directory = opendir(w->shown.len ? buf_cstr(&w->shown) : ".");
    if (!directory) return false;
    Str inside = buf_str(&w->inside);
    if (str_ends(inside, STR("/"))) inside.len--;
    add_slash(&w->shown);
    if (!w->walk->no_ignore) rules = rules_in(w->arena, rules, inside, &w->shown);
    add_slash(&w->inside);
    Frame f = {.rules = rules, .shown_len = w->shown.len, .inside_len = w->inside.len};
    read_entries(w, &f, directory);
    closedir(directory);
    vec_push(&w->frames, f);
    return true;
}

static void leave(Walker *w) {
    Frame *f = vec_last(&w->frames);
    buf_release(&f->names);
    vec_release(&f->entries);
    w->frames.len--;
}

static bool stays_inside(const Walker *w, const char *path) {
    char *real = realpath(path, NULL);
    Str target = str_from(real);
    bool at_root = str_eq(w->real_root, STR("/"));
    bool inside = str_starts(target, w->real_root) &&
                  (at_root || str_starts(str_from_offset(target, w->real_root.len), STR("/")));
    free(real);
    return inside;
}

static void visit_file(Walker *w, bool is_link) {
    struct stat status;
    if (stat(w->shown.data, &status) != 0)
        skip_path(w, SKIP_UNREADABLE, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        skip_path(w, SKIP_NOT_A_FILE, is_link ? "a link to something that is no file" : NULL);
    else
        walk_add_file(w->arena, buf_str(&w->shown), &status, (Source){.alias = is_link}, w->out);
}

static void visit_link(Walker *w) {
    struct stat status;
    bool exists = stat(w->shown.data, &status) == 0;
    if (exists && S_ISDIR(status.st_mode))
        skip_path(w, SKIP_LINK, "a link to a directory");
    else if (!wanted(w))
        skip_path(w, SKIP_NOT_WANTED, NULL);
    else if (!exists)
        skip_path(w, SKIP_LINK, "a link to nothing");
    else if (!stays_inside(w, w->shown.data))
        skip_path(w, SKIP_LINK, "a link to a file outside of the given path");
    else
        visit_file(w, true);
}

static void visit(Walker *w, const Frame *in, Entry e) {
    set_paths(w, in, e.name);
    if (ignored(w, in, e.type == ENTRY_DIRECTORY)) {
        skip_path(w, SKIP_IGNORED, NULL);
    } else if (e.type == ENTRY_DIRECTORY) {
        if (!enter(w, in->rules)) skip_path(w, SKIP_UNREADABLE, strerror(errno));
    } else if (e.type == ENTRY_LINK) {
        visit_link(w);
    } else if (e.type == ENTRY_OTHER) {
        skip_path(w, SKIP_NOT_A_FILE, NULL);
    } else if (!wanted(w)) {
        skip_path(w, SKIP_NOT_WANTED, NULL);
    } else {
        visit_file(w, false);
    }
}

/* How long the path of the repository that holds `real` is; all of `real` when there is none. */
static size_t repository_root(Str real) {
    Buf path = {0};
    bool found = false;
    size_t len = real.len;
    for (;;) {
        buf_clear(&path);
        buf_addf(&path, STR_FMT "/", STR_ARG(str_slice(real, 0, len)));
        found = is_repository(&path);
        if (found || !len) break;
        len = str_find_last_char(str_slice(real, 0, len), '/');
    }
    buf_release(&path);
    return found ? len : real.len;
}

/* The rules that stand above the PATH, from the repository's root down. The PATH's own are read
 * when it is entered. */
static const Ignore *rules_above(Walker *w, Str real) {
    size_t root = repository_root(real);
    const Ignore *rules = NULL;
    Buf path = {0};
    for (size_t at = root; at < real.len;) {
        Str directory = str_slice(real, root + 1, at);
        buf_clear(&path);
        buf_addf(&path, STR_FMT "/", STR_ARG(str_slice(real, 0, at)));
        rules = rules_in(w->arena, rules, directory, &path);
        size_t next = str_find_char(str_from_offset(real, at + 1), '/');
        at = next == STR_NONE ? real.len : at + 1 + next;
    }
    buf_release(&path);
    buf_add(&w->inside, str_from_offset(real, root + 1));
    return rules;
}

static bool walk_directory(Walker *w, Str path, Error *err) {
    char *real = realpath(path.data, NULL);
    if (!real) return error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
    w->real_root = str_from(real);
    /* "/" is the empty path with a '/' behind it, like all others. */
    Str above = str_eq(w->real_root, STR("/")) ? (Str){0} : w->real_root;
    const Ignore *rules = w->walk->no_ignore ? NULL : rules_above(w, above);
    if (!str_eq(path, STR("."))) buf_add(&w->shown, path);
    bool opened = enter(w, rules);
    if (!opened) error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
    while (w->frames.len) {
        Frame *f = vec_last(&w->frames);
        if (f->next == f->entries.len) {
            leave(w);
        } else {
            Frame in = *f; /* entering a directory moves the frames */
            f->next++;
            visit(w, &in, in.entries.items[in.next]);
        }
    }
    vec_release(&w->frames);
    buf_release(&w->shown);
    buf_release(&w->inside);
    free(real);
    return opened;
}

/* A named pipe, or what a shell makes of <(command): can be read once. */
static bool spool_pipe(Arena *a, Str path, SourceVec *out, Error *err) {
    int pipe_end = open(path.data, O_RDONLY | O_CLOEXEC);
    if (pipe_end < 0)
        return error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
    Source s;
    bool spooled = spool_stream(a, pipe_end, path, &s, err);
    close(pipe_end);
    if (spooled) vec_push(out, s);
    return spooled;
}

bool walk_path(Arena *a, const Walk *walk, Str path, SourceVec *out, Error *err) {
    Str shown = path_shown(a, path);
    struct stat status;
    if (stat(shown.data, &status) != 0) {
        if (errno != ENOENT)
            return error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
        return error_set(err, "no such file or directory: " STR_FMT " (name one that exists)",
                         STR_ARG(path));
    }
    if (S_ISDIR(status.st_mode)) {
        Walker w = {.arena = a, .walk = walk, .out = out};
        return walk_directory(&w, shown, err);
    }
    if (S_ISFIFO(status.st_mode)) return spool_pipe(a, shown, out, err);
    if (!S_ISREG(status.st_mode))
        return error_set(err, "cannot read " STR_FMT ": it is neither a file nor a directory",
                         STR_ARG(path));
    if (access(shown.data, R_OK) != 0)
        return error_set(err, "cannot open " STR_FMT ": %s", STR_ARG(path), strerror(errno));
    walk_add_file(a, shown, &status, (Source){.named = true}, out);
    return true;
}

static int compare_paths(const void *left, const void *right) {
    const Source *a = left, *b = right;
    int c = str_cmp(a->path, b->path);
    return c ? c : b->named - a->named;
}

/* The one to keep of several ways to a file comes first: named, then not through a link. */
static int compare_files(const void *left, const void *right) {
    const Source *a = left, *b = right;
    if (a->device != b->device) return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode) return a->inode < b->inode ? -1 : 1;
    if (a->named != b->named) return b->named - a->named;
    if (a->alias != b->alias) return a->alias - b->alias;
    return str_cmp(a->path, b->path);
}

static bool same_path(const Source *kept, const Source *s) {
    return str_eq(kept->path, s->path);
}

static bool same_file(const Source *kept, const Source *s) {
    bool same = s->inode && kept->inode == s->inode && kept->device == s->device;
    return same && (s->alias || kept->alias || !s->shared);
}

static void keep_first(SourceVec *sources, int (*compare)(const void *, const void *),
                       bool (*same)(const Source *, const Source *)) {
    if (!sources->len) return;
    qsort(sources->items, sources->len, sizeof *sources->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < sources->len; i++)
        if (!same(&sources->items[kept - 1], &sources->items[i]))
            sources->items[kept++] = sources->items[i];
    sources->len = kept;
}

void walk_finish(SourceVec *sources) {
    keep_first(sources, compare_files, same_file);
    keep_first(sources, compare_paths, same_path);
}
