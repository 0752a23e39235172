/* The target without a resource: each row is a resource with what scales its workload, and what the
 * autoscaler gains. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_test.h"

#include <stdio.h>

#define REF "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: chat\n"
#define LABELLED                                                                                   \
    HEAD "metadata:\n  name: chat\n  labels:\n    inference.optimization/acceleratorName: A100\n"
#define PLAIN HEAD "metadata:\n  name: chat\nspec:\n" REF "  modelID: org/chat\n"
#define HPA(metadata, spec)                                                                        \
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: hpa\n" metadata \
    "spec:\n" REF spec
#define SCALED(spec)                                                                               \
    "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata:\n  name: so\nspec:\n" REF spec
#define ANNOTATED(managed, model)                                                                  \
    "  annotations:\n    llm-d.ai/managed: " managed "\n    llm-d.ai/model-id: " model "\n"

#define CONTROLLER "assumes that the controller reads annotations: v0.8.0 does, and what follows"
#define MANAGED    "metadata.annotations[\"llm-d.ai/managed\"]=true"
#define MODEL      "metadata.annotations[\"llm-d.ai/model-id\"]=org/chat"
#define COST(c)    "metadata.annotations[\"llm-d.ai/variant-cost\"]=" c
#define TYPE       "metadata.labels[\"inference.optimization/acceleratorName\"]=A100"
#define AGAIN      " " MANAGED " " MODEL

typedef struct AnnotationRow {
    const char *name, *input;
    const char *others[3];
    const char *gains; /* NULL: refused, with the reason in notes */
    const char *notes;
} AnnotationRow;

static const AnnotationRow rows[] = {
    {"of a release", PLAIN, {HPA("", "")}, AGAIN, CONTROLLER},
    {"with a cost, labels and bounds",
     LABELLED "    wva.llmd.ai/controller-instance: blue\nspec:\n" REF
              "  modelID: org/chat\n  variantCost: \"40.0\"\n  minReplicas: 2\n  maxReplicas: 8\n",
     {HPA("", "")},
     AGAIN " " COST("40.0") " " TYPE " metadata.labels[\"wva.llmd.ai/controller-instance\"]=blue "
                            "spec.minReplicas=2 spec.maxReplicas=8",
     CONTROLLER},
    {"one replica is the default of an HPA",
     PLAIN "  minReplicas: 1\n",
     {HPA("", "  maxReplicas: 3\n")},
     AGAIN,
     CONTROLLER},
    {"… and not of a ScaledObject",
     PLAIN "  minReplicas: 1\n  maxReplicas: 3\n",
     {SCALED("")},
     AGAIN " spec.minReplicaCount=1 spec.maxReplicaCount=3",
     CONTROLLER},
    {"bounds that disagree",
     PLAIN "  maxReplicas: 3\n",
     {SCALED("  maxReplicaCount: 4\n")},
     AGAIN,
     "ScaledObject 'so' keeps its own maxReplicaCount '4', where this resource says "
     "'3'; " CONTROLLER},
    {"several accelerators",
     OLD("chat", TWO),
     {HPA("", "")},
     AGAIN " " TYPE,
     "the entry of 'L40S' is dropped: one resource scales one Deployment, and the label names "
     "another; " CONTROLLER},
    {"a list of variants with costs",
     LABELLED "spec:\n  modelID: org/chat\n  variants:\n    - {acc: A100, accCount: 1, "
              "variantCost: \"5\"}\n    - {acc: L40S, accCount: 1}\n",
     {HPA("", "")},
     AGAIN " " COST("5") " " TYPE,
     "the entry of 'L40S' is dropped: one resource scales one Deployment, and the label names "
     "another; " CONTROLLER},
    {"several accelerators, and no label",
     HEAD "metadata:\n  name: chat\nspec:\n  modelID: m\n  modelProfile:\n    accelerators:\n" TWO,
     {HPA("", "")},
     NULL,
     "no label says which accelerator is in use"},
    {"annotated already", PLAIN, {HPA(ANNOTATED("\"true\"", "org/chat"), "")}, "", CONTROLLER},
    {"a bare true", PLAIN, {HPA(ANNOTATED("true", "org/chat"), "")}, " " MANAGED, CONTROLLER},
    {"another model",
     PLAIN,
     {HPA(ANNOTATED("\"true\"", "served"), "")},
     "",
     "HorizontalPodAutoscaler 'hpa' keeps its own llm-d.ai/model-id 'served', where this resource "
     "says 'org/chat'; " CONTROLLER},
    {"not to be managed",
     PLAIN,
     {HPA(ANNOTATED("\"false\"", "org/chat"), "")},
     NULL,
     "HorizontalPodAutoscaler 'hpa' says llm-d.ai/managed: false, so that nobody would scale it: "
     "decide which holds"},
    {"none",
     LABELLED "spec:\n" REF "  modelID: org/\"chat\n  variantCost: \"4\"\n",
     {NULL},
     NULL,
     "no HorizontalPodAutoscaler or ScaledObject was seen that scales 'chat': give the one that "
     "does `metadata: {annotations: {llm-d.ai/managed: \"true\", llm-d.ai/model-id: "
     "\"org/\\\"chat\", llm-d.ai/variant-cost: \"4\"}, labels: "
     "{inference.optimization/acceleratorName: \"A100\"}}`"},
    {"none, without a target",
     HEAD "metadata:\n  name: old\nspec:\n  modelID: m\n",
     {NULL},
     NULL,
     "no HorizontalPodAutoscaler or ScaledObject was seen that scales 'old': give the one that "
     "does `metadata: {annotations: {llm-d.ai/managed: \"true\", llm-d.ai/model-id: \"m\"}}`"},
    {"two",
     PLAIN,
     {HPA("", ""), SCALED("")},
     NULL,
     "two autoscalers scale its workload, HorizontalPodAutoscaler 'hpa' and ScaledObject 'so': "
     "leave one of them"},
    {"a cost that a template tells",
     PLAIN "  variantCost: {{ .Values.cost }}\n",
     {HPA("", "")},
     NULL,
     "depends on a template: spec.variantCost"},
    {"a bound that a template tells",
     PLAIN "  maxReplicas: {{ .Values.most }}\n",
     {HPA("", "")},
     NULL,
     "depends on a template: spec.maxReplicas"},
};

