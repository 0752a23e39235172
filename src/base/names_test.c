/* Suggestions and dates. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "base/names.h"

#include <string.h>

static void nearest(void **state) {
    (void)state;
    static const Str choices[] = {
        STR_INIT("select"), STR_INIT("ignore"),  STR_INIT("exclude"), STR_INIT("extend-ignore"),
        STR_INIT("format"), STR_INIT("threads"), STR_INIT("rule"),    STR_INIT(""),
    };
    static const struct {
        const char *name, *typed, *want;
    } rows[] = {
        {"the same", "select", "select"},
        {"case", "SELECT", "select"},
        {"a letter missing", "slect", "select"},
        {"a letter too many", "exxclude", "exclude"},
        {"another letter", "formar", "format"},
        {"two letters swapped", "fromat", "format"},
        {"two slips", "tredas", "threads"},
        {"three letters may have one slip", "rul", "rule"},
        {"two letters may have none", "ru", ""},
        {"a long one", "extend-ingore", "extend-ignore"},
        {"too far", "formula-x", ""},
        {"nothing typed", "", ""},
        {"nothing like it", "kubernetes", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Str got = nearest_name(str_from(rows[i].typed), choices, sizeof choices / sizeof *choices);
        assert_true(str_eq(got, str_from(rows[i].want)));
    }
    assert_null(nearest_name(STR("a"), NULL, 0).data);
}

static void first_of_equals(void **state) {
    (void)state;
    static const Str choices[] = {STR_INIT("cart"), STR_INIT("card"), STR_INIT("carx")};
    assert_true(str_eq(nearest_name(STR("cars"), choices, 3), STR("cart")));
    assert_true(str_eq(nearest_name(STR("card"), choices, 3), STR("card")));
}

static void length_limit(void **state) {
    (void)state;
    char text[LIMIT_NAME_SUGGESTION + 1];
    memset(text, 'x', sizeof text);
    Str longest = {text, LIMIT_NAME_SUGGESTION}, longer = {text, LIMIT_NAME_SUGGESTION + 1};
    assert_true(str_eq(nearest_name(longest, &longer, 1), longer));
    assert_null(nearest_name(longer, &longer, 1).data);
}

static void dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool valid;
        uint32_t want;
    } rows[] = {
        {"2026-01-31", true, 20260131},
        {"2026-12-31", true, 20261231},
        {"2024-02-29", true, 20240229},
        {"2000-02-29", true, 20000229},
        {"1900-02-29", false, 0},
        {"2026-02-29", false, 0},
        {"2026-02-30", false, 0},
        {"2026-04-31", false, 0},
        {"2026-00-10", false, 0},
        {"2026-13-10", false, 0},
        {"2026-10-00", false, 0},
        {"2026-1-1", false, 0},
        {"2026/01/01", false, 0},
        {"2026-01-1x", false, 0},
        {"+026-01-01", false, 0},
        {"2026-01-01T00:00", false, 0},
        {" 2026-01-0", false, 0},
        {"tomorrow", false, 0},
        {"", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].text);
        uint32_t date = 0;
        assert_int_equal(date_parse(str_from(rows[i].text), &date), rows[i].valid);
        assert_int_equal(date, rows[i].want);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest),
        cmocka_unit_test(first_of_equals),
        cmocka_unit_test(length_limit),
        cmocka_unit_test(dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
