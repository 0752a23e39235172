/* Which configuration applies where: folders are made below a temporary one, questions asked. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/config.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const TargetRange from_2_2[] = {{STR_INIT("trainer"), STR_INIT("2.2"), {0}}};
static const TargetRange guide_only[] = {{STR_INIT("wva"), STR_INIT("guide"), STR_INIT("guide")}};

static const Rule rules_list[] = {
    {.id = STR_INIT("KFT001"), .name = STR_INIT("pytorchjob-v1"), .pack = STR_INIT("trainer")},
    {.id = STR_INIT("KFT002"),
     .name = STR_INIT("mpijob-v1"),
     .pack = STR_INIT("trainer"),
     .targets = from_2_2,
     .target_count = 1},
    {.id = STR_INIT("UNS001"),
     .name = STR_INIT("unreadable"),
     .pack = STR_INIT("unstale"),
     .match = MATCH_BUILTIN},
    {.id = STR_INIT("WVA001"),
     .name = STR_INIT("old-field"),
     .pack = STR_INIT("wva"),
     .targets = guide_only,
     .target_count = 1},
};

static const RuleSet rules = {.rules = rules_list, .count = 4};

enum { MOST_FILES = 4, MOST_WORDS = 16 };

/* A file whose text is NULL is a directory. */
typedef struct TestFile {
    const char *path, *text;
} TestFile;

static void make_parents(const char *path) {
    for (const char *slash = path; (slash = strchr(slash, '/')); slash++) {
        char directory[256];
        snprintf(directory, sizeof directory, "%.*s", (int)(slash - path), path);
        mkdir(directory, 0777);
    }
}

static void make_file(const TestFile *file) {
    make_parents(file->path);
    if (!file->text) {
        assert_int_equal(mkdir(file->path, 0777), 0);
        return;
    }
    FILE *out = fopen(file->path, "w");
    assert_non_null(out);
    fputs(file->text, out);
    fclose(out);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place) {
    (void)info, (void)kind, (void)place;
    return remove(path);
}

typedef struct Scene {
    Arena arena;
    char directory[64], words[256];
    char *argv[MOST_WORDS];
    int argc;
    Options options;
    Configs *configs;
    Error err;
} Scene;

/* Makes the files, goes to their directory (or to `stand` below it), opens the configurations. */
static bool scene_open(Scene *s, const TestFile *files, const char *stand, const char *words) {
    *s = (Scene){.directory = "/tmp/unstale-config-XXXXXX"};
    assert_non_null(mkdtemp(s->directory));
    assert_int_equal(chdir(s->directory), 0);
    for (size_t i = 0; i < MOST_FILES && files[i].path; i++) make_file(&files[i]);
    assert_int_equal(chdir(stand ? stand : "."), 0);
    snprintf(s->words, sizeof s->words, "unstale check %s", words);
    char *rest = s->words;
    for (char *word; (word = strsep(&rest, " "));) {
        if (*word) s->argv[s->argc++] = word;
    }
    return options_parse(s->argc, s->argv, &s->options, &s->err) &&
           (s->configs = configs_open(&s->arena, &s->options, STR("0.3.1"), &s->err)) &&
           configs_use(s->configs, &rules, &s->err);
}

