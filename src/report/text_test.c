/* Tests of the reports for people: code frames, notes and summaries; and of the one-line form. */
#include "report/sample_test.h"

#define FINDING(words, ...)                                                                        \
    { .rule = &sample_rule, .severity = SEVERITY_ERROR, .message = S(words), __VA_ARGS__ }

static const struct {
    const char *name;
    FindingView finding;
    const char *want;
} frames[] = {
    {"one line, a label",
     FINDING("old", .primary = {S("a.yaml"), AT(3, 7, 17), .message = S("here"),
                                LINES({3, 0, 0, S("kind: PyTorchJob")})}),
     "error[KFT001]: old\n"
     " --> a.yaml:3:7\n"
     "  |\n"
     "3 | kind: PyTorchJob\n"
     "  |       ^^^^^^^^^^ here\n"
     "  |\n\n"},
    {"no label, a context line, two digits",
     FINDING("old", .primary = {S("a.yaml"), AT(9, 7, 9),
                                LINES({9, 0, 0, S("kind: Ab")}, {10, 0, 0, S("")})}),
     "error[KFT001]: old\n"
     "  --> a.yaml:9:7\n"
     "   |\n"
     " 9 | kind: Ab\n"
     "   |       ^^\n"
     "10 |\n"
     "   |\n\n"},
    {"no lines", FINDING("old", .primary = {S("a.yaml"), AT(3, 7, 9)}),
     "error[KFT001]: old\n --> a.yaml:3:7\n\n"},
    {"a whole file", FINDING("bad", .primary = {S("a.yaml"), .whole_file = true}),
     "error[KFT001]: bad\n --> a.yaml\n\n"},
    {"an empty span", FINDING("m", .primary = {S("a"), AT(1, 3, 3), LINES({1, 0, 0, S("abc")})}),
     "error[KFT001]: m\n --> a:1:3\n  |\n1 | abc\n  |   ^\n  |\n\n"},
    {"behind the end of the line",
     FINDING("m", .primary = {S("a"), AT(1, 9, 12), LINES({1, 0, 0, S("abc")})}),
     "error[KFT001]: m\n --> a:1:9\n  |\n1 | abc\n  |    ^\n  |\n\n"},
    {"several lines: the first, to its end",
     FINDING("m",
             .primary = {S("a"), .place = {.line = 1, .column = 2, .end_line = 4, .end_column = 1},
                         .message = S("all"), LINES({1, 0, 0, S("abc")})}),
     "error[KFT001]: m\n --> a:1:2\n  |\n1 | abc\n  |  ^^ all\n  |\n\n"},

    {"tabs are four columns",
     FINDING("m", .primary = {S("a"), AT(1, 3, 5), LINES({1, 0, 0, S("\ta\tb")})}),
     "error[KFT001]: m\n --> a:1:3\n  |\n1 |     a    b\n  |      ^^^^^\n  |\n\n"},
    {"wide characters are two",
     FINDING("m",
             .primary = {S("a"), AT(1, 3, 5), LINES({1, 0, 0, S("\xE4\xB8\xAD:\xE6\x96\x87x")})}),
     "error[KFT001]: m\n --> a:1:3\n  |\n"
     "1 | \xE4\xB8\xAD:\xE6\x96\x87x\n  |    ^^^\n  |\n\n"},
    {"an escape is as wide as it prints",
     FINDING("m", .primary = {S("a"), AT(1, 2, 3), LINES({1, 0, 0, S("\x1bX")})}),
     "error[KFT001]: m\n --> a:1:2\n  |\n1 | \\x1bX\n  |     ^\n  |\n\n"},
    {"nothing commands the terminal",
     FINDING("\x1b[2J", .primary = {S("\x1b]0;a"), AT(1, 1, 2), .message = S("\x9b"),
                                    LINES({1, 0, 0, S("\x07")})}),
     "error[KFT001]: \\x1b[2J\n --> \\x1b]0;a:1:1\n  |\n1 | \\x07\n  | ^^^^ \\x9b\n  |\n\n"},
    {"a long line is a window",
     FINDING("m", .primary = {S("a"), AT(1, 1003, 1005), LINES({1, 1000, 0, S("abcdef")})}),
     "error[KFT001]: m\n --> a:1:1003\n  |\n1 | ...abcdef\n  |      ^^\n  |\n\n"},

    {"related on the next line, on the same, and far away",
     FINDING("m",
             .primary = {S("a"), AT(12, 1, 3), .message = S("this"), LINES({12, 0, 0, S("ab cd")})},
             RELATED({S("a"), AT(13, 1, 2), .message = S("next"), LINES({13, 0, 0, S("x")})},
                     {S("a"), AT(12, 4, 6), .message = S("too"), LINES({12, 0, 0, S("ab cd")})},
                     {S("a"), AT(2, 1, 2), .message = S("far"), LINES({2, 0, 0, S("y")})})),
     "error[KFT001]: m\n"
     "  --> a:12:1\n"
     "   |\n"
     " 2 | y\n"
     "   | - far\n"
     "...\n"
     "12 | ab cd\n"
     "   | ^^ this\n"
     "   |    -- too\n"
     "13 | x\n"
     "   | - next\n"
     "   |\n\n"},
    {"related in other files",
     FINDING("m", .primary = {S("a"), AT(1, 1, 2), LINES({1, 0, 0, S("x")})},
             RELATED({S("b"), AT(20, 1, 2), .message = S("one"), LINES({20, 0, 0, S("y")})},
                     {S("c"), .whole_file = true, .message = S("file")},
                     {S("b"), AT(21, 1, 2), .message = S("two"), LINES({21, 0, 0, S("z")})},
                     {S("a"), AT(7, 1, 2)})),
     "error[KFT001]: m\n"
     "  --> a:1:1\n"
     "   |\n"
     " 1 | x\n"
     "   | ^\n"
     "   |\n"
     "  ::: b:20:1\n"
     "   |\n"
     "20 | y\n"
     "   | - one\n"
     "21 | z\n"
     "   | - two\n"
     "   |\n"
     "  ::: c: file\n"
     "  ::: a:7:1\n\n"},
    {"two windows of one line",
     FINDING("m", .primary = {S("a"), AT(1, 1, 2), LINES({1, 0, 0, S("ab")})},
             RELATED({S("a"), AT(1, 901, 902), .message = S("far"), LINES({1, 900, 0, S("yz")})})),
     "error[KFT001]: m\n --> a:1:1\n  |\n1 | ab\n  | ^\n1 | ...yz\n  |    - far\n  |\n\n"},
    {"notes",
     FINDING("m", .primary = {S("a"), .whole_file = true},
             .notes = (const Str[]){S("one"), S("two")}, .note_count = 2),
     "error[KFT001]: m\n --> a\nnote: one\nnote: two\n\n"},
    {"a suppressed one",
     FINDING("m", .primary = {S("a"), .whole_file = true}, .suppressed = SUPPRESSED_INLINE,
             .suppressed_reason = S("later")),
     "error[KFT001]: m\n --> a\nnote: suppressed (inline): later\n\n"},
};

