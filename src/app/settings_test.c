/* What a configuration file may say, how its faults are told, and how layers lie on each other. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/settings.h"

#include <string.h>

static bool read_text(Arena *a, const char *text, bool at_root, Settings *out, Error *err) {
    *err = (Error){0};
    return settings_read(a, STR("c.yaml"), str_copy(a, str_from(text)), STR("/b"), at_root, out,
                         err);
}

static void assert_shown(const char *name, const Settings *s, const char *want) {
    Buf got = {0};
    settings_show(s, &got);
    if (!str_eq(buf_str(&got), str_from(want)))
        fail_msg("%s:\n%s--- wanted:\n%s", name, buf_cstr(&got), want);
    buf_release(&got);
}

static const struct {
    const char *name, *text, *want;
} good[] = {
    {"nothing", "", ""},
    {"comments only", "# nothing yet\n", ""},
    {"targets", "targets: {trainer: 2.3, wva: guide}\n",
     "targets:\n  trainer: \"2.3\"\n  wva: \"guide\"\n"},
    {"lists", "select: [KFT, wva]\nignore:\n  - KFT001\nextend-ignore: CNI\n",
     "select: [\"KFT\", \"wva\"]\nignore: [\"KFT001\"]\nextend-ignore: [\"CNI\"]\n"},
    {"an empty list is said", "ignore: []\n", "ignore: []\n"},
    {"globs", "exclude: [vendor/]\nextend-exclude: ['*.gen.yaml']\n",
     "exclude: [\"vendor/\"]\nextend-exclude: [\"*.gen.yaml\"]\n"},
    {"suppress",
     "suppress:\n- {rule: KFT001, path: a/**, until: 2027-01-31, why: later}\n"
     "- resource: {kind: Pod, namespace: n, name: x-*}\n  why: \"a \\\"b\\\"\"\n",
     "suppress:\n"
     "  - {rule: \"KFT001\", path: \"a/**\", until: 2027-01-31, why: \"later\"}\n"
     "  - {resource: {kind: \"Pod\", namespace: \"n\", name: \"x-*\"}, why: \"a \\\"b\\\"\"}\n"},
    {"suppress nothing", "suppress: []\n", "suppress: []\n"},
    {"packs",
     "trainer: {keep-image-pull-policy: true, runtime: torch-distributed, finished: skip}\n"
     "wva: {mode: fan-out}\n"
     "calico: {dns: nodelocal, dns-servers: [10.0.0.10, 'fd00::a'], pod-cidrs: 10.0.0.0/8}\n"
     "chutes: {}\n",
     "trainer:\n  keep-image-pull-policy: true\n  runtime: \"torch-distributed\"\n"
     "  finished: skip\nwva:\n  mode: fan-out\ncalico:\n  dns: nodelocal\n"
     "  dns-servers: [\"10.0.0.10\", \"fd00::a\"]\n  pod-cidrs: [\"10.0.0.0/8\"]\n"},
    {"the root's keys",
     "inventory: [dump.yaml]\ncrds: crds\nrules: [/abs]\nfail-on: never\ncluster-domain: c.local\n",
     "inventory: [\"dump.yaml\"]\ncrds: [\"crds\"]\nrules: [\"/abs\"]\nfail-on: never\n"
     "cluster-domain: \"c.local\"\n"},
    {"required version", "required-version: '>= 0.1'\n", "required-version: \">= 0.1\"\n"},
    {"aliases", "select: &s [KFT]\nignore: *s\n", "select: [\"KFT\"]\nignore: [\"KFT\"]\n"},
    {"JSON", "{\"targets\": {\"wva\": \"0.5\"}}", "targets:\n  wva: \"0.5\"\n"},
};

static void test_good(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Arena a = {0};
        Settings s;
        Error err;
        if (!read_text(&a, good[i].text, true, &s, &err))
            fail_msg("%s: %s", good[i].name, err.text);
        assert_shown(good[i].name, &s, good[i].want);
        arena_release(&a);
    }
}

static const struct {
    const char *name, *text, *want; /* `want`: the beginning of the message */
} bad[] = {
    {"no mapping", "- a\n", "c.yaml:1:1: the configuration must be a mapping"},
    {"syntax", "a: [\n", "c.yaml:"},
    {"not UTF-8", "a: \xff\n", "c.yaml:1:4: it is not UTF-8"},
    {"duplicate key", "select: [A]\nselect: [B]\n", "c.yaml:2:1: duplicate key"},
    {"unknown key", "select: []\nignroe: [A]\n",
     "c.yaml:2:1: unknown key in the configuration 'ignroe'; did you mean 'ignore'?"},
    {"unknown pack", "targets:\n  trianer: '2.3'\n",
     "c.yaml:2:3: unknown key in targets 'trianer'; did you mean 'trainer'?"},
    {"unknown target", "targets:\n  trainer: '3'\n",
     "c.yaml:2:12: unknown target '3' for trainer; it is 2.0, 2.1, 2.2 or 2.3"},
    {"target of the wrong shape", "targets:\n  trainer: [2.3]\n",
     "c.yaml:2:12: trainer must be a text"},
    {"null list", "select:\n", "c.yaml:1:8: select must be a text"},
    {"empty text", "select: ['']\n", "c.yaml:1:10: select must not be empty"},
    {"nested list", "select: [[A]]\n", "c.yaml:1:10: select must be a text"},
    {"unknown pack option", "calico: {dsn: standard}\n",
     "c.yaml:1:10: unknown key in calico 'dsn'; did you mean 'dns'?"},
    {"no pack options", "chutes: {a: b}\n", "c.yaml:1:10: chutes has no options"},
    {"unknown word", "calico: {dns: standrad}\n",
     "c.yaml:1:15: unknown dns 'standrad'; did you mean 'standard'?"},
    {"yes is no answer", "trainer: {keep-image-pull-policy: yes}\n",
     "c.yaml:1:35: unknown keep-image-pull-policy 'yes'; use one of true, false"},
    {"no address", "calico: {dns-servers: [10.0.0.256]}\n",
     "c.yaml:1:24: dns-servers: '10.0.0.256' is not an IP address"},
    {"prefix too long", "calico: {pod-cidrs: [10.0.0.0/33]}\n",
     "c.yaml:1:22: pod-cidrs: '10.0.0.0/33' is not an address range"},
    {"suppress without why", "suppress:\n- rule: KFT001\n",
     "c.yaml:2:3: an entry of suppress needs a reason: why"},
    {"suppress everything", "suppress:\n- why: because\n",
     "c.yaml:2:3: an entry of suppress needs a rule, a path or a resource"},
    {"bad date", "suppress: [{rule: A, why: w, until: 2027-02-30}]\n",
     "c.yaml:1:37: until: '2027-02-30' is no date (YYYY-MM-DD)"},
    {"suppress is no list", "suppress: {}\n", "c.yaml:1:11: suppress must be a list"},
    {"bad version range", "required-version: newest\n",
     "c.yaml:1:19: required-version: 'newest' is not a version, or the least one: '>=1.2'"},
};

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Arena a = {0};
        Settings s;
        Error err;
        if (read_text(&a, bad[i].text, true, &s, &err)) fail_msg("%s: accepted", bad[i].name);
        if (!str_starts(str_from(err.text), str_from(bad[i].want)))
            fail_msg("%s: %s", bad[i].name, err.text);
        arena_release(&a);
    }
}

