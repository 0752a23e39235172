/* VariantAutoscalings of all eras to the released forms: each row is a document, and what comes
 * out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/variant_test.h"

#define LABELLED(name, type)                                                                       \
    HEAD "metadata:\n  name: " name                                                                \
         "\n  labels:\n    inference.optimization/acceleratorName: " type "\n"
#define REF(name)                                                                                  \
    "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: " name "\n"
#define RELEASED(name) LABELLED(name, "A100") "spec:\n" REF(name) "  modelID: org/chat\n"
#define CAPPED                                                                                     \
    "no autoscaler of its workload was seen: maxReplicas is left to the CRD's default of 2, "      \
    "above which nothing is scaled"
#define SINGLE(name)                                                                               \
    LABELLED(name, "A100")                                                                         \
    "spec:\n" REF(name) "  modelID: org/chat # ours\n  variantID: org/chat-A100-1\n"               \
                        "  accelerator: A100\n  acceleratorCount: 1\n"

static const Row rows_0_5[] = {
    {"the multi-variant form", OLD("seen", ONE), RELEASED("seen"), NULL},
    {"its Deployment is in doubt", OLD("chat", ONE), RELEASED("chat"), UNSEEN("chat")},
    {"with service class and cost",
     OLD("seen",
         ONE) "  sloClassRef:\n    name: premium\n    key: k\n  variantCost: \"40.0\" # x\n",
     RELEASED("seen") "  variantCost: \"40.0\" # x\n", NULL},
    {"several: the one in use stays", OLD("seen", TWO), RELEASED("seen"),
     "the entry of 'L40S' is dropped: one resource scales one Deployment, and the label names "
     "another"},
    {"several, and nothing tells which is in use",
     HEAD "metadata:\n  name: chat\nspec:\n  modelID: m\n  modelProfile:\n    accelerators:\n" TWO,
     "refused: no label says which accelerator is in use", NULL},
    {"the label is added",
     HEAD "metadata:\n  name: seen\nspec:\n  modelID: org/chat\n  modelProfile:\n    "
          "accelerators:\n" ONE,
     RELEASED("seen"), NULL},
    {"the first drafts",
     "apiVersion: llmd.llm-d.ai/v1alpha1\nkind: Optimizer\nmetadata:\n  name: seen\n  labels:\n"
     "    inference.optimization/acceleratorName: A100\nspec:\n  modelID: org/chat\n"
     "  sloClassRef: {name: a, key: b}\n  modelProfile:\n    accelerators:\n    - acc: A100\n"
     "      accCount: 1\n      alpha: \"1\"\n      beta: \"2\"\n      maxBatchSize: 4\n"
     "      atTokens: 128\n",
     RELEASED("seen"),
     "kind Optimizer was renamed before v0.0.1: what stands under the old kind is another object "
     "to the cluster, delete it there"},
    {"the name is taken under the new kind",
     "apiVersion: llmd.ai/v1alpha1\nkind: Optimizer\nmetadata:\n  name: taken-a100\nspec:\n"
     "  modelID: m\n",
     "refused: there is a VariantAutoscaling 'taken-a100' already, in b.yaml:3: if it was made of "
     "this object, delete what is left of this one, else rename one of the two",
     NULL},
    {"templates in what goes, and in what stays",
     LABELLED("chat", "A100") "spec:\n" REF(
         "chat") "  modelID: m\n  accelerator: A100\n"
                 "  acceleratorCount: {{ .Values.n }}\n  variantCost: {{ .Values.c }}\n",
     LABELLED("chat", "A100") "spec:\n" REF("chat") "  modelID: m\n"
                                                    "  variantCost: {{ .Values.c }}\n",
     NULL},
    {"between the forms",
     OLD("chat", ONE) "  scaleTargetRef: {kind: Deployment, name: other} # kept\n",
     LABELLED("chat", "A100") "spec:\n  modelID: org/chat\n  scaleTargetRef: {kind: Deployment, "
                              "name: other} # kept\n",
     NULL},
    {"the form of the guide",
     SINGLE("chat") "  variantCost: 40\n  sloClassRef: {name: a, key: b}\n"
                    "  variantProfile:\n    maxBatchSize: 4\n",
     LABELLED("chat", "A100") "spec:\n" REF("chat") "  modelID: org/chat # ours\n"
                                                    "  variantCost: \"40\"\n",
     NULL},
    {"a draft without a target",
     LABELLED("seen", "A100") "spec:\n  modelID: org/chat\n  variantID: org/chat-A100-1\n"
                              "  accelerator: A100\n  acceleratorCount: 1\n",
     RELEASED("seen"), NULL},
    {"a label that says another accelerator",
     LABELLED("chat", "L40S") "spec:\n" REF("chat") "  modelID: m\n  accelerator: A100\n",
     LABELLED("chat", "A100") "spec:\n" REF("chat") "  modelID: m\n",
     "the label says 'L40S', but spec names another accelerator: the label follows it"},
    {"the draft with acceleratorType",
     HEAD "metadata:\n  name: chat\nspec:\n" REF("chat") "  modelID: org/chat\n"
                                                         "  acceleratorType: A100\n",
     RELEASED("chat"), NULL},
    {"bounds that came later", RELEASED("chat") "  minReplicas: 1\n  maxReplicas: 8\n",
     RELEASED("chat"), NULL},
    {"a model alone", HEAD "metadata:\n  name: seen\nspec:\n  modelID: m\n",
     HEAD "metadata:\n  name: seen\nspec:\n" REF("seen") "  modelID: m\n", NULL},
    {"a profile without a list",
     HEAD "metadata:\n  name: seen\nspec:\n  modelID: m\n  modelProfile:\n    accelerators: []\n",
     HEAD "metadata:\n  name: seen\nspec:\n" REF("seen") "  modelID: m\n", NULL},
    {"the list that only descriptions know",
     LABELLED("seen", "A") "spec:\n  modelID: m\n  variants:\n  - acc: A\n    accCount: 1\n"
                           "    cost: 40 # each\n    name: seen\n  - acc: B\n    accCount: 2\n",
     LABELLED("seen", "A") "spec:\n" REF("seen") "  modelID: m\n  variantCost: \"40\" # each\n",
     "the entry of 'B' is dropped: one resource scales one Deployment, and the label names "
     "another; no CRD ever had spec.variants: it is read as the list of accelerators"},
    {"JSON",
     "{\"apiVersion\": \"llmd.ai/v1alpha1\", \"kind\": \"VariantAutoscaling\", \"metadata\": "
     "{\"name\": \"seen\", \"uid\": \"u\"}, \"spec\": {\"modelID\": \"m\", \"modelProfile\": "
     "{\"accelerators\": [{\"acc\": \"A\", \"accCount\": 1}]}}, \"status\": {\"allocations\": "
     "[]}}\n",
     "{\"apiVersion\": \"llmd.ai/v1alpha1\", \"kind\": \"VariantAutoscaling\", \"metadata\": "
     "{\"name\": \"seen\", \"labels\": {\"inference.optimization/acceleratorName\": \"A\"}}, "
     "\"spec\": {\"scaleTargetRef\": {\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", "
     "\"name\": \"seen\"}, \"modelID\": \"m\"}}\n",
     NULL},
    {"a workload that is no Deployment",
     LABELLED("chat",
              "A100") "spec:\n  scaleTargetRef:\n    kind: LeaderWorkerSet\n    name: chat\n"
                      "  modelID: m\n  accelerator: A100\n",
     LABELLED("chat",
              "A100") "spec:\n  scaleTargetRef:\n    kind: LeaderWorkerSet\n    name: chat\n"
                      "  modelID: m\n",
     NULL},
    {"it is there", RELEASED("chat"), "refused: it has that form already", NULL},
    {"a field that no form knows", OLD("seen", ONE) "  enableScaleToZero: true\n",
     "refused: not accounted for: spec.enableScaleToZero", NULL},
    {"no model", LABELLED("chat", "A") "spec:\n" REF("chat") "  minReplicas: 1\n",
     "refused: it has no spec.modelID", NULL},
};

static const Row rows_0_6[] = {
    {"the multi-variant form", OLD("seen", ONE), RELEASED("seen"), CAPPED},
    {"bounds stay", SINGLE("chat") "  minReplicas: 0\n  maxReplicas: 8 # enough\n",
     LABELLED("chat", "A100") "spec:\n" REF("chat") "  modelID: org/chat # ours\n"
                                                    "  minReplicas: 0\n  maxReplicas: 8 # enough\n",
     NULL},
    {"nobody knows the bound", RELEASED("chat"),
     "refused: no autoscaler of its workload was seen: write maxReplicas, or the CRD's default of "
     "2 holds",
     NULL},
    {"a minimum above the maximum", SINGLE("chat") "  minReplicas: 9\n  maxReplicas: 8\n",
     "refused: minReplicas 9 is above maxReplicas, which is 8", NULL},
    {"a minimum above the default", SINGLE("chat") "  minReplicas: 3\n",
     "refused: minReplicas 3 is above maxReplicas, which is 2", NULL},
    {"it is there", RELEASED("chat") "  maxReplicas: 4\n", "refused: it has that form already",
     NULL},
};

static void to_0_5(void **state) {
    (void)state;
    CHECK(rows_0_5, "0.5", "");
}

/* A released form has one resource, whatever the mode of the guide's form is. */
static void to_0_5_in_any_mode(void **state) {
    (void)state;
    CHECK(rows_0_5, "0.5", "fan-out");
    CHECK(rows_0_5, "0.5", "active");
}

