/* What block scalars stand for and where they end, row by row from YAML 1.2.2 chapter 8.1. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "yaml/block_scalar.h"

typedef struct Row {
    const char *name;
    Str text; /* its first `|` or `>` is the header's */
    Str want;
    Str rest; /* what does not belong to it */
    int64_t parent;
} Row;

#define BELOW(parent, name, text, want, rest)                                                      \
    { name, STR_INIT(text), STR_INIT(want), STR_INIT(rest), parent }
#define ROW(name, text, want, rest)    BELOW(0, name, text, want, rest)
#define AT_TOP(name, text, want, rest) BELOW(-1, name, text, want, rest)

static void add_shown(Buf *out, Str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.data[i];
        if (c < ' ')
            buf_addf(out, "\\x%02x", (unsigned char)c);
        else
            buf_add_char(out, c);
    }
}

static void check_row(Arena *arena, const Row *row) {
    /* on the heap, so that a sanitizer sees a byte read behind the end */
    Buf raw = {0}, shown = {0};
    buf_reserve(&raw, row->text.len);
    buf_add(&raw, row->text);
    Str text = buf_str(&raw);
    uint32_t header = 0;
    while (text.data[header] != '|' && text.data[header] != '>') header++;
    BlockScalar b = block_scalar_find(text, header, row->parent);
    Str got = block_scalar_decode(arena, text, &b), rest = str_from_offset(text, b.end);
    add_shown(&shown, got);
    buf_add(&shown, STR("] and then ["));
    add_shown(&shown, rest);
    if (!str_eq(got, row->want) || !str_eq(rest, row->rest))
        fail_msg("%s: got [%s]", row->name, buf_cstr(&shown));
    buf_release(&raw);
    buf_release(&shown);
}

static void check(const Row *rows, size_t count) {
    Arena arena = {0};
    for (size_t i = 0; i < count; i++) check_row(&arena, &rows[i]);
    arena_release(&arena);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

/* Examples 8.1 to 8.3. */
static void finds_the_indentation(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("detected", "k: |\n  one\n   two\n", "one\n two\n", "\n"),
        ROW("detected behind blank lines", "k: |\n\n \n  one\n", "\n\none\n", "\n"),
        ROW("detected, one column", "k: |\n one\n", "one\n", "\n"),
        ROW("given, one column", "k: |1\n   one\n two\n", "  one\ntwo\n", "\n"),
        ROW("given, two columns", "k: >2\n   one\n  two\n", " one\ntwo\n", "\n"),
        ROW("given, with blank lines above", "k: |2\n    \n  one\n", "  \none\n", "\n"),
        BELOW(2, "given, below the parent's column", "  k: |1\n    one\n", " one\n", "\n"),
        BELOW(4, "given, then chomping", "- - k: >2-\n       one\n\n", " one", "\n\n"),
        BELOW(4, "chomping, then given", "- - k: >-2\n       one\n\n", " one", "\n\n"),
        AT_TOP("at the top", "--- |\none\n two\n", "one\n two\n", "\n"),
        AT_TOP("at the top, indented", "--- >\n  one\n  two\n", "one two\n", "\n"),
        AT_TOP("at the top, given", "--- |1\n  one\n", " one\n", "\n"),
        ROW("a comment behind the header", "k: |- # a 3+ b\n  one\n", "one", "\n"),
        ROW("a blank behind the header", "k: > \n  one\n", "one\n", "\n"),
    };
    CHECK(rows);
}

