/* What a Git repository holds: the files of a commit, or of the index.
 *
 *     Repository *r = repository_new(&arena, rev, &err);           opens the library, nothing else
 *     if (!repository_use(r, STR("/home/a/b"), &err)) ...          the one at or above that path
 *     GitEntry e;
 *     if (repository_find(r, STR("jobs"), &e) && S_ISDIR(e.mode))
 *         repository_walk(r, &e, &(GitVisitor){context, visit}, &err);
 *     repository_free(r);
 *
 * Nothing here is written to. Paths count from the top, the directory of the work tree or that of
 * a bare repository. What is read from a repository is not trusted: an entry's path may be one that
 * Git would never make. */
#ifndef INPUT_REPOSITORY_H
#define INPUT_REPOSITORY_H

#include "base/error.h"
#include "base/str.h"
#include "text/span.h"

struct stat;
struct git_oid;
struct git_index_entry;

typedef struct Repository Repository;

typedef struct GitEntry {
    Str path;
    uint32_t mode; /* as of a struct stat; a submodule is none of the kinds there */
    Str fault;     /* why it cannot be read; empty: nothing is known to be wrong */
    const struct git_oid *id;
    const struct git_index_entry *staged; /* NULL: of a commit */
} GitEntry;

/* Called for every file; for a directory only when it cannot be read. False ends the walk. */
typedef struct GitVisitor {
    void *context;
    bool (*visit)(void *context, const GitEntry *e, Error *err);
} GitVisitor;

/* `rev` empty: the index. */
Repository *repository_new(Arena *a, Str rev, Error *err);
void repository_free(Repository *r);

/* Opens the repository of an absolute path without links, which need not exist. */
bool repository_use(Repository *r, Str path, Error *err);
Str repository_top(const Repository *r); /* absolute, without links; empty for "/" */

/* Files and directories; of the empty path, the top. The entry is good until the next one. */
bool repository_find(Repository *r, Str path, GitEntry *out);
bool repository_walk(Repository *r, const GitEntry *directory, const GitVisitor *visitor,
                     Error *err);

/* What tells contents apart: files with the same id have the same content. Good as long as e. */
Str repository_id(const GitEntry *e);

/* How much repository_read will hold in memory. */
bool repository_size(const Repository *r, const GitEntry *e, Offset *out, Error *err);

/* The content of a file, good until the next one. Of both err says why it cannot be had, without
 * naming the file. */
bool repository_read(Repository *r, const GitEntry *e, Str *out, Error *err);

/* Is the file in the work tree, of which `status` tells, what the index has? Git's filters for line
 * ends count, as in `git status`. */
bool repository_has_same(const Repository *r, const GitEntry *e, const struct stat *status);

#endif
