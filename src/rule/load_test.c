/* Rule files that are right, and directories of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/load.h"

#include "base/buf.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What every rule below is made of; `match` stands on line 6. */
#define HEAD                                                                                       \
    "id: KFT900\n"                                                                                 \
    "name: some-rule\n"                                                                            \
    "summary: Something is outdated\n"                                                             \
    "severity: error\n"                                                                            \
    "targets: {trainer: \">=2.0\"}\n"
#define MATCH "match: {resource: {kind: PyTorchJob}}\n"
#define TAIL  "message: fix it\nwhy: because\n"

static void parse_good(Arena *arena, const char *text, Rule *rule) {
    Error err = {""};
    if (!rule_parse(arena, STR("r.yaml"), STR("trainer"), str_from(text), rule, &err)) {
        fail_msg("%s", err.text);
    }
}

static void assert_list(StrList list, const char *want) {
    Buf got = {0};
    for (size_t i = 0; i < list.len; i++) buf_addf(&got, STR_FMT " ", STR_ARG(list.items[i]));
    assert_string_equal(buf_cstr(&got), want);
    buf_release(&got);
}

static void assert_key(const Path *path, const char *last) {
    Str key = path->count ? path->steps[path->count - 1].key : (Str){0};
    assert_true(str_eq(key, str_from(last)));
}

static void reads_a_resource_rule(void **state) {
    (void)state;
    Arena arena = {0};
    Rule r;
    parse_good(&arena,
               HEAD "match:\n"
                    "  resource:\n"
                    "    group: kubeflow.org\n"
                    "    version: [v1, v1beta1]\n"
                    "    kind: [PyTorchJob, TFJob]\n"
                    "    name: 'train-*'\n"
                    "    where: [{path: a, exists: false}, {not: {path: b, equals: [x, y]}}]\n"
                    "message: '{kind} {name} {kind} {path:spec.a}'\n"
                    "label: '{group}'\n"
                    "why: because\n",
               &r);
    assert_int_equal(r.match, MATCH_RESOURCE);
    assert_int_equal(r.severity, SEVERITY_ERROR);
    assert_list(r.resource.groups, "kubeflow.org ");
    assert_list(r.resource.versions, "v1 v1beta1 ");
    assert_list(r.resource.kinds, "PyTorchJob TFJob ");
    assert_list(r.resource.names, "train-* ");
    assert_list(r.literals, "PyTorchJob TFJob ");
    assert_list(r.holes, "kind name path:spec.a group ");
    assert_int_equal(r.resource.where->kind, ASK_ALL);
    assert_int_equal(r.resource.where->part_count, 2);
    assert_int_equal(r.resource.where->parts[0].kind, ASK_ABSENT);
    assert_int_equal(r.resource.where->parts[1].kind, ASK_NOT);
    assert_list(r.resource.where->parts[1].parts[0].texts, "x y ");
    assert_int_equal(r.at.count, 1);
    assert_true(str_eq(r.at.steps[0].key, STR("kind")));
    assert_true(str_eq(r.targets[0].low, STR("2.0")) && r.targets[0].high.len == 0);
    arena_release(&arena);
}

static void reads_holes_of_fixes(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        {HEAD MATCH TAIL
         "label: '{name}'\n"
         "fix: {safety: review, title: 'a {kind}', assumes: b, steps: [{set: {path: "
         "a, to: '{name} {path:b}'}}, {drop: {path: c, because: '{value}'}}, "
         "{replace: {path: d, find: '{group}', by: '{version}'}}]}\n",
         "name kind path:b version "},
        {HEAD "match: {text: '(a)', files: b}\nliterals: a\n" TAIL
              "fix: {safety: safe, title: 'a {match}', replace: '{1}'}\n",
         "match "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Rule rule;
        parse_good(&arena, rows[i].text, &rule);
        assert_list(rule.holes, rows[i].want);
        arena_release(&arena);
    }
}

