/* Messages: taken apart, checked, filled. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/message.h"

static Str value_of(void *context, Str hole) {
    (void)context;
    if (str_eq(hole, STR("kind"))) return STR("PyTorchJob");
    if (str_eq(hole, STR("path:spec.x"))) return STR("{name}");
    return (Str){0};
}

static void fills(void **state) {
    (void)state;
    static const struct {
        const char *name, *template, *want;
    } rows[] = {
        {"no hole", "plain", "plain"},
        {"empty", "", ""},
        {"a hole alone", "{kind}", "PyTorchJob"},
        {"a hole in text", "the {kind}, again {kind}.", "the PyTorchJob, again PyTorchJob."},
        {"nothing known", "a{namespace}b", "ab"},
        {"a value is not filled again", "{path:spec.x}", "{name}"},
        {"a brace", "{{kind}", "{kind}"},
        {"a brace at the end", "a{{", "a{"},
        {"three braces", "{{{kind}}", "{PyTorchJob}"},
        {"a closing brace", "a}b", "a}b"},
        {"not ASCII", "„{kind}“", "„PyTorchJob“"},
    };
    Arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str got = message_fill(&arena, str_from(rows[i].template), value_of, NULL);
        if (!str_eq(got, str_from(rows[i].want))) {
            fail_msg("%s: got '" STR_FMT "'", rows[i].name, STR_ARG(got));
        }
    }
    arena_release(&arena);
}

static void checks(void **state) {
    (void)state;
    static const struct {
        const char *template;
        bool want;
        size_t offset;
    } rows[] = {
        {"", true, 0},       {"a {b} c", true, 0}, {"{{", true, 0},    {"a {b", false, 2},
        {"{", false, 0},     {"{a} {", false, 4},  {"{{ {", false, 3}, {"{{}", true, 0},
        {"} {{ }", true, 0}, {"{{{x", false, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t offset = 0;
        bool got = message_check(str_from(rows[i].template), &offset);
        if (got != rows[i].want || offset != rows[i].offset) {
            fail_msg("'%s': got %d at %zu", rows[i].template, got, offset);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(fills), cmocka_unit_test(checks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
