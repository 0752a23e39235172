/* Opening repositories and reading what they hold; the only file that knows libgit2. */
#include "input/repository.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/module.h"
#include "base/vec.h"
#include "input/walk.h"

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* GIT2_SONAME comes from the build: the library whose header this is. */
#define TEXT_OF(number)  #number
#define VERSION_OF(a, b) TEXT_OF(a) "." TEXT_OF(b)
#define LIBRARY_VERSION  VERSION_OF(LIBGIT2_VER_MAJOR, LIBGIT2_VER_MINOR)

/* clang-format off */
#define FUNCTIONS(X) \
    X(git_libgit2_init) X(git_libgit2_shutdown) X(git_libgit2_opts) X(git_error_last) \
    X(git_buf_dispose) X(git_repository_discover) X(git_repository_open_ext) \
    X(git_repository_set_workdir) X(git_repository_set_odb) X(git_repository_workdir) \
    X(git_repository_path) X(git_repository_index) X(git_repository_odb) \
    X(git_repository_head_unborn) X(git_repository_is_shallow) X(git_repository_hashfile) \
    X(git_repository_free) X(git_odb_open) X(git_odb_add_disk_alternate) \
    X(git_odb_read_header) X(git_odb_free) X(git_oid_equal) X(git_revparse_single) \
    X(git_object_peel) X(git_object_free) \
    X(git_tree_id) X(git_tree_lookup) X(git_tree_entrycount) X(git_tree_entry_byindex) \
    X(git_tree_entry_byname) X(git_tree_entry_bypath) X(git_tree_entry_filemode_raw) \
    X(git_tree_entry_id) X(git_tree_entry_name) X(git_tree_entry_free) X(git_tree_free) \
    X(git_index_open) X(git_index_path) X(git_index_get_byindex) X(git_index_get_bypath) \
    X(git_index_find_prefix) X(git_index_set_caps) X(git_index_free) X(git_blob_lookup) \
    X(git_blob_rawcontent) X(git_blob_rawsize) X(git_blob_free)
/* clang-format on */

typedef struct Library {
    FUNCTIONS(MODULE_FIELD)
} Library;

static const ModuleSymbol symbols[] = {FUNCTIONS(MODULE_SYMBOL)};

struct Repository {
    Library lib;
    Arena *arena;
    Str rev;              /* empty: the index */
    git_repository *open; /* the one of the last path */
    Str directory;        /* … as it was found */
    Str top;              /* … its work tree, or itself when it is bare; no links, no '/' */
    git_tree *tree;
    git_index *index;
    struct timespec index_written;
    const struct Levels *walked; /* by the walk that is under way */
    git_tree_entry *found;       /* the one that was asked for last */
    git_blob *blob;              /* … and what was read last */
};

/* ---- what is said when it does not work ---- */

static const char *reason(const Repository *r) {
    const git_error *last = r->lib.git_error_last();
    return last && last->message ? last->message : "no reason given";
}

static bool is_staged(const Repository *r) {
    return !r->rev.len;
}

/* The work tree, or the directory itself when there is none: as users know a repository. */
static Str repository_name(Str directory) {
    if (str_ends(directory, STR("/"))) directory.len--;
    if (str_ends(directory, STR("/.git"))) directory.len -= 5;
    return directory;
}

/* What helps with repositories that libgit2 cannot read. */
static Str advice(const Repository *r) {
    static const struct {
        const char *said, *helps;
    } rows[] = {
        {"'sdir'", "git sparse-checkout reapply --no-sparse-index"},
        {"'link'", "git update-index --no-split-index"},
    };
    const char *said = reason(r);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(said, rows[i].said)) return str_from(rows[i].helps);
    if (is_staged(r))
        return STR("check a copy of the files instead: git checkout-index --all --prefix=DIR/");
    return str_format(r->arena,
                      "check a copy of the files instead: git worktree add --detach DIR " STR_FMT,
                      STR_ARG(r->rev));
}

static bool cannot_read(const Repository *r, const char *what, Str directory, Error *err) {
    const char *said = reason(r);
    Str name = repository_name(directory), helps = advice(r);
    /* It looks for the owner's permission in a configuration that may not even exist. */
    if (strstr(said, "safe.directory") || strstr(said, "not owned by"))
        return error_set(err,
                         "cannot read %s " STR_FMT ": it belongs to another user (if you trust its "
                         "content: git config --global --add safe.directory " STR_FMT ")",
                         what, STR_ARG(name), STR_ARG(name));
    return error_set(err, "cannot read %s " STR_FMT ": %s (" STR_FMT ")", what, STR_ARG(name), said,
                     STR_ARG(helps));
}