/* Examples 8.4 to 8.6. */
static void chomps(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("strip", "k: |-\n  one\n\n \nl: 1\n", "one", "\n\n \nl: 1\n"),
        ROW("clip", "k: |\n  one\n\n \nl: 1\n", "one\n", "\n\n \nl: 1\n"),
        ROW("keep", "k: |+\n  one\n\n \nl: 1\n", "one\n\n\n", "\nl: 1\n"),
        ROW("strip, folded", "k: >-\n  one\n\n", "one", "\n\n"),
        ROW("clip, folded", "k: >\n  one\n\n", "one\n", "\n\n"),
        ROW("keep, folded", "k: >+\n  one\n\n", "one\n\n", "\n"),
        ROW("keep, the last blank line has blanks", "k: |+\n  one\n \n", "one\n\n", "\n"),
        ROW("a comment behind, strip", "k: |-\n  one\n # c\n\n # d\n", "one", "\n # c\n\n # d\n"),
        ROW("a comment behind, keep", "k: |+\n  one\n\n # c\n\n", "one\n\n", "\n # c\n\n"),
        ROW("a comment of its own indentation is text", "k: |\n  one\n  # c\n", "one\n# c\n", "\n"),
        ROW("strip, no text", "k: |-\n\nl: 1\n", "", "\n\nl: 1\n"),
        ROW("clip, no text", "k: >\n\n \nl: 1\n", "", "\n\n \nl: 1\n"),
        ROW("keep, no text", "k: |+\n\n  \nl: 1\n", "\n\n", "\nl: 1\n"),
        ROW("keep, no text, folded", "k: >+\n\n", "\n", "\n"),
        ROW("keep, no line", "k: |+\nl: 1\n", "", "\nl: 1\n"),
    };
    CHECK(rows);
}

/* Examples 8.7 to 8.9. */
static void keeps_literal_lines(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("a tab is text", "k: |\n  one\n  \ttwo\n", "one\n\ttwo\n", "\n"),
        ROW("blank lines around", "k: |\n \n  \n  one\n   \n\n  two\n\n # c\n",
            "\n\none\n \n\ntwo\n", "\n\n # c\n"),
        ROW("blanks at the end of a line", "k: |\n  one  \n  two\t\n", "one  \ntwo\t\n", "\n"),
        ROW("longer blank lines at the end are text", "k: |\n  one\n    \n", "one\n  \n", "\n"),
        ROW("indicators are text", "k: |\n  - 'a': \"b\\n\"\n  {{ x }}\n",
            "- 'a': \"b\\n\"\n{{ x }}\n", "\n"),
        ROW("NEL and LS are no breaks", "k: |\n  a\xC2\x85\xE2\x80\xA8 b\n",
            "a\xC2\x85\xE2\x80\xA8 b\n", "\n"),
    };
    CHECK(rows);
}

/* Examples 8.10 to 8.13: the lines of one text, then rule by rule. */
static void folds(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("all together",
            "k: >\n\n one\n two\n\n three\n four\n   * a\n\n   * b\n   c\n\n five\n six\n\n# c\n",
            "\none two\nthree four\n  * a\n\n  * b\n  c\n\nfive six\n", "\n\n# c\n"),
        ROW("one break is a space", "k: >\n  one\n  two\n  three\n", "one two three\n", "\n"),
        ROW("blanks at the end stay", "k: >\n  one \n  two\n", "one  two\n", "\n"),
        ROW("a blank line", "k: >\n  one\n\n  two\n", "one\ntwo\n", "\n"),
        ROW("two blank lines", "k: >\n  one\n\n \n  two\n", "one\n\ntwo\n", "\n"),
        ROW("blank lines above do not fold", "k: >\n\n\n  one\n", "\n\none\n", "\n"),
        ROW("a deeper line does not fold", "k: >\n  one\n    two\n  three\n", "one\n  two\nthree\n",
            "\n"),
        ROW("deeper lines do not fold", "k: >\n  one\n   two\n    three\n  four\n",
            "one\n two\n  three\nfour\n", "\n"),
        ROW("a tab makes a line deeper", "k: >\n  one\n  \ttwo\n  three\n", "one\n\ttwo\nthree\n",
            "\n"),
        ROW("a blank line above a deeper one", "k: >\n  x\n\n   y\n", "x\n\n y\n", "\n"),
        ROW("a blank line below a deeper one", "k: >\n  x\n   y\n\n  z\n", "x\n y\n\nz\n", "\n"),
        ROW("a blank line between deeper ones", "k: >\n  x\n   y\n\n   z\n", "x\n y\n\n z\n", "\n"),
        ROW("a longer blank line is a deeper one", "k: >\n  x\n    \n  y\n", "x\n  \ny\n", "\n"),
        ROW("the first line is deeper", "k: >1\n  x\n y\n z\n", " x\ny z\n", "\n"),
        ROW("a blank line above a deeper first one", "k: >1\n\n  x\n", "\n x\n", "\n"),
        ROW("the last line is deeper, strip", "k: >-\n  x\n\n   y\n\n", "x\n\n y", "\n\n"),
        ROW("the last line is deeper, keep", "k: >+\n  x\n\n   y\n\n", "x\n\n y\n\n", "\n"),
        ROW("a hash is text", "k: >\n  x\n  # y\n", "x # y\n", "\n"),
    };
    CHECK(rows);
}