static void reads_literals(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *want;
    } rows[] = {
        {"kinds", HEAD MATCH TAIL, "PyTorchJob "},
        {"groups when there is no kind", HEAD "match: {resource: {group: a.b}}\n" TAIL, "a.b "},
        {"named ones instead", HEAD MATCH TAIL "literals: [x, y]\n", "x y "},
        {"what it refers to as well",
         HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: [Y, X]}}}\n" TAIL, "X Y "},
        {"words in place of its kinds",
         HEAD
         "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, literals: [Z]}}\n" TAIL,
         "X Z "},
        {"named ones and what it refers to",
         HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}}}\n" TAIL
              "literals: z\n",
         "z Y "},
        {"not what is not read",
         HEAD "match: {resource: {kind: X}, each: a, refers: {to: {group: g, kind: Y}, none: true, "
              "unread: true}}\n" TAIL,
         "X "},
        {"none for built-in rules", HEAD "match: {builtin: true}\n" TAIL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Rule rule;
        parse_good(&arena, rows[i].text, &rule);
        assert_list(rule.literals, rows[i].want);
        arena_release(&arena);
    }
}

static void reads_targets(void **state) {
    (void)state;
    static const struct {
        const char *text, *low, *high;
    } rows[] = {
        {"'*'", "", ""},       {"'>=2.0'", "2.0", ""},     {"'<=2.3'", "", "2.3"},
        {"2.3", "2.3", "2.3"}, {"2.1..2.3", "2.1", "2.3"}, {"guide", "guide", "guide"},
        {"'>= 2'", "2", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Rule rule;
        Str text = str_format(&arena,
                              "id: A1\nname: a\nsummary: s\nseverity: note\n"
                              "targets: {trainer: %s}\n" MATCH TAIL,
                              rows[i].text);
        parse_good(&arena, text.data, &rule);
        assert_int_equal(rule.target_count, 1);
        assert_true(str_eq(rule.targets[0].low, str_from(rows[i].low)));
        assert_true(str_eq(rule.targets[0].high, str_from(rows[i].high)));
        arena_release(&arena);
    }
}

static const struct {
    const char *step, *path_end; /* the last key of its path */
    ChangeStep want;
    const char *to_end;
} steps[] = {
    {"set: {path: a.b, to: '{kind}'}", "b", {.kind = CHANGE_SET, .value = STR_INIT("{kind}")}, ""},
    {"set: {path: a.b, to: ''}", "b", {.kind = CHANGE_SET}, ""},
    {"set: {path: a, to: 3, type: plain}",
     "a",
     {.kind = CHANGE_SET, .value = STR_INIT("3"), .plain = true},
     ""},
    {"set: {path: a, to: '{value}', type: plain}",
     "a",
     {.kind = CHANGE_SET, .value = STR_INIT("{value}"), .plain = true},
     ""},
    {"set: {path: a, to: 3, type: string}", "a", {.kind = CHANGE_SET, .value = STR_INIT("3")}, ""},
    {"set: {path: a, to: '3'}", "a", {.kind = CHANGE_SET, .value = STR_INIT("3")}, ""},
    {"rename: {path: 'a[b=c].d', to: e}", "d", {.kind = CHANGE_RENAME, .value = STR_INIT("e")}, ""},
    {"move: {path: a, to: b.c}", "a", {.kind = CHANGE_MOVE}, "c"},
    {"move: {path: a, to: b.c, prune: true}", "a", {.kind = CHANGE_MOVE, .prune = true}, "c"},
    {"drop: {path: a, because: 'its {reason', prune: true}",
     "a",
     {.kind = CHANGE_DROP, .value = STR_INIT("its {reason"), .prune = true},
     ""},
    {"drop: {path: a, because: b, harmless: true}",
     "a",
     {.kind = CHANGE_DROP, .value = STR_INIT("b"), .harmless = true},
     ""},
    {"quote: {path: a}", "a", {.kind = CHANGE_QUOTE}, ""},
    {"replace: {path: a, find: b, by: ''}",
     "a",
     {.kind = CHANGE_REPLACE, .find = STR_INIT("b")},
     ""},
};

static void assert_step(const ChangeStep *step, const ChangeStep *want) {
    assert_int_equal(step->kind, want->kind);
    assert_true(str_eq(step->find, want->find) && str_eq(step->value, want->value));
    assert_int_equal(step->plain, want->plain);
    assert_int_equal(step->harmless, want->harmless);
    assert_int_equal(step->prune, want->prune);
}

static void reads_steps(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        Arena arena = {0};
        Rule rule;
        Str text = str_format(&arena,
                              HEAD MATCH TAIL "fix: {safety: review, title: do it, assumes: so, "
                                              "steps: [{%s}]}\n",
                              steps[i].step);
        parse_good(&arena, text.data, &rule);
        assert_int_equal(rule.fix.step_count, 1);
        assert_step(rule.fix.steps, &steps[i].want);
        assert_key(&rule.fix.steps->path, steps[i].path_end);
        assert_key(&rule.fix.steps->to, steps[i].to_end);
        arena_release(&arena);
    }
}

