/* Tests of the SARIF report: its text, and that it and a log with everything in it satisfy the
 * schemas. */
#include "report/sample_test.h"
#include "report/sarif-c/sarif.h"
#include "report/version.h"

static const Rule rules[] = {
    {.id = S("KFT001"),
     .name = S("pytorchjob-v1"),
     .pack = S("trainer"),
     .summary = S("PyTorchJob belongs to Training Operator v1"),
     .why = S("Trainer v2 runs TrainJob only.\n"),
     .before = S("kind: PyTorchJob\n"),
     .after = S("kind: TrainJob\n"),
     .loses = S("The old status."),
     .references = {(const Str[]){S("https://example.org/a"), S("guide, section 2")}, 2},
     .severity = SEVERITY_ERROR},
    {.id = S("KFT002"), .name = S("asleep"), .pack = S("trainer"), .summary = S("Not active")},
    {.id = S("WVA001"),
     .name = S("old-profile"),
     .pack = S("wva"),
     .summary = S("Old."),
     .severity = SEVERITY_WARNING},
};
static const RuleSet rule_set = {.rules = rules, .count = COUNT(rules)};
static const uint64_t active[1] = {1 | 4};

#define HEAD                                                                                       \
    "{\n  \"$schema\": \"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"      \
    "sarif-schema-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n"                \
    "      \"originalUriBaseIds\": {\n        \"%SRCROOT%\": {\n"                                  \
    "          \"description\": {\n"                                                               \
    "            \"text\": \"The directory that paths are relative to.\"\n          }\n"           \
    "        }\n      },\n      \"columnKind\": \"unicodeCodePoints\",\n"                          \
    "      \"tool\": {\n        \"driver\": {\n          \"name\": \"unstale\",\n"                 \
    "          \"semanticVersion\": \"" UNSTALE_VERSION "\",\n"

static void test_empty_run(void **state) {
    (void)state;
    char *got = sample_run("sarif", &(Sample){0});
    if (!UNSTALE_URL) {
        sample_expect("empty", got,
                      HEAD "          \"rules\": []\n        }\n      },\n      \"results\": [],\n"
                           "      \"invocations\": [\n        {\n"
                           "          \"executionSuccessful\": true\n        }\n      ]\n    }\n"
                           "  ]\n}\n");
    }
    assert_non_null(strstr(got, "\"results\": [],"));
    free(got);
}

static void test_rules(void **state) {
    (void)state;
    Sample sample = {.options = {.rules = &rule_set, .active = active}};
    char *got = sample_run("sarif", &sample);
    const char *want =
        "            {\n"
        "              \"id\": \"KFT001\",\n"
        "              \"name\": \"PytorchjobV1\",\n"
        "              \"shortDescription\": {\n"
        "                \"text\": \"PyTorchJob belongs to Training Operator v1.\"\n"
        "              },\n"
        "              \"fullDescription\": {\n"
        "                \"text\": \"Trainer v2 runs TrainJob only.\"\n"
        "              },\n"
        "              \"help\": {\n"
        "                \"text\": \"Why:\\nTrainer v2 runs TrainJob only.\\n\\n"
        "Before:\\nkind: PyTorchJob\\n\\nAfter:\\nkind: TrainJob\\n\\n"
        "What is lost:\\nThe old status.\\n\\n"
        "References:\\n- https://example.org/a\\n- guide, section 2\",\n"
        "                \"markdown\": \"## Why\\n\\nTrainer v2 runs TrainJob only.\\n\\n"
        "## Before\\n\\n```yaml\\nkind: PyTorchJob\\n```\\n\\n"
        "## After\\n\\n```yaml\\nkind: TrainJob\\n```\\n\\n"
        "## What is lost\\n\\nThe old status.\\n\\n"
        "## References\\n\\n- <https://example.org/a>\\n- guide, section 2\"\n"
        "              },\n"
        "              \"defaultConfiguration\": {\n"
        "                \"level\": \"error\"\n"
        "              },\n"
        "              \"properties\": {\n"
        "                \"precision\": \"high\",\n"
        "                \"problem.severity\": \"error\",\n"
        "                \"tags\": [\n"
        "                  \"trainer\"\n"
        "                ]\n"
        "              }\n"
        "            },\n";
    if (!strstr(got, want)) fail_msg("got\n%s", got);
    assert_null(strstr(got, "KFT002"));
    assert_non_null(strstr(got, "\"id\": \"WVA001\""));
    free(got);
}

static const ResourceView resource = {S("kubeflow.org"), S("v1"), S("PyTorchJob"), S("ml"), S("a")};

