/* Scopes and names of kinds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/kinds.h"

static void knows_scopes(void **state) {
    (void)state;
    static const struct {
        const char *group, *kind;
        bool namespaced, fixed;
    } rows[] = {
        {"", "ConfigMap", true, false},
        {"", "Namespace", false, true},
        {"", "PersistentVolume", false, false},
        {"rbac.authorization.k8s.io", "Role", true, false},
        {"rbac.authorization.k8s.io", "ClusterRole", false, false},
        {"apiextensions.k8s.io", "CustomResourceDefinition", false, true},
        {"trainer.kubeflow.org", "TrainingRuntime", true, false},
        {"trainer.kubeflow.org", "ClusterTrainingRuntime", false, false},
        {"example.com", "Namespace", true, false},
        {"example.com", "Widget", true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str group = str_from(rows[i].group), kind = str_from(rows[i].kind);
        if (kind_is_namespaced(group, kind) != rows[i].namespaced ||
            kind_has_fixed_name(group, kind) != rows[i].fixed)
            fail_msg("%s/%s is taken for something else", rows[i].group, rows[i].kind);
    }
}

/* 256 of them */
#define A16 "aaaaaaaaaaaaaaaa"
#define A64 A16 A16 A16 A16
static const char letters[] = A64 A64 A64 A64;
#define LETTERS(count) ((Str){letters, (count)})

static void checks_names(void **state) {
    (void)state;
    static const struct {
        Str group, kind, name;
        bool good;
    } rows[] = {
#define CORE(kind) STR_INIT(""), STR_INIT(kind)
        {CORE("ConfigMap"), STR_INIT("a"), true},
        {CORE("ConfigMap"), STR_INIT("a.b-c.1"), true},
        {CORE("ConfigMap"), STR_INIT("a--b"), true},
        {CORE("ConfigMap"), STR_INIT(""), false},
        {CORE("ConfigMap"), STR_INIT("a..b"), false},
        {CORE("ConfigMap"), STR_INIT("a-.b"), false},
        {CORE("ConfigMap"), STR_INIT("a.-b"), false},
        {CORE("ConfigMap"), STR_INIT("-a"), false},
        {CORE("ConfigMap"), STR_INIT("a-"), false},
        {CORE("ConfigMap"), STR_INIT("A"), false},
        {CORE("ConfigMap"), STR_INIT("a_b"), false},
        {CORE("ConfigMap"), STR_INIT("a:b"), false},
        {CORE("ConfigMap"), {letters, 253}, true},
        {CORE("ConfigMap"), {letters, 254}, false},
        {CORE("Service"), STR_INIT("a.b"), false},
        {CORE("Service"), STR_INIT("1a"), false},
        {CORE("Service"), {letters, 63}, true},
        {CORE("Service"), {letters, 64}, false},
        {CORE("Namespace"), STR_INIT("1a"), true},
        {STR_INIT("batch"), STR_INIT("CronJob"), {letters, 52}, true},
        {STR_INIT("batch"), STR_INIT("CronJob"), {letters, 53}, false},
        {STR_INIT("trainer.kubeflow.org"), STR_INIT("TrainJob"), {letters, 48}, true},
        {STR_INIT("trainer.kubeflow.org"), STR_INIT("TrainJob"), {letters, 49}, false},
        {STR_INIT("apps"), STR_INIT("StatefulSet"), {letters, 52}, true},
        {STR_INIT("apps"), STR_INIT("StatefulSet"), {letters, 53}, false},
        {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("Role"), STR_INIT("a:B"), true},
        {STR_INIT("rbac.authorization.k8s.io"), STR_INIT("Role"), STR_INIT("a/b"), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Error err;
        if (kind_name_check(rows[i].group, rows[i].kind, rows[i].name, &err) != rows[i].good)
            fail_msg("row %zu: '" STR_FMT "' is judged wrongly", i, STR_ARG(rows[i].name));
    }
}

static void checks_generated_names(void **state) {
    (void)state;
    Error err;
    Str group = {0}, kind = STR("Pod");
    assert_true(kind_generated_name_check(group, kind, STR("a-"), &err));
    assert_true(kind_generated_name_check(group, kind, LETTERS(58), &err));
    assert_false(kind_generated_name_check(group, kind, LETTERS(59), &err));
    assert_false(kind_generated_name_check(group, kind, STR("A-"), &err));
}

static void checks_options(void **state) {
    (void)state;
    assert_true(name_is_label(STR("test-1")));
    assert_true(name_is_label(LETTERS(63)));
    assert_false(name_is_label(LETTERS(64)));
    assert_false(name_is_label(STR("a.b")));
    assert_false(name_is_label(STR("")));
    assert_true(name_is_label_value(STR("a-.b_C")));
    assert_true(name_is_label_value(LETTERS(63)));
    assert_false(name_is_label_value(LETTERS(64)));
    assert_false(name_is_label_value(STR("a.")));
    assert_false(name_is_label_value(STR("a:b")));
    assert_false(name_is_label_value(STR("")));
    assert_true(name_is_prefix(STR("copy-")));
    assert_true(name_is_prefix(STR("a.")));
    assert_true(name_is_prefix(STR("1")));
    assert_false(name_is_prefix(STR("")));
    assert_false(name_is_prefix(STR("-")));
    assert_false(name_is_prefix(STR("a-.")));
    assert_false(name_is_prefix(STR("a/")));
    assert_false(name_is_prefix(LETTERS(253)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_scopes),
        cmocka_unit_test(checks_names),
        cmocka_unit_test(checks_generated_names),
        cmocka_unit_test(checks_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
