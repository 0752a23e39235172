/* The files of a commit or of the index, as sources. */
#include "input/git.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/memory.h"
#include "input/repository.h"
#include "input/spool.h"
#include "input/tracked.h"

#include <stdlib.h>
#include <sys/stat.h>

struct Git {
    Arena *arena;
    GitWhat what;
    Repository *repository;
    Spool spool;        /* of all that is copied */
    Names contents;     /* by their ids: each is copied once, however many paths lead to it */
    VEC(Source) copies; /* … and where it is, by the number of its id */
    Offset listed;      /* bytes, of each path */
};

/* The files below one PATH. */
typedef struct Listing {
    Git *git;
    Tracked tracked;
    SourceVec *out;
    Buf directory; /* on disk: the one that was looked at last, from the top on */
    bool looked, in_place;
} Listing;

bool git_in_build(void) {
    return true;
}

/* ---- where a source is read from ---- */

/* Is the directory of a file on disk the one that Git means? A link could lead elsewhere, and be
 * written through. */
static bool is_in_place(Listing *l, Str path) {
    size_t slash = str_find_last_char(path, '/');
    Str inside = slash == STR_NONE ? (Str){0} : str_slice(path, 0, slash);
    if (l->looked && str_eq(inside, buf_str(&l->directory))) return l->in_place;
    Str shown = tracked_shown(&l->tracked, path), top = repository_top(l->git->repository);
    Str want = str_format(l->git->arena, STR_FMT "%s" STR_FMT, STR_ARG(top), inside.len ? "/" : "",
                          STR_ARG(inside));
    l->looked = true;
    l->in_place = str_eq(path_real(l->git->arena, str_directory(shown)), want);
    buf_clear(&l->directory);
    buf_add(&l->directory, inside);
    return l->in_place;
}

static bool is_on_disk(Listing *l, const GitEntry *e, struct stat *status) {
    if (!e->staged || !is_in_place(l, e->path)) return false;
    Str shown = tracked_shown(&l->tracked, e->path);
    return lstat(shown.data, status) == 0 && S_ISREG(status->st_mode) &&
           repository_has_same(l->git->repository, e, status);
}

/* A few bytes of a repository can stand for many: a content can shrink to a thousandth, and stand
 * under any number of paths. */
static bool has_room(Git *g, Offset size, Error *why) {
    if (size > LIMIT_GIT_FILE)
        return error_set(why, "it has more than %d MB: write it to a file and check that one",
                         LIMIT_GIT_FILE >> 20);
    if (g->listed + size > (Offset)LIMIT_GIT_MEGABYTES << 20)
        return error_set(why, "the files before it have about %d MB: give PATHs that have less",
                         LIMIT_GIT_MEGABYTES);
    g->listed += size;
    return true;
}

/* `copy`: NULL when its content is to be copied; then *bytes has it. */
static bool can_be_had(Git *g, const GitEntry *e, const Source *copy, Str *bytes, Error *why) {
    Offset size = copy ? copy->size : 0;
    if (!copy && !repository_size(g->repository, e, &size, why)) return false;
    if (!has_room(g, size, why)) return false;
    return copy || repository_read(g->repository, e, bytes, why);
}

static const Source *find_copy(const Git *g, const GitEntry *e) {
    uint32_t number = names_find(&g->contents, repository_id(e));
    return number == MAP_NONE ? NULL : &g->copies.items[number];
}

static bool copy_bytes(Git *g, const GitEntry *e, Str bytes, Error *err) {
    Offset start = g->spool.size;
    SourceOrigin origin = g->what.rev.len ? ORIGIN_COMMIT : ORIGIN_STAGED;
    if (!spool_add(&g->spool, bytes, err)) return false;
    names_intern(&g->contents, repository_id(e));
    vec_push(&g->copies, spool_source(&g->spool, start, origin, (Str){0}));
    return true;
}

static bool add_copy(Listing *l, const GitEntry *e, bool named, Error *err) {
    Git *g = l->git;
    const Source *copy = find_copy(g, e);
    Str bytes;
    Error why;
    if (!can_be_had(g, e, copy, &bytes, &why)) {
        tracked_skip(&l->tracked, e->path, SKIP_UNREADABLE, str_from(why.text));
        return true;
    }
    if (!copy && !copy_bytes(g, e, bytes, err)) return false;
    Source source = copy ? *copy : *vec_last(&g->copies);
    source.path = source.open_as = str_copy(g->arena, tracked_shown(&l->tracked, e->path));
    source.named = named;
    vec_push(l->out, source);
    return true;
}

