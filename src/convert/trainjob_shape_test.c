/* TrainJobs from the shape of one release of Trainer to that of another. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"

#define HEADS                                                                                      \
    NEW_UPTO_META "  name: a\nspec:\n  runtimeRef: {name: torch-distributed}\n  trainer:\n"        \
                  "    numNodes: 2\n"
#define NODES     "  - targetJobs:\n    - name: node\n"
#define SPECS     "  podSpecOverrides: # ours\n  # fast\n" NODES
#define TEMPLATES "  podTemplateOverrides: # ours\n  # fast\n" NODES
#define PATCHED(manager, name)                                                                     \
    "  - manager: unstale.dev/convert" manager "\n    trainingRuntimeSpec:\n      template:\n"     \
    "        spec:\n" IN_JOBSET(name)
#define IN_JOBSET(name)                                                                            \
    "          replicatedJobs:\n          - name: " name "\n            template:\n"               \
    "              spec:\n                template:\n"
#define MERGED                                                                                     \
    "note patches are merged into the runtime: a list without names, such as tolerations, takes "  \
    "the place of the runtime's\n"
#define REACH(key)                                                                                 \
    "note spec." key " reach the JobSet: where they are looked for on its Jobs or Pods, the "      \
    "patch must say so\n"
#define AT_POD "                  "

static const Row to_2_3[] = {
    {"podSpecOverrides",
     HEADS SPECS "    nodeSelector:\n      disk: fast # NVMe\n    volumes: [{name: v}]\n",
     HEADS "  runtimePatches: # ours\n  # fast\n" PATCHED("", "node") AT_POD
     "spec:\n" AT_POD "  nodeSelector:\n" AT_POD "    disk: fast # NVMe\n" AT_POD
     "  volumes: [{name: v}]\n",
     MERGED},
    {"podTemplateOverrides",
     HEADS TEMPLATES "    metadata:\n      labels: {l: m} # ours\n    spec:\n"
                     "      serviceAccountName: s\n      affinity: {nodeAffinity: {}}\n",
     HEADS "  runtimePatches: # ours\n  # fast\n" PATCHED("", "node") AT_POD
     "metadata:\n" AT_POD "  labels: {l: m} # ours\n" AT_POD "spec:\n" AT_POD
     "  serviceAccountName: s\n" AT_POD "  affinity: {nodeAffinity: {}}\n",
     MERGED},
    {"several overrides are several patches, in their order",
     HEADS "  podSpecOverrides:\n" NODES "    nodeSelector: {a: b}\n" NODES
           "    nodeSelector: {a: c}\n",
     HEADS "  runtimePatches:\n" PATCHED("", "node") AT_POD
     "spec:\n" AT_POD "  nodeSelector: {a: b}\n" PATCHED("-2", "node") AT_POD
     "spec:\n" AT_POD "  nodeSelector: {a: c}\n",
     MERGED},
    {"several jobs of one override",
     HEADS "  podTemplateOverrides:\n  - targetJobs: [{name: node}, {name: launcher}]\n"
           "    spec: {nodeSelector: {a: b}}\n",
     HEADS "  runtimePatches:\n" PATCHED("", "node") AT_POD
     "spec:\n" AT_POD "  nodeSelector: {a: b}\n          - name: launcher\n            template:\n"
     "              spec:\n                template:\n" AT_POD "spec:\n" AT_POD
     "  nodeSelector: {a: b}\n",
     MERGED},
    {"labels and annotations",
     NEW_UPTO_META "  name: a\nspec:\n  labels:\n    team: x # y\n  annotations: {b: c}\n"
                   "  runtimeRef: {name: torch-distributed}\n",
     NEW_UPTO_META "  name: a\nspec:\n  runtimeRef: {name: torch-distributed}\n"
                   "  runtimePatches:\n  - manager: unstale.dev/convert\n"
                   "    trainingRuntimeSpec:\n      template:\n        metadata:\n"
                   "          labels:\n            team: x # y\n          annotations: {b: c}\n",
     REACH("labels")},
    {"annotations, with an override",
     HEADS "  annotations: {b: c}\n  podSpecOverrides:\n" NODES "    nodeSelector: {a: b}\n",
     HEADS
     "  runtimePatches:\n  - manager: unstale.dev/convert\n    trainingRuntimeSpec:\n"
     "      template:\n        metadata:\n          annotations: {b: c}\n        spec:\n" IN_JOBSET(
         "node") AT_POD "spec:\n" AT_POD "  nodeSelector: {a: b}\n",
     MERGED REACH("annotations")},
    {"empty ones", HEADS "  labels: {}\n  podSpecOverrides: []\n", HEADS, NULL},
    {"processes in quotes", HEADS "    numProcPerNode: \"4\" # all\n",
     HEADS "    numProcPerNode: 4 # all\n", NULL},
    {"processes auto", HEADS "    numProcPerNode: auto\n", HEADS, NULL},
    {"processes of GPUs",
     HEADS "    numProcPerNode: gpu\n    resourcesPerNode: {limits: {x/gpu: 8}}\n",
     HEADS "    resourcesPerNode: {limits: {x/gpu: 8}}\n", NULL},
    {"processes of CPUs", HEADS "    numProcPerNode: cpu\n",
     "refused: since Trainer 2.2 it is a number: write how many it means: "
     "spec.trainer.numProcPerNode",
     NULL},
    {"a number of processes", HEADS "    numProcPerNode: 4\n",
     "refused: it is written for Trainer 2.3 already", NULL},
    {"variables of the node",
     HEADS SPECS "    containers:\n    - name: node\n      env: [{name: A, value: b}]\n",
     "refused: variables of this container belong in spec.trainer.env or spec.initializer: "
     "spec.podSpecOverrides[0].containers[0].env",
     NULL},
    {"variables of another container",
     HEADS "  podSpecOverrides:\n" NODES
           "    containers: [{name: log, env: [{name: A, value: b}]}]\n",
     HEADS "  runtimePatches:\n" PATCHED("", "node") AT_POD
     "spec:\n" AT_POD "  containers: [{name: log, env: [{name: A, value: b}]}]\n",
     MERGED},
    {"no jobs", HEADS "  podSpecOverrides:\n  - nodeSelector: {a: b}\n",
     "refused: it does not say for which jobs it is: spec.podSpecOverrides[0]", NULL},
    {"a field that no release has", HEADS SPECS "    hostNetwork: true\n",
     "refused: a TrainJob of Trainer 2.3 cannot say it: spec.podSpecOverrides[0].hostNetwork",
     NULL},
    {"two releases at once",
     HEADS "  podSpecOverrides:\n" NODES "  runtimePatches: [{manager: a.b/c}]\n",
     "refused: it stands beside that of another release: spec.runtimePatches", NULL},
    {"an override by a template", HEADS "  podSpecOverrides: {{ .o }}\n",
     "refused: depends on a template: spec.podSpecOverrides", NULL},
    {"an alias",
     HEADS "  podSpecOverrides:\n  - &o\n    targetJobs: [{name: node}]\n    nodeSelector: {a: b}\n"
           "  - *o\n",
     "refused: an alias cannot be taken apart: spec.podSpecOverrides[1]", NULL},
    {"an owner manages it",
     NEW_UPTO_META "  name: a\n  ownerReferences:\n  - apiVersion: kubeflow.org/v1beta1\n"
                   "    kind: Trial\n    name: t\n    controller: true\nspec:\n  labels: {a: b}\n",
     "refused: managed by Trial 't'", NULL},
    {"another kind", "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nspec: {}\n",
     "refused: only a TrainJob is written for another release", NULL},
};

static const Row to_2_1[] = {
    {"several podSpecOverrides",
     HEADS SPECS "    nodeSelector: {a: b} # c\n" NODES "    tolerations: [{operator: Exists}]\n",
     HEADS TEMPLATES "    spec:\n      nodeSelector: {a: b} # c\n" NODES
                     "    spec:\n      tolerations: [{operator: Exists}]\n",
     NULL},
    {"labels stay",
     HEADS "  labels: {a: b}\n  podSpecOverrides:\n" NODES "    volumes: [{name: v}]\n",
     HEADS "  labels: {a: b}\n  podTemplateOverrides:\n" NODES "    spec:\n"
           "      volumes: [{name: v}]\n",
     NULL},
    {"processes in words stay",
     HEADS "    numProcPerNode: auto\n  podSpecOverrides:\n" NODES "    volumes: [{name: v}]\n",
     HEADS "    numProcPerNode: auto\n  podTemplateOverrides:\n" NODES
           "    spec:\n      volumes: [{name: v}]\n",
     NULL},
    {"patches", HEADS "  runtimePatches: [{manager: a.b/c}]\n",
     "refused: a TrainJob of Trainer 2.1 cannot say it: spec.runtimePatches", NULL},
};

static const Row to_2_0[] = {
    {"podTemplateOverrides",
     HEADS TEMPLATES "    spec: # pods\n      # where\n      nodeSelector: {a: b} # c\n",
     HEADS SPECS "    # pods\n    # where\n    nodeSelector: {a: b} # c\n", NULL},
    {"labels of Pods", HEADS TEMPLATES "    metadata: {labels: {a: b}}\n",
     "refused: a TrainJob of Trainer 2.0 cannot say it: spec.podTemplateOverrides[0].metadata",
     NULL},
    {"affinity", HEADS TEMPLATES "    spec: {affinity: {nodeAffinity: {}}}\n",
     "refused: a TrainJob of Trainer 2.0 cannot say it: "
     "spec.podTemplateOverrides[0].spec.affinity",
     NULL},
};

TABLE(to_2_3)
TABLE_FOR(to_2_1, "2.1")
TABLE_FOR(to_2_0, "2.0")

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_to_2_3), cmocka_unit_test(test_to_2_1),
                                       cmocka_unit_test(test_to_2_0),
                                       cmocka_unit_test(results_satisfy_crds)};
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
