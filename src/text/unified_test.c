/* Unified diffs: as text, and as what git makes of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/unified.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_EDITS = 3 };

typedef struct Row {
    const char *name;
    FileDifference d; /* its edits are those below */
    Edit edits[MOST_EDITS];
} Row;

#define CHANGE(before_text, edit_count)                                                            \
    {                                                                                              \
        .kind = DIFFERENCE_CHANGE, .path = STR_INIT("a.yaml"), .before = STR_INIT(before_text),    \
        .count = edit_count                                                                        \
    }
#define CHANGE_AT(path_text)                                                                       \
    {                                                                                              \
        .kind = DIFFERENCE_CHANGE, .path = STR_INIT(path_text),                                    \
        .before = STR_INIT("a: 1\nb: 2\n"), .count = 1                                             \
    }
#define CREATE(path_text, edit_count)                                                              \
    { .kind = DIFFERENCE_CREATE, .path = STR_INIT(path_text), .count = edit_count }
#define DELETE(before_text)                                                                        \
    { .kind = DIFFERENCE_DELETE, .path = STR_INIT("a.yaml"), .before = STR_INIT(before_text) }

#define TEN_LINES "l0\nl1\nl2\nl3\nl4\nl5\nl6\nl7\nl8\nl9\n"
#define ONE_EDIT                                                                                   \
    {                                                                                              \
        { 3, 4, STR_INIT("7") }                                                                    \
    }