static void test_root_only(void **state) {
    (void)state;
    static const char *const texts[] = {"inventory: a\n", "crds: a\n", "rules: a\n",
                                        "fail-on: error\n", "cluster-domain: a\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Arena a = {0};
        Settings s;
        Error err;
        assert_false(read_text(&a, texts[i], false, &s, &err));
        assert_non_null(strstr(err.text, "may only stand in the configuration at the root"));
        arena_release(&a);
    }
}

static const struct {
    const char *name, *below, *above, *want;
} layers[] = {
    {"lists replace", "ignore: [A, B]\n", "ignore: [C]\n", "ignore: [\"C\"]\n"},
    {"an empty list replaces", "ignore: [A]\n", "ignore: []\n", "ignore: []\n"},
    {"what is not said stays", "ignore: [A]\n", "select: [B]\n",
     "select: [\"B\"]\nignore: [\"A\"]\n"},
    {"extend adds", "extend-ignore: [A]\n", "extend-ignore: [B]\n",
     "extend-ignore: [\"A\", \"B\"]\n"},
    {"targets key by key", "targets: {trainer: 2.0, wva: guide}\n", "targets: {wva: 0.6}\n",
     "targets:\n  trainer: \"2.0\"\n  wva: \"0.6\"\n"},
    {"pack options key by key", "calico: {dns: external, pod-cidrs: 10.0.0.0/8}\n",
     "calico: {dns: standard}\n", "calico:\n  dns: standard\n  pod-cidrs: [\"10.0.0.0/8\"]\n"},
    {"suppress replaces", "suppress: [{rule: A, why: a}]\n", "suppress: [{rule: B, why: b}]\n",
     "suppress:\n  - {rule: \"B\", why: \"b\"}\n"},
    {"fail-on", "fail-on: error\n", "fail-on: note\n", "fail-on: note\n"},
};

static void test_layers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        Arena a = {0};
        Settings below, above;
        Error err;
        assert_true(read_text(&a, layers[i].below, true, &below, &err));
        assert_true(read_text(&a, layers[i].above, true, &above, &err));
        settings_lay(&a, &below, &above);
        assert_shown(layers[i].name, &below, layers[i].want);
        arena_release(&a);
    }
}

static void test_paths_follow_their_file(void **state) {
    (void)state;
    Arena a = {0};
    Settings s;
    Error err;
    Str text = STR("rules: [more, /abs]\n");
    assert_true(settings_read(&a, STR("../x/c.yaml"), text, STR("/b"), true, &s, &err));
    assert_shown("paths", &s, "rules: [\"../x/more\", \"/abs\"]\n");
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_root_only),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_paths_follow_their_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
