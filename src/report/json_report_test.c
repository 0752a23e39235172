/* Tests of the JSON report: the whole text, and which keys are absent when. */
#include "report/sample_test.h"
#include "report/version.h"

#define HEAD                                                                                       \
    "{\n  \"tool\": {\n    \"name\": \"unstale\",\n    \"version\": \"" UNSTALE_VERSION "\"\n  "   \
    "},\n"

static const ResourceView resource = {S("kubeflow.org"), S("v1"), S("PyTorchJob"), S("ml"), S("a")};
static const ResourceView core_resource = {.version = S("v1"), .kind = S("Node"), .name = S("n")};

#define OPENING                                                                                    \
    "    {\n      \"rule\": \"KFT001\",\n      \"name\": \"pytorchjob-v1\",\n"                     \
    "      \"pack\": \"trainer\",\n      \"severity\": \"error\",\n"

static const struct {
    const char *name;
    FindingView finding;
    const char *want; /* the object */
} rows[] = {
    {"everything",
     {.primary = {S("a.yaml"), AT(3, 7, 17), .message = S("label")},
      .message = S("old \"x\"\n"),
      .resource = &resource,
      RELATED({S("b"), AT(1, 2, 3), .message = S("why")}, {S("c"), .whole_file = true}),
      .notes = (const Str[]){S("n1"), S("n2")},
      .note_count = 2,
      .suppressed = SUPPRESSED_ANNOTATION,
      .suppressed_reason = S("later"),
      .fingerprint = S("0123456789abcdef0123456789abcdef")},
     OPENING "      \"path\": \"a.yaml\",\n      \"line\": 3,\n      \"column\": 7,\n"
             "      \"endLine\": 3,\n      \"endColumn\": 17,\n"
             "      \"message\": \"old \\\"x\\\"\\n\",\n"
             "      \"resource\": {\n        \"group\": \"kubeflow.org\",\n"
             "        \"version\": \"v1\",\n        \"kind\": \"PyTorchJob\",\n"
             "        \"namespace\": \"ml\",\n        \"name\": \"a\"\n      },\n"
             "      \"related\": [\n        {\n          \"path\": \"b\",\n"
             "          \"line\": 1,\n          \"column\": 2,\n          \"message\": \"why\"\n"
             "        },\n        {\n          \"path\": \"c\"\n        }\n      ],\n"
             "      \"notes\": [\n        \"n1\",\n        \"n2\"\n      ],\n"
             "      \"suppressed\": {\n        \"kind\": \"annotation\",\n"
             "        \"reason\": \"later\"\n      },\n      \"fingerprint\": "
             "\"0123456789abcdef0123456789abcdef\"\n    }"},
    {"a whole file, nothing else",
     {.primary = {S("a"), .whole_file = true}, .message = S("m")},
     OPENING
     "      \"path\": \"a\",\n      \"message\": \"m\",\n      \"suppressed\": null\n    }"},
    {"the core group, no namespace",
     {.primary = {S("a"), .whole_file = true}, .message = S("m"), .resource = &core_resource},
     OPENING "      \"path\": \"a\",\n      \"message\": \"m\",\n"
             "      \"resource\": {\n        \"group\": \"\",\n        \"version\": \"v1\",\n"
             "        \"kind\": \"Node\",\n        \"name\": \"n\"\n      },\n"
             "      \"suppressed\": null\n    }"},
    {"a fix with all keys",
     {.primary = {S("a"), .whole_file = true},
      .message = S("m"),
      .fix =
          FIX(.safety = SAFETY_REVIEW, .title = S("t"), NOTES(S("n")),
              DROPPED({.path = S("spec.x"),
                       .line = 9,
                       .reason = S("r"),
                       ALSO(S("spec.y")),
                       COMMENTS(S("# c"))},
                      {.reason = S("lost"), COMMENTS(S("# d"))}),
              .creates = &resource, .create_paths = (const Str[]){S("new.yaml")}, .create_count = 1,
              .removes = &core_resource, .remove_paths = (const Str[]){S("a")}, .remove_count = 1,
              EDITS({EDIT_TEXT, S("a"), {.start = 5000000000, .length = 15}, S("v2\n"), true},
                    {EDIT_CREATE, S("new.yaml"), {0}, S("x"), false},
                    {EDIT_DELETE, S("old.yaml"), {.length = 7}, {0}, false}))},
     OPENING "      \"path\": \"a\",\n      \"message\": \"m\",\n"
             "      \"fix\": {\n        \"safety\": \"review\",\n        \"title\": \"t\",\n"
             "        \"notes\": [\n          \"n\"\n        ],\n"
             "        \"dropped\": [\n          {\n            \"path\": \"spec.x\",\n"
             "            \"line\": 9,\n            \"reason\": \"r\",\n"
             "            \"also\": [\n              \"spec.y\"\n            ],\n"
             "            \"comments\": [\n              \"# c\"\n            ]\n          },\n"
             "          {\n            \"reason\": \"lost\",\n"
             "            \"comments\": [\n              \"# d\"\n            ]\n          }\n"
             "        ],\n"
             "        \"creates\": [\n          {\n            \"group\": \"kubeflow.org\",\n"
             "            \"version\": \"v1\",\n            \"kind\": \"PyTorchJob\",\n"
             "            \"namespace\": \"ml\",\n            \"name\": \"a\",\n"
             "            \"path\": \"new.yaml\"\n          }\n        ],\n"
             "        \"removes\": [\n          {\n            \"group\": \"\",\n"
             "            \"version\": \"v1\",\n            \"kind\": \"Node\",\n"
             "            \"name\": \"n\",\n            \"path\": \"a\"\n          }\n        ],\n"
             "        \"edits\": [\n          {\n            \"path\": \"a\",\n"
             "            \"start\": 5000000000,\n            \"end\": 5000000015,\n"
             "            \"text\": \"v2\\n\"\n          },\n"
             "          {\n            \"path\": \"new.yaml\",\n            \"start\": 0,\n"
             "            \"end\": 0,\n            \"text\": \"x\",\n"
             "            \"file\": \"create\"\n          },\n"
             "          {\n            \"path\": \"old.yaml\",\n            \"start\": 0,\n"
             "            \"end\": 7,\n            \"text\": \"\",\n"
             "            \"file\": \"delete\"\n          }\n        ]\n      },\n"
             "      \"suppressed\": null\n    }"},
    {"a fix without anything",
     {.primary = {S("a"), .whole_file = true}, .message = S("m"), .fix = FIX(.title = S("t"))},
     OPENING "      \"path\": \"a\",\n      \"message\": \"m\",\n"
             "      \"fix\": {\n        \"safety\": \"safe\",\n        \"title\": \"t\",\n"
             "        \"edits\": []\n      },\n      \"suppressed\": null\n    }"},
    {"a refused fix",
     {.primary = {S("a"), .whole_file = true}, .message = S("m"), .refused = S("no place")},
     OPENING "      \"path\": \"a\",\n      \"message\": \"m\",\n"
             "      \"refused\": \"no place\",\n      \"suppressed\": null\n    }"},
    {"invalid UTF-8",
     {.primary = {S("\xFF"), .whole_file = true}, .message = S("\xC3")},
     OPENING "      \"path\": \"\xEF\xBF\xBD\",\n      \"message\": \"\xEF\xBF\xBD\",\n"
             "      \"suppressed\": null\n    }"},
};

