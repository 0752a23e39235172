/* Slices: comparing, finding, cutting, numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/str.h"

#include <string.h>

static int sign(int n) {
    return (n > 0) - (n < 0);
}

static void compares(void **state) {
    (void)state;
    static const struct {
        Str a, b;
        bool equal, equal_nocase, starts, ends; /* does a start, end with b? */
        int order;
    } rows[] = {
        {{0}, {0}, true, true, true, true, 0},
        {STR_INIT(""), {0}, true, true, true, true, 0},
        {STR_INIT("a"), {0}, false, false, true, true, 1},
        {{0}, STR_INIT("a"), false, false, false, false, -1},
        {STR_INIT("abc"), STR_INIT("abc"), true, true, true, true, 0},
        {STR_INIT("abc"), STR_INIT("ABC"), false, true, false, false, 1},
        {STR_INIT("abc"), STR_INIT("ab"), false, false, true, false, 1},
        {STR_INIT("abc"), STR_INIT("bc"), false, false, false, true, -1},
        {STR_INIT("abc"), STR_INIT("xabc"), false, false, false, false, -1},
        {STR_INIT("a\0b"), STR_INIT("a\0c"), false, false, false, false, -1},
        {STR_INIT("\xc3\x84"), STR_INIT("\xc3\xa4"), false, false, false, false, -1},
        {STR_INIT("\xff"), STR_INIT("a"), false, false, false, false, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str a = rows[i].a, b = rows[i].b;
        assert_int_equal(str_eq(a, b), rows[i].equal);
        assert_int_equal(str_eq_nocase(a, b), rows[i].equal_nocase);
        assert_int_equal(str_starts(a, b), rows[i].starts);
        assert_int_equal(str_ends(a, b), rows[i].ends);
        assert_int_equal(sign(str_cmp(a, b)), rows[i].order);
        assert_int_equal(sign(str_cmp(b, a)), -rows[i].order);
    }
}