static void to_0_6(void **state) {
    (void)state;
    CHECK(rows_0_6, "0.6", "");
}

/* ---- bounds ---- */

#define HPA(name, bounds)                                                                          \
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: " name            \
    "}\nspec: {" bounds "}\n"
#define SCALED(bounds)                                                                             \
    "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: so}\nspec: {" bounds "}\n"

static const struct {
    const char *others[3];
    Row row;
} bounded[] = {
    {{HPA("h", "maxReplicas: 8")},
     {"those of its HPA", OLD("seen", ONE), RELEASED("seen") "  maxReplicas: 8\n", NULL}},
    {{HPA("h", "minReplicas: 2, maxReplicas: 8")},
     {"both", RELEASED("seen"), RELEASED("seen") "  minReplicas: 2\n  maxReplicas: 8\n", NULL}},
    {{HPA("h", "minReplicas: 1, maxReplicas: 8"), HPA("i", "maxReplicas: 8")},
     {"two that agree", RELEASED("seen"), RELEASED("seen") "  maxReplicas: 8\n", NULL}},
    {{HPA("h", "maxReplicas: 8"), HPA("i", "maxReplicas: 9")},
     {"two that disagree", OLD("seen", ONE), RELEASED("seen"),
      "several autoscalers scale its workload between different bounds: maxReplicas is left to "
      "the CRD's default of 2, above which nothing is scaled"}},
    {{SCALED("maxReplicaCount: 5")},
     {"KEDA's default minimum", RELEASED("seen"),
      RELEASED("seen") "  minReplicas: 0\n  maxReplicas: 5\n",
      "minReplicas 0 lets the controller scale an idle model to nothing"}},
    {{SCALED("minReplicaCount: 1")},
     {"KEDA's default maximum", RELEASED("seen"), RELEASED("seen") "  maxReplicas: 100\n", NULL}},
    {{HPA("h", "maxReplicas: \"{{ .Values.most }}\"")},
     {"a template", RELEASED("seen"),
      "refused: the bounds of its autoscaler cannot be read: write maxReplicas, or the CRD's "
      "default of 2 holds",
      NULL}},
    {{HPA("h", "maxReplicas: 8")},
     {"its own minimum stays", SINGLE("chat") "  minReplicas: 3\n",
      LABELLED("chat", "A100") "spec:\n" REF("chat") "  modelID: org/chat # ours\n"
                                                     "  minReplicas: 3\n  maxReplicas: 8\n",
      NULL}},
    {{HPA("h", "maxReplicas: 2")},
     {"its own minimum is above", SINGLE("chat") "  minReplicas: 3\n",
      "refused: minReplicas 3 is above maxReplicas, which is 2", NULL}},
};