static void as_text(void **state) {
    (void)state;
    static const struct {
        Row row;
        const char *want;
    } rows[] = {
        {{"one value", CHANGE("a: 1\nb: 2\nc: 3\n", 1), {{8, 9, STR_INIT("4")}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,3 +1,3 @@\n a: 1\n-b: 2\n+b: 4\n c: 3\n"},
        {{"three lines of context, two hunks",
          CHANGE(TEN_LINES TEN_LINES, 2),
          {{15, 17, STR_INIT("xx\nyy")}, {45, 45, STR_INIT("new\n")}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -3,7 +3,8 @@\n l2\n l3\n l4\n-l5\n+xx\n+yy\n l6\n l7\n l8\n"
         "@@ -13,6 +14,7 @@\n l2\n l3\n l4\n+new\n l5\n l6\n l7\n"},
        {{"six lines apart: one hunk", CHANGE(TEN_LINES, 2), {{0, 1, {0}}, {21, 22, {0}}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,10 +1,10 @@\n-l0\n+0\n l1\n l2\n l3\n l4\n l5\n l6\n-l7\n+7\n l8\n l9\n"},
        {{"seven lines apart: two hunks", CHANGE(TEN_LINES, 2), {{0, 1, {0}}, {24, 25, {0}}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,4 +1,4 @@\n-l0\n+0\n l1\n l2\n l3\n"
         "@@ -6,5 +6,5 @@\n l5\n l6\n l7\n-l8\n+8\n l9\n"},
        {{"neighbours: removed first, then added",
          CHANGE("a\nb\nc\n", 2),
          {{0, 1, STR_INIT("x")}, {2, 3, STR_INIT("y")}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,3 +1,3 @@\n-a\n-b\n+x\n+y\n c\n"},
        {{"a removed line draws no other in", CHANGE("a\nb\nc\n", 1), {{2, 4, {0}}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n@@ -1,3 +1,2 @@\n a\n-b\n c\n"},
        {{"an unchanged line between two changed ones",
          CHANGE("a\nb\nc\n", 2),
          {{0, 2, {0}}, {4, 5, STR_INIT("x")}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,3 +1,2 @@\n-a\n b\n-c\n+x\n"},
        {{"a path with one quote", CHANGE_AT("\".yaml"), {{0, 5, {0}}}},
         "diff --git \"a/\\\".yaml\" \"b/\\\".yaml\"\n--- \"a/\\\".yaml\"\n+++ \"b/\\\".yaml\"\n"
         "@@ -1,2 +1 @@\n-a: 1\n b: 2\n"},
        {{"nothing changes", CHANGE("a\nb\n", 1), {{2, 3, STR_INIT("b")}}}, ""},
        {{"no edits", CHANGE("a\nb\n", 0), {{0}}}, ""},
        {{"no final newline, as context", CHANGE("a\nb", 1), {{0, 1, STR_INIT("x")}}},
         "diff --git a/a.yaml b/a.yaml\n--- a/a.yaml\n+++ b/a.yaml\n"
         "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
        {{"created", CREATE("d/b.yaml", 1), {{0, 0, STR_INIT("a\nb\n")}}},
         "diff --git a/d/b.yaml b/d/b.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/d/b.yaml\n"
         "@@ -0,0 +1,2 @@\n+a\n+b\n"},
        {{"deleted", DELETE("a\n"), {{0}}},
         "diff --git a/a.yaml b/a.yaml\ndeleted file mode 100644\n--- a/a.yaml\n+++ /dev/null\n"
         "@@ -1 +0,0 @@\n-a\n"},
        {{"a quoted path", CHANGE_AT("a\"\t\xc3\xa9 \\.yaml"), {{3, 4, STR_INIT("2")}}},
         "diff --git \"a/a\\\"\\t\\303\\251 \\\\.yaml\" \"b/a\\\"\\t\\303\\251 \\\\.yaml\"\n"
         "--- \"a/a\\\"\\t\\303\\251 \\\\.yaml\"\t\n+++ \"b/a\\\"\\t\\303\\251 \\\\.yaml\"\t\n"
         "@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: 2\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].row.name);
        FileDifference d = rows[i].row.d;
        d.edits = rows[i].row.edits;
        Buf out = {0};
        unified_diff(&out, &d);
        assert_string_equal(buf_cstr(&out), rows[i].want);
        buf_release(&out);
    }
}

/* ---- git ---- */

/* A directory in which git works, and knows of no repository around it and of no configuration. */
static char place[] = "/tmp/unstale-unified-XXXXXX";

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk) {
    (void)info, (void)kind, (void)walk;
    return remove(path);
}

static int start_place(void **state) {
    (void)state;
    setenv("GIT_CEILING_DIRECTORIES", "/tmp", 1);
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    unsetenv("GIT_DIR");
    return mkdtemp(place) ? 0 : -1;
}

static int end_place(void **state) {
    (void)state;
    return nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void path_in_place(const char *name, char *path, size_t room) {
    snprintf(path, room, "%s/%s", place, name);
}

static void write_text(const char *name, Str text) {
    char path[512];
    path_in_place(name, path, sizeof path);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(text.data ? text.data : "", 1, text.len, f), text.len);
    assert_int_equal(fclose(f), 0);
}

static bool read_text(const char *name, Buf *out) {
    char path[512];
    path_in_place(name, path, sizeof path);
    FILE *f = fopen(path, "r");
    if (!f) return false;
    buf_clear(out);
    for (int c; (c = fgetc(f)) != EOF;) buf_add_char(out, (char)c);
    fclose(f);
    return true;
}

static void assert_holds(const char *name, Str want) {
    Buf got = {0};
    assert_true(read_text(name, &got));
    assert_int_equal(got.len, want.len);
    if (want.len) assert_memory_equal(got.data, want.data, want.len);
    buf_release(&got);
}

/* Runs a command line in the directory `work` of the place, and shows what it said if it failed. */
static bool run(const char *command) {
    char line[512];
    snprintf(line, sizeof line, "mkdir -p %s/work && cd %s/work && { %s; } >../said 2>&1", place,
             place, command);
    if (system(line) == 0) return true;
    Buf said = {0};
    if (read_text("said", &said)) print_message("%s", buf_cstr(&said));
    buf_release(&said);
    return false;
}

static void need_git(void) {
    if (run("git --version")) return;
    print_message("skipped: git is not here\n");
    skip();
}

/* Work trees start empty; a file is there before unless it is to be created. */
static void put_before(const FileDifference *d) {
    assert_true(run("rm -rf ../work && mkdir ../work"));
    if (d->kind == DIFFERENCE_CREATE) return;
    char name[256];
    snprintf(name, sizeof name, "work/" STR_FMT, STR_ARG(d->path));
    write_text(name, d->before);
}

static void assert_is_after(const FileDifference *d) {
    char name[256];
    snprintf(name, sizeof name, "work/" STR_FMT, STR_ARG(d->path));
    Buf after = {0};
    edits_apply(d->before, 0, d->edits, d->count, &after);
    if (d->kind == DIFFERENCE_DELETE) {
        assert_false(read_text(name, &after));
    } else {
        assert_holds(name, buf_str(&after));
    }
    buf_release(&after);
}

static void assert_is_before(const FileDifference *d) {
    char name[256];
    snprintf(name, sizeof name, "work/" STR_FMT, STR_ARG(d->path));
    Buf ignored = {0};
    if (d->kind == DIFFERENCE_CREATE) {
        assert_false(read_text(name, &ignored));
    } else {
        assert_holds(name, d->before);
    }
    buf_release(&ignored);
}

static const Row for_git[] = {
    {"a value", CHANGE("a: 1\nb: 2\nc: 3\n", 1), {{8, 9, STR_INIT("4")}}},
    {"at the start", CHANGE("a\nb\n", 1), {{0, 0, STR_INIT("x\n")}}},
    {"at the end", CHANGE("a\nb\n", 1), {{4, 4, STR_INIT("x\n")}}},
    {"the first line goes", CHANGE("a\nb\n", 1), {{0, 2, {0}}}},
    {"the last line goes", CHANGE("a\nb\n", 1), {{2, 4, {0}}}},
    {"a line is split", CHANGE("ab\n", 1), {{1, 1, STR_INIT("\n")}}},
    {"lines are joined", CHANGE("a\nb\nc\n", 1), {{1, 2, {0}}}},
    {"the whole file", CHANGE("a\nb\n", 1), {{0, 4, STR_INIT("x\ny\nz\n")}}},
    {"far apart",
     CHANGE(TEN_LINES TEN_LINES TEN_LINES, 3),
     {{0, 2, STR_INIT("x")}, {45, 48, {0}}, {80, 80, STR_INIT("x\ny\n")}}},
    {"no final newline stays none", CHANGE("a\nb", 1), {{2, 3, STR_INIT("x")}}},
    {"no final newline, seen as context", CHANGE("a\nb", 1), {{0, 1, STR_INIT("x")}}},
    {"a final newline comes", CHANGE("a\nb", 1), {{3, 3, STR_INIT("\n")}}},
    {"a final newline goes", CHANGE("a\nb\n", 1), {{3, 4, {0}}}},
    {"text behind no final newline", CHANGE("a\nb", 1), {{3, 3, STR_INIT("\nc")}}},
    {"CRLF", CHANGE("a: 1\r\nb: 2\r\n", 1), {{9, 10, STR_INIT("3")}}},
    {"CRLF comes", CHANGE("a\nb\n", 1), {{1, 2, STR_INIT("\r\n")}}},
    {"CRLF goes", CHANGE("a\r\nb\r\n", 1), {{1, 3, STR_INIT("\n")}}},
    {"CRLF and no final newline", CHANGE("a\r\nb", 1), {{3, 4, STR_INIT("x\r\ny")}}},
    {"lone CRs", CHANGE("a\rb\rc\n", 1), {{2, 3, STR_INIT("x")}}},
    {"blank lines", CHANGE("\n\n\na\n\n\n", 1), {{3, 4, STR_INIT("\n\n")}}},
    {"lines like those of a patch",
     CHANGE("-- a\n++ b\n@@ -1 +1 @@\n\\ No\n", 2),
     {{0, 2, STR_INIT("++")}, {10, 12, STR_INIT("--")}}},
    {"an empty file is filled", CHANGE("", 1), {{0, 0, STR_INIT("a\nb\n")}}},
    {"an empty file is filled without a newline", CHANGE("", 1), {{0, 0, STR_INIT("a")}}},
    {"a file is emptied", CHANGE("a\nb\n", 1), {{0, 4, {0}}}},
    {"created", CREATE("b.yaml", 1), {{0, 0, STR_INIT("a\nb\n")}}},
    {"created in a new directory", CREATE("d/e/b.yaml", 1), {{0, 0, STR_INIT("a\nb")}}},
    {"created empty", CREATE("b.yaml", 0), {{0}}},
    {"created at a path with blanks", CREATE("a b/c d.yaml", 1), {{0, 0, STR_INIT("a\n")}}},
    {"deleted", DELETE("a\nb\n"), {{0}}},
    {"deleted without a final newline", DELETE("a\nb"), {{0}}},
    {"deleted empty", DELETE(""), {{0}}},
    {"a path with blanks", CHANGE_AT("a b  c .yaml"), ONE_EDIT},
    {"a path that ends in a blank", CHANGE_AT("a "), ONE_EDIT},
    {"a path with quotes", CHANGE_AT("it's \"a\".yaml"), ONE_EDIT},
    {"a path with a backslash", CHANGE_AT("a\\n.yaml"), ONE_EDIT},
    {"a path with a tab", CHANGE_AT("a\tb.yaml"), ONE_EDIT},
    {"a path with a newline", CHANGE_AT("a\nb.yaml"), ONE_EDIT},
    {"a path in UTF-8", CHANGE_AT("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80.yaml"), ONE_EDIT},
    {"a path that is not UTF-8", CHANGE_AT("\xff.yaml"), ONE_EDIT},
    {"a path with control characters", CHANGE_AT("\x01\a\b\v\f\r\x1b\x7f.yaml"), ONE_EDIT},
    {"a path like that of no file", CHANGE_AT("dev null b"), ONE_EDIT},
    {"a path with b/ in it", CHANGE_AT("x b y"), ONE_EDIT},
};

static void as_git_applies_it(void **state) {
    (void)state;
    need_git();
    for (size_t i = 0; i < sizeof for_git / sizeof *for_git; i++) {
        print_message("  %s\n", for_git[i].name);
        FileDifference d = for_git[i].d;
        d.edits = for_git[i].edits;
        Buf patch = {0};
        unified_diff(&patch, &d);
        put_before(&d);
        write_text("patch", buf_str(&patch));
        assert_true(run("git apply --check ../patch"));
        assert_is_before(&d);
        assert_true(run("git apply ../patch"));
        assert_is_after(&d);
        assert_true(run("git apply -R ../patch"));
        assert_is_before(&d);
        buf_release(&patch);
    }
}

/* ---- Chance ---- */

/* Numbers that look random and are the same in every run. */
static uint32_t chance(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

/* The text lives in the arena; its lines repeat, so that a wrong place would look right. */
static Str random_text(Arena *arena, uint32_t *seed, uint32_t pieces) {
    static const char *const choices[] = {"\n",
                                          "\n",
                                          "\na: 1\n",
                                          "- b\n",
                                          "\r\n",
                                          "c\r\n",
                                          "d",
                                          "\xc3\xa9\n",
                                          "--- a\n",
                                          "+++ b\n",
                                          "@@\n",
                                          " \n",
                                          "\\ No newline at end of file\n",
                                          "  e:\n"};
    Buf text = {0};
    for (uint32_t i = chance(seed, pieces + 1); i > 0; i--)
        buf_add(&text, str_from(choices[chance(seed, sizeof choices / sizeof *choices)]));
    Str copy = str_copy(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void random_edits(Arena *arena, uint32_t *seed, size_t source_len, EditVec *out) {
    uint32_t step = 1 + chance(seed, 80);
    for (size_t at = chance(seed, step); at <= source_len;) {
        size_t end = at + (chance(seed, 2) ? chance(seed, 12) : 0);
        if (end > source_len) end = source_len;
        vec_push(out, (Edit){at, end, random_text(arena, seed, 3)});
        at = end + 1 + chance(seed, step);
    }
}

enum { RANDOM_FILES = 600 };

/* One patch over many files: so git reads every border between files too. */
static void by_chance(void **state) {
    (void)state;
    need_git();
    static FileDifference files[RANDOM_FILES];
    static EditVec edits[RANDOM_FILES];
    assert_true(run("rm -rf ../work && mkdir ../work"));
    uint32_t seed = 7;
    Arena arena = {0};
    Buf patch = {0};
    for (size_t i = 0; i < RANDOM_FILES; i++) {
        FileDifference *d = &files[i];
        d->kind = i % 10 == 8 ? DIFFERENCE_CREATE : i % 10 == 9 ? DIFFERENCE_DELETE : 0;
        d->path = str_format(&arena, "%zu.yaml", i);
        if (d->kind != DIFFERENCE_CREATE) d->before = random_text(&arena, &seed, 120);
        if (d->kind != DIFFERENCE_DELETE) random_edits(&arena, &seed, d->before.len, &edits[i]);
        d->edits = edits[i].items, d->count = edits[i].len;
        const char *name = str_format(&arena, "work/%s", d->path.data).data;
        if (d->kind != DIFFERENCE_CREATE) write_text(name, d->before);
        unified_diff(&patch, d);
    }
    write_text("patch", buf_str(&patch));
    assert_true(run("git apply --check ../patch"));
    assert_true(run("git apply ../patch"));
    for (size_t i = 0; i < RANDOM_FILES; i++) assert_is_after(&files[i]);
    assert_true(run("git apply -R ../patch"));
    for (size_t i = 0; i < RANDOM_FILES; i++) {
        assert_is_before(&files[i]);
        vec_release(&edits[i]);
    }
    buf_release(&patch);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_text),
        cmocka_unit_test(as_git_applies_it),
        cmocka_unit_test(by_chance),
    };
    return cmocka_run_group_tests(tests, start_place, end_place);
}
