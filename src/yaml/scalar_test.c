/* What scalars stand for, row by row from YAML 1.2.2 chapters 5.7, 6.5 and 7.3. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "yaml/scalar.h"

typedef struct Row {
    const char *name;
    Str raw, want;
} Row;

#define ROW(name, raw, want)                                                                       \
    { name, STR_INIT(raw), STR_INIT(want) }

static void check(const Row *rows, size_t count, Str (*decode)(Arena *, Str)) {
    Arena arena = {0};
    for (size_t i = 0; i < count; i++) {
        /* on the heap, so that a sanitizer sees a byte read behind the end */
        Buf raw = {0}, shown = {0};
        buf_reserve(&raw, rows[i].raw.len);
        buf_add(&raw, rows[i].raw);
        Str got = decode(&arena, buf_str(&raw));
        for (size_t c = 0; c < got.len; c++) buf_addf(&shown, "%02x ", (unsigned char)got.data[c]);
        if (!str_eq(got, rows[i].want))
            fail_msg("%s: got [" STR_FMT "] %s", rows[i].name, STR_ARG(got), buf_cstr(&shown));
        buf_release(&raw);
        buf_release(&shown);
    }
    arena_release(&arena);
}

#define CHECK(rows, decode) check(rows, sizeof(rows) / sizeof *(rows), decode)

static void decodes_plain(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("empty", "", ""),
        ROW("one line", "a b", "a b"),
        ROW("a backslash is one", "a\\n\\\n b", "a\\n\\ b"),
        ROW("quotes are quotes", "a'' \"b\"", "a'' \"b\""),
        ROW("folded", "a\nb", "a b"),
        ROW("blanks around the break", "a \t\n\t b", "a b"),
        ROW("blanks inside stay", "a  b\n  c  d", "a  b c  d"),
        ROW("one empty line", "a\n\nb", "a\nb"),
        ROW("empty lines with blanks", "a\n \n\t\n  b", "a\n\nb"),
        ROW("CRLF", "a\r\n\r\n  b\r\nc", "a\nb c"),
        ROW("lone CR", "a\r\rb\rc", "a\nb c"),
        ROW("NEL and LS are no breaks",
            "a\xC2\x85"
            "b\xE2\x80\xA8"
            "c",
            "a\xC2\x85"
            "b\xE2\x80\xA8"
            "c"),
    };
    CHECK(rows, scalar_decode_plain);
}

static void decodes_single(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("empty", "", ""),
        ROW("one quote", "it''s", "it's"),
        ROW("E: two quotes in a row", "x ''''y", "x ''y"),
        ROW("three in a row", "''''''", "'''"),
        ROW("a quote at each end", "''a''", "'a'"),
        ROW("no escapes", "a\\n\\\\", "a\\n\\\\"),
        ROW("folded", "a\n  b\n\n  c", "a b\nc"),
        ROW("a break at the start and the end", " a\n\nb \n", " a\nb "),
        ROW("a quote at the break", "a''\n''b", "a' 'b"),
        ROW("blanks at the ends stay", "  a  ", "  a  "),
        ROW("only a break", "\n", " "),
        ROW("only breaks", "\n\n \n", "\n\n"),
        ROW("CRLF", "a\r\n\r\nb", "a\nb"),
    };
    CHECK(rows, scalar_decode_single);
}

static void decodes_double(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("empty", "", ""),
        ROW("single letters", "\\0\\a\\b\\t\\n\\v\\f\\r\\e", "\0\a\b\t\n\v\f\r\x1b"),
        ROW("a backslash and a tab", "\\\t\\ \\\"\\/\\\\", "\t \"/\\"),
        ROW("beyond ASCII", "\\N\\_\\L\\P", "\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9"),
        ROW("hexadecimal", "\\x41\\xe9\\u20AC\\U0001F600", "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
        ROW("letters behind digits", "\\x41F\\u0041B", "AFAB"),
        ROW("a surrogate pair", "\\ud83d\\ude00!", "\xF0\x9F\x98\x80!"),
        ROW("surrogates alone", "\\ud83d \\ude00\\ud83d", "\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD"),
        ROW("a high surrogate and a letter", "\\ud83d\\u0041",
            "\xEF\xBF\xBD"
            "A"),
        ROW("two high surrogates", "\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80"),
        ROW("half a pair at the end", "\\ud83d\\ud",
            "\xEF\xBF\xBD"
            "d"),
        ROW("beyond Unicode", "\\U00110000\\UFFFFFFFF", "\xEF\xBF\xBD\xEF\xBF\xBD"),
        ROW("too few digits", "\\x4", "4"),
        ROW("a backslash at the end", "a\\", "a\\"),
        ROW("folded", "a \n  b\n\n  c", "a b\nc"),
        ROW("F: an escaped backslash before a joined line", "..\\\\\\\n  b", "..\\b"),
        ROW("joined", "a\\\n   b", "ab"),
        ROW("joined, a blank before the backslash", "a \\\n   b", "a b"),
        ROW("joined, an escaped blank behind", "a\\\n  \\  b", "a  b"),
        ROW("joined, then an empty line", "a\\\n\n  b", "a\nb"),
        ROW("joined, then empty lines", "a\\\n\n\n  b", "a\n\nb"),
        ROW("joined, then blanks and an empty line", "a \\\n \t\n  b", "a \nb"),
        ROW("joined, CRLF", "a\\\r\n  b\\\r  c", "abc"),
        ROW("an escaped blank before a break", "a\\t \n b", "a\t b"),
        ROW("an escaped line feed before a break", "a\\n\n b", "a\n b"),
        ROW("an empty line, then an escaped blank", "a\n\n \\ b", "a\n b"),
        ROW("JSON", "\\u003ca\\u003e \\/ \\u0026", "<a> / &"),
        ROW("the spec's example 7.5",
            "folded \nto a space,\t\n \nto a line feed, or \t\\\n \\ \tnon-content",
            "folded to a space,\nto a line feed, or \t \tnon-content"),
    };
    CHECK(rows, scalar_decode_double);
}

/* What needs no decoding is not copied. */
static void copies_only_when_needed(void **state) {
    (void)state;
    Arena arena = {0};
    Str raw = STR("plain text, 1: 2");
    assert_ptr_equal(scalar_decode_plain(&arena, raw).data, raw.data);
    assert_ptr_equal(scalar_decode_single(&arena, raw).data, raw.data);
    assert_ptr_equal(scalar_decode_double(&arena, raw).data, raw.data);
    assert_int_equal(arena.used, 0);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_plain),
        cmocka_unit_test(decodes_single),
        cmocka_unit_test(decodes_double),
        cmocka_unit_test(copies_only_when_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
