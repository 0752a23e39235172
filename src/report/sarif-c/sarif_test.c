/* Tests of the SARIF writer: what comes out, what is refused, that a refusal leaves no trace. */
#include "sarif.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

typedef struct Sink {
    char *text;
    size_t length, calls;
    size_t room; /* bytes it takes before it fails; 0: any number */
} Sink;

static bool to_sink(void *context, const char *bytes, size_t length) {
    Sink *sink = context;
    sink->calls++;
    if (sink->room && sink->length + length > sink->room) return false;
    sink->text = realloc(sink->text, sink->length + length + 1);
    memcpy(sink->text + sink->length, bytes, length);
    sink->length += length;
    sink->text[sink->length] = '\0';
    return true;
}

static SarifText text(const char *words) {
    return sarif_text(words);
}

static const SarifRule plain_rule = {.id = {"ML001", 5}};

static void start_run(SarifWriter *w, Sink *sink) {
    sarif_init(w, to_sink, sink, 0);
    assert_int_equal(sarif_run(w, &(SarifRun){.tool_name = text("lint")}), SARIF_OK);
    assert_int_equal(sarif_rule(w, &plain_rule), SARIF_OK);
}

static void finish(SarifWriter *w) {
    assert_int_equal(sarif_run_end(w, true), SARIF_OK);
    assert_int_equal(sarif_end(w), SARIF_OK);
}

