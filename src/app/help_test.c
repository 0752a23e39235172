/* Help texts: narrow enough, complete, and without what is hidden. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/help.h"

static void test_width(void **state) {
    (void)state;
    for (Command c = COMMAND_NONE; c < COMMAND_COUNT; c++) {
        Buf out = {0};
        help_write(c, &out);
        Str rest = buf_str(&out), line;
        assert_true(str_ends(rest, STR("\n")));
        assert_false(str_ends(rest, STR("\n\n")));
        while (str_split(&rest, '\n', &line)) {
            if (line.len > HELP_WIDTH) fail_msg("too wide: " STR_FMT, STR_ARG(line));
            if (str_ends(line, STR(" "))) fail_msg("ends in a blank: " STR_FMT, STR_ARG(line));
        }
        buf_release(&out);
    }
}

/* Commands may have options of the same name that mean different things. */
static bool has_name(Command c, Str name) {
    for (size_t i = 0; i < options_count; i++)
        if (option_belongs(&options_table[i], c) && str_eq(options_table[i].name, name))
            return true;
    return false;
}

/* Every option stands in the help of its commands, and in no other; hidden ones in none. */
static void test_complete(void **state) {
    (void)state;
    for (Command c = COMMAND_NONE; c < COMMAND_COUNT; c++) {
        Buf out = {0}, label = {0};
        help_write(c, &out);
        for (size_t i = 0; i < options_count; i++) {
            const OptionInfo *o = &options_table[i];
            buf_clear(&label);
            help_add_label(o, true, &label);
            bool shown = str_find(buf_str(&out), buf_str(&label)) != STR_NONE;
            bool wanted = option_belongs(o, c) && !o->hidden;
            bool allowed = has_name(c, o->name) && !o->hidden;
            if (shown ? !allowed : wanted)
                fail_msg(STR_FMT ": " STR_FMT, STR_ARG(commands_table[c].name), STR_ARG(o->name));
        }
        buf_release(&out);
        buf_release(&label);
    }
}

static const struct {
    Command command;
    const char *want; /* a part of it */
} rows[] = {
    {COMMAND_NONE, "Usage: unstale COMMAND [OPTION...] [ARGUMENT...]\n"},
    {COMMAND_NONE, "  check     Lint files, directories and dumps\n"},
    {COMMAND_NONE, "  -V, --version               Print the version and stop\n"},
    {COMMAND_CHECK, "Usage: unstale check [OPTION...] [PATH...]\n"},
    {COMMAND_CHECK, "  -o, --output FILE           Write the report"},
    {COMMAND_CHECK, "      --fail-on error|warning|note|never\n"
                    "                              The least severity"},
    {COMMAND_CHECK, "Exit code:\n  0  no finding"},
    {COMMAND_RULES, "Usage: unstale rules [OPTION...]\n"},
    {COMMAND_EXPLAIN, "Usage: unstale explain [OPTION...] RULE\n"},
};

static void test_parts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf out = {0};
        help_write(rows[i].command, &out);
        if (str_find(buf_str(&out), str_from(rows[i].want)) == STR_NONE)
            fail_msg("'%s' is not in\n%s", rows[i].want, buf_cstr(&out));
        buf_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_complete),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
