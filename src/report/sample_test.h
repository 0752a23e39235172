/* For the tests of the formats: runs one over findings written by hand and returns what it wrote.
 */
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

#endif