#define HEAD                                                                                       \
    "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"           \
    "sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":["
#define RUN  HEAD "{\"tool\":{\"driver\":{\"name\":\"lint\",\"rules\":[{\"id\":\"ML001\"}]}},"
#define DONE "\"invocations\":[{\"executionSuccessful\":true}]}]}\n"

static void test_empty_log(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    sarif_init(&w, to_sink, &sink, 0);
    assert_int_equal(sarif_end(&w), SARIF_OK);
    assert_string_equal(sink.text, HEAD "]}\n");
    free(sink.text);
}

static void test_empty_run_says_results(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    start_run(&w, &sink);
    finish(&w);
    assert_string_equal(sink.text, RUN "\"results\":[]," DONE);
    free(sink.text);
}

static void test_indented(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    sarif_init(&w, to_sink, &sink, 1);
    assert_int_equal(sarif_run(&w, &(SarifRun){.tool_name = text("lint")}), SARIF_OK);
    finish(&w);
    const char *want = " \"runs\": [\n  {\n   \"tool\": {\n    \"driver\": {\n"
                       "     \"name\": \"lint\",\n     \"rules\": []\n    }\n   },\n"
                       "   \"results\": [],\n   \"invocations\": [\n    {\n"
                       "     \"executionSuccessful\": true\n    }\n   ]\n  }\n ]\n}\n";
    assert_string_equal(strstr(sink.text, " \"runs\""), want);
    free(sink.text);
}

/* ---- what a result looks like ---- */

#define BYTES(literal)                                                                             \
    { literal, sizeof(literal) - 1 }
#define MESSAGE(words)    .message = {.text = BYTES(words)}
#define ONE_PLACE(...)    .locations = (SarifLocation[]){{__VA_ARGS__}}, .location_count = 1
#define LINES(a, b, c, d) .start_line = a, .start_column = b, .end_line = c, .end_column = d
#define PATH(words)       .artifact = {.path = BYTES(words)}
#define RESULT_OF(part)   "{\"message\":{\"text\":\"m\"}," part "}"
#define PLACE_OF(uri, region)                                                                      \
    RESULT_OF("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"" uri         \
              "\"}" region "}}]")

static const struct {
    const char *name;
    SarifResult result;
    const char *want;
} results[] = {
    {"only a message", {MESSAGE("m")}, "{\"message\":{\"text\":\"m\"}}"},
    {"an empty message is one", {MESSAGE("")}, "{\"message\":{\"text\":\"\"}}"},
    {"markdown",
     {.message = {.text = BYTES("a"), .markdown = BYTES("*a*")}},
     "{\"message\":{\"text\":\"a\",\"markdown\":\"*a*\"}}"},
    {"rule and level",
     {.rule_id = BYTES("ML001"), .rule_number = 1, .level = SARIF_NOTE, MESSAGE("m")},
     "{\"ruleId\":\"ML001\",\"ruleIndex\":0,\"level\":\"note\",\"message\":{\"text\":\"m\"}}"},

    {"quotes and backslashes", {MESSAGE("\"\\/")}, "{\"message\":{\"text\":\"\\\"\\\\/\"}}"},
    {"control characters",
     {MESSAGE("\0\1\b\t\n\f\r\x1b\x7f")},
     "{\"message\":{\"text\":\"\\u0000\\u0001\\b\\t\\n\\f\\r\\u001b\\u007f\"}}"},
    {"line separators, their neighbours as they are",
     {MESSAGE("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA")},
     "{\"message\":{\"text\":\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\"}}"},
    {"UTF-8 of every length",
     {MESSAGE("\xC3\xA4 \xE4\xB8\xAD \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF")},
     "{\"message\":{\"text\":\"\xC3\xA4 \xE4\xB8\xAD \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF\"}}"},
    {"a lone continuation", {MESSAGE("a\x80z")}, "{\"message\":{\"text\":\"a\xEF\xBF\xBDz\"}}"},
    {"cut at the end", {MESSAGE("a\xC3")}, "{\"message\":{\"text\":\"a\xEF\xBF\xBD\"}}"},
    {"overlong", {MESSAGE("\xC0\xAFz")}, "{\"message\":{\"text\":\"\xEF\xBF\xBD\xEF\xBF\xBDz\"}}"},
    {"a surrogate",
     {MESSAGE("\xED\xA0\x80")},
     "{\"message\":{\"text\":\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"}}"},
    {"beyond the last code point",
     {MESSAGE("\xF4\x90\x80\x80")},
     "{\"message\":{\"text\":\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"}}"},

    {"a path", {MESSAGE("m"), ONE_PLACE(PATH("a/b.yaml"))}, PLACE_OF("a/b.yaml", "")},
    {"a path with what URIs cannot have",
     {MESSAGE("m"), ONE_PLACE(PATH("a b/#%?[x]\"\\.y"))},
     PLACE_OF("a%20b/%23%25%3F%5Bx%5D%22%5C.y", "")},
    {"a colon is no scheme", {MESSAGE("m"), ONE_PLACE(PATH("c:d"))}, PLACE_OF("c%3Ad", "")},
    {"a path that is not UTF-8",
     {MESSAGE("m"), ONE_PLACE(PATH("\xFF\xC3\xA4\0"))},
     PLACE_OF("%FF%C3%A4%00", "")},
    {"an absolute path",
     {MESSAGE("m"), ONE_PLACE(PATH("/tmp/a b"))},
     PLACE_OF("file:///tmp/a%20b", "")},
    {"a ready URI",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.uri = BYTES("https://x/%20?q#f")})},
     PLACE_OF("https://x/%20?q#f", "")},
    {"a base",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.path = BYTES("a"), .base = BYTES("%SRCROOT%")})},
     PLACE_OF("a\",\"uriBaseId\":\"%SRCROOT%", "")},
    {"a region",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {LINES(3, 4, 5, 1), .snippet = BYTES("x")})},
     PLACE_OF("a", ",\"region\":{\"startLine\":3,\"startColumn\":4,\"endLine\":5,\"endColumn\":1,"
                   "\"snippet\":{\"text\":\"x\"}}")},
    {"a line",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.start_line = 7})},
     PLACE_OF("a", ",\"region\":{\"startLine\":7}")},
    {"bytes at the start",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.has_bytes = true})},
     PLACE_OF("a", ",\"region\":{\"byteOffset\":0,\"byteLength\":0}")},
    {"large numbers",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.start_line = UINT64_C(99999999999)})},
     PLACE_OF("a", ",\"region\":{\"startLine\":99999999999}")},
    {"a logical location alone",
     {MESSAGE("m"), ONE_PLACE(.logical = &(SarifLogicalLocation){BYTES("a"), BYTES("ns/Pod/a"),
                                                                 BYTES("resource")},
                              .logical_count = 1)},
     RESULT_OF("\"locations\":[{\"logicalLocations\":[{\"name\":\"a\","
               "\"fullyQualifiedName\":\"ns/Pod/a\",\"kind\":\"resource\"}]}]")},
    {"related locations have ids",
     {MESSAGE("m"), .related = (SarifLocation[]){{PATH("a"), MESSAGE("x")}, {PATH("b")}},
      .related_count = 2},
     RESULT_OF("\"relatedLocations\":[{\"id\":1,\"physicalLocation\":{\"artifactLocation\":"
               "{\"uri\":\"a\"}},\"message\":{\"text\":\"x\"}},{\"id\":2,\"physicalLocation\":"
               "{\"artifactLocation\":{\"uri\":\"b\"}}}]")},
    {"known not to be suppressed",
     {MESSAGE("m"), .suppressions = (SarifSuppression[]){{.kind = SARIF_EXTERNAL}}},
     RESULT_OF("\"suppressions\":[]")},
    {"suppressions",
     {MESSAGE("m"),
      .suppressions = (SarifSuppression[]){{SARIF_IN_SOURCE, SARIF_UNDER_REVIEW, BYTES("later")},
                                           {.kind = SARIF_EXTERNAL}},
      .suppression_count = 2},
     RESULT_OF("\"suppressions\":[{\"kind\":\"inSource\",\"status\":\"underReview\","
               "\"justification\":\"later\"},{\"kind\":\"external\"}]")},
    {"a fix",
     {MESSAGE("m"),
      .fixes = &(SarifFix){{.text = BYTES("do it")},
                           &(SarifChange){{.path = BYTES("a")},
                                          (SarifReplacement[]){{{LINES(1, 2, 1, 3)}, BYTES("x")},
                                                               {.deleted = {.start_line = 9}}},
                                          2},
                           1},
      .fix_count = 1},
     RESULT_OF("\"fixes\":[{\"description\":{\"text\":\"do it\"},\"artifactChanges\":[{"
               "\"artifactLocation\":{\"uri\":\"a\"},\"replacements\":[{\"deletedRegion\":{"
               "\"startLine\":1,\"startColumn\":2,\"endLine\":1,\"endColumn\":3},"
               "\"insertedContent\":{\"text\":\"x\"}},{\"deletedRegion\":{\"startLine\":9}}]}]}]")},
    {"fingerprints and properties",
     {MESSAGE("m"), .fingerprints = (SarifPair[]){{BYTES("a/v1"), BYTES("00")}},
      .fingerprint_count = 1, .properties = (SarifPair[]){{BYTES("k"), BYTES("v")}},
      .property_count = 1},
     RESULT_OF("\"partialFingerprints\":{\"a/v1\":\"00\"},\"properties\":{\"k\":\"v\"}")},
};