static const FindingView findings[] = {
    {.rule = &rules[2],
     .severity = SEVERITY_NOTE, /* lowered by a configuration */
     .message = S("'a' is old"),
     .primary = {S("dir/a b.yaml"), AT(3, 7, 17), .message = S("here")},
     .resource = &resource,
     RELATED({S("b.yaml"), AT(1, 2, 3), .message = S("the [owner]")}, {S("c"), .whole_file = true}),
     .notes = (const Str[]){S("managed by Trial 'x'")},
     .note_count = 1,
     .fingerprint = S("0123456789abcdef0123456789abcdef")},
    {.rule = &rules[0],
     .severity = SEVERITY_ERROR,
     .message = S("see [x](https://example.org)!"),
     .primary = {S("/tmp/a.yaml"), .whole_file = true},
     .suppressed = SUPPRESSED_CONFIG,
     .suppressed_reason = S("later")},
    {.rule = &rules[1], /* not active */
     .severity = SEVERITY_WARNING,
     .message = S("\xFF\x01"),
     .primary = {.whole_file = true}},
};
static const Problem problems[] = {{S("big.yaml"), 4, S("too deep")}, {{0}, 7, S("capped")}};
static const Sample rich = {
    findings, COUNT(findings),
    problems, COUNT(problems),
    {0},      {.rules = &rule_set, .active = active, .show_suppressed = true}};

static void test_a_result(void **state) {
    (void)state;
    char *got = sample_run("sarif", &rich);
    const char *want = "        {\n"
                       "          \"ruleId\": \"WVA001\",\n"
                       "          \"ruleIndex\": 1,\n"
                       "          \"level\": \"note\",\n"
                       "          \"message\": {\n"
                       "            \"text\": \"'a' is old.\\nNote: managed by Trial 'x'\\n"
                       "See [the \\\\[owner\\\\]](1), [c](2).\"\n"
                       "          },\n"
                       "          \"locations\": [\n"
                       "            {\n"
                       "              \"physicalLocation\": {\n"
                       "                \"artifactLocation\": {\n"
                       "                  \"uri\": \"dir/a%20b.yaml\",\n"
                       "                  \"uriBaseId\": \"%SRCROOT%\"\n"
                       "                },\n"
                       "                \"region\": {\n"
                       "                  \"startLine\": 3,\n"
                       "                  \"startColumn\": 7,\n"
                       "                  \"endLine\": 3,\n"
                       "                  \"endColumn\": 17\n"
                       "                }\n"
                       "              },\n"
                       "              \"logicalLocations\": [\n"
                       "                {\n"
                       "                  \"name\": \"a\",\n"
                       "                  \"fullyQualifiedName\": \"ml/PyTorchJob/a\",\n"
                       "                  \"kind\": \"resource\"\n"
                       "                }\n"
                       "              ],\n"
                       "              \"message\": {\n"
                       "                \"text\": \"here\"\n"
                       "              }\n"
                       "            }\n"
                       "          ],\n"
                       "          \"relatedLocations\": [\n"
                       "            {\n"
                       "              \"id\": 1,\n";
    if (!strstr(got, want)) fail_msg("got\n%s", got);
    assert_non_null(strstr(got, "          \"suppressions\": [],\n"
                                "          \"partialFingerprints\": {\n"
                                "            \"unstale/v1\": "
                                "\"0123456789abcdef0123456789abcdef\"\n"));
    free(got);
}

/* Each must stand in the rich report (or, with `absent`, must not). */
static const struct {
    const char *name, *part;
    bool absent;
} parts[] = {
    {"a link in a message is none", "see \\\\[x](https://example.org)!\"", false},
    {"an absolute path", "\"uri\": \"file:///tmp/a.yaml\"\n", false},
    {"a whole file is at its start", "\"startLine\": 1,\n", false},
    {"an external suppression",
     "\"suppressions\": [\n            {\n              \"kind\": \"external\",\n"
     "              \"status\": \"accepted\",\n              \"justification\": \"later\"\n",
     false},
    {"a rule that is not active has no index",
     "\"ruleId\": \"KFT002\",\n          \"level\": \"warning\"", false},
    {"bad text", "\"text\": \"\xEF\xBF\xBD\\u0001.\"", false},
    {"a problem with its place",
     "\"text\": \"too deep\"\n              },\n              \"locations\": [\n", false},
    {"a problem without", "\"text\": \"capped\"\n              }\n            }\n", false},
    {"no version control, no times", "Utc", true},
};

static void test_parts(void **state) {
    (void)state;
    char *got = sample_run("sarif", &rich);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!strstr(got, parts[i].part) != parts[i].absent) fail_msg("%s:\n%s", parts[i].name, got);
    }
    free(got);
}

