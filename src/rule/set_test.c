/* Sets of rules: sorted, numbered, merged; and the selectors that name rules in them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/set.h"

#include "base/buf.h"
#include "rule/select.h"

#include <string.h>

static const Str word = STR_INIT("word");
static const Ask parts[] = {{.kind = ASK_MATCHES, .pattern = STR_INIT("b")},
                            {.kind = ASK_MATCHES, .pattern = STR_INIT("a")}};
static const Ask where = {.kind = ASK_ALL, .parts = parts, .part_count = 2};

static Rule text_rule(const char *id, const char *name, const char *pattern) {
    return (Rule){.id = str_from(id),
                  .name = str_from(name),
                  .pack = STR("p"),
                  .file = STR("r.yaml"),
                  .match = MATCH_TEXT,
                  .pattern = str_from(pattern),
                  .literals = {&word, 1}};
}

static void build(Arena *a, RuleSet *set, const Rule *rules, size_t count) {
    Error err = {""};
    if (!rule_set_build(a, rules, count, set, &err)) fail_msg("%s", err.text);
}

static void sorts_and_numbers(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet set;
    Rule rules[] = {text_rule("B2", "two", "a"), text_rule("B1", "one", "c"),
                    text_rule("A9", "nine", "a")};
    rules[1].match = MATCH_RESOURCE;
    rules[1].resource.where = &where;
    build(&arena, &set, rules, 3);
    assert_true(str_eq(set.rules[0].id, STR("A9")));
    assert_true(str_eq(set.rules[1].id, STR("B1")));
    assert_true(str_eq(set.rules[2].id, STR("B2")));
    assert_int_equal(set.pattern_count, 2);
    assert_int_equal(set.rules[0].regex, set.rules[2].regex);
    assert_true(str_eq(set.patterns[set.rules[0].regex], STR("a")));
    const Ask *asks = set.rules[1].resource.where->parts;
    assert_true(str_eq(set.patterns[asks[0].regex], STR("b")));
    assert_true(str_eq(set.patterns[asks[1].regex], STR("a")));
    arena_release(&arena);
}

static void merges(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet base, more, merged;
    Error err = {""};
    const Rule ours[] = {text_rule("A1", "one", "x"), text_rule("A2", "two", "y")};
    const Rule theirs[] = {text_rule("A2", "better", "z"), text_rule("A3", "three", "x")};
    build(&arena, &base, ours, 2);
    build(&arena, &more, theirs, 2);
    assert_true(rule_set_merge(&arena, &base, &more, &merged, &err));
    assert_int_equal(merged.count, 3);
    assert_true(str_eq(merged.rules[1].name, STR("better")));
    assert_true(str_eq(merged.patterns[merged.rules[1].regex], STR("z")));
    assert_int_equal(merged.rules[0].regex, merged.rules[2].regex);
    assert_int_equal(merged.literal_rules[0], 7);
    arena_release(&arena);
}

static void refuses_two_of_one_name(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet base, more, merged;
    Error err = {""};
    const Rule ours = text_rule("A1", "one", "x"), theirs = text_rule("A2", "one", "y");
    build(&arena, &base, &ours, 1);
    build(&arena, &more, &theirs, 1);
    assert_false(rule_set_merge(&arena, &base, &more, &merged, &err));
    assert_string_equal(err.text, "r.yaml:1:1: the name 'one' belongs to A1 already");
    arena_release(&arena);
}

static void follows_what_can_be_fixed(void **state) {
    (void)state;
    static const struct {
        const char *follow;
        FixKind fix; /* of A1 */
        const char *want;
    } rows[] = {
        {"A1", FIX_CONVERT, ""},
        {"A1", FIX_STEPS, ""},
        {"A1", FIX_NONE, "r.yaml: the fix follows A1, which changes no resource"},
        {"one", FIX_STEPS, "r.yaml: the fix follows one, and there is no such rule"},
        {"A9", FIX_STEPS, "r.yaml: the fix follows A9, and there is no such rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        RuleSet base, more, merged;
        Error err = {""};
        Rule ours = text_rule("A1", "one", "x"), theirs = text_rule("A2", "two", "y");
        Str id = str_from(rows[i].follow);
        ours.fix.kind = rows[i].fix;
        theirs.fix = (Fix){.kind = FIX_FOLLOW, .follow = {&id, 1}};
        build(&arena, &base, &ours, 1);
        build(&arena, &more, &theirs, 1);
        bool good = rule_set_merge(&arena, &base, &more, &merged, &err);
        assert_int_equal(good, *rows[i].want == '\0');
        assert_string_equal(err.text, rows[i].want);
        arena_release(&arena);
    }
}

static void speaks_instead_of_known_rules(void **state) {
    (void)state;
    static const struct {
        const char *other, *want;
    } rows[] = {
        {"A1", ""},
        {"A9", "r.yaml: it speaks instead of A9, and there is no such rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        RuleSet base, more, merged;
        Error err = {""};
        Rule ours = text_rule("A1", "one", "x"), theirs = text_rule("A2", "two", "y");
        Str id = str_from(rows[i].other);
        theirs.instead_of = (StrList){&id, 1};
        build(&arena, &base, &ours, 1);
        build(&arena, &more, &theirs, 1);
        bool good = rule_set_merge(&arena, &base, &more, &merged, &err);
        assert_int_equal(good, *rows[i].want == '\0');
        assert_string_equal(err.text, rows[i].want);
        arena_release(&arena);
    }
}

static void selects(void **state) {
    (void)state;
    static const struct {
        const char *selector;
        bool want;
    } rows[] = {
        {"KFT001", true},     {"KFT", true},      {"KFT0", true},     {"K", true},
        {"pytorchjob", true}, {"trainer", true},  {"", false},        {"KFT002", false},
        {"kft001", false},    {"pytorch", false}, {"KFT0011", false}, {"wva", false},
    };
    const Rule rule = {.id = STR("KFT001"), .name = STR("pytorchjob"), .pack = STR("trainer")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (selector_names(str_from(rows[i].selector), &rule) != rows[i].want) {
            fail_msg("'%s'", rows[i].selector);
        }
    }
}

static void checks_selectors(void **state) {
    (void)state;
    static const struct {
        const char *selector, *want; /* NULL: it names a rule */
    } rows[] = {
        {"KFT", NULL},
        {"trainer", NULL},
        {"KFT003", "no rule, beginning of ids, or pack is called 'KFT003'; did you mean 'KFT001'?"},
        {"trianer",
         "no rule, beginning of ids, or pack is called 'trianer'; did you mean 'trainer'?"},
        {"something-else", "no rule, beginning of ids, or pack is called 'something-else'"},
    };
    const Rule rule = {.id = STR("KFT001"), .name = STR("pytorchjob"), .pack = STR("trainer")};
    const RuleSet set = {.rules = &rule, .count = 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Error err = {""};
        bool good = selector_check(&set, str_from(rows[i].selector), &err);
        if (good != (rows[i].want == NULL) || strcmp(err.text, good ? "" : rows[i].want) != 0) {
            fail_msg("'%s': got '%s'", rows[i].selector, err.text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_and_numbers),
        cmocka_unit_test(merges),
        cmocka_unit_test(refuses_two_of_one_name),
        cmocka_unit_test(selects),
        cmocka_unit_test(follows_what_can_be_fixed),
        cmocka_unit_test(speaks_instead_of_known_rules),
        cmocka_unit_test(checks_selectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
