/* Suppressions in files: where they stand, what they say, what is wrong with them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "rule/set.h"
#include "rule/suppress.h"

static void add_comment(void *context, Span comment, Str text, bool own_line) {
    Buf *out = context;
    buf_addf(out, "%s%u-%u %s [" STR_FMT "]", out->len ? "; " : "", comment.start, comment.end,
             own_line ? "alone" : "behind", STR_ARG(text));
}

static void finds_comments(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *want;
    } rows[] = {
        {"none", "a: b # c\n", ""},
        {"behind", "a: b # unstale: ignore[X]\n", "5-25 behind [ignore[X]]"},
        {"alone", "  # unstale: x y \n", "2-17 alone [x y]"},
        {"at the start of the text", "# unstale: x", "0-12 alone [x]"},
        {"no blank behind the hash", "#unstale: x\n", "0-11 alone [x]"},
        {"nothing behind", "# unstale:\n", "0-10 alone []"},
        {"two lines", "a # unstale: x\n# unstale: y\n", "2-14 behind [x]; 15-27 alone [y]"},
        {"CRLF", "# unstale: x\r\n", "0-13 alone [x]"},
        {"HTML", "<!-- unstale: x -->\n", "0-19 alone [x]"},
        {"HTML behind a text", "a <!-- unstale: x --> \n", "2-22 behind [x]"},
        {"a hash that starts no comment", "a#unstale: x\n", ""},
        {"a value", "unstale: x\n", ""},
        {"a key of another name", "# not unstale: x\n", ""},
        {"in double quotes", "a: \"# unstale: x\"\n", ""},
        {"behind double quotes", "a: \"b\" # unstale: x\n", "7-19 behind [x]"},
        {"a note asks for nothing", "# unstale: note: x # unstale: ignore[X] why: y\n", ""},
        {"behind a note", "# unstale: note: x\n# unstale: y\n", "19-31 alone [y]"},
        {"twice on a line", "# unstale: x # unstale: y\n",
         "0-25 alone [x # unstale: y]; 13-25 behind [y]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf got = {0};
        suppress_each(str_from(rows[i].text), add_comment, &got);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got [%s]", rows[i].name, buf_cstr(&got));
        buf_release(&got);
    }
}

static void check_parsed(bool ok, const FileSuppression *s, const Error *err, const char *text,
                         const char *want) {
    Arena arena = {0};
    Str got = ok ? str_format(&arena, "%u [" STR_FMT "] " STR_FMT, s->until, STR_ARG(s->selectors),
                              STR_ARG(s->reason))
                 : str_format(&arena, "wrong: %s", err->text);
    if (!str_eq(got, str_from(want))) fail_msg("%s: got [" STR_FMT "]", text, STR_ARG(got));
    arena_release(&arena);
}

static void reads_comments(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"ignore[KFT001] why: later", "0 [KFT001] later"},
        {"ignore[ KFT001, WVA ] why:  a: b", "0 [KFT001, WVA] a: b"},
        {"ignore[KFT001] until=2027-01-31 why: later", "20270131 [KFT001] later"},
        {"ignore[KFT001] until=2028-02-29 why: x", "20280229 [KFT001] x"},
        {"ignore[KFT001] until=2027-02-29 why: x",
         "wrong: '2027-02-29' is no date; write until=YYYY-MM-DD"},
        {"ignore[KFT001] until=soon why: x", "wrong: 'soon' is no date; write until=YYYY-MM-DD"},
        {"ignore[KFT001] until=2027-01-31", "wrong: it gives no reason; end it with why: REASON"},
        {"ignore[KFT001] why: ok until=2020-01-01", "wrong: until=YYYY-MM-DD goes before why:"},
        {"ignore[KFT001] why: until=soon", "wrong: until=YYYY-MM-DD goes before why:"},
        {"ignore[KFT001] until=2027-01-31 why: or until=2028-01-31",
         "wrong: until=YYYY-MM-DD goes before why:"},
        {"ignore[KFT001] why: it says wait_until=x", "0 [KFT001] it says wait_until=x"},
        {"ignore[KFT001]", "wrong: it gives no reason; end it with why: REASON"},
        {"ignore[KFT001] why:", "wrong: it gives no reason; end it with why: REASON"},
        {"ignore[KFT001] because", "wrong: it gives no reason; end it with why: REASON"},
        {"ignore[] why: x", "wrong: it names no rule"},
        {"ignore[ ] why: x", "wrong: it names no rule"},
        {"ignore[KFT001 why: x", "wrong: the closing ']' is missing"},
        {"ignore KFT001", "wrong: write ignore[RULE] why: REASON"},
        {"", "wrong: write ignore[RULE] why: REASON"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FileSuppression s;
        Error err = {""};
        bool ok = suppress_parse(str_from(rows[i].text), &s, &err);
        check_parsed(ok, &s, &err, rows[i].text, rows[i].want);
    }
}

static void reads_annotations(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"KFT001: later", "0 [KFT001] later"},
        {" KFT001, WVA :a: b ", "0 [KFT001, WVA] a: b"},
        {"KFT001", "wrong: it gives no reason; write \"RULE: REASON\""},
        {"KFT001:", "wrong: it gives no reason; write \"RULE: REASON\""},
        {"KFT001: later until=2027-01-31",
         "wrong: an annotation has no until=; write a comment, or suppress: in the configuration"},
        {": later", "wrong: it names no rule; write \"RULE: REASON\""},
        {"", "wrong: it names no rule; write \"RULE: REASON\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FileSuppression s;
        Error err = {""};
        bool ok = suppress_parse_annotation(str_from(rows[i].text), &s, &err);
        check_parsed(ok, &s, &err, rows[i].text, rows[i].want);
    }
}

static void means_rules(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet set;
    Error err = {""};
    Rule rules[] = {
        {.id = STR("AB001"), .name = STR("first"), .pack = STR("one")},
        {.id = STR("AB002"), .name = STR("second"), .pack = STR("two")},
    };
    assert_true(rule_set_build(&arena, rules, 2, &set, &err));
    static const struct {
        const char *selectors;
        bool first, second, known;
    } rows[] = {
        {"AB001", true, false, true},   {"AB001, AB002", true, true, true},
        {"AB", true, true, true},       {"second", false, true, true},
        {"one", true, false, true},     {"AB002,nothing", false, true, false},
        {"AB003", false, false, false}, {"AB001,,AB002", true, true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FileSuppression s = {.selectors = str_from(rows[i].selectors)};
        uint64_t only_second = 2;
        if (suppress_means(&s, &set.rules[0]) != rows[i].first ||
            suppress_means(&s, &set.rules[1]) != rows[i].second ||
            suppress_known(&s, &set, &err) != rows[i].known ||
            suppress_active(&s, &set, &only_second) != rows[i].second)
            fail_msg("%s", rows[i].selectors);
    }
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_comments),
        cmocka_unit_test(reads_comments),
        cmocka_unit_test(reads_annotations),
        cmocka_unit_test(means_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
