/* What is taken of a list of paths, with the files of ignore rules that stand among them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/tracked.h"

#include <string.h>

typedef struct Told {
    Buf text; /* a line for each path that was passed over: how, and which */
} Told;

static bool is_yaml(void *context, Str path) {
    (void)context;
    return str_ends(path, STR(".yaml"));
}

static void skipped(void *context, Str path, SkipReason why, Str detail) {
    static const char *const words[] = {
        [SKIP_IGNORED] = "ignored", [SKIP_NOT_WANTED] = "not wanted", [SKIP_UNREADABLE] = "unread"};
    Told *told = context;
    (void)detail;
    buf_addf(&told->text, "%s " STR_FMT "\n", words[why], STR_ARG(path));
}

static bool read_text(void *context, Str path, Buf *into) {
    static const char *const files[][2] = {
        {".unstaleignore", "out/\n*.gen.yaml\n/top.yaml\n"},
        {"a/.unstaleignore", "!keep.gen.yaml\n"},
        {"out/.unstaleignore", "!*\n"},
    };
    (void)context;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!str_eq(path, str_from(files[i][0]))) continue;
        buf_add(into, str_from(files[i][1]));
        return true;
    }
    return false;
}

typedef struct Row {
    const char *name, *shown, *top;
    bool no_ignore;
    const char *paths; /* separated by blanks */
    const char *taken; /* as users see them, a line each, then what was passed over */
} Row;

static const Row rows[] = {
    {"what is wanted", ".", "", false, "b.yaml b/c.txt b/c.yaml",
     "b.yaml\nb/c.yaml\nnot wanted b/c.txt\n"},
    {"rules of the top", ".", "", false, "b/x.gen.yaml b/top.yaml top.yaml",
     "b/top.yaml\nignored b/x.gen.yaml\nignored top.yaml\n"},
    {"rules below are stronger", ".", "", false, "a/b/keep.gen.yaml a/x.gen.yaml b/keep.gen.yaml",
     "a/b/keep.gen.yaml\nignored a/x.gen.yaml\nignored b/keep.gen.yaml\n"},
    {"a directory is told once, nothing in it is taken back", ".", "", false,
     "out/a.yaml out/b/c.yaml x/out/d.yaml", "ignored out\nignored x/out\n"},
    {"the PATH is not ignored", "out", "out", false, "out/a.yaml out/x.gen.yaml",
     "out/a.yaml\nout/x.gen.yaml\n"},
    {"nor what is above it", "out/b", "out/b", false, "out/b/a.yaml", "out/b/a.yaml\n"},
    {"all of it", ".", "", true, "out/a.yaml top.yaml", "out/a.yaml\ntop.yaml\n"},
    {"shown from below", ".", "a/b", false, "a/b/c/d.yaml a/b/e.yaml", "c/d.yaml\ne.yaml\n"},
    {"shown from aside", "../b", "b", false, "b/c.yaml", "../b/c.yaml\n"},
    {"shown from the root", "/", "", false, "b/c.yaml", "/b/c.yaml\n"},
    {"in and out of directories", ".", "", false, "a/b/c.yaml a/d.yaml a.yaml b/a/x.yaml b/b.yaml",
     "a/b/c.yaml\na/d.yaml\na.yaml\nb/a/x.yaml\nb/b.yaml\n"},
    {"names that begin like a directory", ".", "", false, "a/x.gen.yaml a0/keep.gen.yaml",
     "ignored a/x.gen.yaml\nignored a0/keep.gen.yaml\n"},
    {"paths that lead elsewhere", ".", "", false,
     "../a.yaml a/../b.yaml ./a.yaml a//b.yaml /a.yaml a/ .git/a.yaml a/.GIT/b.yaml .github/a.yaml",
     ".github/a.yaml\nunread ../a.yaml\nunread a/../b.yaml\nunread ./a.yaml\nunread a//b.yaml\n"
     "unread /a.yaml\nunread a/\nunread .git/a.yaml\nunread a/.GIT/b.yaml\n"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Row *row = &rows[i];
        Arena a = {0};
        Told told = {0};
        Buf taken = {0};
        Walk walk = {
            .no_ignore = row->no_ignore, .context = &told, .wants = is_yaml, .skipped = skipped};
        Tracked t = {.arena = &a,
                     .walk = &walk,
                     .shown = str_from(row->shown),
                     .top = str_from(row->top),
                     .read = read_text};
        Str rest = str_from(row->paths), path;
        while (str_split(&rest, ' ', &path))
            if (tracked_wants(&t, path)) buf_addf(&taken, "%s\n", tracked_shown(&t, path).data);
        buf_add(&taken, buf_str(&told.text));
        if (strcmp(buf_cstr(&taken), row->taken) != 0)
            fail_msg("%s:\n%s", row->name, buf_cstr(&taken));
        tracked_release(&t);
        buf_release(&told.text);
        buf_release(&taken);
        arena_release(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
