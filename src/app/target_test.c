/* Versions, packs and which rules hold for them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/target.h"

static const struct {
    const char *a, *b;
    int want; /* 2: not comparable */
} versions[] = {
    {"2.3", "2.3", 0}, {"2.9", "2.10", -1}, {"2.10", "2.9", 1},  {"2", "2.0", 0},
    {"2.0.1", "2", 1}, {"1.34", "1.4", 1},  {"guide", "0.5", 2}, {"0.5", "guide", 2},
    {"", "1", 2},      {"1.", "1", 2},      {"1.x", "2", 2},     {"0.6", "0.6.0.0", 0},
};

static void test_versions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        int order = 0;
        bool ok = version_compare(str_from(versions[i].a), str_from(versions[i].b), &order);
        if ((ok ? order : 2) != versions[i].want)
            fail_msg("%s against %s: %d", versions[i].a, versions[i].b, ok ? order : 2);
    }
}

static const struct {
    const char *pack, *version, *want; /* want NULL: valid */
} targets[] = {
    {"trainer", "2.0", NULL},
    {"trainer", "2.4", "unknown target '2.4' for trainer; it is 2.0, 2.1, 2.2 or 2.3"},
    {"trainer", "2.30", "unknown target '2.30' for trainer; it is 2.0, 2.1, 2.2 or 2.3"},
    {"trainer", "", "unknown target '' for trainer; it is 2.0, 2.1, 2.2 or 2.3"},
    {"wva", "annotations", NULL},
    {"wva", "Guide", "unknown target 'Guide' for wva; it is guide, 0.5, 0.6 or annotations"},
    {"charmed", "1.7", NULL},
    {"charmed", "1.8", "unknown target '1.8' for charmed; it is 1.7"},
    {"chutes", "karmada", NULL},
    {"calico", "3.30", "the pack calico has no targets to choose from"},
    {"kubernetes", "1.0", NULL},
    {"kubernetes", "1.200", NULL},
    {"kubernetes", "1.x", "unknown target '1.x' for kubernetes; it is 1.N, for example 1.34"},
    {"kubernetes", "2.0", "unknown target '2.0' for kubernetes; it is 1.N, for example 1.34"},
    {"kuberentes", "1.30", "unknown pack 'kuberentes', did you mean 'kubernetes'?"},
    {"xyz", "1",
     "unknown pack 'xyz'; it is one of trainer, wva, chutes, charmed, calico or "
     "kubernetes"},
};

static void test_targets(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        Pack pack;
        Error err = {0};
        if (pack_find(str_from(targets[i].pack), &pack, &err))
            target_check(pack, str_from(targets[i].version), &err);
        assert_string_equal(err.text, targets[i].want ? targets[i].want : "");
    }
}

/* What help offers must be accepted, and so must what nobody chose. */
static void test_examples_are_valid(void **state) {
    (void)state;
    Error err;
    size_t count;
    const Str *examples = target_examples(&count);
    for (size_t i = 0; i < count; i++) {
        size_t equals = str_find_char(examples[i], '=');
        Pack pack;
        assert_true(pack_find(str_slice(examples[i], 0, equals), &pack, &err));
        assert_true(target_check(pack, str_from_offset(examples[i], equals + 1), &err));
    }
    for (Pack p = 0; p < PACK_COUNT; p++)
        assert_true(!target_default(p).len || target_check(p, target_default(p), &err));
}

static const struct {
    const char *name;
    TargetRange targets[3];
    size_t count;
    bool want; /* for trainer 2.1, wva guide, kubernetes 1.34 */
} fits[] = {
    {"no target", {{{0}, {0}, {0}}}, 0, true},
    {"any of the pack", {{STR_INIT("trainer"), {0}, {0}}}, 1, true},
    {"from", {{STR_INIT("trainer"), STR_INIT("2.0"), {0}}}, 1, true},
    {"from the same", {{STR_INIT("trainer"), STR_INIT("2.1"), {0}}}, 1, true},
    {"from later", {{STR_INIT("trainer"), STR_INIT("2.2"), {0}}}, 1, false},
    {"up to the same", {{STR_INIT("trainer"), {0}, STR_INIT("2.1")}}, 1, true},
    {"up to earlier", {{STR_INIT("trainer"), {0}, STR_INIT("2.0")}}, 1, false},
    {"minor numbers are numbers", {{STR_INIT("kubernetes"), STR_INIT("1.9"), {0}}}, 1, true},
    {"the word", {{STR_INIT("wva"), STR_INIT("guide"), STR_INIT("guide")}}, 1, true},
    {"another word",
     {{STR_INIT("wva"), STR_INIT("annotations"), STR_INIT("annotations")}},
     1,
     false},
    {"a version where a word was chosen", {{STR_INIT("wva"), STR_INIT("0.5"), {0}}}, 1, false},
    {"one of two ranges",
     {{STR_INIT("wva"), STR_INIT("0.5"), STR_INIT("0.6")},
      {STR_INIT("wva"), STR_INIT("guide"), STR_INIT("guide")}},
     2,
     true},
    {"both packs",
     {{STR_INIT("trainer"), STR_INIT("2.0"), {0}}, {STR_INIT("kubernetes"), STR_INIT("1.30"), {0}}},
     2,
     true},
    {"one of two packs",
     {{STR_INIT("trainer"), STR_INIT("2.0"), {0}}, {STR_INIT("kubernetes"), STR_INIT("1.35"), {0}}},
     2,
     false},
};

static void test_fits(void **state) {
    (void)state;
    const Str chosen[PACK_COUNT] = {
        [PACK_TRAINER] = STR_INIT("2.1"),
        [PACK_WVA] = STR_INIT("guide"),
        [PACK_KUBERNETES] = STR_INIT("1.34"),
    };
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        Rule rule = {.targets = fits[i].targets, .target_count = fits[i].count};
        if (target_fits(&rule, chosen) != fits[i].want) fail_msg("%s", fits[i].name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_examples_are_valid),
        cmocka_unit_test(test_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
