/* Writing files: what stays, what is refused, what is made and removed. */
#include "app/place_test.h"

#include <fcntl.h>

/* ---- What stays ---- */

static void modes_stay(void **state) {
    (void)state;
    static const mode_t modes[] = {0644, 0755, 0600, 0444, 0666, 02755, 0000};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        print_message("  %04o\n", (unsigned)modes[i]);
        put("a.yaml", "old");
        assert_int_equal(chmod("a.yaml", modes[i]), 0);
        FileWrite w = planned(WRITE_REPLACE, "a.yaml", "new text");
        Error err;
        assert_int_equal(write_one(&w, &err), WRITE_DONE);
        struct stat info;
        assert_int_equal(stat("a.yaml", &info), 0);
        assert_int_equal(info.st_mode & 07777, modes[i]);
        assert_int_equal(info.st_nlink, 1);
        chmod("a.yaml", 0644);
        assert_true(holds("a.yaml", "new text"));
        assert_int_equal(count_leftovers(), 0);
    }
}

static void links_stay(void **state) {
    (void)state;
    mkdir("d", 0777);
    put("d/a.yaml", "old");
    assert_int_equal(symlink("d/a.yaml", "link"), 0);
    assert_int_equal(symlink("link", "link2"), 0);
    FileWrite w = planned(WRITE_REPLACE, "link2", "new");
    Error err;
    assert_int_equal(write_one(&w, &err), WRITE_DONE);
    struct stat info;
    assert_int_equal(lstat("link", &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(lstat("d/a.yaml", &info), 0);
    assert_true(S_ISREG(info.st_mode));
    assert_true(holds("d/a.yaml", "new"));
    assert_int_equal(count_leftovers(), 0);
}

static void owner_stays(void **state) {
    (void)state;
    if (geteuid() != 0) {
        print_message("skipped: only root can give files away\n");
        skip();
    }
    put("a.yaml", "old");
    assert_int_equal(chown("a.yaml", 1234, 4321), 0);
    assert_int_equal(chmod("a.yaml", 04750), 0);
    FileWrite w = planned(WRITE_REPLACE, "a.yaml", "new");
    Error err;
    assert_int_equal(write_one(&w, &err), WRITE_DONE);
    struct stat info;
    assert_int_equal(stat("a.yaml", &info), 0);
    assert_int_equal(info.st_uid, 1234);
    assert_int_equal(info.st_gid, 4321);
    assert_int_equal(info.st_mode & 07777, 04750);
}

/* ---- What is refused ---- */

static void as_nobody(const FileWrite *w, WriteOutcome want, const char *words) {
    Error err = {0};
    assert_int_equal(seteuid(65534), 0);
    WriteOutcome got = write_one(w, &err);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(got, want);
    assert_non_null(strstr(err.text, words));
    assert_true(holds("d/a.yaml", "old"));
    assert_int_equal(count_leftovers(), 0);
}

/* Permissions do not bind root, so root becomes another for a moment. */
static void permissions_bind(void **state) {
    (void)state;
    if (geteuid() != 0) {
        print_message("skipped: only root can become another user\n");
        skip();
    }
    assert_int_equal(chmod(".", 0755), 0);
    mkdir("d", 0777);
    put("d/a.yaml", "old");
    FileWrite w = planned(WRITE_REPLACE, "d/a.yaml", "new");
    assert_int_equal(chmod("d", 0555), 0);
    as_nobody(&w, WRITE_FAILED, "cannot make a temporary file beside d/a.yaml");
    assert_int_equal(chmod("d", 0777), 0);
    as_nobody(&w, WRITE_REFUSED, "d/a.yaml is left alone: its owner cannot be kept");
    assert_int_equal(chown("d/a.yaml", 65534, 0), 0);
    assert_int_equal(setegid(65534), 0);
    as_nobody(&w, WRITE_REFUSED, "d/a.yaml is left alone: its group cannot be kept");
    assert_int_equal(setegid(0), 0);
}

static void append(void) {
    put("b.yaml", "longer than it was");
}

/* As many bytes, at the same moment: only the inode tells. */
static void exchange(void) {
    struct stat info;
    assert_int_equal(stat("b.yaml", &info), 0);
    put("other", "xxx");
    const struct timespec times[] = {info.st_atim, info.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, "other", times, 0), 0);
    assert_int_equal(rename("other", "b.yaml"), 0);
}

static void touch_again(void) {
    const struct timespec times[] = {{1, 1}, {1, 1}};
    assert_int_equal(utimensat(AT_FDCWD, "b.yaml", times, 0), 0);
}

static void take_away(void) {
    assert_int_equal(unlink("b.yaml"), 0);
}

static void add_hard_link(void) {
    assert_int_equal(link("b.yaml", "b2.yaml"), 0);
}

static const struct {
    const char *name;
    void (*spoil)(void);
    WriteOutcome want;
    const char *words;
} spoilers[] = {
    {"it grew", append, WRITE_CHANGED, "b.yaml was changed since it was read"},
    {"it is another file", exchange, WRITE_CHANGED, "b.yaml was changed since it was read"},
    {"it was written again", touch_again, WRITE_CHANGED, "b.yaml was changed since it was read"},
    {"it is gone", take_away, WRITE_CHANGED, "b.yaml was changed since it was read"},
    {"it has a hard link", add_hard_link, WRITE_REFUSED, "b.yaml has several hard links"},
};

/* At moment 0 nothing is written yet; at moment n the n-th temporary file is about to be synced. */
static void one_bad_file_stops_all(const char *name, size_t row, int moment) {
    print_message("  %s, %s\n", spoilers[row].name, name);
    put("a.yaml", "old");
    put("b.yaml", "old");
    FileWrite writes[] = {planned(WRITE_REPLACE, "a.yaml", "new"),
                          planned(WRITE_REPLACE, "b.yaml", "new"),
                          planned(WRITE_CREATE, "d/c.yaml", "new")};
    memset(&plan, 0, sizeof plan);
    if (moment == 0) spoilers[row].spoil();
    if (moment > 0) {
        plan.call = CALL_SYNC, plan.calls_left = moment - 1;
        plan.event = spoilers[row].spoil;
    }
    Error err;
    WriteResult got = write_files_by(&test_calls, writes, 3, &err);
    assert_int_equal(got.outcome, spoilers[row].want);
    assert_int_equal(got.file, 1);
    assert_non_null(strstr(err.text, spoilers[row].words));
    assert_true(holds("a.yaml", "old"));
    assert_false(holds("b.yaml", "new"));
    assert_false(is_there("d"));
    assert_int_equal(count_leftovers(), 0);
    unlink("b2.yaml");
}

static void bad_files_stop_all(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof spoilers / sizeof *spoilers; i++) {
        one_bad_file_stops_all("before anything is written", i, 0);
        one_bad_file_stops_all("while the file before it is written", i, 1);
        one_bad_file_stops_all("while the last file is written", i, 3);
    }
}