static void test_frames(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(frames); i++) {
        Sample sample = {&frames[i].finding, 1,
                         .options = {.quiet = true, .show_suppressed = true}};
        char *got = sample_run("text", &sample);
        sample_expect(frames[i].name, got, frames[i].want);
        free(got);
    }
}

static void test_many_related_are_counted(void **state) {
    (void)state;
    PlaceView related[23] = {0};
    for (size_t i = 0; i < COUNT(related); i++) {
        related[i] = (PlaceView){S("b"), .whole_file = true};
    }
    FindingView f = FINDING("m", .primary = {S("a"), .whole_file = true}, .related = related,
                            .related_count = COUNT(related));
    char *got = sample_run("text", &(Sample){&f, 1, .options = {.quiet = true}});
    size_t lines = 0;
    for (const char *at = got; (at = strchr(at, '\n')); at++) lines++;
    assert_int_equal(lines, 1 + 1 + 20 + 1 + 1);
    assert_non_null(strstr(got, " ::: and 3 more\n"));
    free(got);
}

static void test_color(void **state) {
    (void)state;
    FindingView f = FINDING("m", .primary = {S("a"), AT(1, 1, 2), LINES({1, 0, 0, S("x")})});
    char *got = sample_run("text", &(Sample){&f, 1, .options = {.quiet = true, .color = true}});
    assert_string_equal(got, "\x1b[1;31merror[KFT001]\x1b[0m\x1b[1m: m\x1b[0m\n"
                             "\x1b[1;34m --> \x1b[0ma:1:1\n"
                             "\x1b[1;34m  |\x1b[0m\n"
                             "\x1b[1;34m1 |\x1b[0m x\n"
                             "\x1b[1;34m  | \x1b[0m\x1b[1;31m^\x1b[0m\n"
                             "\x1b[1;34m  |\x1b[0m\n\n");
    free(got);
}