static void test_results(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        SarifWriter w;
        Sink sink = {0};
        char want[1024];
        start_run(&w, &sink);
        if (sarif_result(&w, &results[i].result) != SARIF_OK) fail_msg("%s", results[i].name);
        finish(&w);
        snprintf(want, sizeof want, RUN "\"results\":[%s]," DONE, results[i].want);
        if (strcmp(sink.text, want)) fail_msg("%s:\n%s\n%s", results[i].name, sink.text, want);
        free(sink.text);
    }
}

/* ---- what is refused ---- */

#define CHANGE_OF(...)                                                                             \
    MESSAGE("m"),                                                                                  \
        .fixes = &(SarifFix){.changes = (SarifChange[]){{__VA_ARGS__}}, .change_count = 1},        \
        .fix_count = 1

static const struct {
    const char *name;
    SarifResult result;
    SarifStatus want;
} refused[] = {
    {"no message", {.rule_number = 1}, SARIF_BAD_MISSING},
    {"markdown alone", {.message = {.markdown = BYTES("x")}}, SARIF_BAD_MISSING},
    {"a level beyond the last", {MESSAGE("m"), .level = (SarifLevel)9}, SARIF_BAD_VALUE},
    {"a rule that is not there", {MESSAGE("m"), .rule_number = 2}, SARIF_BAD_VALUE},
    {"a count without an array", {MESSAGE("m"), .location_count = 1}, SARIF_BAD_MISSING},
    {"the same of related", {MESSAGE("m"), .related_count = 1}, SARIF_BAD_MISSING},
    {"the same of fixes", {MESSAGE("m"), .fix_count = 1}, SARIF_BAD_MISSING},
    {"the same of suppressions", {MESSAGE("m"), .suppression_count = 1}, SARIF_BAD_MISSING},
    {"the same of logical", {MESSAGE("m"), ONE_PLACE(.logical_count = 1)}, SARIF_BAD_MISSING},
    {"the same of pairs", {MESSAGE("m"), .property_count = 1}, SARIF_BAD_MISSING},
    {"a region of no file",
     {MESSAGE("m"), ONE_PLACE(.region = {LINES(1, 1, 1, 1)})},
     SARIF_BAD_MISSING},
    {"a base of no file",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.base = BYTES("b")})},
     SARIF_BAD_MISSING},
    {"a path and a URI",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.path = BYTES("a"), .uri = BYTES("a")})},
     SARIF_BAD_VALUE},
    {"an empty path", {MESSAGE("m"), ONE_PLACE(PATH(""))}, SARIF_BAD_URI},
    {"an absolute path with a base",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.path = BYTES("/a"), .base = BYTES("b")})},
     SARIF_BAD_URI},
    {"a URI with a blank",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.uri = BYTES("a b")})},
     SARIF_BAD_URI},
    {"a URI with half a code",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.uri = BYTES("a%2")})},
     SARIF_BAD_URI},
    {"an absolute URI with a base",
     {MESSAGE("m"), ONE_PLACE(.artifact = {.uri = BYTES("x:a"), .base = BYTES("b")})},
     SARIF_BAD_URI},
    {"a column without a line",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.start_column = 3})},
     SARIF_BAD_REGION},
    {"an end before the start",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {LINES(3, 1, 2, 1)})},
     SARIF_BAD_REGION},
    {"an end column before the start",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {LINES(3, 5, 0, 4)})},
     SARIF_BAD_REGION},
    {"bytes without has_bytes",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.start_line = 1, .byte_length = 4})},
     SARIF_BAD_REGION},
    {"a snippet of nothing",
     {MESSAGE("m"), ONE_PLACE(PATH("a"), .region = {.snippet = BYTES("x")})},
     SARIF_BAD_REGION},
    {"a suppression without a kind",
     {MESSAGE("m"), .suppressions = (SarifSuppression[]){{.status = SARIF_ACCEPTED}},
      .suppression_count = 1},
     SARIF_BAD_VALUE},
    {"a fix without changes",
     {MESSAGE("m"), .fixes = &(SarifFix){.changes = NULL}, .fix_count = 1},
     SARIF_BAD_EMPTY_FIX},
    {"a change without replacements", {CHANGE_OF(PATH("a"))}, SARIF_BAD_EMPTY_FIX},
    {"a change of no file",
     {CHANGE_OF(.replacements = &(SarifReplacement){.deleted = {.start_line = 1}},
                .replacement_count = 1)},
     SARIF_BAD_MISSING},
    {"a replacement of nowhere",
     {CHANGE_OF(PATH("a"), .replacements = &(SarifReplacement){.inserted = BYTES("x")},
                .replacement_count = 1)},
     SARIF_BAD_REGION},
    {"a fingerprint twice",
     {MESSAGE("m"),
      .fingerprints = (SarifPair[]){{BYTES("a"), BYTES("1")}, {BYTES("a"), BYTES("2")}},
      .fingerprint_count = 2},
     SARIF_BAD_DUPLICATE},
    {"a fingerprint without a value",
     {MESSAGE("m"), .fingerprints = (SarifPair[]){{.name = BYTES("a")}}, .fingerprint_count = 1},
     SARIF_BAD_MISSING},
    {"a property in place of the tags",
     {MESSAGE("m"), .properties = (SarifPair[]){{BYTES("tags"), BYTES("1")}}, .property_count = 1},
     SARIF_BAD_DUPLICATE},
};