static void bounds_of_autoscalers(void **state) {
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof bounded / sizeof *bounded; i++)
        failed += check(&bounded[i].row, 1, "0.6", "", bounded[i].others);
    assert_int_equal(failed, 0);
}

/* ---- costs ---- */

#define COSTS(namespace, data)                                                                     \
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: accelerator-unit-costs\n  "               \
    "namespace: " namespace "\ndata:\n" data
#define SYSTEM    "workload-variant-autoscaler-system"
#define UNIT(c)   "  A100: |\n    {\"device\": \"NVIDIA\", \"cost\": \"" c "\"}\n"
#define SIZED(n)  OLD("seen", "    - acc: A100\n      accCount: " n "\n")
#define PRICED(c) RELEASED("seen") "  variantCost: \"" c "\"\n"
#define IS(c, n, u)                                                                                \
    "variantCost " c " for 'A100' is " n " x " u " of the ConfigMap '" SYSTEM                      \
    "/accelerator-unit-costs': check that a replica costs that"

static const struct {
    const char *others[3];
    Row row;
} priced[] = {
    {{COSTS(SYSTEM, UNIT("40.00"))},
     {"one unit", SIZED("1"), PRICED("40.00"), IS("40.00", "1", "40.00")}},
    {{COSTS(SYSTEM, UNIT("0.1"))}, {"no noise", SIZED("3"), PRICED("0.3"), IS("0.3", "3", "0.1")}},
    {{COSTS(SYSTEM, UNIT("0.05"))},
     {"a zero in front", SIZED("2"), PRICED("0.10"), IS("0.10", "2", "0.05")}},
    {{COSTS(SYSTEM, UNIT("65"))}, {"no point", SIZED("8"), PRICED("520"), IS("520", "8", "65")}},
    {{COSTS(SYSTEM, "  A100: '{\"cost\": 12.5}'\n")},
     {"a number", SIZED("2"), PRICED("25.0"), IS("25.0", "2", "12.5")}},
    {{COSTS(SYSTEM, UNIT("40")), COSTS("default", UNIT("41"))},
     {"two that disagree", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, UNIT("40")), COSTS("default", UNIT("40"))},
     {"two that agree", SIZED("1"), PRICED("40"), IS("40", "1", "40")}},
    {{COSTS(SYSTEM, UNIT("-1"))}, {"no cost", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, UNIT("1.2.3"))}, {"no number", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, UNIT("1234567890123456"))},
     {"too many digits", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, "  A100: \"{broken\"\n")},
     {"a text that is none", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, "  L40S: '{\"cost\": \"1\"}'\n")},
     {"another accelerator", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS("elsewhere", UNIT("40"))},
     {"in a namespace of others", SIZED("1"), RELEASED("seen"), NULL}},
    {{COSTS(SYSTEM, UNIT("40"))},
     {"a cost of its own stays", SIZED("1") "  variantCost: \"7\"\n",
      RELEASED("seen") "  variantCost: \"7\"\n", NULL}},
};

static void costs_of_units(void **state) {
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof priced / sizeof *priced; i++)
        failed += check(&priced[i].row, 1, "0.5", "", priced[i].others);
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_0_5),         cmocka_unit_test(to_0_5_in_any_mode),
        cmocka_unit_test(to_0_6),         cmocka_unit_test(bounds_of_autoscalers),
        cmocka_unit_test(costs_of_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
