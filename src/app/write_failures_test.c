/* Writing several files when system calls fail or the process is killed: all of them or none. */
#include "app/place_test.h"

#include <sys/wait.h>

enum { BATCH = 5 };

static void make_batch(FileWrite *writes) {
    put("a.yaml", "old a");
    put("b.yaml", "old b");
    put("x.yaml", "old x");
    writes[0] = planned(WRITE_DELETE, "x.yaml", NULL);
    writes[1] = planned(WRITE_REPLACE, "a.yaml", "new a");
    writes[2] = planned(WRITE_CREATE, "d/e/c.yaml", "new c");
    writes[3] = planned(WRITE_REPLACE, "b.yaml", "new b");
    writes[4] = planned(WRITE_CREATE, "d/f.yaml", "new f");
}

static bool all_is_old(void) {
    return holds("a.yaml", "old a") && holds("b.yaml", "old b") && holds("x.yaml", "old x") &&
           !is_there("d");
}

static bool all_is_new(void) {
    return holds("a.yaml", "new a") && holds("b.yaml", "new b") && !is_there("x.yaml") &&
           holds("d/e/c.yaml", "new c") && holds("d/f.yaml", "new f");
}

static void clear_batch(void) {
    static const char *const paths[] = {"a.yaml", "b.yaml",   "x.yaml", "d/e/c.yaml",
                                        "d/e",    "d/f.yaml", "d"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) remove(paths[i]);
}

/* Lets the first, the second, … call fail, until so many succeed that nothing is left to fail. */
static unsigned fail_at_every_call(Call call, bool without_links) {
    for (int n = 0;; n++) {
        FileWrite writes[BATCH];
        make_batch(writes);
        memset(&plan, 0, sizeof plan);
        plan.call = call, plan.calls_left = n, plan.without_links = without_links;
        Error err = {0};
        WriteOutcome got = write_files_by(&test_calls, writes, BATCH, &err).outcome;
        bool done = got == WRITE_DONE;
        assert_true(done ? all_is_new() : got == WRITE_FAILED && all_is_old());
        assert_true(done || strstr(err.text, "Input/output error"));
        assert_int_equal(count_leftovers(), 0);
        clear_batch();
        if (plan.calls_left >= 0) return (unsigned)n;
    }
}

static void failing_calls_change_nothing(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Call call;
        bool without_links;
        unsigned calls;
    } rows[] = {
        {"sync: four files, four directories, and those above new ones", CALL_SYNC, false, 10},
        {"link: three originals, two new files", CALL_LINK, false, 5},
        {"rename: two replaced", CALL_RENAME, false, 2},
        {"rename, where there are no links", CALL_RENAME, true, 7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        assert_int_equal(fail_at_every_call(rows[i].call, rows[i].without_links), rows[i].calls);
    }
}

static void states_are_named(void **state) {
    (void)state;
    FileWrite writes[BATCH];
    make_batch(writes);
    memset(&plan, 0, sizeof plan);
    plan.call = CALL_RENAME, plan.calls_left = 1;
    Error err;
    assert_int_equal(write_files_by(&test_calls, writes, BATCH, &err).outcome, WRITE_FAILED);
    assert_string_equal(err.text, "cannot replace b.yaml: Input/output error\n"
                                  "d/e/c.yaml was put back\na.yaml was put back");
}

/* The worst case: nothing can be renamed any more, not even back. */
static void what_is_lost_is_named(void **state) {
    (void)state;
    put("a.yaml", "old a");
    put("b.yaml", "old b");
    FileWrite writes[] = {planned(WRITE_REPLACE, "a.yaml", "new a"),
                          planned(WRITE_REPLACE, "b.yaml", "new b")};
    memset(&plan, 0, sizeof plan);
    plan.call = CALL_RENAME, plan.calls_left = 1, plan.from_then_on = true;
    Error err;
    assert_int_equal(write_files_by(&test_calls, writes, 2, &err).outcome, WRITE_FAILED);
    assert_true(holds("a.yaml", "new a"));
    assert_true(holds("b.yaml", "old b"));
    assert_non_null(strstr(err.text, "cannot replace b.yaml: Input/output error\n"));
    const char *backup = strstr(err.text, "a.yaml holds its new text and could not be put back: "
                                          "Input/output error; its old text is in ");
    assert_non_null(backup);
    char path[256];
    assert_int_equal(sscanf(strstr(backup, " in ") + 4, "%255s", path), 1);
    assert_true(holds(path, "old a"));
    assert_int_equal(count_leftovers(), 1);
    assert_null(strstr(err.text, "b.yaml was moved"));
}

/* The last moment: everything was checked, and then somebody takes the path. */
static void take_path(void) {
    put("d/f.yaml", "not ours");
}

static void a_path_taken_at_the_last_moment(void **state) {
    (void)state;
    for (int without_links = 0; without_links < 2; without_links++) {
        FileWrite writes[BATCH];
        make_batch(writes);
        memset(&plan, 0, sizeof plan);
        plan.without_links = without_links;
        plan.call = CALL_RENAME, plan.event = take_path;
        Error err;
        WriteResult got = write_files_by(&test_calls, writes, BATCH, &err);
        assert_int_equal(got.outcome, WRITE_REFUSED);
        assert_int_equal(got.file, 4);
        assert_non_null(strstr(err.text, "d/f.yaml exists already\n"));
        assert_true(holds("d/f.yaml", "not ours"));
        assert_true(holds("a.yaml", "old a") && holds("b.yaml", "old b"));
        assert_true(holds("x.yaml", "old x") && !is_there("d/e"));
        assert_int_equal(count_leftovers(), 0);
        clear_batch();
    }
}

static void take_path_and_break(void) {
    take_path();
    plan.event = NULL;
    plan.calls_left = 0, plan.from_then_on = true;
}

/* Refused, but not as if nothing had happened: not every file could be put back. */
static void a_lost_file_is_more_than_a_refusal(void **state) {
    (void)state;
    FileWrite writes[BATCH];
    make_batch(writes);
    memset(&plan, 0, sizeof plan);
    plan.call = CALL_RENAME, plan.calls_left = 1, plan.event = take_path_and_break;
    Error err;
    assert_int_equal(write_files_by(&test_calls, writes, BATCH, &err).outcome, WRITE_FAILED);
    assert_non_null(strstr(err.text, "d/f.yaml exists already\n"));
    assert_non_null(strstr(err.text, "b.yaml holds its new text and could not be put back"));
    assert_true(holds("x.yaml", "old x"));
}

/* ---- A killed process ---- */

static void die(void) {
    _exit(9);
}

static void a_killed_process_leaves_whole_files(void **state) {
    (void)state;
    FileWrite writes[BATCH];
    make_batch(writes);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        memset(&plan, 0, sizeof plan);
        plan.call = CALL_RENAME, plan.event = die;
        Error err;
        write_files_by(&test_calls, writes, BATCH, &err);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 9);
    assert_true(holds("a.yaml", "old a") && holds("b.yaml", "old b") && holds("x.yaml", "old x"));
    assert_int_equal(count_leftovers(), 5); /* four new texts, and the original of a.yaml */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(failing_calls_change_nothing),
        TEST(states_are_named),
        TEST(what_is_lost_is_named),
        TEST(a_path_taken_at_the_last_moment),
        TEST(a_lost_file_is_more_than_a_refusal),
        TEST(a_killed_process_leaves_whole_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
