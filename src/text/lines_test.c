/* Lines and columns, in every order of asking. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/lines.h"

static void places(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        Span span;
        uint32_t line, column, end_line, end_column;
    } rows[] = {
        {"an empty text", {0}, {0, 0}, 1, 1, 1, 1},
        {"one line", STR_INIT("abc"), {1, 2}, 1, 2, 1, 3},
        {"LF", STR_INIT("a\nbc\n"), {2, 4}, 2, 1, 2, 3},
        {"behind the last LF", STR_INIT("a\n"), {2, 2}, 2, 1, 2, 1},
        {"the LF itself", STR_INIT("a\nb"), {1, 2}, 1, 2, 2, 1},
        {"CRLF", STR_INIT("a\r\nbc"), {3, 5}, 2, 1, 2, 3},
        {"CR and LF of a CRLF", STR_INIT("a\r\nbc"), {1, 2}, 1, 2, 1, 3},
        {"a lone CR", STR_INIT("a\rbc"), {2, 3}, 2, 1, 2, 2},
        {"CR, then CRLF", STR_INIT("a\r\r\nb"), {4, 5}, 3, 1, 3, 2},
        {"a CR at the end", STR_INIT("a\r"), {2, 2}, 2, 1, 2, 1},
        {"LF, then CR", STR_INIT("a\n\rb"), {3, 4}, 3, 1, 3, 2},
        {"several lines", STR_INIT("ab\ncd\nef"), {1, 7}, 1, 2, 3, 2},
        {"columns are characters",
         STR_INIT("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80x"),
         {9, 10},
         1,
         4,
         1,
         5},
        {"characters of the second line", STR_INIT("\xc3\xa9\n\xc3\xa9x"), {5, 6}, 2, 2, 2, 3},
        {"U+2028 and U+0085 break nothing", STR_INIT("\xe2\x80\xa8\xc2\x85x"), {5, 6}, 1, 3, 1, 4},
        {"beyond the end", STR_INIT("ab"), {1, 99}, 1, 2, 1, 3},
        {"wholly beyond the end", STR_INIT("ab"), {50, 99}, 1, 3, 1, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Lines lines = {.text = rows[i].text, .line = 1, .column = 1};
        Place p = lines_place(&lines, rows[i].span);
        assert_int_equal(p.line, rows[i].line);
        assert_int_equal(p.column, rows[i].column);
        assert_int_equal(p.end_line, rows[i].end_line);
        assert_int_equal(p.end_column, rows[i].end_column);
        lines_release(&lines);
    }
}

/* "- a: 1", cut behind the dash: the first line begins at column 3, the others where they begin. */
static void middle_of_a_source(void **state) {
    (void)state;
    Lines lines = {.text = STR("a: 1\nb: 2"), .offset = 5000000000, .line = 100000, .column = 3};
    Place p = lines_place(&lines, (Span){3, 8});
    assert_int_equal(p.start, 5000000003);
    assert_int_equal(p.length, 5);
    assert_int_equal(p.line, 100000);
    assert_int_equal(p.column, 6);
    assert_int_equal(p.end_line, 100001);
    assert_int_equal(p.end_column, 4);
    assert_int_equal(lines_number(&lines, 4), 100000);
    assert_int_equal(lines_number(&lines, 5), 100001);
    lines_release(&lines);
}

static void spans_of_lines(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        uint32_t line; /* the text begins on line 10 */
        Span want;
    } rows[] = {
        {"the first", STR_INIT("ab\ncd"), 10, {0, 2}},
        {"the last", STR_INIT("ab\ncd"), 11, {3, 5}},
        {"CRLF", STR_INIT("ab\r\ncd\r\n"), 11, {4, 6}},
        {"a lone CR", STR_INIT("ab\rcd\r"), 10, {0, 2}},
        {"an empty line", STR_INIT("ab\n\ncd"), 11, {3, 3}},
        {"an empty line with CRLF", STR_INIT("\r\n\r\n"), 11, {2, 2}},
        {"an empty line behind a CR", STR_INIT("a\r\r\nb"), 11, {2, 2}},
        {"behind the last break", STR_INIT("ab\n"), 11, {3, 3}},
        {"too late", STR_INIT("ab\n"), 12, {0, 0}},
        {"too early", STR_INIT("ab\n"), 9, {0, 0}},
        {"an empty text", {0}, 10, {0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Lines lines = {.text = rows[i].text, .line = 10, .column = 1};
        Span got = lines_span(&lines, rows[i].line);
        assert_int_equal(got.start, rows[i].want.start);
        assert_int_equal(got.end, rows[i].want.end);
        lines_release(&lines);
    }
}

enum { MANY = 70000 };

static void more_lines_than_65536(void **state) {
    (void)state;
    Buf text = {0};
    for (uint32_t i = 0; i < MANY; i++) buf_add(&text, STR("a\xc3\xa9\n"));
    Lines lines = {.text = buf_str(&text), .line = 1, .column = 1};
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t at = i * 48611u % MANY; /* every line once, in a wild order */
        Place p = lines_place(&lines, (Span){at * 4 + 1, at * 4 + 3});
        assert_int_equal(p.line, at + 1);
        assert_int_equal(p.column, 2);
        assert_int_equal(p.end_column, 3);
        assert_int_equal(lines_number(&lines, at * 4 + 3), at + 1);
        assert_int_equal(lines_span(&lines, at + 1).start, at * 4);
    }
    lines_release(&lines);
    buf_release(&text);
}

static void longer_line_than_65536(void **state) {
    (void)state;
    Buf text = {0};
    buf_add(&text, STR("first\n"));
    for (uint32_t i = 0; i < MANY; i++) buf_add(&text, STR("\xc3\xa9"));
    buf_add(&text, STR("\nlast"));
    static const uint32_t steps[] = {1, 48611, MANY - 1}; /* forwards, wildly, backwards */
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        Lines lines = {.text = buf_str(&text), .line = 1, .column = 1};
        for (uint32_t i = 0; i < MANY; i += s == 0 ? 1 : 97) {
            uint32_t at = (uint32_t)((uint64_t)i * steps[s] % MANY);
            Place p = lines_place(&lines, (Span){6 + at * 2, 6 + at * 2 + 2});
            assert_int_equal(p.line, 2);
            assert_int_equal(p.column, at + 1);
            assert_int_equal(p.end_column, at + 2);
        }
        lines_release(&lines);
    }
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),
        cmocka_unit_test(middle_of_a_source),
        cmocka_unit_test(spans_of_lines),
        cmocka_unit_test(more_lines_than_65536),
        cmocka_unit_test(longer_line_than_65536),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
