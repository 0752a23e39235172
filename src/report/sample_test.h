/* For the tests of formats: runs one over findings written by hand and returns what it wrote. */
#ifndef REPORT_SAMPLE_TEST_H
#define REPORT_SAMPLE_TEST_H

#include "report/report.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define S(literal)   STR_INIT(literal)

/* line, columns [from, to) on it */
#define AT(on, from, to) .place = {.line = on, .column = from, .end_line = on, .end_column = to}
#define LINES(...)                                                                                 \
    .lines = (const FrameLine[]){__VA_ARGS__},                                                     \
    .line_count = sizeof((const FrameLine[]){__VA_ARGS__}) / sizeof(FrameLine)
#define RELATED(...)                                                                               \
    .related = (const PlaceView[]){__VA_ARGS__},                                                   \
    .related_count = sizeof((const PlaceView[]){__VA_ARGS__}) / sizeof(PlaceView)

/* Parts of a FixView. */
#define ALSO(...)                                                                                  \
    .also = (const Str[]){__VA_ARGS__},                                                            \
    .also_count = sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str)
#define COMMENTS(...)                                                                              \
    .comments = (const Str[]){__VA_ARGS__},                                                        \
    .comment_count = sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str)
#define NOTES(...)                                                                                 \
    .notes = (const Str[]){__VA_ARGS__},                                                           \
    .note_count = sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str)
#define DROPPED(...)                                                                               \
    .dropped = (const DroppedView[]){__VA_ARGS__},                                                 \
    .dropped_count = sizeof((const DroppedView[]){__VA_ARGS__}) / sizeof(DroppedView)
#define EDITS(...)                                                                                 \
    .edits = (const EditView[]){__VA_ARGS__},                                                      \
    .edit_count = sizeof((const EditView[]){__VA_ARGS__}) / sizeof(EditView)
#define DIFF(...)                                                                                  \
    .diff = (const DiffLine[]){__VA_ARGS__},                                                       \
    .diff_count = sizeof((const DiffLine[]){__VA_ARGS__}) / sizeof(DiffLine)
#define FIX(...)                                                                                   \
    &(const FixView) {                                                                             \
        __VA_ARGS__                                                                                \
    }

static const Rule sample_rule = {
    .id = S("KFT001"),
    .name = S("pytorchjob-v1"),
    .pack = S("trainer"),
    .summary = S("PyTorchJob belongs to Training Operator v1"),
    .why = S("Trainer v2 runs TrainJob only.\n"),
    .before = S("kind: PyTorchJob\n"),
    .after = S("kind: TrainJob\n"),
    .references = {(const Str[]){S("https://example.org/a")}, 1},
    .severity = SEVERITY_ERROR,
};

typedef struct Sample {
    const FindingView *findings;
    size_t finding_count;
    const Problem *problems; /* come between the first finding and the second */
    size_t problem_count;
    Totals totals;
    ReportOptions options;
} Sample;

/* The caller frees the text. */
static inline char *sample_run(const char *format_name, const Sample *sample) {
    char *text = NULL;
    size_t length = 0;
    const Format *format = format_find(str_from(format_name));
    assert_non_null(format);
    ReportOptions options = sample->options;
    options.out = open_memstream(&text, &length);
    Report *r = format->open(&options);
    for (size_t i = 0; i < sample->finding_count || i == 0; i++) {
        if (i < sample->finding_count) format->finding(r, &sample->findings[i]);
        for (size_t k = 0; i == 0 && k < sample->problem_count; k++) {
            format->problem(r, &sample->problems[k]);
        }
    }
    format->close(r, &sample->totals);
    fclose(options.out);
    return text;
}

static inline void sample_expect(const char *name, const char *got, const char *want) {
    if (strcmp(got, want) != 0) fail_msg("%s: got\n%s\nwant\n%s", name, got, want);
}

/* First in a test, since skip() jumps over whatever would free memory. */
static inline void sample_needs_validator(void) {
    int status = system("python3 src/report/validate.py >/dev/null");
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) != 77) return;
    print_message("python3-jsonschema is not installed: skipped\n");
    skip();
}

/* The text is valid by all those JSON Schemas. Wants sample_needs_validator before it. */
static inline void sample_validate(const char *text, const char *schemas) {
    char path[] = "/tmp/unstale-report-XXXXXX", command[256];
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    snprintf(command, sizeof command, "python3 src/report/validate.py %s %s", path, schemas);
    int status = system(command);
    unlink(path);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- SARIF ---- */

#define SARIF_SCHEMAS "../shared/facts/sarif/"

/* Likewise. */
static inline void sample_needs_sarif_schemas(void) {
    sample_needs_validator();
    if (access(SARIF_SCHEMAS "sarif-schema-2.1.0.json", R_OK) == 0) return;
    print_message("the SARIF schemas are not there: skipped\n");
    skip();
}

static inline void sample_validate_sarif(const char *text) {
    sample_validate(text, SARIF_SCHEMAS "sarif-schema-2.1.0.json " SARIF_SCHEMAS
                                        "sarif-schema-2.1.0.codeql-action.json");
}

#endif