static bool add_file(Listing *l, const GitEntry *e, bool named, Error *err) {
    struct stat status;
    if (e->fault.len) {
        tracked_skip(&l->tracked, e->path, SKIP_UNREADABLE, e->fault);
        return true;
    }
    if (!is_on_disk(l, e, &status)) return add_copy(l, e, named, err);
    walk_add_file(l->git->arena, tracked_shown(&l->tracked, e->path), &status,
                  (Source){.named = named}, l->out);
    return true;
}

/* ---- which files ---- */

/* A file that was met, or a directory that cannot be read. */
static bool visit(void *context, const GitEntry *e, Error *err) {
    Listing *l = context;
    if (S_ISDIR(e->mode))
        tracked_skip(&l->tracked, e->path, SKIP_UNREADABLE, e->fault);
    else if (!S_ISREG(e->mode) && !S_ISLNK(e->mode))
        tracked_skip(&l->tracked, e->path, SKIP_NOT_A_FILE, STR("a submodule"));
    else if (!tracked_wants(&l->tracked, e->path))
        return true; /* and told */
    else if (S_ISLNK(e->mode))
        tracked_skip(&l->tracked, e->path, SKIP_LINK, (Str){0});
    else
        return add_file(l, e, false, err);
    return true;
}

/* What the PATH names. */
static bool list_entry(Listing *l, const GitEntry *e, Str path, Error *err) {
    if (S_ISDIR(e->mode))
        return repository_walk(l->git->repository, e, &(GitVisitor){l, visit}, err);
    if (S_ISREG(e->mode)) return add_file(l, e, true, err);
    return error_set(err, STR_FMT " is a %s as Git has it: name a file", STR_ARG(path),
                     S_ISLNK(e->mode) ? "symbolic link" : "submodule");
}

static bool not_there(const Git *g, Str path, Error *err) {
    if (g->what.rev.len)
        return error_set(err, "'" STR_FMT "' has no file or directory " STR_FMT,
                         STR_ARG(g->what.rev), STR_ARG(path));
    return error_set(
        err, "the index has no file or directory " STR_FMT " (git ls-files lists what it has)",
        STR_ARG(path));
}

/* An absolute path, from the repository's top on. */
static bool find_inside(const Git *g, Str path, Str real, Str *out, Error *err) {
    Str top = repository_top(g->repository);
    bool is_below = str_starts(real, top) && (real.len == top.len || real.data[top.len] == '/');
    if (!is_below)
        return error_set(err, STR_FMT " lies outside of " STR_FMT ", the top of its Git repository",
                         STR_ARG(path), STR_ARG(top));
    *out = str_copy(g->arena, str_from_offset(real, top.len + 1));
    return true;
}

/* The text of a .unstaleignore, as the commit or the index has it. */
static bool read_text(void *context, Str path, Buf *into) {
    Repository *r = context;
    GitEntry e;
    Str text;
    Offset size;
    Error unread;
    if (!repository_find(r, path, &e) || !S_ISREG(e.mode)) return false;
    if (!repository_size(r, &e, &size, &unread) || size > LIMIT_GIT_FILE) return false;
    if (!repository_read(r, &e, &text, &unread)) return false;
    buf_add(into, text);
    return true;
}

/* ---- */

Git *git_open(Arena *a, GitWhat what, Error *err) {
    Repository *r = repository_new(a, what.rev, err);
    if (!r) return NULL;
    Git *g = mem_zero(sizeof *g);
    *g = (Git){.arena = a, .what = what, .repository = r};
    return g;
}

bool git_list(Git *g, const Walk *walk, Str path, SourceVec *out, Error *err) {
    Str shown = path_shown(g->arena, path), real = path_real(g->arena, shown), top;
    GitEntry e;
    if (!path.len) return error_set(err, "a PATH is empty");
    if (!repository_use(g->repository, real, err) || !find_inside(g, path, real, &top, err))
        return false;
    if (!repository_find(g->repository, top, &e)) return not_there(g, path, err);
    Listing l = {.git = g, .out = out};
    l.tracked = (Tracked){.arena = g->arena,
                          .walk = walk,
                          .shown = shown,
                          .top = top,
                          .context = g->repository,
                          .read = read_text};
    bool ok = list_entry(&l, &e, path, err);
    tracked_release(&l.tracked);
    buf_release(&l.directory);
    return ok;
}

void git_close(Git *g) {
    if (!g) return;
    repository_free(g->repository);
    names_release(&g->contents);
    vec_release(&g->copies);
    free(g);
}
