/* Validity, columns and what is safe to print. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/utf8.h"

#include <string.h>

static void invalid(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        size_t want;
    } rows[] = {
        {"empty", {0}, STR_NONE},
        {"ASCII", STR_INIT("plain text, longer than eight bytes"), STR_NONE},
        {"NUL is valid", STR_INIT("a\0b"), STR_NONE},
        {"two, three, four bytes", STR_INIT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), STR_NONE},
        {"first and last of each length",
         STR_INIT("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
         STR_NONE},
        {"around the surrogates", STR_INIT("\xed\x9f\xbf\xee\x80\x80"), STR_NONE},
        {"a continuation byte", STR_INIT("ab\x80"), 2},
        {"behind eight bytes", STR_INIT("01234567\x80"), 8},
        {"inside eight bytes",
         STR_INIT("0123\x80"
                  "567"),
         4},
        {"behind a character", STR_INIT("\xc3\xa9\xff"), 2},
        {"cut short", STR_INIT("a\xe2\x82"), 1},
        {"cut short by another",
         STR_INIT("\xe2\x82"
                  "a"),
         0},
        {"0xc0", STR_INIT("\xc0\x80"), 0},
        {"0xc1", STR_INIT("\xc1\xbf"), 0},
        {"overlong of three", STR_INIT("\xe0\x9f\xbf"), 0},
        {"overlong of four", STR_INIT("\xf0\x8f\xbf\xbf"), 0},
        {"first surrogate", STR_INIT("\xed\xa0\x80"), 0},
        {"last surrogate", STR_INIT("\xed\xbf\xbf"), 0},
        {"beyond U+10FFFF", STR_INIT("\xf4\x90\x80\x80"), 0},
        {"0xf5", STR_INIT("\xf5\x80\x80\x80"), 0},
        {"0xff", STR_INIT("\xff"), 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        assert_int_equal(utf8_invalid(rows[i].text), rows[i].want);
    }
}

/* Whatever utf8_add writes, utf8_decode reads; it refuses no code points but surrogates. */
static void every_code_point(void **state) {
    (void)state;
    Buf b = {0};
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        buf_clear(&b);
        utf8_add(&b, c);
        uint32_t got = UINT32_MAX;
        size_t length = utf8_decode(buf_str(&b), 0, &got);
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        assert_int_equal(length, surrogate ? 0 : b.len);
        if (!surrogate) assert_int_equal(got, c);
    }
    buf_release(&b);
}

static void counts_and_columns(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        size_t count, columns;
    } rows[] = {
        {"empty", {0}, 0, 0},
        {"ASCII", STR_INIT("abc"), 3, 3},
        {"accents", STR_INIT("\xc3\xa9t\xc3\xa9"), 3, 3},
        {"a combining accent", STR_INIT("e\xcc\x81"), 2, 1},
        {"Chinese", STR_INIT("\xe4\xb8\xad\xe6\x96\x87"), 2, 4},
        {"Hangul syllable", STR_INIT("\xed\x95\x9c"), 1, 2},
        {"Hangul in parts", STR_INIT("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), 3, 2},
        {"half-width katakana", STR_INIT("\xef\xbd\xb1"), 1, 1},
        {"full-width Latin", STR_INIT("\xef\xbc\xa1"), 1, 2},
        {"emoji", STR_INIT("\xf0\x9f\x98\x80"), 1, 2},
        {"zero width space and BOM", STR_INIT("a\xe2\x80\x8b\xef\xbb\xbf"), 3, 1},
        {"soft hyphen", STR_INIT("\xc2\xad"), 1, 1},
        {"box drawing", STR_INIT("\xe2\x94\x82"), 1, 1},
        {"invalid bytes", STR_INIT("a\xff\xfe"), 3, 3},
        {"tab", STR_INIT("a\tb"), 3, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        assert_int_equal(utf8_count(rows[i].text), rows[i].count);
        assert_int_equal(utf8_columns(rows[i].text), rows[i].columns);
    }
}

static void printable(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Str text;
        const char *want;
    } rows[] = {
        {"empty", {0}, ""},
        {"plain", STR_INIT("caf\xc3\xa9 \xe4\xb8\xad"), "caf\xc3\xa9 \xe4\xb8\xad"},
        {"a tab stays", STR_INIT("a\tb"), "a\tb"},
        {"an escape sequence", STR_INIT("a\x1b[2J"), "a\\x1b[2J"},
        {"line breaks", STR_INIT("a\r\n"), "a\\x0d\\x0a"},
        {"NUL and DEL", STR_INIT("\0\x7f"), "\\x00\\x7f"},
        {"a C1 control",
         STR_INIT("\xc2\x9b"
                  "2J"),
         "\\u{9b}2J"},
        {"an override", STR_INIT("x\xe2\x80\xaey"), "x\\u{202e}y"},
        {"an isolate", STR_INIT("\xe2\x81\xa6"), "\\u{2066}"},
        {"invalid bytes",
         STR_INIT("a\xff\xe2\x82"
                  "b"),
         "a\\xff\\xe2\\x82b"},
        {"the backslash stays", STR_INIT("\\x1b"), "\\x1b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("  %s\n", rows[i].name);
        Buf b = {0};
        utf8_add_printable(&b, rows[i].text);
        assert_string_equal(buf_cstr(&b), rows[i].want);
        buf_release(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid),
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(counts_and_columns),
        cmocka_unit_test(printable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
