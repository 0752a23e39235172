/* What the status of a job makes of its conversion: each row is a status, the option, and what
 * comes out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"

typedef struct StatusRow {
    const char *name, *status, *finished; /* the option; NULL: it is not set */
    const char *state;                    /* NULL: it is converted; else it is over, and refused */
    const char *said;                     /* NULL: nothing, so the fix is safe */
    bool suspended;
} StatusRow;

#define CONDITION(type, holds) "  - type: " type "\n    status: \"" holds "\"\n"
#define CONDITIONS             "status:\n  conditions:\n"
#define SUCCEEDED                                                                                  \
    CONDITIONS CONDITION("Created", "True") CONDITION("Running", "False")                          \
        CONDITION("Succeeded", "True")
#define RUNS                                                                                       \
    "note it is running: the TrainJob starts from the beginning, or from what its program itself " \
    "has saved\n"
#define ASLEEP(state)                                                                              \
    "note it has finished (" state "): the TrainJob is suspended, since it would train again "     \
    "over what it has written\n"

static const StatusRow rows[] = {
    {"no status", "", NULL, NULL, NULL, false},
    {"an empty one", "status: {}\n", NULL, NULL, NULL, false},
    {"one that is no map", "status: done\n", NULL, NULL, NULL, false},
    {"created, not started", CONDITIONS CONDITION("Created", "True"), NULL, NULL, NULL, false},
    {"succeeded", SUCCEEDED, NULL, "Succeeded", NULL, false},
    {"failed", CONDITIONS CONDITION("Failed", "True"), "skip", "Failed", NULL, false},
    {"what no longer holds does not count",
     CONDITIONS CONDITION("Created", "True") CONDITION("Failed", "False"), NULL, NULL, NULL, false},
    {"succeeded, whatever stands behind it",
     CONDITIONS CONDITION("Succeeded", "True") CONDITION("Created", "True")
         CONDITION("Suspended", "True") CONDITION("Running", "False"),
     NULL, "Succeeded", NULL, false},
    {"of what holds beside no end the last one counts",
     CONDITIONS CONDITION("Suspended", "True") CONDITION("Restarting", "True"), NULL, NULL, RUNS,
     false},
    {"suspended by the option", SUCCEEDED, "suspend", NULL, ASLEEP("Succeeded"), true},
    {"converted by the option", SUCCEEDED, "convert", NULL, NULL, false},
    {"running", CONDITIONS CONDITION("Created", "True") CONDITION("Running", "True"), NULL, NULL,
     RUNS, false},
    {"running, whatever the option", CONDITIONS CONDITION("Running", "True"), "suspend", NULL, RUNS,
     false},
    {"started", "status:\n  startTime: \"2026-01-01T00:00:00Z\"\n", NULL, NULL, RUNS, false},
    {"started and ended",
     "status:\n  startTime: \"2026-01-01T00:00:00Z\"\n  completionTime: \"2026-01-02T00:00:00Z\"\n",
     NULL, "it has a completionTime", NULL, false},
    {"suspended by hand",
     "status:\n  startTime: \"2026-01-01T00:00:00Z\"\n  conditions:\n" CONDITION("Running", "False")
         CONDITION("Suspended", "True"),
     NULL, NULL, NULL, false},
};

static Str option(void *context, Str pack, Str key) {
    const StatusRow *row = context;
    bool asked = str_eq(pack, STR("trainer")) && str_eq(key, STR("finished"));
    return asked ? str_from(row->finished) : (Str){0};
}

static bool holds_row(Arena *a, const StatusRow *row) {
    const ConvertFacts facts = {.context = (void *)row, .option = option};
    Document doc;
    assert_true(document_parse(a, str_format(a, JOB "%s", row->status), &doc));
    Outcome out = run_conversion(a, &doc, doc.root, STR("2.3"), false, &facts);
    bool suspended = str_find(out.text, STR("  suspend: true\n")) != STR_NONE;
    Str over = row->state ? str_format(a, "it has finished (%s), and", row->state) : (Str){0};
    if (str_starts(out.refused, over) && !out.refused.len == !row->state &&
        str_eq(out.said, str_from(row->said)) && suspended == row->suspended)
        return true;
    print_error("%s: got\n" STR_FMT "refused: " STR_FMT "\nsaid:\n" STR_FMT, row->name,
                STR_ARG(out.text), STR_ARG(out.refused), STR_ARG(out.said));
    return false;
}

static void test_status(void **state) {
    (void)state;
    Arena a = {0};
    bool ok = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ok = holds_row(&a, &rows[i]) && ok;
        arena_reset(&a);
    }
    arena_release(&a);
    assert_true(ok);
}

/* A job that says itself whether it is suspended has one such key afterwards. */
static void test_own_suspend(void **state) {
    (void)state;
    Arena a = {0};
    Document doc;
    const StatusRow row = {.finished = "suspend"};
    const ConvertFacts facts = {.context = (void *)&row, .option = option};
    assert_true(document_parse(
        &a, STR(HEAD "  runPolicy:\n    suspend: false\n" WORKER RUN SUCCEEDED), &doc));
    Outcome out = run_conversion(&a, &doc, doc.root, STR("2.3"), false, &facts);
    assert_int_not_equal(str_find(out.text, STR("  suspend: true\n")), STR_NONE);
    assert_int_equal(str_find(out.text, STR("suspend: false")), STR_NONE);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_status),
                                       cmocka_unit_test(test_own_suspend)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
