/* What a build without Git (-DWITH_GIT=OFF) has to say, in place of input/git.c. */
#include "input/git.h"

bool git_in_build(void) {
    return false;
}

Git *git_open(Arena *a, GitWhat what, Error *err) {
    (void)a;
    error_set(err,
              "this build has no support for Git (-DWITH_GIT=OFF): check a copy of the files "
              "instead, made with `git %s`",
              what.rev.len ? "worktree add --detach DIR REV"
                           : "checkout-index --all --prefix=DIR/");
    return NULL;
}

bool git_list(Git *git, const Walk *walk, Str path, SourceVec *out, Error *err) {
    (void)git, (void)walk, (void)path, (void)out, (void)err;
    bug("nothing was opened");
}

void git_close(Git *git) {
    (void)git;
}