static void finds(void **state) {
    (void)state;
    static const struct {
        Str text, part;
        size_t want;
    } rows[] = {
        {{0}, {0}, 0},
        {STR_INIT("abc"), {0}, 0},
        {{0}, STR_INIT("a"), STR_NONE},
        {STR_INIT("abcabc"), STR_INIT("bc"), 1},
        {STR_INIT("abc"), STR_INIT("abcd"), STR_NONE},
        {STR_INIT("abc"), STR_INIT("abc"), 0},
        {STR_INIT("a\0b"), STR_INIT("b"), 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(str_find(rows[i].text, rows[i].part), rows[i].want);
}

static void finds_characters(void **state) {
    (void)state;
    static const struct {
        Str text;
        char c;
        size_t first, last;
    } rows[] = {
        {{0}, 'a', STR_NONE, STR_NONE}, {STR_INIT("a/b/c"), '/', 1, 3},
        {STR_INIT("/"), '/', 0, 0},     {STR_INIT("abc"), '/', STR_NONE, STR_NONE},
        {STR_INIT("a\0b"), '\0', 1, 1}, {STR_INIT("x\xff"), '\xff', 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(str_find_char(rows[i].text, rows[i].c), rows[i].first);
        assert_int_equal(str_find_last_char(rows[i].text, rows[i].c), rows[i].last);
    }
}

static void slices(void **state) {
    (void)state;
    static const struct {
        Str text;
        size_t start, end;
        Str want;
    } rows[] = {
        {STR_INIT("abc"), 0, 3, STR_INIT("abc")},
        {STR_INIT("abc"), 1, 2, STR_INIT("b")},
        {STR_INIT("abc"), 1, STR_NONE, STR_INIT("bc")},
        {STR_INIT("abc"), 2, 1, {0}},
        {STR_INIT("abc"), 3, 3, {0}},
        {STR_INIT("abc"), 7, 9, {0}},
        {{0}, 0, 1, {0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(str_eq(str_slice(rows[i].text, rows[i].start, rows[i].end), rows[i].want));
        if (rows[i].end == STR_NONE)
            assert_true(str_eq(str_from_offset(rows[i].text, rows[i].start), rows[i].want));
    }
}

static void trims(void **state) {
    (void)state;
    static const struct {
        Str text, want;
    } rows[] = {
        {{0}, {0}},
        {STR_INIT(" \t\r\n"), {0}},
        {STR_INIT("  a b\r\n"), STR_INIT("a b")},
        {STR_INIT("a"), STR_INIT("a")},
        {STR_INIT("\va\xc2\xa0"), STR_INIT("\va\xc2\xa0")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(str_eq(str_trim(rows[i].text), rows[i].want));
}

static void splits(void **state) {
    (void)state;
    static const struct {
        Str text;
        const char *want; /* the parts, each with a '|' behind it */
    } rows[] = {
        {{0}, ""},
        {STR_INIT(""), "|"},
        {STR_INIT("a"), "a|"},
        {STR_INIT("a,b"), "a|b|"},
        {STR_INIT(",a,"), "|a||"},
        {STR_INIT(",,"), "|||"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char got[32];
        size_t len = 0;
        Str rest = rows[i].text, part;
        while (str_split(&rest, ',', &part)) {
            for (size_t k = 0; k < part.len; k++) got[len++] = part.data[k];
            got[len++] = '|';
        }
        got[len] = '\0';
        assert_string_equal(got, rows[i].want);
    }
}

static void directories(void **state) {
    (void)state;
    static const Str rows[][2] = {
        {STR_INIT("a/b"), STR_INIT("a")}, {STR_INIT("a/b/c"), STR_INIT("a/b")},
        {STR_INIT("b"), STR_INIT(".")},   {STR_INIT("./b"), STR_INIT(".")},
        {STR_INIT("/b"), STR_INIT("/")},  {STR_INIT("/a/b"), STR_INIT("/a")},
        {STR_INIT("a/"), STR_INIT("a")},  {{0}, STR_INIT(".")}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(str_eq(str_directory(rows[i][0]), rows[i][1]));
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        Str text;
        bool valid;
        uint64_t want;
    } rows[] = {
        {STR_INIT("0"), true, 0},
        {STR_INIT("007"), true, 7},
        {STR_INIT("18446744073709551615"), true, UINT64_MAX},
        {STR_INIT("18446744073709551616"), false, 0},
        {STR_INIT("99999999999999999999"), false, 0},
        {{0}, false, 0},
        {STR_INIT("-1"), false, 0},
        {STR_INIT("+1"), false, 0},
        {STR_INIT(" 1"), false, 0},
        {STR_INIT("1x"), false, 0},
        {STR_INIT("1\0"), false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t got = 0;
        assert_int_equal(str_to_u64(rows[i].text, &got), rows[i].valid);
        if (rows[i].valid) assert_int_equal(got, rows[i].want);
    }
}

static void copies(void **state) {
    (void)state;
    Arena a = {0};
    char text[] = "name";
    Str copy = str_copy(&a, str_from(text));
    text[0] = 'X';
    assert_string_equal(copy.data, "name");
    assert_string_equal(str_copy(&a, (Str){0}).data, "");
    Str mixed = STR("PyTorchJob-\xC3\x84[@Z`");
    assert_string_equal(str_lower(&a, mixed).data, "pytorchjob-\xC3\x84[@z`");
    assert_string_equal(str_lower(&a, (Str){0}).data, "");
    Str formatted = str_format(&a, "%s-%d", "job", 7);
    assert_int_equal(formatted.len, 5);
    assert_string_equal(formatted.data, "job-7");
    assert_int_equal(str_from(NULL).len, 0);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares), cmocka_unit_test(finds),  cmocka_unit_test(finds_characters),
        cmocka_unit_test(slices),   cmocka_unit_test(trims),  cmocka_unit_test(splits),
        cmocka_unit_test(numbers),  cmocka_unit_test(copies), cmocka_unit_test(directories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