static void things_that_are_left_alone(void **state) {
    (void)state;
    put("a.yaml", "old");
    mkdir("d", 0777);
    mkfifo("fifo", 0666);
    assert_int_equal(symlink("a.yaml", "link"), 0);
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    static const struct {
        const char *name, *path;
        WriteKind kind;
        WriteOutcome want;
        const char *words;
    } rows[] = {
        {"a directory", "d", WRITE_REPLACE, WRITE_REFUSED, "d is not a regular file"},
        {"a pipe", "fifo", WRITE_REPLACE, WRITE_REFUSED, "fifo is not a regular file"},
        {"deleting a directory", "d", WRITE_DELETE, WRITE_REFUSED, "d is not a regular file"},
        {"deleting a link", "link", WRITE_DELETE, WRITE_REFUSED, "link is a symbolic link"},
        {"creating what exists", "a.yaml", WRITE_CREATE, WRITE_REFUSED, "a.yaml exists already"},
        {"creating at a link", "link", WRITE_CREATE, WRITE_REFUSED, "link exists already"},
        {"creating at a link to nothing", "dangling", WRITE_CREATE, WRITE_REFUSED,
         "dangling exists already"},
        {"creating at a directory", "d", WRITE_CREATE, WRITE_REFUSED, "d exists already"},
        {"creating below a file", "a.yaml/b", WRITE_CREATE, WRITE_FAILED,
         "cannot make a temporary file beside a.yaml/b: Not a directory"},
        {"creating far below a file", "a.yaml/b/c", WRITE_CREATE, WRITE_FAILED,
         "cannot make the directory of a.yaml/b/c: Not a directory"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        FileWrite w = planned(rows[i].kind, rows[i].path, "new");
        Error err;
        assert_int_equal(write_one(&w, &err), rows[i].want);
        assert_non_null(strstr(err.text, rows[i].words));
        assert_true(holds("a.yaml", "old"));
        assert_true(is_there("d") && is_there("fifo") && is_there("link") && is_there("dangling"));
        assert_int_equal(count_leftovers(), 0);
    }
}

static void one_file_under_two_names(void **state) {
    (void)state;
    put("a.yaml", "old");
    assert_int_equal(symlink("a.yaml", "link"), 0);
    FileWrite writes[] = {planned(WRITE_REPLACE, "a.yaml", "new"),
                          planned(WRITE_REPLACE, "link", "newer")};
    Error err;
    WriteResult got = write_files(writes, 2, &err);
    assert_int_equal(got.outcome, WRITE_REFUSED);
    assert_int_equal(got.file, 1);
    assert_string_equal(err.text, "a.yaml and link are one file, to be written twice");
    assert_true(holds("a.yaml", "old"));
}

static void no_stamp_without_a_file(void **state) {
    (void)state;
    FileStamp stamp;
    Error err;
    assert_false(file_stamp(STR("none.yaml"), &stamp, &err));
    assert_string_equal(err.text, "cannot read none.yaml: No such file or directory");
}

/* ---- Creating and deleting ---- */

static void created(void **state) {
    (void)state;
    umask(027);
    FileWrite writes[] = {planned(WRITE_CREATE, "a.yaml", "one"),
                          planned(WRITE_CREATE, "d/e//b.yaml", "two"),
                          planned(WRITE_CREATE, "d/c.yaml", "")};
    Error err;
    assert_int_equal(write_files(writes, 3, &err).outcome, WRITE_DONE);
    umask(022);
    assert_true(holds("a.yaml", "one"));
    assert_true(holds("d/e/b.yaml", "two"));
    assert_true(holds("d/c.yaml", ""));
    struct stat info;
    assert_int_equal(stat("a.yaml", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(info.st_nlink, 1);
    assert_int_equal(stat("d/e", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0750);
    assert_int_equal(count_leftovers(), 0);
}

static void created_by_absolute_path(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/d/a.yaml", place);
    FileWrite w = planned(WRITE_CREATE, path, "new");
    Error err;
    assert_int_equal(write_one(&w, &err), WRITE_DONE);
    assert_true(holds("d/a.yaml", "new"));
}

static void deleted(void **state) {
    (void)state;
    put("a.yaml", "old");
    put("b.yaml", "old");
    FileWrite writes[] = {planned(WRITE_DELETE, "a.yaml", NULL),
                          planned(WRITE_REPLACE, "b.yaml", "new")};
    Error err;
    assert_int_equal(write_files(writes, 2, &err).outcome, WRITE_DONE);
    assert_false(is_there("a.yaml"));
    assert_true(holds("b.yaml", "new"));
    assert_int_equal(count_leftovers(), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(modes_stay),
        TEST(links_stay),
        TEST(owner_stays),
        TEST(permissions_bind),
        TEST(bad_files_stop_all),
        TEST(things_that_are_left_alone),
        TEST(one_file_under_two_names),
        TEST(no_stamp_without_a_file),
        TEST(created),
        TEST(created_by_absolute_path),
        TEST(deleted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
