/* Walks over one tree of files: what is listed, in which order, what is passed over and why. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct File {
    const char *path;
    const char *text; /* NULL: a directory; starting with '>': a symbolic link; "|": a pipe */
} File;

static const File tree[] = {
    {"repo", NULL},
    {"repo/.git", NULL},
    {"repo/.git/info", NULL},
    {"repo/.git/info/exclude", "excluded.yaml\n"},
    {"repo/.git/x.yaml", ""},
    {"repo/.gitignore", "out/\n*.gen.yaml\n/sub/top.yaml\n"},
    {"repo/.hidden.yaml", ""},
    {"repo/a", NULL},
    {"repo/a/b.yaml", ""},
    {"repo/a.yaml", "123"},
    {"repo/a0.yaml", ""},
    {"repo/excluded.yaml", ""},
    {"repo/out", NULL},
    {"repo/out/x.yaml", ""},
    {"repo/inner", NULL},
    {"repo/inner/.git", "gitdir: elsewhere\n"},
    {"repo/inner/x.gen.yaml", ""},
    {"repo/notes.txt", ""},
    {"repo/sub", NULL},
    {"repo/sub/.gitignore", "!keep.gen.yaml\nlocal.yaml\n"},
    {"repo/sub/.unstaleignore", "!local.yaml\nours.yaml\n"},
    {"repo/sub/keep.gen.yaml", ""},
    {"repo/sub/x.gen.yaml", ""},
    {"repo/sub/local.yaml", ""},
    {"repo/sub/ours.yaml", ""},
    {"repo/sub/top.yaml", ""},
    {"links", NULL},
    {"links/a.yaml", ">real.yaml"},
    {"links/b.yaml", ">real.txt"},
    {"links/broken.yaml", ">nowhere"},
    {"links/directory", ">../repo"},
    {"links/loop.yaml", ">loop.yaml"},
    {"links/out.yaml", ">../repo/a.yaml"},
    {"links/out.txt", ">../repo/a.yaml"},
    {"links/pipe.yaml", "|"},
    {"links/real.txt", ""},
    {"links/real.yaml", ""},
    {"plain", NULL},
    {"plain/.gitignore", "x.yaml\n"},
    {"plain/x.yaml", ""},
    {"plain/y.yaml", ""},
    {"plain/z", NULL},
    {"to-plain", ">plain"},
};

typedef struct Row {
    const char *name;
    const char *paths; /* separated by spaces */
    const char *want;  /* a line per source, then a line per path passed over */
} Row;

#define SKIPPED_IN_REPO                                                                            \
    "- repo/.gitignore unwanted\n- repo/excluded.yaml ignored\n- repo/notes.txt unwanted\n"        \
    "- repo/out ignored\n"
#define SKIPPED_IN_SUB "- repo/sub/.gitignore unwanted\n- repo/sub/.unstaleignore unwanted\n"

