/* Tests ignore patterns: Git itself says what is right. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "input/ignore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Row {
    const char *root; /* the root's .gitignore */
    const char *sub;  /* that of sub/ */
} Row;

static const Row rows[] = {
    {"*.log", ""},
    {"*.log\n!keep.log", ""},
    {"!keep.log\n*.log", ""},
    {"# c\n\n\\#x\n\\!x\n  \n", ""},
    {"build", ""},
    {"build/", ""},
    {"/build", ""},
    {"/build/", ""},
    {"sub/build", ""},
    {"sub/*.yaml", ""},
    {"sub/**/a.yaml", ""},
    {"**/a.yaml", ""},
    {"sub/**", ""},
    {"**/deep/", ""},
    {"**", ""},
    {"a*.yaml", ""},
    {"?.yaml", ""},
    {"[a-b].yaml", ""},
    {"[!a-b].yaml", ""},
    {"[^a].yaml", ""},
    {"a\\.yaml", ""},
    {"\\a.yaml", ""},
    {"a.yaml ", ""},
    {"b\\ ", ""},
    {"a.yaml\t", ""},
    {"a.yaml\r\nbuild/\r\n", ""},
    {"\xef\xbb\xbf"
     "a.yaml",
     ""},
    {"/", ""},
    {"//", ""},
    {"!", ""},
    {"*", ""},
    {"*\n!*/\n!*.yaml", ""},
    {"/*\n!/sub", ""},
    {"*.yaml", "!a.yaml"},
    {"!a.yaml", "*.yaml"},
    {"", "/build"},
    {"", "build/"},
    {"", "deep/*.yaml"},
    {"", "/deep/a.yaml\n"},
    {"", "../a.yaml"},
    {"sub/deep/../a.yaml", ""},
    {"sub//build", ""},
    {"*.y?ml", "!deep"},
    {"*/a.yaml", ""},
    {"*/*/a.yaml", "!/deep/a.yaml"},
    {"deep/a.yaml", ""},
    {"sub/deep", "!deep"},
    {"*.", ""},
    {"*a", ""},
    {"[", ""},
    {"[a", ""},
    {"a[.]yaml", ""},
    {"trailing\\", ""},
    {"**/", ""},
    {"sub/**/", ""},
    {"a**l", ""},
    {"/**/a.yaml", ""},
    {"\xc3\xa9.yaml", ""},
};

/* Directories end in '/'. Parents stand before what is in them. Git gets them without it: it sees
 * for itself, and matches an empty pattern with the nothing behind a slash. */
static const char *const paths[] = {
    "a.yaml",
    "b.yaml",
    "ab.yaml",
    "keep.log",
    "x.log",
    "#x",
    "!x",
    "b ",
    "a.yaml\t",
    "build/",
    "build/a.yaml",
    "\xc3\xa9.yaml",
    "sub/",
    "sub/a.yaml",
    "sub/keep.log",
    "sub/build/",
    "sub/build/x.yml",
    "sub/deep/",
    "sub/deep/a.yaml",
    "sub/deep/build",
    "sub/deep/more/",
    "sub/deep/more/a.yaml",
};

enum { PATHS = sizeof paths / sizeof *paths };

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void make_tree(void) {
    for (size_t i = 0; i < PATHS; i++) {
        if (str_ends(str_from(paths[i]), STR("/")))
            assert_int_equal(mkdir(paths[i], 0700), 0);
        else
            write_file(paths[i], "");
    }
}

static Str without_slash(const char *path) {
    Str s = str_from(path);
    if (str_ends(s, STR("/"))) s.len--;
    return s;
}

/* What `git check-ignore` prints: the ignored ones of the paths. */
static void ask_git(bool ignored[PATHS]) {
    FILE *in = fopen("paths", "w");
    assert_non_null(in);
    for (size_t i = 0; i < PATHS; i++) {
        fwrite(paths[i], 1, without_slash(paths[i]).len, in);
        fputc('\0', in);
    }
    fclose(in);
    FILE *out = popen("git check-ignore --no-index -z --stdin <paths 2>/dev/null", "r");
    assert_non_null(out);
    char *line = NULL;
    size_t room = 0;
    memset(ignored, 0, PATHS * sizeof *ignored);
    while (getdelim(&line, &room, '\0', out) > 0)
        for (size_t i = 0; i < PATHS; i++)
            if (str_eq(without_slash(paths[i]), str_from(line))) ignored[i] = true;
    free(line);
    pclose(out);
}

/* What a walk does: a path is looked at when no directory above it is ignored. */
static bool walk_ignores(const Ignore *root, const Ignore *sub, Str path) {
    for (size_t at = 0; at < path.len;) {
        size_t slash = str_find_char(str_from_offset(path, at), '/');
        bool directory = slash != STR_NONE;
        size_t end = directory ? at + slash : path.len;
        const Ignore *rules = at >= strlen("sub/") && str_starts(path, STR("sub/")) ? sub : root;
        if (ignore_matches(rules, str_slice(path, 0, end), directory)) return true;
        at = end + 1;
    }
    return false;
}

static void test_as_git(void **state) {
    (void)state;
    Arena a = {0};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bool wanted[PATHS];
        write_file(".gitignore", rows[r].root);
        write_file("sub/.gitignore", rows[r].sub);
        ask_git(wanted);
        const Ignore *root = ignore_add_file(&a, NULL, (Str){0}, ".gitignore");
        const Ignore *sub = ignore_add_file(&a, root, STR("sub"), "sub/.gitignore");
        for (size_t i = 0; i < PATHS; i++)
            if (walk_ignores(root, sub, str_from(paths[i])) != wanted[i])
                fail_msg("'%s' and in sub '%s': git says %s for '%s'", rows[r].root, rows[r].sub,
                         wanted[i] ? "ignored" : "not ignored", paths[i]);
    }
    arena_release(&a);
}

static void test_absent(void **state) {
    (void)state;
    Arena a = {0};
    assert_null(ignore_add_file(&a, NULL, (Str){0}, "no/such/file"));
    assert_null(ignore_add(&a, NULL, (Str){0}, STR("# only a comment\n")));
    assert_false(ignore_matches(NULL, STR("a"), false));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_git),
        cmocka_unit_test(test_absent),
    };
    char directory[] = "/tmp/ignore_test.XXXXXX";
    /* The user's own excludes must not take part. */
    setenv("HOME", "/nonexistent", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    if (system("git --version >/dev/null 2>&1") != 0) {
        puts("skipped: there is no git");
        return 0;
    }
    if (!mkdtemp(directory) || chdir(directory) || system("git init -q .")) return 1;
    make_tree();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char remove[sizeof directory + 8];
    snprintf(remove, sizeof remove, "rm -rf %s", directory);
    return system(remove) || failed;
}
