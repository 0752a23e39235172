/* Every rule of a pack explains itself: what was written, what to write, and where that is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/rule.h"

/* What the program says of files has no before and after. */
static bool is_of_a_pack(const Rule *rule) {
    return rule->match != MATCH_BUILTIN;
}

static const char *missing(const Rule *rule) {
    if (!rule->why.len) return "why";
    if (!is_of_a_pack(rule)) return NULL;
    if (!rule->before.len) return "before";
    if (!rule->after.len) return "after";
    if (!rule->references.len) return "references";
    if (rule->fix.kind == FIX_CONVERT && !rule->loses.len) return "loses";
    return NULL;
}

static void nothing_is_missing(void **state) {
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        const Rule *rule = &builtin_rules.rules[i];
        const char *what = missing(rule);
        if (what) fail_msg(STR_FMT " does not say '%s'", STR_ARG(rule->file), what);
        count += is_of_a_pack(rule);
    }
    assert_true(count > 0);
}

static void before_is_not_after(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        const Rule *rule = &builtin_rules.rules[i];
        if (is_of_a_pack(rule) && str_eq(rule->before, rule->after))
            fail_msg(STR_FMT ": before and after are the same", STR_ARG(rule->file));
    }
}

/* A link, or the title of a document that has none. */
static void references_can_be_followed(void **state) {
    (void)state;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        const Rule *rule = &builtin_rules.rules[i];
        for (size_t k = 0; k < rule->references.len; k++) {
            Str reference = rule->references.items[k];
            bool link = str_starts(reference, STR("https://"));
            if (!link && str_find(reference, STR(": ")) == STR_NONE)
                fail_msg(STR_FMT ": '" STR_FMT "' leads nowhere", STR_ARG(rule->file),
                         STR_ARG(reference));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_missing),
                                       cmocka_unit_test(before_is_not_after),
                                       cmocka_unit_test(references_can_be_followed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