/* ---- the repository of a PATH ---- */

static Str environment(const char *name) {
    return str_from(getenv(name));
}

static void forget(Repository *r) {
    r->lib.git_blob_free(r->blob);
    r->lib.git_tree_entry_free(r->found);
    r->lib.git_tree_free(r->tree);
    r->lib.git_index_free(r->index);
    r->lib.git_repository_free(r->open);
    r->blob = NULL;
    r->found = NULL;
    r->tree = NULL;
    r->index = NULL;
    r->open = NULL;
}

/* The directory at or above a path, which need not exist. */
static Str directory_at(Arena *a, Str path) {
    struct stat status;
    for (;;) {
        path = str_copy(a, path);
        if (stat(path.data, &status) == 0 && S_ISDIR(status.st_mode)) return path;
        size_t slash = str_find_last_char(path, '/');
        path = str_slice(path, 0, slash ? slash : 1);
    }
}

/* The directory of objects and references, as Git finds it. */
static bool find_directory(Repository *r, Str real, Str *out, Error *err) {
    *out = environment("GIT_DIR");
    if (out->len) return true;
    Str start = directory_at(r->arena, real);
    git_buf found = {0};
    const char *ceiling = getenv("GIT_CEILING_DIRECTORIES");
    int failed = r->lib.git_repository_discover(&found, start.data, true, ceiling);
    if (!failed) *out = str_copy(r->arena, str_from(found.ptr));
    r->lib.git_buf_dispose(&found);
    if (failed == GIT_ENOTFOUND)
        return error_set(err,
                         "no Git repository at or above " STR_FMT
                         " (--rev and --staged read one; leave them out to check the files)",
                         STR_ARG(start));
    return !failed || cannot_read(r, "the Git repository of", start, err);
}

/* Where objects lie while Git receives them: a hook judges them before they are let in. */
static int use_objects(Repository *r) {
    Str own = environment("GIT_OBJECT_DIRECTORY"), part;
    Str more = environment("GIT_ALTERNATE_OBJECT_DIRECTORIES");
    if (!own.len && !more.len) return 0;
    git_odb *objects = NULL;
    int failed = own.len ? r->lib.git_odb_open(&objects, own.data)
                         : r->lib.git_repository_odb(&objects, r->open);
    while (!failed && str_split(&more, ':', &part))
        if (part.len)
            failed = r->lib.git_odb_add_disk_alternate(objects, str_copy(r->arena, part).data);
    if (!failed) failed = r->lib.git_repository_set_odb(r->open, objects);
    r->lib.git_odb_free(objects);
    return failed;
}

