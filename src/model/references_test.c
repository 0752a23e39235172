/* Manifests, and the objects that they name. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/limits.h"
#include "model/references.h"
#include "yaml/parse.h"

static void add_way(Buf *out, const Path *path) {
    for (size_t i = 0; i < path->count; i++) {
        const Step *step = &path->steps[i];
        if (step->kind == STEP_KEY)
            buf_addf(out, "%s" STR_FMT, i ? "." : "", STR_ARG(step->key));
        else
            buf_addf(out, "[%u]", step->index);
    }
}

/* One line: the way, the object, and whether it is shared or a label's value. */
static void add_reference(void *context, const Reference *r) {
    Buf *out = context;
    add_way(out, &r->name_at);
    buf_addf(out, ": " STR_FMT "/" STR_FMT " ", STR_ARG(r->group), STR_ARG(r->kind));
    if (r->namespace_at.count) buf_addf(out, STR_FMT "/", STR_ARG(r->namespace));
    buf_addf(out, STR_FMT "%s%s\n", STR_ARG(r->name), r->shared_text ? " shared" : "",
             r->in_label ? " in a label" : "");
}

#define POD       "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: c}]\n"
#define HPA       "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n"
#define SELECTOR  "spec.metrics[0].external.metric.selector."
#define METRIC    "  metrics:\n  - external:\n      metric:\n        selector:\n"
#define TRAIN_JOB "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainJob\nspec:\n"
#define BINDING   "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"

static const struct {
    const char *name, *text, *want;
} rows[] = {
    {"none", POD, ""},
    {"volumes", POD "  volumes: [{configMap: {name: a}}, {secret: {secretName: b}}]\n",
     "spec.volumes[0].configMap.name: /ConfigMap a\n"
     "spec.volumes[1].secret.secretName: /Secret b\n"},
    {"a projected volume",
     POD "  volumes:\n  - projected: {sources: [{secret: {name: a}}, {configMap: {name: b}}]}\n",
     "spec.volumes[0].projected.sources[1].configMap.name: /ConfigMap b\n"
     "spec.volumes[0].projected.sources[0].secret.name: /Secret a\n"},
    {"a claim", POD "  volumes: [{persistentVolumeClaim: {claimName: a}}]\n",
     "spec.volumes[0].persistentVolumeClaim.claimName: /PersistentVolumeClaim a\n"},
    {"the environment",
     "apiVersion: v1\nkind: Pod\nspec:\n  containers: []\n  initContainers:\n  - envFrom: "
     "[{configMapRef: {name: a}}]\n    env: [{valueFrom: {secretKeyRef: {name: b}}}]\n",
     "spec.initContainers[0].envFrom[0].configMapRef.name: /ConfigMap a\n"
     "spec.initContainers[0].env[0].valueFrom.secretKeyRef.name: /Secret b\n"},
    {"who runs it", POD "  serviceAccountName: a\n  imagePullSecrets: [{name: b}]\n",
     "spec.imagePullSecrets[0].name: /Secret b\nspec.serviceAccountName: /ServiceAccount a\n"},
    {"Pods of any kind",
     "apiVersion: x.io/v1\nkind: X\nspec:\n  deep:\n  - template: {spec: {containers: [], "
     "serviceAccountName: a}}\n",
     "spec.deep[0].template.spec.serviceAccountName: /ServiceAccount a\n"},
    {"parts of Pods", TRAIN_JOB "  podTemplateOverrides: [{spec: {serviceAccountName: a}}]\n",
     "spec.podTemplateOverrides[0].spec.serviceAccountName: /ServiceAccount a\n"},
    {"a runtime", TRAIN_JOB "  runtimeRef: {name: a, kind: TrainingRuntime}\n",
     "spec.runtimeRef.name: trainer.kubeflow.org/TrainingRuntime a\n"},
    {"a queue of Kueue", TRAIN_JOB "metadata: {labels: {kueue.x-k8s.io/queue-name: a}}\n",
     "metadata.labels.kueue.x-k8s.io/queue-name: kueue.x-k8s.io/LocalQueue a in a label\n"},
    {"a runtime of the cluster", TRAIN_JOB "  runtimeRef: {name: a}\n",
     "spec.runtimeRef.name: trainer.kubeflow.org/ClusterTrainingRuntime a\n"},
    {"what is scaled", HPA "  scaleTargetRef: {apiVersion: x.io/v1, kind: Y, name: a}\n",
     "spec.scaleTargetRef.name: x.io/Y a\n"},
    {"what is scaled, in short", HPA "  scaleTargetRef: {kind: StatefulSet, name: a}\n",
     "spec.scaleTargetRef.name: apps/StatefulSet a\n"},
    {"a metric", HPA METRIC "          matchLabels: {variant_name: a, x: b}\n",
     SELECTOR "matchLabels.variant_name: llmd.ai/VariantAutoscaling a in a label\n"},
    {"a metric of a namespace",
     HPA METRIC "          matchLabels: {variant_name: a, exported_namespace: b}\n",
     SELECTOR "matchLabels.variant_name: llmd.ai/VariantAutoscaling b/a in a label\n"},
    {"metrics in an expression",
     HPA METRIC "          matchExpressions:\n          - {key: x, values: [a]}\n"
                "          - {key: variant_name, operator: In, values: [a, b]}\n",
     SELECTOR "matchExpressions[1].values[0]: llmd.ai/VariantAutoscaling a in a label\n" SELECTOR
              "matchExpressions[1].values[1]: llmd.ai/VariantAutoscaling b in a label\n"},
    {"KEDA",
     "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  scaleTargetRef: {name: a}\n"
     "  triggers: [{authenticationRef: {name: b}}, {authenticationRef: {name: c, kind: "
     "ClusterTriggerAuthentication}}]\n",
     "spec.scaleTargetRef.name: apps/Deployment a\n"
     "spec.triggers[0].authenticationRef.name: keda.sh/TriggerAuthentication b\n"
     "spec.triggers[1].authenticationRef.name: keda.sh/ClusterTriggerAuthentication c\n"},
    {"an Ingress",
     "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  rules:\n  - http: {paths: "
     "[{backend: {service: {name: a}}}]}\n  tls: [{secretName: b}]\n",
     "spec.rules[0].http.paths[0].backend.service.name: /Service a\n"
     "spec.tls[0].secretName: /Secret b\n"},
    {"who may",
     BINDING "subjects:\n- {kind: ServiceAccount, name: a, namespace: n}\n- {kind: User, name: "
             "b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: c}\n",
     "subjects[0].name: /ServiceAccount n/a\n"
     "roleRef.name: rbac.authorization.k8s.io/ClusterRole c\n"},
    {"a set's Service", "apiVersion: apps/v1\nkind: StatefulSet\nspec: {serviceName: a}\n",
     "spec.serviceName: /Service a\n"},
    {"the same path of another group",
     "apiVersion: x.io/v1\nkind: StatefulSet\nspec: "
     "{serviceName: a}\n",
     ""},
    {"a template", POD "  serviceAccountName: a-{{ .x }}\n",
     "spec.serviceAccountName: /ServiceAccount \n"},
    {"null and nothing", POD "  serviceAccountName:\n  priorityClassName: ''\n", ""},
    {"no text", POD "  serviceAccountName: [a]\n", ""},
    {"an alias at the end", POD "  x: &x a\n  serviceAccountName: *x\n",
     "spec.serviceAccountName: /ServiceAccount a\n"},
    {"an alias on the way", POD "  x: &x {name: a}\n  imagePullSecrets: [*x]\n",
     "spec.imagePullSecrets[0].name: /Secret a shared\n"},
    {"merged", POD "  imagePullSecrets: [{<<: {name: a}}]\n",
     "spec.imagePullSecrets[0].name: /Secret a shared\n"},
};

