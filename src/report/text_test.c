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

/* ---- Fixes ---- */

static const ResourceView runtime = {
    .kind = S("TrainingRuntime"), .namespace = S("ml"), .name = S("r")};
static const ResourceView service = {.kind = S("Service"), .name = S("s")};

static const struct {
    const char *name;
    FixView fix;
    const char *want; /* what follows the arrow */
} fixes[] = {
    {"a small diff",
     {.title = S("use batch/v1"),
      DIFF({' ', 9, S("a:")}, {'-', 10, S("\tb: 1")}, {'+', 10, S("\tb: 2")}, {' ', 11, S("")})},
     "help: use batch/v1 (safe)\n"
     "   |\n"
     " 9 | a:\n"
     "10 -     b: 1\n"
     "10 +     b: 2\n"
     "11 |\n"
     "   |\n"},
    {"hunks, another file, empty lines",
     {.safety = SAFETY_REVIEW,
      .title = S("t"),
      DIFF({'-', 1, S("")}, {'@', 0, S("")}, {'+', 7, S("")}, {'@', 0, S("b\x1b")},
           {'+', 1, S("c")})},
     "help: t (review)\n"
     "  |\n"
     "1 -\n"
     "...\n"
     "7 +\n"
     " ::: b\\x1b\n"
     "1 + c\n"
     "  |\n"},
    {"nothing commands the terminal",
     {.title = S("\x1b"), NOTES(S("\x07")), DIFF({'+', 1, S("\x1b[2J")})},
     "help: \\x1b (safe)\n  |\n1 + \\x1b[2J\n  |\nnote: \\x07\n"},
    {"no diff, notes",
     {.title = S("t"), NOTES(S("n1"), S("n2"))},
     "help: t (safe)\nnote: n1\nnote: n2\n"},
    {"dropped",
     {.title = S("t"),
      DROPPED({.path = S("spec.x"), .line = 9, .reason = S("no such field")}, {.path = S("y")})},
     "help: t (safe)\nnote: drops spec.x (line 9): no such field\nnote: drops y\n"},
    {"dropped in another file",
     {.title = S("t"),
      DROPPED({.path = S("x"), .line = 9, .file = S("b.yaml"), .reason = S("r")},
              {.path = S("y"), .file = S("b.yaml"), .reason = S("r")})},
     "help: t (safe)\nnote: drops x (b.yaml:9): r\nnote: drops y (b.yaml): r\n"},
    {"dropped, more paths",
     {.title = S("t"),
      DROPPED({.path = S("a"), .line = 1, .reason = S("r"), ALSO(S("b"), S("c"))},
              {.path = S("a"), .line = 1, .reason = S("r"), ALSO(S("b"), S("c"), S("d"), S("e"))},
              {.path = S("a"),
               .line = 1,
               .reason = S("r"),
               ALSO(S("b"), S("c"), S("d"), S("e"), S("f"), S("g"))})},
     "help: t (safe)\n"
     "note: drops a (line 1), also b, c: r\n"
     "note: drops a (line 1), also b, c, d, e: r\n"
     "note: drops a (line 1), also b, c, d, e and 2 more: r\n"},
    {"lost comments",
     {.title = S("t"),
      DROPPED({.path = S("a"), .line = 1, .reason = S("r"), COMMENTS(S("# why"))},
              {.path = S("b"), .line = 2, .reason = S("r"), COMMENTS(S("# 1"), S("# 2"))},
              {.line = 3, .reason = S("no place for it"), COMMENTS(S("# gone"))})},
     "help: t (safe)\n"
     "note: drops a (line 1): r; with the comment \"# why\"\n"
     "note: drops b (line 2): r; with the comments \"# 1\", \"# 2\"\n"
     "note: drops the comment \"# gone\" (line 3): no place for it\n"},
    {"created, removed, deleted",
     {.title = S("t"),
      .creates = &runtime,
      .create_paths = (const Str[]){S("r.yaml")},
      .create_count = 1,
      .removes = &service,
      .remove_paths = (const Str[]){S("s.yaml")},
      .remove_count = 1,
      EDITS({.kind = EDIT_CREATE, .path = S("r.yaml")},
            {.kind = EDIT_DELETE, .path = S("s.yaml")})},
     "help: t (safe)\n"
     "note: creates TrainingRuntime 'ml/r' in r.yaml\n"
     "note: removes Service 's' from s.yaml\n"
     "note: deletes the file s.yaml\n"},
};

static void test_fixes(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(fixes); i++) {
        char want[1024];
        FindingView f = FINDING("m", .primary = {S("a"), .whole_file = true}, .fix = &fixes[i].fix);
        char *got = sample_run("text", &(Sample){&f, 1, .options = {.quiet = true}});
        snprintf(want, sizeof want, "error[KFT001]: m\n --> a\n%s\n", fixes[i].want);
        sample_expect(fixes[i].name, got, want);
        free(got);
    }
}