static void scene_close(Scene *s) {
    configs_close(s->configs);
    options_release(&s->options);
    arena_release(&s->arena);
    assert_int_equal(chdir("/"), 0);
    nftw(s->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const struct {
    const char *name;
    TestFile files[MOST_FILES];
    const char *stand, *words, *path;
    const char *want; /* the files it came from, then the rules in use */
} rows[] = {
    {"defaults", {{"a.yaml", ""}}, NULL, "", "a.yaml", "KFT001 KFT002 UNS001 WVA001"},
    {"at the PATH",
     {{".unstale.yaml", "select: [KFT001]"}},
     NULL,
     "",
     "a.yaml",
     ".unstale.yaml: KFT001 UNS001"},
    {"at the repository's root",
     {{".git", NULL}, {".unstale.yaml", "ignore: [KFT]"}, {"a/b/c.yaml", ""}},
     NULL,
     "a/b",
     "a/b/c.yaml",
     ".unstale.yaml: UNS001 WVA001"},
    {"seen from below",
     {{".git", NULL}, {".unstale.yaml", "ignore: [KFT]"}, {"a/b/c.yaml", ""}},
     "a",
     "b",
     "b/c.yaml",
     "../.unstale.yaml: UNS001 WVA001"},
    {"not above the repository",
     {{".unstale.yaml", "ignore: [KFT]"}, {"a/.git", NULL}, {"a/b/c.yaml", ""}},
     NULL,
     "a/b",
     "a/b/c.yaml",
     "KFT001 KFT002 UNS001 WVA001"},
    {"above the PATH without a repository",
     {{".unstale.yaml", "ignore: [KFT]\nfail-on: note"}, {"a/b/c.yaml", ""}},
     NULL,
     "a/b",
     "a/b/c.yaml",
     ".unstale.yaml: UNS001 WVA001"},
    {"the nearest lies on the root's",
     {{".git", NULL},
      {".unstale.yaml", "ignore: [KFT]\nextend-ignore: [UNS]"},
      {"a/.unstale.yaml", "ignore: [wva]\ntargets: {trainer: '2.1'}"}},
     NULL,
     "",
     "a/b/c.yaml",
     ".unstale.yaml a/.unstale.yaml: KFT001"},
    {"only the nearest of two below",
     {{".git", NULL}, {"a/.unstale.yaml", "ignore: [KFT]"}, {"a/b/.unstale.yaml", "ignore: [wva]"}},
     NULL,
     "",
     "a/b/c.yaml",
     "a/b/.unstale.yaml: KFT001 KFT002 UNS001"},
    {"a repository inside is no root",
     {{".git", NULL}, {".unstale.yaml", "ignore: [KFT]"}, {"a/.git", NULL}},
     NULL,
     "",
     "a/c.yaml",
     ".unstale.yaml: UNS001 WVA001"},
    {"the command line replaces",
     {{".unstale.yaml", "select: [KFT001]\nignore: [UNS]"}},
     NULL,
     "--select wva --ignore KFT",
     "a.yaml",
     ".unstale.yaml: UNS001 WVA001"},
    {"targets of the command line",
     {{".unstale.yaml", "targets: {trainer: '2.3', wva: guide}"}},
     NULL,
     "--target trainer=2.1 --target wva=annotations",
     "a.yaml",
     ".unstale.yaml: KFT001 UNS001"},
    {"--isolated",
     {{".unstale.yaml", "ignore: [KFT"}},
     NULL,
     "--isolated",
     "a.yaml",
     "KFT001 KFT002 UNS001 WVA001"},
    {"--config",
     {{".unstale.yaml", "ignore: [KFT"}, {"x/c.yml", "select: [old-field]\nfail-on: error"}},
     NULL,
     "--config x/c.yml",
     "a.yaml",
     "x/c.yml: UNS001 WVA001"},
    {"standard input belongs to its name",
     {{"a/.git", NULL}, {"a/.unstale.yaml", "select: [wva]\nfail-on: note"}},
     NULL,
     "- --stdin-filename a/b/not-there.yaml",
     "a/b/not-there.yaml",
     "a/.unstale.yaml: UNS001 WVA001"},
    {"standard input without a name",
     {{".unstale.yaml", "select: [wva]"}},
     NULL,
     "-",
     "-",
     ".unstale.yaml: UNS001 WVA001"},
    {"a file as PATH",
     {{"a/.unstale.yaml", "select: [wva]"}, {"a/b.yaml", ""}},
     NULL,
     "a/b.yaml",
     "a/b.yaml",
     "a/.unstale.yaml: UNS001 WVA001"},
    {"an empty selection",
     {{".unstale.yaml", "select: []"}},
     NULL,
     "",
     "a.yaml",
     ".unstale.yaml: UNS001"},
    {"a version that fits",
     {{".unstale.yaml", "required-version: '>=0.3'"}},
     NULL,
     "",
     "a.yaml",
     ".unstale.yaml: KFT001 KFT002 UNS001 WVA001"},
};

static void describe(Buf *out, const Config *c) {
    for (size_t i = 0; i < c->files.len; i++)
        buf_addf(out, "%s" STR_FMT, i ? " " : "", STR_ARG(c->files.items[i]));
    if (c->files.len) buf_add(out, STR(": "));
    const char *space = "";
    for (size_t i = 0; i < rules.count; i++) {
        if (!rules_has(c->active, i)) continue;
        buf_addf(out, "%s" STR_FMT, space, STR_ARG(rules_list[i].id));
        space = " ";
    }
}

static void test_layers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Scene s;
        if (!scene_open(&s, rows[i].files, rows[i].stand, rows[i].words))
            fail_msg("%s: %s", rows[i].name, s.err.text);
        const Config *c = config_for(s.configs, str_from(rows[i].path), &s.err);
        if (!c) fail_msg("%s: %s", rows[i].name, s.err.text);
        assert_ptr_equal(c, config_for(s.configs, str_from(rows[i].path), &s.err));
        Buf got = {0};
        describe(&got, c);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: %s", rows[i].name, buf_cstr(&got));
        buf_release(&got);
        scene_close(&s);
    }
}

