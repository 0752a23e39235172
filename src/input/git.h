/* The files of a commit, or of the index, as sources: what --rev and --staged read.
 *
 * Nothing is checked out, and the repository is only read. It is the one at or above each PATH, or
 * the one that GIT_DIR names; GIT_INDEX_FILE, GIT_WORK_TREE and GIT_OBJECT_DIRECTORY are honoured,
 * so in a hook the index is the one that Git is about to commit.
 *
 *     Git *git = git_open(&arena, (GitWhat){.rev = STR("HEAD")}, &err);      NULL: exit code 2
 *     if (!git_list(git, &walk, path, &sources, &err)) ...                   for each PATH
 *     git_close(git);
 *     walk_finish(&sources);
 *
 * A PATH means what it means in the work tree, and files are shown as walk_path shows them, so a
 * file has the same path, configuration and fingerprints wherever its bytes are from. A commit may
 * have PATHs that the work tree has not. In a bare repository PATHs count from its top.
 *
 * Symbolic links and submodules are passed over. .gitignore says nothing about files that Git
 * tracks; a .unstaleignore of the same commit or index is honoured. What is in conflict, or whose
 * content cannot be had (a partial clone), is told as unread.
 *
 * What was found is copied into one spool, each content once. Files beyond LIMIT_GIT_FILE, and what
 * is beyond LIMIT_GIT_MEGABYTES together, are told as unread. But where the file on disk is what
 * the index has, as Git sees it, the source is that file, which a fix can write.
 *
 * The library behind it is opened by git_open, not before (docs/decisions/modules.md). */
#ifndef INPUT_GIT_H
#define INPUT_GIT_H

#include "input/walk.h"

typedef struct GitWhat {
    Str rev; /* a commit, a tag, a tree, in any words that Git knows; empty: the index */
} GitWhat;

typedef struct Git Git;

/* Is it in this build? Without it git_open says how to get it. */
bool git_in_build(void);

/* The sources live in the arena. */
Git *git_open(Arena *a, GitWhat what, Error *err);
bool git_list(Git *git, const Walk *walk, Str path, SourceVec *out, Error *err);
void git_close(Git *git); /* NULL is fine */

#endif