static const Row rows[] = {
    {"path order", "repo/a repo/a.yaml repo/a0.yaml",
     "named repo/a.yaml 3\nrepo/a/b.yaml 0\nnamed repo/a0.yaml 0\n"},
    {"a repository", "repo",
     "repo/.hidden.yaml 0\nrepo/a.yaml 3\nrepo/a/b.yaml 0\nrepo/a0.yaml 0\n"
     "repo/inner/x.gen.yaml 0\nrepo/sub/keep.gen.yaml 0\nrepo/sub/local.yaml 0\n" SKIPPED_IN_REPO
         SKIPPED_IN_SUB
     "- repo/sub/ours.yaml ignored\n- repo/sub/top.yaml ignored\n- repo/sub/x.gen.yaml ignored\n"},
    {"rules above the PATH", "./repo//a/../out/", "repo/a/../out/x.yaml 0\n"},
    {"arguments are never ignored", "repo/excluded.yaml repo/notes.txt",
     "named repo/excluded.yaml 0\nnamed repo/notes.txt 0\n"},
    {"links", "links",
     "links/b.yaml 0 link\nlinks/real.yaml 0\n"
     "- links/broken.yaml link: a link to nothing\n"
     "- links/directory link: a link to a directory\n"
     "- links/loop.yaml link: a link to nothing\n"
     "- links/out.txt unwanted\n"
     "- links/out.yaml link: a link to a file outside of the given path\n"
     "- links/pipe.yaml no file\n- links/real.txt unwanted\n"},
    {"a link as argument", "links/out.yaml to-plain",
     "named links/out.yaml 3\nto-plain/y.yaml 0\n"
     "- to-plain/.gitignore unwanted\n- to-plain/x.yaml ignored\n"},
    {"no repository", "plain",
     "plain/y.yaml 0\n- plain/.gitignore unwanted\n- plain/x.yaml ignored\n"},
    {"a file reached twice", "plain plain/y.yaml plain/../plain ./plain/",
     "named plain/y.yaml 0\n- plain/.gitignore unwanted\n- plain/x.yaml ignored\n"
     "- plain/../plain/.gitignore unwanted\n- plain/../plain/x.yaml ignored\n"
     "- plain/.gitignore unwanted\n- plain/x.yaml ignored\n"},
    {"an empty directory", "plain/z", ""},
    {"a named file as a link and itself", "links/a.yaml links/real.yaml", "named links/a.yaml 0\n"},
    {"absent", "plain/nothing",
     "error: no such file or directory: plain/nothing (name one that exists)\n"},
    {"a device", "/dev/null",
     "error: cannot read /dev/null: it is neither a file nor a directory\n"},
    {"a file as a directory", "plain/y.yaml/z",
     "error: cannot open plain/y.yaml/z: Not a directory\n"},
};

static const Row sub_rows[] = {
    {"in a subdirectory", ".",
     "keep.gen.yaml 0\nlocal.yaml 0\n- .gitignore unwanted\n- .unstaleignore unwanted\n"
     "- ours.yaml ignored\n- top.yaml ignored\n- x.gen.yaml ignored\n"},
    {"beside it", "../a ../a.yaml", "named ../a.yaml 3\n../a/b.yaml 0\n"},
};

static const Row no_ignore_rows[] = {
    {"no ignore files", "plain", "plain/x.yaml 0\nplain/y.yaml 0\n- plain/.gitignore unwanted\n"},
};

static bool wants_yaml(void *context, Str path) {
    (void)context;
    return str_ends(path, STR(".yaml"));
}

static void print_skipped(void *context, Str path, SkipReason why, Str detail) {
    static const char *const reasons[] = {
        [SKIP_IGNORED] = "ignored",    [SKIP_NOT_WANTED] = "unwanted",   [SKIP_LINK] = "link",
        [SKIP_NOT_A_FILE] = "no file", [SKIP_UNREADABLE] = "unreadable",
    };
    buf_addf(context, "- " STR_FMT " %s%s" STR_FMT "\n", STR_ARG(path), reasons[why],
             detail.len ? ": " : "", STR_ARG(detail));
}

static void make_tree(void) {
    for (size_t i = 0; i < sizeof tree / sizeof *tree; i++) {
        const File *f = &tree[i];
        if (!f->text) {
            assert_int_equal(mkdir(f->path, 0700), 0);
        } else if (*f->text == '>') {
            assert_int_equal(symlink(f->text + 1, f->path), 0);
        } else if (*f->text == '|') {
            assert_int_equal(mkfifo(f->path, 0600), 0);
        } else {
            FILE *file = fopen(f->path, "w");
            assert_non_null(file);
            fputs(f->text, file);
            fclose(file);
        }
    }
}

static void check(const Row *rows_of, size_t count, Walk walk) {
    for (size_t i = 0; i < count; i++) {
        Arena a = {0};
        SourceVec sources = {0};
        Buf skipped = {0}, printed = {0};
        Error err;
        Str rest = str_from(rows_of[i].paths), path;
        walk.context = &skipped;
        walk.wants = wants_yaml;
        walk.skipped = print_skipped;
        while (str_split(&rest, ' ', &path))
            if (!walk_path(&a, &walk, path, &sources, &err))
                buf_addf(&printed, "error: %s\n", err.text);
        walk_finish(&sources);
        for (size_t s = 0; s < sources.len; s++) {
            const Source *source = &sources.items[s];
            buf_addf(&printed, "%s" STR_FMT " %u%s\n", source->named ? "named " : "",
                     STR_ARG(source->path), (unsigned)source->size, source->alias ? " link" : "");
        }
        buf_add(&printed, buf_str(&skipped));
        if (strcmp(buf_cstr(&printed), rows_of[i].want) != 0)
            fail_msg("%s:\n%swant:\n%s", rows_of[i].name, printed.data, rows_of[i].want);
        buf_release(&printed);
        buf_release(&skipped);
        vec_release(&sources);
        arena_release(&a);
    }
}

