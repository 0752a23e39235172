/* Texts that may say anything, as comments that say it on one line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/convert_notes.h"

#define COMMENT(text) "# unstale: note: " text "\n"

static const struct {
    const char *note, *want;
} rows[] = {
    {"assumes that it is so", COMMENT("assumes that it is so")},
    {"two\nlines", COMMENT("two\\x0alines")},
    {"two\r\nlines", COMMENT("two\\x0d\\x0alines")},
    {"next\xc2\x85line", COMMENT("next\\u{85}line")},
    {"line\xe2\x80\xa8paragraph\xe2\x80\xa9", COMMENT("line\\u{2028}paragraph\\u{2029}")},
    {"clear \x1b[2J", COMMENT("clear \\x1b[2J")},
    {"wide \xe2\x80\xa6", COMMENT("wide \xe2\x80\xa6")},
    {"drops x; with the comment \"# password: hunter2\"",
     COMMENT("drops x; with the comment \"# password: ***")},
};

static void writes_one_line(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Str got = note_comment(&arena, str_from(rows[i].note));
        if (!str_eq(got, str_from(rows[i].want)))
            fail_msg("row %zu: got [" STR_FMT "]", i, STR_ARG(got));
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(writes_one_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