#define TEXT_MATCH "match: {text: '(a)(b)', files: c}\nliterals: a\n"
#define REFERS     "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}}}\n"

static void reads_fixes(void **state) {
    (void)state;
    static const struct {
        const char *text;
        Fix want;
        const char *follow;
    } rows[] = {
        {HEAD MATCH TAIL, {.kind = FIX_NONE}, ""},
        {HEAD MATCH TAIL "fix: {title: a, steps: [{drop: {path: a, because: '{kind}', harmless: "
                         "true}}], safety: safe}\n",
         {.kind = FIX_STEPS, .title = STR_INIT("a"), .step_count = 1},
         ""},
        {HEAD MATCH TAIL "fix: {convert: train-job}\n",
         {.kind = FIX_CONVERT, .conversion = STR_INIT("train-job")},
         ""},
        {HEAD REFERS TAIL "fix: {convert: a}\n",
         {.kind = FIX_CONVERT, .conversion = STR_INIT("a")},
         ""},
        {HEAD REFERS TAIL "fix: {follow: A1}\n", {.kind = FIX_FOLLOW}, "A1 "},
        {HEAD REFERS TAIL "fix: {follow: [A1, A2]}\n", {.kind = FIX_FOLLOW}, "A1 A2 "},
        {HEAD MATCH TAIL "fix: {title: do it, steps: [{set: {path: a, to: b}}], safety: safe}\n",
         {.kind = FIX_STEPS, .title = STR_INIT("do it"), .step_count = 1},
         ""},
        {HEAD TEXT_MATCH TAIL
         "fix: {safety: review, title: do it, assumes: it is so, replace: 'x{2}{match}{{'}\n",
         {.kind = FIX_REPLACE,
          .safety = FIX_REVIEW,
          .title = STR_INIT("do it"),
          .assumes = STR_INIT("it is so"),
          .replacement = STR_INIT("x{2}{match}{{")},
         ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Rule rule;
        parse_good(&arena, rows[i].text, &rule);
        const Fix *fix = &rule.fix, *want = &rows[i].want;
        assert_int_equal(fix->kind, want->kind);
        assert_int_equal(fix->safety, want->safety);
        assert_true(str_eq(fix->title, want->title) && str_eq(fix->assumes, want->assumes));
        assert_true(str_eq(fix->conversion, want->conversion));
        assert_true(str_eq(fix->replacement, want->replacement));
        assert_int_equal(fix->step_count, want->step_count);
        assert_list(fix->follow, rows[i].follow);
        arena_release(&arena);
    }
}

/* A directory of its own for one test, with a file for each pair of names and texts. */
static void make_files(char *dir, const char *const files[][2], size_t count) {
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < count; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", dir, files[i][0]);
        char *slash = strrchr(path, '/');
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(files[i][1], file);
        fclose(file);
    }
}

static void remove_files(const char *dir, const char *const files[][2], size_t count) {
    char path[256];
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i][0]);
        unlink(path);
        *strrchr(path, '/') = '\0';
        rmdir(path);
    }
    rmdir(dir);
}

#define RULE(id, name)                                                                             \
    "id: " id "\nname: " name "\nsummary: s\nseverity: note\ntargets: {trainer: '*'}\n" MATCH TAIL