static void test_rows(void **state) {
    (void)state;
    check(rows, sizeof rows / sizeof *rows, (Walk){0});
}

static void test_subdirectory(void **state) {
    (void)state;
    assert_int_equal(chdir("repo/sub"), 0);
    check(sub_rows, sizeof sub_rows / sizeof *sub_rows, (Walk){0});
    assert_int_equal(chdir("../.."), 0);
}

static void test_no_ignore(void **state) {
    (void)state;
    check(no_ignore_rows, sizeof no_ignore_rows / sizeof *no_ignore_rows,
          (Walk){.no_ignore = true});
}

static void test_path_shown(void **state) {
    (void)state;
    static const char *const shown[][2] = {
        {"./a//b/", "a/b"}, {".", "."},       {"./", "."},    {"/", "/"}, {"//a/./b", "/a/b"},
        {"../x", "../x"},   {"a/..", "a/.."}, {"./.a", ".a"}, {"", ""},   {"a", "a"},
    };
    Arena a = {0};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        assert_string_equal(path_shown(&a, str_from(shown[i][0])).data, shown[i][1]);
    arena_release(&a);
}

/* More directories inside each other than a small stack could hold calls for. */
static void test_deep(void **state) {
    (void)state;
    enum { DEPTH = 1500 };
    Buf path = {0};
    for (size_t i = 0; i < DEPTH; i++) {
        buf_addf(&path, "%sd", i ? "/" : "");
        assert_int_equal(mkdir(buf_cstr(&path), 0700), 0);
    }
    buf_add(&path, STR("/x.yaml"));
    fclose(fopen(buf_cstr(&path), "w"));
    Arena a = {0};
    SourceVec sources = {0};
    Error err;
    assert_true(walk_path(&a, &(Walk){0}, STR("d"), &sources, &err));
    assert_int_equal(sources.len, 1);
    assert_true(str_eq(sources.items[0].path, buf_str(&path)));
    vec_release(&sources);
    arena_release(&a);
    buf_release(&path);
}

static void test_path_real(void **state) {
    (void)state;
    Arena a = {0};
    Str here = path_real(&a, STR("."));
    static const char *const paths[][2] = {
        {"", ""},
        {"repo/a", "/repo/a"},
        {"./repo//a.yaml", "/repo/a.yaml"},
        {"links/directory/a.yaml", "/repo/a.yaml"},
        {"repo/gone/b.yaml", "/repo/gone/b.yaml"},
        {"gone", "/gone"},
        {"links/../gone/b", "/gone/b"},
        {"repo/a.yaml/b", "/repo/a.yaml/b"},
        {"repo/a/gone/b/c/d/e/f", "/repo/a/gone/b/c/d/e/f"},
        {"links/directory/a/gone/b", "/repo/a/gone/b"},
        {"gone/repo/a", "/gone/repo/a"},
        {"gone//b/", "/gone//b/"},
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        Str want = str_format(&a, STR_FMT "%s", STR_ARG(here), paths[i][1]);
        assert_string_equal(path_real(&a, str_from(paths[i][0])).data, want.data);
    }
    assert_string_equal(path_real(&a, STR("/")).data, "/");
    assert_string_equal(path_real(&a, STR("/no-such-directory/a")).data, "/no-such-directory/a");
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_subdirectory),
        cmocka_unit_test(test_no_ignore), cmocka_unit_test(test_path_shown),
        cmocka_unit_test(test_path_real), cmocka_unit_test(test_deep),
    };
    char directory[] = "/tmp/walk_test.XXXXXX";
    if (!mkdtemp(directory) || chdir(directory)) return 1;
    make_tree();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char remove[sizeof directory + 8];
    snprintf(remove, sizeof remove, "rm -rf %s", directory);
    return system(remove) || failed;
}