static void test_refused_results_leave_no_trace(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    start_run(&w, &sink);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        SarifStatus status = sarif_result(&w, &refused[i].result);
        if (status != refused[i].want) {
            fail_msg("%s: %s", refused[i].name, sarif_status_text(status));
        }
    }
    assert_int_equal(sarif_result(&w, NULL), SARIF_BAD_MISSING);
    finish(&w);
    assert_string_equal(sink.text, RUN "\"results\":[]," DONE);
    free(sink.text);
}

static void test_runs_and_rules_refused(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    SarifRun run = {.tool_name = text("lint")};
    SarifBase bases[2] = {{.id = text("A")}, {.id = text("A")}};
    sarif_init(&w, to_sink, &sink, 0);
    assert_int_equal(sarif_run(&w, &(SarifRun){0}), SARIF_BAD_MISSING);
    run.information_uri = text("no/scheme");
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_URI);
    run.information_uri = text("https://example.org/");
    run.bases = bases;
    run.base_count = 2;
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_DUPLICATE);
    bases[1] = (SarifBase){text("B"), text("file:///no/slash"), {0}};
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_URI);
    bases[1].uri = text("file:///slash/");
    assert_int_equal(sarif_run(&w, &run), SARIF_OK);

    SarifText tags[] = {text("a"), text("a")};
    assert_int_equal(sarif_rule(&w, &(SarifRule){0}), SARIF_BAD_MISSING);
    SarifRule rule = {.id = text("R"), .tags = tags, .tag_count = 2};
    assert_int_equal(sarif_rule(&w, &rule), SARIF_BAD_DUPLICATE);
    rule = (SarifRule){.id = text("R"), .help = {.markdown = text("x")}};
    assert_int_equal(sarif_rule(&w, &rule), SARIF_BAD_MISSING);
    finish(&w);
    assert_non_null(strstr(sink.text, "\"rules\":[]"));
    free(sink.text);
}