static void finds_references(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Buf got = {0};
        Document d;
        Identity id;
        if (!document_parse(&arena, str_from(rows[i].text), &d) || !identity_from_tree(d.root, &id))
            fail_msg("%s: no resource", rows[i].name);
        references_each(&arena, d.root, &id, add_reference, &got);
        if (!str_eq(buf_str(&got), str_from(rows[i].want)))
            fail_msg("%s: got\n%s", rows[i].name, buf_cstr(&got));
        buf_release(&got);
        arena_release(&arena);
    }
}

static void count(void *context, const Reference *r) {
    size_t *met = context;
    (void)r;
    ++*met;
}

static void repeat(Buf *out, const char *before, const char *item, int times, const char *behind) {
    buf_add(out, str_from(before));
    for (int i = 0; i < times; i++) buf_addf(out, "%s%s", i ? ", " : "", item);
    buf_add(out, str_from(behind));
}

#define ENTRY "{name: x, valueFrom: {configMapKeyRef: {name: y}}}"

/* Lists of so many items, each of them the same: of entries, of containers, of Pods. */
static bool each_of(const char *const items[3], int times, size_t *met) {
    Arena arena = {0};
    Buf text = {0};
    Document d;
    Identity id;
    buf_add(&text, STR("apiVersion: x.io/v1\nkind: X\ne: &e " ENTRY "\nm: &m {a: b}\n"));
    repeat(&text, "p: &p\n  env: [", items[0], times, "]\n");
    repeat(&text, "c: &c [", items[1], times, "]\n");
    repeat(&text, "l: [", items[2], times, "]\n");
    if (!document_parse(&arena, buf_str(&text), &d) || !identity_from_tree(d.root, &id))
        fail_msg("no resource:\n%s", buf_cstr(&text));
    *met = 0;
    bool all = references_each(&arena, d.root, &id, count, met);
    buf_release(&text);
    arena_release(&arena);
    return all;
}

static void stops_behind_aliases(void **state) {
    static const char *const aliases[] = {"*e", "*p", "{containers: *c}"};
    static const char *const merges[] = {"{<<: *m}", "*p", "{containers: *c}"};
    static const char *const plain[] = {ENTRY, "{env: [" ENTRY "]}",
                                        "{containers: [{env: [" ENTRY "]}]}"};
    size_t met;
    (void)state;
    assert_true(each_of(aliases, 10, &met));
    assert_int_equal(met, 10 * 10 * 10);
    assert_false(each_of(aliases, 200, &met)); /* eight million, in 5 KB */
    assert_true(met > 1000 && met < LIMIT_REFERENCE_NODES);
    assert_false(each_of(merges, 200, &met));
    assert_int_equal(met, 0);
    assert_true(each_of(plain, 10000, &met)); /* what is written out may be as much as it likes */
    assert_int_equal(met, 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_references),
                                       cmocka_unit_test(stops_behind_aliases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