static const struct {
    const char *name;
    TestFile files[MOST_FILES];
    const char *words, *path, *want;
} bad[] = {
    {"unknown rule",
     {{".unstale.yaml", "select: [KFT001]\nignore:\n  - KTF002"}},
     "",
     "a.yaml",
     ".unstale.yaml:3:5: no rule, beginning of ids, or pack is called 'KTF002'; did you mean "
     "'KFT002'?"},
    {"unknown rule on the command line", {{0}}, "--select QQQ", "a.yaml", "the command line: "},
    {"unknown rule in suppress",
     {{".unstale.yaml", "suppress: [{rule: KFT9, why: w}]"}},
     "",
     "a.yaml",
     ".unstale.yaml:1:19: no rule"},
    {"in the nearest",
     {{".git", NULL}, {"a/.unstale.yaml", "ignroe: []"}},
     "",
     "a/b.yaml",
     "a/.unstale.yaml:1:1: unknown key"},
    {"the root's keys below it",
     {{".git", NULL}, {"a/.unstale.yaml", "fail-on: note"}},
     "",
     "a/b.yaml",
     "a/.unstale.yaml:1:1: fail-on may only stand in the configuration at the root"},
    {"no such --config",
     {{0}},
     "--config x.yaml",
     "a.yaml",
     "cannot open x.yaml: No such file or directory"},
    {"a directory for a file",
     {{".unstale.yaml", NULL}},
     "",
     "a.yaml",
     ".unstale.yaml is no regular file"},
    {"too new",
     {{".unstale.yaml", "required-version: '>=0.4'"}},
     "",
     "a.yaml",
     ".unstale.yaml:1:19: this needs unstale >=0.4, but here is 0.3.1"},
    {"not that one",
     {{".unstale.yaml", "required-version: '0.3'"}},
     "",
     "a.yaml",
     ".unstale.yaml:1:19: this needs unstale 0.3, but here is 0.3.1"},
};

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Scene s;
        if (scene_open(&s, bad[i].files, NULL, bad[i].words) &&
            config_for(s.configs, str_from(bad[i].path), &s.err))
            fail_msg("%s: accepted", bad[i].name);
        if (!str_starts(str_from(s.err.text), str_from(bad[i].want)))
            fail_msg("%s: %s", bad[i].name, s.err.text);
        scene_close(&s);
    }
}

static const struct {
    const char *name, *root, *below, *words, *path;
    bool want;
} excludes[] = {
    {"any depth", "exclude: ['*.gen.yaml']", "", "", "a/b/x.gen.yaml", true},
    {"from the file's directory", "exclude: [a/b]", "", "", "a/b/x.yaml", true},
    {"not deeper", "exclude: [b/x.yaml]", "", "", "a/b/x.yaml", false},
    {"relative to the nearest", "", "exclude: [b/x.yaml]", "", "a/b/x.yaml", true},
    {"the nearest says nothing elsewhere", "", "exclude: [x.yaml]", "", "x.yaml", false},
    {"the nearest replaces", "exclude: [a/b]", "exclude: [c]", "", "a/b/x.yaml", false},
    {"the nearest adds", "extend-exclude: [a/b]", "extend-exclude: [c]", "", "a/b/x.yaml", true},
    {"the command line replaces", "exclude: [a/b]", "", "--exclude c", "a/b/x.yaml", false},
    {"the command line stands where the user stands", "", "", "--exclude a/b", "a/b/x.yaml", true},
};

static void test_excludes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof excludes / sizeof *excludes; i++) {
        const TestFile files[MOST_FILES] = {{".git", NULL},
                                            {".unstale.yaml", excludes[i].root},
                                            {"a/.unstale.yaml", excludes[i].below}};
        Scene s;
        if (!scene_open(&s, files, NULL, excludes[i].words))
            fail_msg("%s: %s", excludes[i].name, s.err.text);
        Str path = str_from(excludes[i].path);
        const Config *c = config_for(s.configs, path, &s.err);
        assert_non_null(c);
        if (config_excludes(s.configs, c, path) != excludes[i].want)
            fail_msg("%s", excludes[i].name);
        scene_close(&s);
    }
}