static void reads_line_breaks(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("CRLF", "k: |\r\n  one\r\n\r\n  two\r\nl: 1\r\n", "one\n\ntwo\n", "\r\nl: 1\r\n"),
        ROW("CRLF, keep", "k: |+\r\n  one\r\n\r\n", "one\n\n", "\r\n"),
        ROW("CRLF, folded", "k: >-\r\n  one\r\n  two\r\n\r\n  three\r\n", "one two\nthree", "\r\n"),
        ROW("lone CR", "k: |\r  one\r\r  two\rl: 1\r", "one\n\ntwo\n", "\rl: 1\r"),
        ROW("lone CR, folded", "k: >\r  one\r  two\r\r  three\r", "one two\nthree\n", "\r"),
        ROW("mixed", "k: |\n  one\r  two\r\n  three\n", "one\ntwo\nthree\n", "\n"),
    };
    CHECK(rows);
}

static void reads_up_to_the_end(void **state) {
    (void)state;
    static const Row rows[] = {
        ROW("I: no final break, clip", "k: |\n  one", "one", ""),
        ROW("I: no final break, keep", "k: |+\n  one\n  two", "one\ntwo", ""),
        ROW("I: no final break, folded", "k: >\n  one\n  two", "one two", ""),
        ROW("blanks without a break, clip", "k: |\n  one\n  ", "one\n", "\n  "),
        ROW("blanks without a break, keep", "k: |+\n  one\n\n ", "one\n\n", ""),
        ROW("text of blanks without a break", "k: |\n  one\n   ", "one\n ", ""),
        ROW("no final break at CR", "k: |\r  one", "one", ""),
        ROW("only the header", "k: |", "", ""),
        ROW("only the header, keep", "k: >+", "", ""),
        ROW("only the header's line", "k: |+\n", "", "\n"),
        ROW("only the header's line, CRLF", "k: |\r\n", "", "\r\n"),
        ROW("one kept line", "k: |+\n\n", "\n", "\n"),
        ROW("kept blanks without a break", "k: |+\n  ", "", ""),
        ROW("a less indented comment is no text", "k: |\n# c\n", "", "\n# c\n"),
        ROW("a comment below a given indentation", "k: |4\n  # c\n", "", "\n  # c\n"),
        BELOW(2, "a comment at the parent's column", "  k: >\n  # c\n", "", "\n  # c\n"),
        AT_TOP("an end marker", "--- |\none\n...\n", "one\n", "\n...\n"),
        AT_TOP("an end marker at the end", "--- |\none\n---", "one\n", "\n---"),
        AT_TOP("no marker", "--- |\n----\n...x\n", "----\n...x\n", "\n"),
    };
    CHECK(rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_indentation), cmocka_unit_test(chomps),
        cmocka_unit_test(keeps_literal_lines),   cmocka_unit_test(folds),
        cmocka_unit_test(reads_line_breaks),     cmocka_unit_test(reads_up_to_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