static int open_directory(Repository *r, Str directory) {
    Str work_tree = environment("GIT_WORK_TREE");
    int failed = r->lib.git_repository_open_ext(&r->open, directory.data,
                                                GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    if (!failed && work_tree.len)
        failed = r->lib.git_repository_set_workdir(r->open, work_tree.data, false);
    return failed ? failed : use_objects(r);
}

/* In a hook this is not always the index of the repository: `git commit PATH` makes one of its
 * own. A relative name counts from the top of the work tree, as in Git. */
static bool open_index(Repository *r, Error *err) {
    Str file = environment("GIT_INDEX_FILE");
    if (!r->lib.git_repository_workdir(r->open))
        return error_set(err, STR_FMT " is a bare repository and has no index: use --rev",
                         STR_ARG(r->top));
    int failed;
    if (file.len && file.data[0] != '/')
        file = str_format(r->arena, STR_FMT "/" STR_FMT, STR_ARG(r->top), STR_ARG(file));
    if (file.len)
        failed = r->lib.git_index_open(&r->index, file.data);
    else
        failed = r->lib.git_repository_index(&r->index, r->open);
    if (failed) return cannot_read(r, "the index of", r->directory, err);
    /* In the order of bytes, as it is written; core.ignoreCase asks libgit2 for another one. */
    r->lib.git_index_set_caps(r->index, 0);
    struct stat status;
    bool exists = stat(r->lib.git_index_path(r->index), &status) == 0;
    r->index_written = exists ? status.st_mtim : (struct timespec){0};
    return true;
}

static const char *advice_on_revision(const Repository *r, int failed) {
    if (str_find(r->rev, STR("..")) != STR_NONE) return " (name one commit, not a range)";
    if (failed == GIT_EAMBIGUOUS) return " alone: several objects begin like this";
    if (r->lib.git_repository_head_unborn(r->open) == 1)
        return " (it has no commit yet: use --staged)";
    if (r->lib.git_repository_is_shallow(r->open) == 1)
        return " (it is a shallow clone: an older commit comes with git fetch --unshallow)";
    return " (git log --all lists what it has)";
}

/* libgit2's words would tell of objects that could not be peeled. */
static bool no_such_revision(const Repository *r, int failed, Error *err) {
    return error_set(err, "option '--rev': the Git repository " STR_FMT " has no '" STR_FMT "'%s",
                     STR_ARG(repository_name(r->directory)), STR_ARG(r->rev),
                     advice_on_revision(r, failed));
}

static bool open_tree(Repository *r, Error *err) {
    git_object *named, *tree;
    int failed = r->lib.git_revparse_single(&named, r->open, r->rev.data);
    if (failed) return no_such_revision(r, failed, err);
    failed = r->lib.git_object_peel(&tree, named, GIT_OBJECT_TREE);
    r->lib.git_object_free(named);
    if (failed)
        return error_set(err,
                         "option '--rev': '" STR_FMT "' names no commit, tag or tree (name one, "
                         "and files as PATHs)",
                         STR_ARG(r->rev));
    r->tree = (git_tree *)tree;
    return true;
}

/* Unless it is open: hooks give many PATHs. */
bool repository_use(Repository *r, Str real, Error *err) {
    Str directory;
    if (!find_directory(r, real, &directory, err)) return false;
    if (r->open && str_eq(directory, r->directory)) return true;
    forget(r);
    r->directory = directory;
    if (open_directory(r, directory)) return cannot_read(r, "the Git repository", directory, err);
    const char *top = r->lib.git_repository_workdir(r->open);
    if (!top) top = r->lib.git_repository_path(r->open);
    r->top = path_real(r->arena, str_from(top));
    if (str_eq(r->top, STR("/"))) r->top = (Str){0};
    return is_staged(r) ? open_index(r, err) : open_tree(r, err);
}

Str repository_top(const Repository *r) {
    return r->top;
}

/* ---- contents ---- */

static bool has_no_content(const Repository *r, int failed, Error *err) {
    if (failed != GIT_ENOTFOUND) return error_set(err, "%s", reason(r));
    return error_set(err, "its content is not in this repository (in a partial clone `git fetch "
                          "--refetch --no-filter` gets it)");
}

Str repository_id(const GitEntry *e) {
    return (Str){(const char *)e->id->id, sizeof e->id->id};
}

bool repository_size(const Repository *r, const GitEntry *e, Offset *out, Error *err) {
    git_odb *objects = NULL;
    git_object_t kind;
    size_t size = 0;
    int failed = r->lib.git_repository_odb(&objects, r->open);
    if (!failed) failed = r->lib.git_odb_read_header(&size, &kind, objects, e->id);
    r->lib.git_odb_free(objects);
    *out = size;
    return !failed || has_no_content(r, failed, err);
}

bool repository_read(Repository *r, const GitEntry *e, Str *out, Error *err) {
    r->lib.git_blob_free(r->blob);
    r->blob = NULL;
    int failed = r->lib.git_blob_lookup(&r->blob, r->open, e->id);
    if (failed) return has_no_content(r, failed, err);
    *out = (Str){r->lib.git_blob_rawcontent(r->blob), (size_t)r->lib.git_blob_rawsize(r->blob)};
    return true;
}

static bool is_time(git_index_time a, struct timespec b) {
    return a.seconds == (int32_t)b.tv_sec && a.nanoseconds == (uint32_t)b.tv_nsec;
}

/* Git notes in the index what the file was like when it was staged. One that is not older than the
 * index may have changed since then without a trace. */
static bool is_noted(const Repository *r, const git_index_entry *e, const struct stat *s) {
    const struct timespec *file = &s->st_mtim, *index = &r->index_written;
    bool older = file->tv_sec < index->tv_sec ||
                 (file->tv_sec == index->tv_sec && file->tv_nsec < index->tv_nsec);
    return older && is_time(e->mtime, s->st_mtim) && is_time(e->ctime, s->st_ctim) &&
           e->ino == (uint32_t)s->st_ino && e->file_size == (uint32_t)s->st_size;
}

bool repository_has_same(const Repository *r, const GitEntry *e, const struct stat *status) {
    git_oid now;
    if (is_noted(r, e->staged, status)) return true;
    Str file = str_format(r->arena, STR_FMT "/" STR_FMT, STR_ARG(r->top), STR_ARG(e->path));
    return !r->lib.git_repository_hashfile(&now, r->open, file.data, GIT_OBJECT_BLOB, NULL) &&
           r->lib.git_oid_equal(&now, e->id);
}

/* ---- a commit ---- */

/* A directory that is being walked. The levels are a stack of our own, so that no depth of
 * directories can exhaust the program's. */
typedef struct Level {
    git_tree *tree;
    size_t next, path_len;
} Level;

typedef struct Levels {
    VEC(Level) stack;
    Buf path; /* of the entry at hand */
} Levels;

static GitEntry tree_entry(const Repository *r, Str path, const git_tree_entry *e) {
    return (GitEntry){.path = path,
                      .mode = (uint32_t)r->lib.git_tree_entry_filemode_raw(e),
                      .id = r->lib.git_tree_entry_id(e)};
}

static bool descend(const Repository *r, Levels *levels, const git_oid *id) {
    git_tree *tree;
    if (r->lib.git_tree_lookup(&tree, r->open, id)) return false;
    if (levels->path.len) buf_add_char(&levels->path, '/');
    vec_push(&levels->stack, (Level){tree, 0, levels->path.len});
    return true;
}

static bool visit_entry(const Repository *r, Levels *levels, const git_tree_entry *found,
                        const GitVisitor *visitor, Error *err) {
    buf_add(&levels->path, str_from(r->lib.git_tree_entry_name(found)));
    GitEntry e = tree_entry(r, buf_str(&levels->path), found);
    if (S_ISDIR(e.mode)) {
        bool too_long = e.path.len > LIMIT_GIT_PATH;
        if (!too_long && descend(r, levels, e.id)) return true;
        e.fault = too_long ? STR("its path is too long") : str_from(reason(r));
    }
    return visitor->visit(visitor->context, &e, err);
}

static bool walk_tree(Repository *r, Str top, const git_oid *id, const GitVisitor *visitor,
                      Error *err) {
    Levels levels = {0};
    size_t met = 0;
    buf_add(&levels.path, top);
    r->walked = &levels;
    bool ok = descend(r, &levels, id) ||
              error_set(err, "cannot read '" STR_FMT "': %s", STR_ARG(r->rev), reason(r));
    while (levels.stack.len) {
        Level *last = vec_last(&levels.stack);
        levels.path.len = last->path_len;
        if (ok && last->next < r->lib.git_tree_entrycount(last->tree)) {
            const git_tree_entry *e = r->lib.git_tree_entry_byindex(last->tree, last->next++);
            ok = visit_entry(r, &levels, e, visitor, err);
            if (ok && ++met > LIMIT_GIT_ENTRIES)
                ok = error_set(err,
                               "'" STR_FMT "' has more than %d files: give PATHs that have less",
                               STR_ARG(r->rev), LIMIT_GIT_ENTRIES);
        } else {
            r->lib.git_tree_free(last->tree);
            levels.stack.len--;
        }
    }
    r->walked = NULL;
    vec_release(&levels.stack);
    buf_release(&levels.path);
    return ok;
}

/* The tree of a directory that the walk is in. */
static const git_tree *walked_tree(const Repository *r, Str directory) {
    size_t len = directory.len ? directory.len + 1 : 0;
    if (!r->walked || !str_starts(buf_str(&r->walked->path), directory)) return NULL;
    for (size_t i = r->walked->stack.len; i-- > 0;)
        if (r->walked->stack.items[i].path_len == len) return r->walked->stack.items[i].tree;
    return NULL;
}

static const git_tree_entry *entry_from_top(Repository *r, Str path) {
    r->lib.git_tree_entry_free(r->found);
    r->found = NULL;
    return r->lib.git_tree_entry_bypath(&r->found, r->tree, path.data) ? NULL : r->found;
}

/* Good until the next one is asked for. A walk asks for a file in each directory that it comes to:
 * from the top down that is quadratic in how deep the directories are. */
static bool find_in_tree(Repository *r, Str path, GitEntry *out) {
    size_t slash = str_find_last_char(path, '/');
    Str directory = slash == STR_NONE ? (Str){0} : str_slice(path, 0, slash);
    Str name = slash == STR_NONE ? path : str_from_offset(path, slash + 1);
    const git_tree *near = walked_tree(r, directory);
    const git_tree_entry *e =
        near ? r->lib.git_tree_entry_byname(near, name.data) : entry_from_top(r, path);
    if (e) *out = tree_entry(r, path, e);
    return e;
}

/* ---- the index ---- */

/* What `git add --intent-to-add` stages is a name without a content. */
static bool has_content(const git_index_entry *e) {
    return !(e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
}

static GitEntry index_entry(const git_index_entry *e) {
    GitEntry entry = {.path = str_from(e->path), .mode = e->mode, .id = &e->id, .staged = e};
    if (GIT_INDEX_ENTRY_STAGE(e) != 0)
        entry.fault = STR("it is in conflict: resolve it and stage the result");
    return entry;
}

static bool is_below(Str path, Str top) {
    return !top.len || (str_starts(path, top) && path.len > top.len && path.data[top.len] == '/');
}

/* What is below a directory stands together, in the order of bytes: it is searched for, not looked
 * through. Each directory of a walk is asked for its .unstaleignore. */
static size_t first_below(const Repository *r, Str top) {
    size_t at = 0;
    Buf start = {0};
    buf_addf(&start, STR_FMT "/", STR_ARG(top));
    bool none = top.len && r->lib.git_index_find_prefix(&at, r->index, buf_cstr(&start));
    buf_release(&start);
    return none ? SIZE_MAX : at;
}

/* NULL: there are no more. */
static const git_index_entry *entry_below(const Repository *r, Str top, size_t at) {
    const git_index_entry *e = r->lib.git_index_get_byindex(r->index, at);
    return e && is_below(str_from(e->path), top) ? e : NULL;
}

static bool walk_index(const Repository *r, Str top, const GitVisitor *visitor, Error *err) {
    Str last = {0};
    const git_index_entry *found;
    for (size_t i = first_below(r, top); (found = entry_below(r, top, i)); i++) {
        GitEntry e = index_entry(found);
        /* A file in conflict stands there for each side. */
        if (!has_content(found) || str_eq(e.path, last)) continue;
        last = e.path;
        if (!visitor->visit(visitor->context, &e, err)) return false;
    }
    return true;
}

static bool find_in_index(const Repository *r, Str path, GitEntry *out) {
    const git_index_entry *found;
    for (int stage = 0; stage <= 3; stage++) {
        found = r->lib.git_index_get_bypath(r->index, path.data, stage);
        if (found) *out = index_entry(found);
        if (found) return has_content(found);
    }
    for (size_t i = first_below(r, path); (found = entry_below(r, path, i)); i++) {
        if (!has_content(found)) continue;
        *out = (GitEntry){.path = path, .mode = S_IFDIR};
        return true;
    }
    return false;
}

/* ---- */

bool repository_find(Repository *r, Str path, GitEntry *out) {
    *out = (GitEntry){.mode = S_IFDIR, .id = r->tree ? r->lib.git_tree_id(r->tree) : NULL};
    if (!path.len) return true;
    return r->tree ? find_in_tree(r, path, out) : find_in_index(r, path, out);
}

bool repository_walk(Repository *r, const GitEntry *directory, const GitVisitor *visitor,
                     Error *err) {
    if (r->tree) return walk_tree(r, directory->path, directory->id, visitor, err);
    return walk_index(r, directory->path, visitor, err);
}

/* Extensions of the repository's format that do not concern who only reads files. */
static void allow_extensions(const Repository *r) {
    const char *names[] = {"worktreeconfig", "partialclone", "preciousobjects"};
    r->lib.git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, sizeof names / sizeof *names);
}

Repository *repository_new(Arena *a, Str rev, Error *err) {
    Repository *r = mem_zero(sizeof *r);
    r->arena = a;
    r->rev = str_copy(a, rev);
    if (!module_open(GIT2_SONAME, symbols, sizeof symbols / sizeof *symbols, &r->lib, err)) {
        error_prefix(err, "--rev and --staged need libgit2 " LIBRARY_VERSION
                          " (Debian's package is libgit2-" LIBRARY_VERSION "): ");
    } else if (r->lib.git_libgit2_init() < 0) {
        error_set(err, "libgit2 does not start: %s", reason(r));
    } else {
        allow_extensions(r);
        return r;
    }
    free(r);
    return NULL;
}

void repository_free(Repository *r) {
    forget(r);
    r->lib.git_libgit2_shutdown();
    free(r);
}