static const struct {
    const char *name, *entry;
    size_t rule;
    const char *path, *kind, *namespace, *object;
    bool want;
} suppressions[] = {
    {"by rule", "rule: KFT001", 0, "a.yaml", "Pod", "n", "x", true},
    {"another rule", "rule: KFT001", 1, "a.yaml", "Pod", "n", "x", false},
    {"by pack", "rule: trainer", 1, "a.yaml", "Pod", "n", "x", true},
    {"by path", "path: d/**", 3, "d/a.yaml", "Pod", "n", "x", true},
    {"another path", "path: d/**", 3, "a.yaml", "Pod", "n", "x", false},
    {"by resource", "resource: {kind: Pod, name: x}", 0, "a.yaml", "Pod", "n", "x", true},
    {"another name", "resource: {kind: Pod, name: x}", 0, "a.yaml", "Pod", "n", "xy", false},
    {"by a glob", "resource: {namespace: team-*}", 0, "a.yaml", "Pod", "team-a", "x", true},
    {"no resource", "resource: {name: '*'}", 0, "a.yaml", "", "", "", false},
    {"all must hold", "rule: KFT001, path: b.yaml", 0, "a.yaml", "", "", "", false},
};

static void test_suppressions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof suppressions / sizeof *suppressions; i++) {
        char text[256];
        snprintf(text, sizeof text, "suppress: [{%s, why: w, until: 2027-01-31}]",
                 suppressions[i].entry);
        const TestFile files[MOST_FILES] = {{".unstale.yaml", text}};
        Scene s;
        if (!scene_open(&s, files, NULL, "")) fail_msg("%s", s.err.text);
        SuppressQuestion q = {suppressions[i].rule, str_from(suppressions[i].path),
                              str_from(suppressions[i].kind), str_from(suppressions[i].namespace),
                              str_from(suppressions[i].object)};
        const Config *c = config_for(s.configs, q.path, &s.err);
        assert_non_null(c);
        assert_int_equal(c->suppression_count, 1);
        assert_int_equal(c->suppressions[0].entry->until, 20270131);
        if (suppression_covers(s.configs, &c->suppressions[0], &q) != suppressions[i].want)
            fail_msg("%s", suppressions[i].name);
        scene_close(&s);
    }
}

static const struct {
    const char *name, *text, *words;
    FailOn want;
} fail_on[] = {
    {"by itself", "", "", FAIL_ON_WARNING},
    {"the root's", "fail-on: error", "", FAIL_ON_ERROR},
    {"the command line's", "fail-on: error", "--fail-on never", FAIL_ON_NEVER},
};

static void test_fail_on(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof fail_on / sizeof *fail_on; i++) {
        const TestFile files[MOST_FILES] = {{".unstale.yaml", fail_on[i].text}};
        Scene s;
        assert_true(scene_open(&s, files, NULL, fail_on[i].words));
        const Config *c = config_for(s.configs, STR("a.yaml"), &s.err);
        assert_non_null(c);
        if (c->fail_on != fail_on[i].want) fail_msg("%s: %d", fail_on[i].name, c->fail_on);
        scene_close(&s);
    }
}

static void test_show(void **state) {
    (void)state;
    const TestFile files[MOST_FILES] = {{".unstale.yaml", "targets: {trainer: '2.1'}\nrules: [r]"}};
    Scene s;
    assert_true(scene_open(&s, files, NULL, "--ignore wva"));
    assert_string_equal(configs_root(s.configs)->rules.items[0].text.data, "r");
    const Config *c = config_for(s.configs, STR("a.yaml"), &s.err);
    Buf got = {0};
    config_show(c, &rules, &got);
    assert_string_equal(buf_cstr(&got), "# .unstale.yaml\n"
                                        "targets:\n"
                                        "  trainer: \"2.1\"\n"
                                        "  wva: \"guide\"\n"
                                        "  chutes: \"karmada\"\n"
                                        "  charmed: \"1.7\"\n"
                                        "  kubernetes: \"1.34\"\n"
                                        "ignore: [\"wva\"]\n"
                                        "rules: [\"r\"]\n"
                                        "fail-on: warning\n"
                                        "# rules in use: KFT001 UNS001\n");
    buf_release(&got);
    scene_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers),   cmocka_unit_test(test_bad),
        cmocka_unit_test(test_excludes), cmocka_unit_test(test_suppressions),
        cmocka_unit_test(test_fail_on),  cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