static void reads_a_directory(void **state) {
    (void)state;
    static const char *const files[][2] = {
        {"trainer/b.yaml", RULE("KFT002", "two")}, {"trainer/a.yaml", RULE("KFT003", "three")},
        {"trainer/c.yaml", RULE("KFT001", "one")}, {"trainer/.hidden.yaml", "not a rule"},
        {"trainer/README.md", "not a rule"},
    };
    char dir[] = "/tmp/unstale-load-XXXXXX";
    make_files(dir, files, 5);
    Arena arena = {0};
    RuleSet set;
    Error err = {""};
    if (!rule_load(&arena, str_from(dir), &set, &err)) fail_msg("%s", err.text);
    assert_int_equal(set.count, 3);
    assert_true(str_eq(set.rules[0].name, STR("one")));
    assert_true(str_eq(set.rules[2].name, STR("three")));
    assert_true(str_eq(set.rules[0].pack, STR("trainer")));
    assert_true(str_ends(set.rules[0].file, STR("/trainer/c.yaml")));
    assert_ptr_equal(rule_find(&set, STR("KFT002")), &set.rules[1]);
    assert_ptr_equal(rule_find(&set, STR("two")), &set.rules[1]);
    assert_null(rule_find(&set, STR("KFT004")));
    arena_release(&arena);
    remove_files(dir, files, 5);
}

static void refuses_directories(void **state) {
    (void)state;
    static const struct {
        const char *first, *second, *want;
    } rows[] = {
        {RULE("KFT001", "one"), RULE("KFT001", "two"),
         "trainer/b.yaml:1:5: the id 'KFT001' belongs to "},
        {RULE("KFT001", "one"), RULE("KFT002", "one"),
         "trainer/b.yaml:2:7: the name 'one' belongs to "},
        {RULE("KFT001", "one"), "id: x\n", "trainer/b.yaml:1:5: 'id' must be"},
        {RULE("KFT001", "one"), "id: KFT002\n---\nid: KFT003\n", "trainer/b.yaml:"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const files[][2] = {{"trainer/a.yaml", rows[i].first},
                                        {"trainer/b.yaml", rows[i].second}};
        char dir[] = "/tmp/unstale-load-XXXXXX";
        make_files(dir, files, 2);
        Arena arena = {0};
        RuleSet set;
        Error err = {""};
        assert_false(rule_load(&arena, str_from(dir), &set, &err));
        if (!strstr(err.text, rows[i].want)) fail_msg("got '%s'", err.text);
        arena_release(&arena);
        remove_files(dir, files, 2);
    }
}

static void refuses_what_is_not_there(void **state) {
    (void)state;
    Arena arena = {0};
    RuleSet set;
    Error err = {""};
    char dir[] = "/tmp/unstale-load-XXXXXX";
    assert_false(rule_load(&arena, STR("/nowhere/rules"), &set, &err));
    assert_string_equal(err.text,
                        "cannot open the rule directory /nowhere/rules: No such file or directory");
    assert_non_null(mkdtemp(dir));
    assert_false(rule_load(&arena, str_from(dir), &set, &err));
    assert_true(
        str_starts(str_from(err.text), STR("no rule files (*.yaml) in /tmp/unstale-load-")));
    rmdir(dir);
    arena_release(&arena);
}

static void refuses_large_files(void **state) {
    (void)state;
    Buf text = {0};
    buf_addf(&text, "#");
    buf_add_repeat(&text, 'x', LIMIT_RULE_FILE);
    const char *const files[][2] = {{"trainer/a.yaml", buf_cstr(&text)}};
    char dir[] = "/tmp/unstale-load-XXXXXX";
    make_files(dir, files, 1);
    Arena arena = {0};
    RuleSet set;
    Error err = {""};
    assert_false(rule_load(&arena, str_from(dir), &set, &err));
    assert_non_null(strstr(err.text, "/trainer/a.yaml:1:1: a rule file has at most 1048576 bytes"));
    arena_release(&arena);
    remove_files(dir, files, 1);
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_resource_rule),
        cmocka_unit_test(reads_literals),
        cmocka_unit_test(reads_holes_of_fixes),
        cmocka_unit_test(reads_steps),
        cmocka_unit_test(reads_fixes),
        cmocka_unit_test(reads_targets),
        cmocka_unit_test(reads_a_directory),
        cmocka_unit_test(refuses_directories),
        cmocka_unit_test(refuses_what_is_not_there),
        cmocka_unit_test(refuses_large_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
