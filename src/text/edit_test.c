/* Edits: applied, ordered, and told apart. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/edit.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_EDITS = 3 };

static void applying(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str source;
        Offset base;
        size_t count;
        Edit edits[MOST_EDITS];
        Str want;
    } rows[] = {
        {"nothing to do", STR_INIT("abc"), 0, 0, {{0}}, STR_INIT("abc")},
        {"replace", STR_INIT("abc"), 0, 1, {{1, 2, STR_INIT("XY")}}, STR_INIT("aXYc")},
        {"delete", STR_INIT("abc"), 0, 1, {{1, 3, {0}}}, STR_INIT("a")},
        {"insert in front", STR_INIT("abc"), 0, 1, {{0, 0, STR_INIT("X")}}, STR_INIT("Xabc")},
        {"insert behind", STR_INIT("abc"), 0, 1, {{3, 3, STR_INIT("X")}}, STR_INIT("abcX")},
        {"fill an empty text", {0}, 0, 1, {{0, 0, STR_INIT("X")}}, STR_INIT("X")},
        {"empty a text", STR_INIT("abc"), 0, 1, {{0, 3, {0}}}, {0}},
        {"several",
         STR_INIT("abcdef"),
         0,
         3,
         {{0, 1, {0}}, {2, 2, STR_INIT("X")}, {4, 6, STR_INIT("Y")}},
         STR_INIT("bXcdY")},
        {"a part beyond 4 GB",
         STR_INIT("abc"),
         5000000000,
         2,
         {{5000000000, 5000000001, STR_INIT("X")}, {5000000003, 5000000003, STR_INIT("Y")}},
         STR_INIT("XbcY")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Buf out = {0};
        edits_apply(rows[i].source, rows[i].base, rows[i].edits, rows[i].count, &out);
        assert_true(str_eq(buf_str(&out), rows[i].want));
        buf_release(&out);
    }
}

/* Such edits would write a file that nobody planned: the program has to stop. */
static void bad_edits_are_bugs(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Offset base;
        Edit edits[2];
    } rows[] = {
        {"out of order", 0, {{2, 3, {0}}, {0, 1, {0}}}},
        {"touching", 0, {{0, 1, {0}}, {1, 2, {0}}}},
        {"overlapping", 0, {{0, 2, {0}}, {1, 3, {0}}}},
        {"twice at one place", 0, {{1, 1, STR_INIT("X")}, {1, 1, STR_INIT("Y")}}},
        {"ends before it starts", 0, {{0, 0, {0}}, {3, 2, {0}}}},
        {"behind the source", 0, {{0, 1, {0}}, {2, 4, {0}}}},
        {"wholly behind the source", 0, {{0, 1, {0}}, {9, 9, {0}}}},
        {"before the source", 10, {{9, 11, {0}}, {12, 13, {0}}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            signal(SIGABRT, SIG_DFL);
            close(STDERR_FILENO);
            Buf out = {0};
            edits_apply(STR("abc"), rows[i].base, rows[i].edits, 2, &out);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
}

static void meeting(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t count;
        Edit edits[MOST_EDITS], e;
        bool want;
    } rows[] = {
        {"an empty list", 0, {{0}}, {0, 1, {0}}, false},
        {"behind", 1, {{0, 1, {0}}}, {2, 3, {0}}, false},
        {"before", 1, {{2, 3, {0}}}, {0, 1, {0}}, false},
        {"touching what is before", 1, {{0, 1, {0}}}, {1, 2, {0}}, true},
        {"touching what is behind", 1, {{1, 2, {0}}}, {0, 1, {0}}, true},
        {"an insertion at the end", 1, {{0, 2, {0}}}, {2, 2, {0}}, true},
        {"two insertions at one place", 1, {{2, 2, {0}}}, {2, 2, {0}}, true},
        {"two insertions apart", 1, {{2, 2, {0}}}, {3, 3, {0}}, false},
        {"overlapping", 1, {{0, 3, {0}}}, {2, 5, {0}}, true},
        {"inside", 1, {{0, 9, {0}}}, {4, 5, {0}}, true},
        {"around", 1, {{4, 5, {0}}}, {0, 9, {0}}, true},
        {"between", 2, {{0, 1, {0}}, {4, 5, {0}}}, {2, 3, {0}}, false},
        {"only the last", 3, {{0, 1, {0}}, {3, 4, {0}}, {6, 8, {0}}}, {7, 9, {0}}, true},
        {"beyond 4 GB", 1, {{5000000000, 5000000001, {0}}}, {5000000001, 5000000002, {0}}, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        EditVec edits = {0};
        for (size_t k = 0; k < rows[i].count; k++) vec_push(&edits, rows[i].edits[k]);
        assert_int_equal(edits_meet(&edits, &rows[i].e), rows[i].want);
        vec_release(&edits);
    }
}

static void inserting(void **state) {
    (void)state;
    static const Offset places[] = {40, 10, 90, 0, 50, 20};
    EditVec edits = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        edits_insert(&edits, (Edit){places[i], places[i] + 5, {0}});
        assert_true(edits_sorted(edits.items, edits.len));
    }
    assert_int_equal(edits.len, sizeof places / sizeof *places);
    vec_release(&edits);
}

static void sorting(void **state) {
    (void)state;
    Edit edits[] = {{7, 8, {0}}, {0, 1, {0}}, {5000000000, 5000000001, {0}}, {3, 5, {0}}};
    assert_false(edits_sorted(edits, 4));
    edits_sort(edits, 4);
    assert_true(edits_sorted(edits, 4));
    assert_int_equal(edits[1].start, 3);
    edits_sort(NULL, 0);
    assert_true(edits_sorted(NULL, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(applying), cmocka_unit_test(bad_edits_are_bugs),
        cmocka_unit_test(meeting),  cmocka_unit_test(inserting),
        cmocka_unit_test(sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
