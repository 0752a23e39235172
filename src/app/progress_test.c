/* Tests the line that tells how far a run is, and that pipes never see it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/progress.h"

#include <unistd.h>

#define MB ((Offset)1024 * 1024)

typedef struct Row {
    Offset done, total;
    const char *want;
} Row;

static const Row rows[] = {
    {0, 1024 * MB, "[                    ]   0 %  0 of 1024 MB"},
    {307 * MB, 1024 * MB, "[#####               ]  29 %  307 of 1024 MB"},
    {1024 * MB, 1024 * MB, "[####################] 100 %  1024 of 1024 MB"},
    {9 * MB, 8 * MB, "[####################] 100 %  8 of 8 MB"},
    {0, 0, "[####################] 100 %  0 of 0 MB"},
    {(Offset)1 << 50, (Offset)1 << 51, "[##########          ]  50 %  1073741824 of 2147483648 MB"},
};

static void test_text(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf out = {0};
        progress_text(&out, rows[i].done, rows[i].total);
        assert_string_equal(buf_cstr(&out), rows[i].want);
        buf_release(&out);
    }
}

/* Tests run with pipes. */
static void test_no_terminal(void **state) {
    (void)state;
    if (isatty(STDERR_FILENO) && isatty(STDOUT_FILENO)) skip();
    Options o = {0};
    Progress p = progress_begin(&o, 8 * MB);
    assert_false(p.wanted);
    p.next = 0;
    progress_add(&p, MB);
    assert_false(p.shown);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text),
                                       cmocka_unit_test(test_no_terminal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