static const struct {
    const char *name;
    Totals totals;
    bool quiet;
    const char *want;
} summaries[] = {
    {"clean",
     {.files = 2, .documents = 3, .objects = 0},
     false,
     "Scanned 2 files, 3 documents, 0 objects.\nNo findings.\n"},
    {"one of each",
     {.files = 1, .unread = 1, .binary = 1, .documents = 1, .objects = 1, .findings = {1, 1, 1}},
     false,
     "Scanned 1 file, 1 document, 1 object. Not read: 1 file, 1 binary file.\n"
     "Found 1 error, 1 warning, 1 note.\n"},
    {"several",
     {.files = 9,
      .unread = 2,
      .documents = 8,
      .objects = 7,
      .findings = {3, 0, 5},
      .suppressed = 4,
      .fixable_safe = 6,
      .fixable_review = 2},
     false,
     "Scanned 9 files, 8 documents, 7 objects. Not read: 2 files.\n"
     "Found 5 errors, 3 notes. Fixable: 6 safe, 2 review. 4 suppressed.\n"},
    {"only binary, only review, only suppressed",
     {.files = 9, .binary = 2, .suppressed = 1, .fixable_review = 1},
     false,
     "Scanned 9 files, 0 documents, 0 objects. Not read: 2 binary files.\n"
     "No findings. Fixable: 1 review. 1 suppressed.\n"},
    {"quiet", {.files = 9}, true, ""},
};

static void test_summaries(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(summaries); i++) {
        Sample sample = {.totals = summaries[i].totals, .options.quiet = summaries[i].quiet};
        char *got = sample_run("text", &sample);
        sample_expect(summaries[i].name, got, summaries[i].want);
        free(got);
    }
}

static const Problem problems[] = {
    {S("a\n"), 4, S("too deep")}, {S("a"), 0, S("no line")}, {{0}, 0, S("no file\x1b")}};

static void test_problems(void **state) {
    (void)state;
    Sample sample = {.problems = problems, .problem_count = COUNT(problems)};
    char *got = sample_run("concise", &sample);
    assert_string_equal(got,
                        "notice: a\\x0a:4: too deep\nnotice: a: no line\nnotice: no file\\x1b\n");
    free(got);
    got = sample_run("text", &sample);
    assert_non_null(strstr(got, "notice: a: no line\n\n"));
    free(got);
    sample.options.quiet = true;
    got = sample_run("text", &sample);
    assert_string_equal(got, "");
    free(got);
}

static void test_concise(void **state) {
    (void)state;
    FindingView findings[] = {
        FINDING("a\nb\x1b", .primary = {S("x\r.yaml"), AT(3, 7, 9)}),
        FINDING("m", .primary = {S("y"), .whole_file = true}),
        FINDING("hidden", .primary = {S("z"), AT(1, 1, 2)}, .suppressed = SUPPRESSED_CONFIG),
    };
    Sample sample = {.findings = findings, .finding_count = COUNT(findings)};
    char *got = sample_run("concise", &sample);
    assert_string_equal(got, "x\\x0d.yaml:3:7: error[KFT001] a\\x0ab\\x1b\n"
                             "y:1:1: error[KFT001] m\n");
    free(got);
    sample.options.show_suppressed = true;
    got = sample_run("concise", &sample);
    assert_non_null(strstr(got, "z:1:1: error[KFT001] hidden (suppressed)\n"));
    free(got);
}

static void test_formats(void **state) {
    (void)state;
    size_t count;
    const Str *names = format_names(&count);
    for (size_t i = 0; i < count; i++) {
        const Format *format = format_find(names[i]);
        assert_non_null(format);
        assert_true(str_eq(format->name, names[i]));
    }
    assert_null(format_find(STR("texts")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames),   cmocka_unit_test(test_many_related_are_counted),
        cmocka_unit_test(test_color),    cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_problems), cmocka_unit_test(test_concise),
        cmocka_unit_test(test_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
