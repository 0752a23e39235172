/* Where the day comes from. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/today.h"

#include <stdlib.h>

static const struct {
    const char *name, *epoch;
    uint32_t given, want; /* want 0: an error */
} rows[] = {
    {"--today wins", "0", 20270131, 20270131},
    {"the first second", "0", 0, 19700101},
    {"a leap day", "1709164800", 0, 20240229},
    {"the last second of a day", "86399", 0, 19700101},
    {"the last day there is", "253402300799", 0, 99991231},
    {"beyond it", "253402300800", 0, 0},
    {"no number", "yesterday", 0, 0},
    {"negative", "-1", 0, 0},
};

static void test_today(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setenv("SOURCE_DATE_EPOCH", rows[i].epoch, 1);
        uint32_t got = 0;
        Error err;
        bool ok = today_find(rows[i].given, &got, &err);
        if (ok != (rows[i].want != 0) || (ok && got != rows[i].want))
            fail_msg("%s: %u", rows[i].name, got);
    }
}

static void test_clock(void **state) {
    (void)state;
    unsetenv("SOURCE_DATE_EPOCH");
    uint32_t got = 0;
    Error err;
    assert_true(today_find(0, &got, &err));
    assert_in_range(got, 20260101, 99991231);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_today),
        cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