#define NO_PROBLEMS "  \"problems\": [],\n"
#define SUMMARY(files, error, suppressed)                                                          \
    "  \"summary\": {\n    \"files\": " files ",\n    \"unread\": 0,\n    \"binary\": 0,\n"        \
    "    \"documents\": 0,\n    \"objects\": 0,\n    \"findings\": {\n      \"error\": " error     \
    ",\n      \"warning\": 0,\n      \"note\": 0\n    },\n    \"suppressed\": " suppressed         \
    ",\n    \"fixable\": {\n      \"safe\": 0,\n      \"review\": 0\n    }\n  }\n}\n"

static void test_findings(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char want[4096];
        FindingView f = rows[i].finding;
        f.rule = &sample_rule;
        f.severity = SEVERITY_ERROR;
        Sample sample = {.findings = &f, .finding_count = 1, .options.show_suppressed = true};
        char *got = sample_run("json", &sample);
        snprintf(want, sizeof want, "%s  \"findings\": [\n%s\n  ],\n%s", HEAD, rows[i].want,
                 NO_PROBLEMS SUMMARY("0", "0", "0"));
        sample_expect(rows[i].name, got, want);
        free(got);
    }
}

static void test_findings_satisfy_the_schema(void **state) {
    (void)state;
    sample_needs_validator();
    FindingView findings[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++) {
        findings[i] = rows[i].finding;
        findings[i].rule = &sample_rule;
    }
    Sample sample = {findings, COUNT(rows), .options.show_suppressed = true};
    char *got = sample_run("json", &sample);
    sample_validate(got, "src/app/schemas/report.json");
    free(got);
}

static void test_empty(void **state) {
    (void)state;
    Sample sample = {.totals = {.files = 2, .findings = {[SEVERITY_ERROR] = 7}, .suppressed = 3}};
    char *got = sample_run("json", &sample);
    sample_expect("empty", got, HEAD "  \"findings\": [],\n" NO_PROBLEMS SUMMARY("2", "7", "3"));
    free(got);
}

static void test_problems_between_findings_come_last(void **state) {
    (void)state;
    const FindingView findings[2] = {
        {.rule = &sample_rule, .primary = {S("a"), .whole_file = true}, .message = S("first")},
        {.rule = &sample_rule, .primary = {S("b"), .whole_file = true}, .message = S("second")},
    };
    const Problem problems[2] = {{S("p"), 4, S("deep")}, {{0}, 0, S("capped")}};
    Sample sample = {findings, 2, problems, 2, {0}, {0}};
    char *got = sample_run("json", &sample);
    const char *second = strstr(got, "second");
    assert_non_null(second);
    assert_non_null(strstr(second, "  \"problems\": [\n    {\n      \"path\": \"p\",\n"
                                   "      \"line\": 4,\n      \"message\": \"deep\"\n    },\n"
                                   "    {\n      \"message\": \"capped\"\n    }\n  ],\n"));
    free(got);
}

static void test_suppressed_are_left_out(void **state) {
    (void)state;
    const FindingView f = {.rule = &sample_rule,
                           .primary = {S("a"), .whole_file = true},
                           .suppressed = SUPPRESSED_INLINE};
    char *got = sample_run("json", &(Sample){.findings = &f, .finding_count = 1});
    assert_non_null(strstr(got, "\"findings\": [],"));
    free(got);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_findings_satisfy_the_schema),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_problems_between_findings_come_last),
        cmocka_unit_test(test_suppressed_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
