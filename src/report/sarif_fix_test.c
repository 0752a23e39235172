/* Tests of fixes in the SARIF report: what is written, what is left out, what the message says. */
#include "report/sample_test.h"

#define REGION(l, c, el, ec)                                                                       \
    { .line = l, .column = c, .end_line = el, .end_column = ec }

/* Fixes as the schemas see them, and fixes that must not get into the log. */
static const struct {
    const char *name;
    FixView fix;
    const char *part; /* NULL: the result has no fix */
} rows[] = {
    {"two files, a removal, an insertion, losses",
     {.safety = SAFETY_REVIEW,
      .title = S("convert to [x](y)"),
      NOTES(S("assumes much")),
      DROPPED({.path = S("spec.x"), .line = 9, .reason = S("no such field"), COMMENTS(S("# c"))}),
      EDITS({.path = S("a b.yaml"), .place = REGION(3, 7, 3, 17), .text = S("v\xC3\xA4\n")},
            {.path = S("a b.yaml"), .place = REGION(4, 1, 6, 1)},
            {.path = S("/c.yaml"), .place = REGION(1, 2, 1, 2), .text = S("in")})},
     "          \"fixes\": [\n"
     "            {\n"
     "              \"description\": {\n"
     "                \"text\": \"convert to \\\\[x](y) (review).\\nNote: assumes much.\\n"
     "Note: drops spec.x (line 9): no such field; with the comment \\\"# c\\\".\"\n"
     "              },\n"
     "              \"artifactChanges\": [\n"
     "                {\n"
     "                  \"artifactLocation\": {\n"
     "                    \"uri\": \"a%20b.yaml\",\n"
     "                    \"uriBaseId\": \"%SRCROOT%\"\n"
     "                  },\n"
     "                  \"replacements\": [\n"
     "                    {\n"
     "                      \"deletedRegion\": {\n"
     "                        \"startLine\": 3,\n"
     "                        \"startColumn\": 7,\n"
     "                        \"endLine\": 3,\n"
     "                        \"endColumn\": 17\n"
     "                      },\n"
     "                      \"insertedContent\": {\n"
     "                        \"text\": \"v\xC3\xA4\\n\"\n"
     "                      }\n"
     "                    },\n"
     "                    {\n"
     "                      \"deletedRegion\": {\n"
     "                        \"startLine\": 4,\n"
     "                        \"startColumn\": 1,\n"
     "                        \"endLine\": 6,\n"
     "                        \"endColumn\": 1\n"
     "                      },\n"
     "                      \"insertedContent\": {\n"
     "                        \"text\": \"\"\n"
     "                      }\n"
     "                    }\n"
     "                  ]\n"
     "                },\n"
     "                {\n"
     "                  \"artifactLocation\": {\n"
     "                    \"uri\": \"file:///c.yaml\"\n"
     "                  },\n"
     "                  \"replacements\": [\n"
     "                    {\n"
     "                      \"deletedRegion\": {\n"
     "                        \"startLine\": 1,\n"
     "                        \"startColumn\": 2,\n"
     "                        \"endLine\": 1,\n"
     "                        \"endColumn\": 2\n"
     "                      },\n"
     "                      \"insertedContent\": {\n"
     "                        \"text\": \"in\"\n"
     "                      }\n"
     "                    }\n"
     "                  ]\n"
     "                }\n"
     "              ]\n"
     "            }\n"
     "          ]"},
    {"no edits", {.title = S("t"), NOTES(S("n"))}, NULL},
    {"a secret",
     {.title = S("t"),
      EDITS({.path = S("a"), .place = REGION(1, 1, 1, 2), .text = S("x")},
            {.path = S("a"), .place = REGION(2, 1, 2, 2), .text = S("hidden"), .secret = true})},
     NULL},
    {"a new file",
     {.title = S("t"),
      EDITS({.path = S("a"), .place = REGION(1, 1, 1, 2), .text = S("x")},
            {.kind = EDIT_CREATE, .path = S("b"), .text = S("hidden")})},
     NULL},
    {"a deleted file", {.title = S("t"), EDITS({.kind = EDIT_DELETE, .path = S("b")})}, NULL},
};

static Sample with_fix(FindingView *f, const FixView *fix) {
    *f = (FindingView){
        .rule = &sample_rule, .message = S("m"), .primary = {S("a"), AT(1, 1, 2)}, .fix = fix};
    return (Sample){.findings = f, .finding_count = 1};
}

static void test_fixes(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        FindingView f;
        Sample sample = with_fix(&f, &rows[i].fix);
        char *got = sample_run("sarif", &sample);
        bool right = rows[i].part ? strstr(got, rows[i].part) != NULL
                                  : !strstr(got, "\"fixes\"") && !strstr(got, "hidden");
        if (!right) fail_msg("%s: got\n%s", rows[i].name, got);
        free(got);
    }
}

static const struct {
    const char *name;
    FindingView finding;
    const char *want;
} messages[] = {
    {"safe", {.fix = FIX(.title = S("use v1"))}, "m.\\nFix with --fix: use v1."},
    {"review",
     {.fix = FIX(.safety = SAFETY_REVIEW, .title = S("use v1."))},
     "m.\\nFix with --fix=review: use v1."},
    {"refused", {.refused = S("see [x](y)")}, "m.\\nNo fix: see \\\\[x](y)."},
    {"between notes and links",
     {NOTES(S("n")), .fix = FIX(.title = S("t")), RELATED({S("b"), .whole_file = true})},
     "m.\\nNote: n\\nFix with --fix: t.\\nSee [b](1)."},
};

static void test_messages_tell_the_fix(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        char want[256];
        FindingView f = messages[i].finding;
        f.rule = &sample_rule;
        f.message = STR("m");
        f.primary = (PlaceView){S("a"), .whole_file = true};
        char *got = sample_run("sarif", &(Sample){.findings = &f, .finding_count = 1});
        snprintf(want, sizeof want, "\"text\": \"%s\"", messages[i].want);
        if (!strstr(got, want)) fail_msg("%s: got\n%s", messages[i].name, got);
        free(got);
    }
}

static void test_fixes_satisfy_the_schemas(void **state) {
    (void)state;
    sample_needs_sarif_schemas();
    for (size_t i = 0; i < COUNT(rows); i++) {
        FindingView f;
        Sample sample = with_fix(&f, &rows[i].fix);
        char *got = sample_run("sarif", &sample);
        sample_validate_sarif(got);
        free(got);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixes),
        cmocka_unit_test(test_messages_tell_the_fix),
        cmocka_unit_test(test_fixes_satisfy_the_schemas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