static void test_order(void **state) {
    (void)state;
    SarifWriter w = {0};
    Sink sink = {0};
    SarifRun run = {.tool_name = text("lint")};
    SarifResult result = {MESSAGE("m")};
    SarifNotification notification = {MESSAGE("n")};
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_ORDER); /* before init */
    assert_int_equal(sarif_end(NULL), SARIF_BAD_MISSING);
    sarif_init(&w, to_sink, &sink, 0);
    assert_int_equal(sarif_rule(&w, &plain_rule), SARIF_BAD_ORDER);
    assert_int_equal(sarif_result(&w, &result), SARIF_BAD_ORDER);
    assert_int_equal(sarif_notification(&w, &notification), SARIF_BAD_ORDER);
    assert_int_equal(sarif_run_end(&w, true), SARIF_BAD_ORDER);
    assert_int_equal(sarif_run(&w, &run), SARIF_OK);
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_ORDER);
    assert_int_equal(sarif_end(&w), SARIF_BAD_ORDER);
    assert_int_equal(sarif_result(&w, &result), SARIF_OK);
    assert_int_equal(sarif_rule(&w, &plain_rule), SARIF_BAD_ORDER);
    assert_int_equal(sarif_notification(&w, &notification), SARIF_OK);
    assert_int_equal(sarif_result(&w, &result), SARIF_BAD_ORDER);
    finish(&w);
    assert_int_equal(sarif_end(&w), SARIF_BAD_ORDER);
    assert_int_equal(sarif_run(&w, &run), SARIF_BAD_ORDER);
    free(sink.text);
}