static void test_notes_stand_in_order(void **state) {
    (void)state;
    FindingView f = FINDING("m", .primary = {S("a"), AT(1, 1, 2), LINES({1, 0, 0, S("x")})},
                            NOTES(S("first")), .fix = FIX(.title = S("t"), NOTES(S("second"))),
                            .refused = S("third"), .suppressed = SUPPRESSED_INLINE);
    char *got =
        sample_run("text", &(Sample){&f, 1, .options = {.quiet = true, .show_suppressed = true}});
    assert_string_equal(got,
                        "error[KFT001]: m\n --> a:1:1\n  |\n1 | x\n  | ^\n  |\nhelp: t (safe)\n"
                        "note: first\nnote: second\nnote: no fix: third\n"
                        "note: suppressed (inline)\n\n");
    free(got);
}

static void test_long_diffs_are_counted(void **state) {
    (void)state;
    static const struct {
        size_t count, gap; /* a '@' before that line */
        const char *end;
    } rows[] = {
        {24, 30, "\n24 + x\n   |\n\n"},
        {25, 30, "\n24 + x\n... 1 more line, see --diff\n   |\n\n"},
        {40, 24, "\n24 + x\n... 15 more lines, see --diff\n   |\n\n"},
        {40, 3, "\n25 + x\n... 15 more lines, see --diff\n   |\n\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        DiffLine lines[40];
        for (size_t k = 0; k < rows[i].count; k++)
            lines[k] = (DiffLine){'+', (uint32_t)k + 1, S("x")};
        if (rows[i].gap < rows[i].count) lines[rows[i].gap] = (DiffLine){'@', 0, {0}};
        FindingView f =
            FINDING("m", .primary = {S("a"), .whole_file = true},
                    .fix = FIX(.title = S("t"), .diff = lines, .diff_count = rows[i].count));
        char *got = sample_run("text", &(Sample){&f, 1, .options = {.quiet = true}});
        size_t tail = strlen(rows[i].end);
        if (strlen(got) < tail || strcmp(got + strlen(got) - tail, rows[i].end) != 0) {
            fail_msg("row %zu:\n%s", i, got);
        }
        free(got);
    }
}

static void test_fix_color(void **state) {
    (void)state;
    FindingView f = FINDING("m", .primary = {S("a"), .whole_file = true},
                            .fix = FIX(.title = S("t"), NOTES(S("n")),
                                       DIFF({' ', 1, S("x")}, {'-', 2, S("y")}, {'+', 2, S("z")})));
    char *got = sample_run("text", &(Sample){&f, 1, .options = {.quiet = true, .color = true}});
    assert_non_null(strstr(got, "\x1b[1;36mhelp:\x1b[0m t (safe)\n"
                                "\x1b[1;34m  |\n\x1b[0m"
                                "\x1b[1;34m1 |\x1b[0m x\n"
                                "\x1b[1;34m2 \x1b[0m\x1b[31m- y\x1b[0m\n"
                                "\x1b[1;34m2 \x1b[0m\x1b[32m+ z\x1b[0m\n"));
    assert_non_null(strstr(got, "\x1b[1;34mnote:\x1b[0m n\n"));
    free(got);
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
     "Found 5 errors, 3 notes. 6 fixable with --fix, 2 more with --fix=review. 4 suppressed.\n"},
    {"only binary, only review, only suppressed",
     {.files = 9, .binary = 2, .suppressed = 1, .fixable_review = 1},
     false,
     "Scanned 9 files, 0 documents, 0 objects. Not read: 2 binary files.\n"
     "No findings. 1 fixable with --fix=review. 1 suppressed.\n"},
    {"only safe",
     {.files = 9, .findings = {1}, .fixable_safe = 1},
     false,
     "Scanned 9 files, 0 documents, 0 objects.\nFound 1 note. 1 fixable with --fix.\n"},
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
        FINDING("safe", .primary = {S("y"), AT(1, 1, 2)}, .fix = FIX(.title = S("t"))),
        FINDING("look", .primary = {S("y"), AT(2, 1, 2)}, .fix = FIX(.safety = SAFETY_REVIEW)),
        FINDING("none", .primary = {S("y"), AT(3, 1, 2)}, .refused = S("no")),
        FINDING("hidden", .primary = {S("z"), AT(1, 1, 2)}, .suppressed = SUPPRESSED_CONFIG),
    };
    Sample sample = {.findings = findings, .finding_count = COUNT(findings)};
    char *got = sample_run("concise", &sample);
    assert_string_equal(got, "x\\x0d.yaml:3:7: error[KFT001] a\\x0ab\\x1b\n"
                             "y:1:1: error[KFT001] m\n"
                             "y:1:1: error[KFT001] [*] safe\n"
                             "y:2:1: error[KFT001] [review] look\n"
                             "y:3:1: error[KFT001] none\n");
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
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_many_related_are_counted),
        cmocka_unit_test(test_color),
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_concise),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_fixes),
        cmocka_unit_test(test_fix_color),
        cmocka_unit_test(test_notes_stand_in_order),
        cmocka_unit_test(test_long_diffs_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