static void test_suppressed_are_left_out(void **state) {
    (void)state;
    Sample sample = rich;
    sample.options.show_suppressed = false;
    char *got = sample_run("sarif", &sample);
    assert_null(strstr(got, "file:///tmp/a.yaml"));
    assert_null(strstr(got, "suppressions"));
    free(got);
}

static void test_long_descriptions_are_cut(void **state) {
    (void)state;
    char words[1500];
    for (size_t i = 0; i < sizeof words; i++) words[i] = "\xC3\xA4"[i % 2];
    Rule rule = rules[0];
    rule.summary = (Str){words, sizeof words};
    RuleSet set = {.rules = &rule, .count = 1};
    char *got = sample_run("sarif", &(Sample){.options = {.rules = &set}});
    char *start = strstr(got, "\"shortDescription\"");
    start = strstr(start, "\"text\": \"") + strlen("\"text\": \"");
    size_t length = (size_t)(strchr(start, '"') - start);
    assert_int_equal(length, 1023); /* whole characters, then three dots */
    assert_memory_equal(start + length - 5, "\xC3\xA4...", 5);
    free(got);
}

/* ---- Schemas ---- */

static void test_report_satisfies_the_schemas(void **state) {
    (void)state;
    sample_needs_sarif_schemas();
    char *got = sample_run("sarif", &rich);
    sample_validate_sarif(got);
    free(got);
}

static bool to_file(void *file, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, file) == length;
}

static SarifText words(const char *text) {
    return sarif_text(text);
}

/* Every field of every struct of the writer. */
static void write_everything(SarifWriter *w) {
    SarifBase bases[] = {{words("ROOT"), words("file:///src/"), words("the root")},
                         {.id = words("OTHER")}};
    SarifText tags[] = {words("a"), words("b")};
    SarifPair pairs[] = {{words("x/v1"), words("1")}, {words("y/v1"), words("2")}};
    SarifRegion region = {1, 2, 3, 4, true, 5, 6, words("snippet")};
    SarifArtifact artifact = {.path = words("a b#\xFF"), .base = words("ROOT")};
    SarifLogicalLocation logical = {words("f"), words("m.f"), words("function")};
    SarifMessage message = {words("text"), words("*text*")};
    SarifLocation location = {artifact, region, &logical, 1, message};
    SarifLocation related[] = {location, location};
    SarifSuppression suppressions[] = {{SARIF_IN_SOURCE, SARIF_ACCEPTED, words("why")},
                                       {SARIF_EXTERNAL, SARIF_REJECTED, {0}}};
    SarifReplacement replacements[] = {{region, words("new")}, {.deleted = {.has_bytes = true}}};
    SarifChange change = {artifact, replacements, 2};
    SarifFix fixes[] = {{message, &change, 1}, {.changes = &change, .change_count = 1}};
    SarifRun run = {words("tool"),
                    words("1"),
                    words("1.0.0"),
                    words("https://example.org/"),
                    words("category/1"),
                    SARIF_UTF16_CODE_UNITS,
                    bases,
                    2};
    SarifRule rule = {words("R1"),
                      words("Rule"),
                      words("short"),
                      words("full"),
                      message,
                      words("https://example.org/r1"),
                      SARIF_NOTE,
                      tags,
                      2,
                      pairs,
                      2};
    SarifResult result = {words("R1"),  1, SARIF_NONE, message, &location, 1, related, 2,
                          suppressions, 2, fixes,      2,       pairs,     2, pairs,   2};
    SarifNotification notification = {SARIF_ERROR, message, artifact, region};
    assert_int_equal(sarif_run(w, &run), SARIF_OK);
    assert_int_equal(sarif_rule(w, &rule), SARIF_OK);
    assert_int_equal(sarif_result(w, &result), SARIF_OK);
    assert_int_equal(sarif_notification(w, &notification), SARIF_OK);
    assert_int_equal(sarif_notification(w, &notification), SARIF_OK);
    assert_int_equal(sarif_run_end(w, false), SARIF_OK);
}

static void test_everything_satisfies_the_schemas(void **state) {
    (void)state;
    sample_needs_sarif_schemas();
    for (int indent = 0; indent <= 2; indent += 2) {
        SarifWriter w;
        char *text = NULL;
        size_t length;
        FILE *out = open_memstream(&text, &length);
        sarif_init(&w, to_file, out, indent);
        write_everything(&w);
        write_everything(&w);
        assert_int_equal(sarif_end(&w), SARIF_OK);
        fclose(out);
        sample_validate_sarif(text);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_run),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_a_result),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_suppressed_are_left_out),
        cmocka_unit_test(test_long_descriptions_are_cut),
        cmocka_unit_test(test_report_satisfies_the_schemas),
        cmocka_unit_test(test_everything_satisfies_the_schemas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