static void test_notifications(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    start_run(&w, &sink);
    SarifNotification n = {SARIF_NOTE, MESSAGE("n"), PATH("a"), .region = {.start_line = 2}};
    assert_int_equal(sarif_notification(&w, &n), SARIF_OK);
    n.artifact = (SarifArtifact){0};
    assert_int_equal(sarif_notification(&w, &n), SARIF_BAD_MISSING);
    assert_int_equal(sarif_run_end(&w, false), SARIF_OK);
    assert_int_equal(sarif_end(&w), SARIF_OK);
    assert_string_equal(sink.text, RUN
                        "\"results\":[],\"invocations\":[{\"toolExecutionNotifications\":[{"
                        "\"level\":\"note\",\"message\":{\"text\":\"n\"},\"locations\":[{"
                        "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a\"},"
                        "\"region\":{\"startLine\":2}}}]}],\"executionSuccessful\":false}]}]}\n");
    free(sink.text);
}

static void test_numbers_of_rules_start_anew_in_each_run(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {0};
    SarifResult result = {MESSAGE("m"), .rule_number = 1};
    start_run(&w, &sink);
    assert_int_equal(sarif_result(&w, &result), SARIF_OK);
    assert_int_equal(sarif_run_end(&w, true), SARIF_OK);
    assert_int_equal(sarif_run(&w, &(SarifRun){.tool_name = text("two")}), SARIF_OK);
    assert_int_equal(sarif_result(&w, &result), SARIF_BAD_VALUE);
    finish(&w);
    free(sink.text);
}

static void test_write_failure_is_remembered(void **state) {
    (void)state;
    SarifWriter w;
    Sink sink = {.room = SARIF_BLOCK};
    SarifStatus status = SARIF_OK;
    start_run(&w, &sink);
    for (int i = 0; i < 1000 && status == SARIF_OK; i++) {
        status = sarif_result(&w, &(SarifResult){MESSAGE("m")});
    }
    assert_int_equal(status, SARIF_WRITE_FAILED);
    size_t calls = sink.calls;
    assert_int_equal(sarif_run_end(&w, true), SARIF_WRITE_FAILED);
    assert_int_equal(sarif_end(&w), SARIF_WRITE_FAILED);
    assert_int_equal(sink.calls, calls);
    free(sink.text);

    sink = (Sink){.room = 1}; /* found out by the last call only: all fits into one block */
    start_run(&w, &sink);
    assert_int_equal(sarif_run_end(&w, true), SARIF_OK);
    assert_int_equal(sarif_end(&w), SARIF_WRITE_FAILED);
    free(sink.text);
}

static bool to_count(void *context, const char *bytes, size_t length) {
    (void)bytes;
    *(size_t *)context += length;
    return length <= SARIF_BLOCK;
}

static void test_many_results_and_long_texts(void **state) {
    (void)state;
    SarifWriter w;
    size_t bytes = 0, start;
    static char words[3 * SARIF_BLOCK];
    memset(words, 'x', sizeof words);
    sarif_init(&w, to_count, &bytes, 0);
    assert_int_equal(sarif_run(&w, &(SarifRun){.tool_name = text("lint")}), SARIF_OK);
    SarifResult result = {.message = {.text = {words, sizeof words}}};
    assert_int_equal(sarif_result(&w, &result), SARIF_OK);
    start = bytes + w.used;
    for (int i = 0; i < 1000; i++) assert_int_equal(sarif_result(&w, &result), SARIF_OK);
    assert_int_equal(bytes + w.used - start,
                     1000 * (sizeof ",{'message':{'text':''}}" - 1 + sizeof words));
    finish(&w);
}

static void test_every_status_has_words(void **state) {
    (void)state;
    for (int s = SARIF_OK; s <= SARIF_BAD_EMPTY_FIX; s++) {
        assert_string_not_equal(sarif_status_text((SarifStatus)s), "unknown status");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty_log),
        cmocka_unit_test(test_empty_run_says_results),
        cmocka_unit_test(test_indented),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_refused_results_leave_no_trace),
        cmocka_unit_test(test_runs_and_rules_refused),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_notifications),
        cmocka_unit_test(test_numbers_of_rules_start_anew_in_each_run),
        cmocka_unit_test(test_write_failure_is_remembered),
        cmocka_unit_test(test_many_results_and_long_texts),
        cmocka_unit_test(test_every_status_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