static Str gains_of(Arena *a, const Converted *c) {
    Buf text = {0};
    for (size_t i = 0; i < c->gains.len; i++)
        buf_addf(&text, " " STR_FMT "=" STR_FMT, STR_ARG(c->gains.items[i].path),
                 STR_ARG(c->gains.items[i].text));
    Str copy = str_copy(a, buf_str(&text));
    buf_release(&text);
    return copy;
}

static bool same(const char *name, const char *what, Str got, Str want) {
    if (str_eq(got, want)) return true;
    print_error("%s: %s\n  got:  " STR_FMT "\n  want: " STR_FMT "\n", name, what, STR_ARG(got),
                STR_ARG(want));
    return false;
}

static bool check_row(const AnnotationRow *row) {
    Arena a = {0};
    Converted c;
    Row plain = {.name = row->name, .input = row->input};
    Str text = run(&a, &plain, STR("annotations"), "", row->others, &c), want = {0};
    if (!row->gains) want = str_format(&a, "refused: %s", row->notes);
    bool ok = same(row->name, "text", text, want);
    if (row->gains)
        ok = same(row->name, "gains", gains_of(&a, &c), str_from(row->gains)) &&
             same(row->name, "notes", joined(&a, &c), str_from(row->notes)) && c.removed && ok;
    convert_release(&c);
    arena_release(&a);
    return ok;
}

static void autoscalers_gain_what_goes(void **state) {
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) failed += !check_row(&rows[i]);
    assert_int_equal(failed, 0);
}

/* Two manifests of one object gain the same, each what it lacks. */
static void manifests_of_one(void **state) {
    (void)state;
    Arena a = {0};
    Converted c;
    const Row row = {.input = PLAIN};
    const char *others[3] = {HPA("", ""), HPA(ANNOTATED("\"true\"", "org/chat"), "")};
    run(&a, &row, STR("annotations"), "", others, &c);
    assert_int_equal(c.gains.len, 2);
    assert_int_equal(c.gains.items[1].scaler, 0);
    convert_release(&c);
    arena_release(&a);
}

/* What selected the old name selects that of the autoscaler. */
static void the_name_is_the_autoscaler_s(void **state) {
    (void)state;
    Arena a = {0};
    Converted c;
    const Row row = {.input = PLAIN};
    const char *others[3] = {HPA("", "")};
    run(&a, &row, STR("annotations"), "", others, &c);
    assert_int_equal(c.renamed.len, 1);
    assert_true(str_eq(c.renamed.items[0].to, STR("hpa")));
    convert_release(&c);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(autoscalers_gain_what_goes),
        cmocka_unit_test(manifests_of_one),
        cmocka_unit_test(the_name_is_the_autoscaler_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
