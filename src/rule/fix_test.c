/* What the fixes of the built-in rules name is there: conversions, and rules to follow. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/convert.h"
#include "rule/set.h"

static void conversions_are_there(void **state) {
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < builtin_rules.count; i++) {
        const Rule *rule = &builtin_rules.rules[i];
        if (rule->fix.kind != FIX_CONVERT) continue;
        count++;
        if (conversion_find(rule->fix.conversion)) continue;
        fail_msg(STR_FMT ": no conversion '" STR_FMT "'", STR_ARG(rule->id),
                 STR_ARG(rule->fix.conversion));
    }
    assert_true(count > 0);
}

/* Merging checks it for rules that are read at run time; here it checks those of the build. */
static void followed_rules_can_be_fixed(void **state) {
    (void)state;
    Arena arena = {0};
    const RuleSet none = {0};
    RuleSet set;
    Error err = {""};
    if (!rule_set_merge(&arena, &builtin_rules, &none, &set, &err)) fail_msg("%s", err.text);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversions_are_there),
        cmocka_unit_test(followed_rules_can_be_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
