/* Each form is told by its keys. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_era.h"
#include "yaml/parse.h"

static const struct {
    const char *spec;
    Era want;
} rows[] = {
    {"{}", ERA_UNKNOWN},
    {"{modelID: m}", ERA_MODEL},
    {"{modelID: m, variantCost: '1'}", ERA_MODEL},
    {"{modelID: m, modelProfile: {accelerators: [{acc: A, alpha: '1'}]}, sloClassRef: {key: k}}",
     ERA_ALPHA_BETA},
    {"{modelID: m, modelProfile: {accelerators: [{acc: A}]}, sloClassRef: {key: k}}", ERA_FIRST},
    {"{modelProfile: {accelerators: [{acc: A}]}, sloClassRef: {key: k}, variantCost: '1'}",
     ERA_COST},
    {"{modelID: m, modelProfile: {accelerators: [{acc: A}]}, variantCost: '1'}", ERA_LAST},
    {"{modelID: m, modelProfile: {accelerators: [{acc: A}]}, sloClassRef: {}}", ERA_LAST},
    {"{modelProfile: {accelerators: [{acc: A}]}, scaleTargetRef: {name: n}}", ERA_TWO_FORMS},
    {"{modelProfile: {accelerators: [{acc: A, alpha: '1'}]}, scaleTargetRef: {name: n}}",
     ERA_TWO_FORMS},
    {"{modelProfile: {}, scaleTargetRef: {name: n}}", ERA_SCALE_TARGET},
    {"{variants: [{acc: A}], modelProfile: {accelerators: [{acc: A}]}}", ERA_VARIANTS},
    {"{variants: [], modelID: m}", ERA_MODEL},
    {"{modelID: m, variantID: i}", ERA_DRAFT},
    {"{modelID: m, variantProfile: {maxBatchSize: 1}}", ERA_DRAFT},
    {"{modelID: m, accelerator: A, scaleTargetRef: {name: n}}", ERA_GUIDE},
    {"{modelID: m, accelerator: A, scaleTargetRef: {name: n}, maxReplicas: 1}", ERA_GUIDE},
    {"{acceleratorType: A, scaleTargetRef: {name: n}}", ERA_TYPE},
    {"{acceleratorType: A, modelProfile: {accelerators: [{acc: A}]}}", ERA_TYPE},
    {"{modelID: m, scaleTargetRef: {name: n}}", ERA_SCALE_TARGET},
    {"{modelID: m, scaleTargetRef: {name: n}, maxReplicas: null}", ERA_SCALE_TARGET},
    {"{modelID: m, scaleTargetRef: {name: n}, minReplicas: 0}", ERA_REPLICAS},
    {"{modelID: m, scaleTargetRef: {name: n}, maxReplicas: 4}", ERA_REPLICAS},
};

static Era era_of(Arena *a, const char *kind, const char *spec) {
    Document doc;
    Identity id = {.kind = str_from(kind)};
    assert_true(document_parse(a, str_from(spec), &doc));
    return variant_era(&id, doc.root);
}

static void by_keys(void **state) {
    (void)state;
    Arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Era got = era_of(&a, "VariantAutoscaling", rows[i].spec);
        if (got != rows[i].want)
            fail_msg("%s: '" STR_FMT "', wanted '" STR_FMT "'", rows[i].spec,
                     STR_ARG(era_name(got)), STR_ARG(era_name(rows[i].want)));
    }
    arena_release(&a);
}

static void by_kind(void **state) {
    (void)state;
    Arena a = {0};
    assert_int_equal(era_of(&a, "Optimizer", "{modelID: m}"), ERA_OPTIMIZER);
    arena_release(&a);
}

static void all_have_names(void **state) {
    (void)state;
    for (Era era = 0; era < ERA_COUNT; era++) assert_true(era_name(era).len > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_keys), cmocka_unit_test(by_kind),
                                       cmocka_unit_test(all_have_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
