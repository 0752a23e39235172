/* The same jobs for each release of Trainer: what its TrainJob can say of the Pods, and what goes
 * to a TrainingRuntime there. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"

#define RUNTIME(policy)                                                                            \
    "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nmetadata:\n"                \
    "  name: a-runtime\n  labels:\n    trainer.kubeflow.org/framework: torch\nspec:\n"             \
    "  mlPolicy:\n    numNodes: 1\n    torch:" policy "  template:\n    spec:\n"                   \
    "      replicatedJobs:\n      - name: node\n        replicas: 1\n        template:\n"          \
    "          metadata:\n            labels:\n"                                                   \
    "              trainer.kubeflow.org/trainjob-ancestor-step: trainer\n          spec:\n"
#define AUTO   RUNTIME("\n      numProcPerNode: auto\n")
#define EMPTY  RUNTIME(" {}\n")
#define PODS   "            template:\n"
#define SPEC   "              spec:\n"
#define MAIN   "                containers:\n                - name: node\n"
#define SECOND "---\n" REFERRING START
#define REFERRING                                                                                  \
    NEW_UPTO_META "  name: a\nspec:\n  runtimeRef:\n    apiGroup: trainer.kubeflow.org\n"          \
                  "    kind: TrainingRuntime\n    name: a-runtime\n  trainer:\n    numNodes: 1\n"
#define SAYS(release, what)                                                                        \
    "note TrainingRuntime 'a-runtime' says what a TrainJob of Trainer " release " cannot: " what   \
    "\nnote it must be there before the TrainJob, and who applies it must be allowed to: "         \
    "kubeflow-trainer-edit lets users only read TrainingRuntimes\n"

/* ---- the jobs ---- */

#define PLACED                                                                                     \
    JOB "            volumeMounts: # of v\n            - {name: v, mountPath: /v}\n"               \
        "          # there\n          nodeSelector: {a: b}\n          serviceAccountName: s\n"     \
        "          schedulingGates: [{name: g}]\n          tolerations:\n"                         \
        "          - operator: Exists # any\n          volumes: [{name: v, emptyDir: {}}]\n"
#define OF_PODS                                                                                    \
    HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        metadata:\n"               \
         "          # mesh\n          annotations: {sidecar.istio.io/inject: \"false\"} # no\n"    \
         "          labels: {a: b}\n        spec:\n          containers:\n"                        \
         "          - name: pytorch\n            image: i:1\n" RUN
#define DEADLINE        JOB "  runPolicy:\n    activeDeadlineSeconds: 60 # s\n"
#define POD_WITH(field) JOB "          " field "\n"
#define CPUS            "            resources: {requests: {cpu: 4}}\n"
#define GPUS            "            resources: {limits: {nvidia.com/gpu: 8}}\n"
#define NEW_CPUS        "    resourcesPerNode: {requests: {cpu: 4}}\n"
#define NEW_GPUS        "    resourcesPerNode: {limits: {nvidia.com/gpu: 8}}\n"
#define PROCESSES(text) NEW_HEAD "    numNodes: 1\n    numProcPerNode: " text "\n" START
#define ONE_PROCESS                                                                                \
    "note numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 would start a "      \
    "process for each CPU\n"
#define TTL_STARTS_AGAIN                                                                           \
    "note ttlSecondsAfterFinished deletes the JobSet, not the TrainJob; before Trainer 2.2 that "  \
    "creates it again, and the training starts over\n"

/* A Pod's field that only the runtime has, in 2.0 and in 2.1. */
#define BY_RUNTIME(release, key, value)                                                            \
    {                                                                                              \
        key, POD_WITH(key ": " value),                                                             \
            AUTO PODS SPEC MAIN "                " key ": " value "\n" SECOND, SAYS(release, key)  \
    }

static const Row pod_spec_overrides[] = {
    {"nothing of the Pods", JOB, TRAIN, NULL},
    {"placement and volumes", PLACED,
     TRAIN "  podSpecOverrides:\n  - targetJobs:\n    - name: node\n    containers:\n"
           "    - name: node\n      volumeMounts: # of v\n"
           "      - {name: v, mountPath: /v}\n    # there\n    nodeSelector: {a: b}\n"
           "    serviceAccountName: s\n    schedulingGates: [{name: g}]\n    tolerations:\n"
           "    - operator: Exists # any\n    volumes: [{name: v, emptyDir: {}}]\n",
     NULL},
    {"metadata of the Pods", OF_PODS,
     AUTO PODS
     "              metadata:\n                # mesh\n                annotations: "
     "{sidecar.istio.io/inject: \"false\"} # no\n                labels: {a: b}\n" SPEC MAIN SECOND,
     SAYS("2.0", "annotations, labels")},
    BY_RUNTIME("2.0", "affinity", "{nodeAffinity: {}}"),
    BY_RUNTIME("2.0", "imagePullSecrets", "[{name: p}]"),
    BY_RUNTIME("2.0", "securityContext", "{fsGroup: 1}"),
    BY_RUNTIME("2.0", "terminationGracePeriodSeconds", "9"),
    {"securityContext of the container", JOB "            securityContext: {runAsUser: 1}\n",
     AUTO PODS SPEC MAIN "                  securityContext: {runAsUser: 1}\n" SECOND,
     SAYS("2.0", "securityContext")},
    {"activeDeadlineSeconds", DEADLINE,
     AUTO "            activeDeadlineSeconds: 60 # s\n" PODS SPEC MAIN SECOND,
     SAYS("2.0", "activeDeadlineSeconds")},
    {"args without a command: that of the built-in runtime would take them",
     HEAD WORKER "            args: [x.py]\n",
     AUTO PODS SPEC MAIN "---\n" REFERRING IMAGE "    args: [x.py]\n",
     SAYS("2.0", "that it has no command")},
    {"neither command nor args", HEAD WORKER, AUTO PODS SPEC MAIN "---\n" REFERRING IMAGE,
     SAYS("2.0", "that it has no command")},
    {"what the ttl deletes comes back", JOB "  runPolicy: {ttlSecondsAfterFinished: 60}\n",
     "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nmetadata:\n"
     "  name: a-runtime\n  labels:\n    trainer.kubeflow.org/framework: torch\nspec:\n"
     "  mlPolicy:\n    numNodes: 1\n    torch:\n      numProcPerNode: auto\n  template:\n"
     "    spec:\n      ttlSecondsAfterFinished: 60\n      replicatedJobs:\n      - name: node\n"
     "        replicas: 1\n        template:\n          metadata:\n            labels:\n"
     "              trainer.kubeflow.org/trainjob-ancestor-step: trainer\n          spec:\n" PODS
         SPEC MAIN SECOND,
     TTL_STARTS_AGAIN SAYS("2.0", "ttlSecondsAfterFinished")},
    {"no gangs of Volcano",
     POD_WITH("schedulerName: volcano") "  runPolicy: {schedulingPolicy: {minAvailable: 1}}\n",
     AUTO PODS SPEC MAIN "                schedulerName: volcano\n" SECOND,
     SAYS("2.0", "schedulerName") "lost spec.runPolicy.schedulingPolicy.minAvailable: a runtime "
                                  "with a podGroupPolicy starts "
                                  "all nodes together\n"},
    {"no queues of Volcano", JOB "  runPolicy: {schedulingPolicy: {queue: q}}\n", TRAIN,
     "lost spec.runPolicy.schedulingPolicy.queue: this release has no gangs of Volcano\n"},
    {"a field that its runtimes do not have", POD_WITH("hostnameOverride: h"), TRAIN,
     "lost spec." POD_PATH "hostnameOverride: the Pods of a TrainJob have no such field\n"},
    {"a field of later releases, further down",
     JOB "            env: [{name: A, valueFrom: {fileKeyRef: {key: k}}}]\n",
     "refused: Trainer 2.0 knows no such field: spec." CONTAINER_PATH "env[0].valueFrom.fileKeyRef",
     NULL},
    {"processes: a number", JOB "  nprocPerNode: \"4\"\n", PROCESSES("4"), NULL},
    {"processes: auto", JOB GPUS "  nprocPerNode: auto\n", TRAIN NEW_GPUS, NULL},
    {"processes: auto on CPUs", JOB CPUS, PROCESSES("1") NEW_CPUS, ONE_PROCESS},
    {"processes: gpu", JOB GPUS "  nprocPerNode: gpu # all\n", PROCESSES("gpu # all") NEW_GPUS,
     NULL},
    {"processes: cpu", JOB CPUS "  nprocPerNode: cpu\n", PROCESSES("cpu") NEW_CPUS, NULL},
    {"no elastic jobs", JOB "  elasticPolicy: {maxReplicas: 2}\n",
     "refused: Trainer 2.0 has no elastic jobs: spec.elasticPolicy wants 1 to 2 Workers, and there "
     "are 1",
     NULL},
};

#define TEMPLATES "  podTemplateOverrides:\n  - targetJobs:\n    - name: node\n"

static const Row pod_template_overrides[] = {
    {"placement and volumes", PLACED,
     TRAIN TEMPLATES
     "    spec:\n      containers:\n      - name: node\n        volumeMounts: # of v\n"
     "        - {name: v, mountPath: /v}\n      # there\n      nodeSelector: {a: b}\n"
     "      serviceAccountName: s\n      schedulingGates: [{name: g}]\n      tolerations:\n"
     "      - operator: Exists # any\n      volumes: [{name: v, emptyDir: {}}]\n",
     NULL},
    {"metadata of the Pods", OF_PODS,
     TRAIN TEMPLATES "    metadata:\n      # mesh\n      annotations: {sidecar.istio.io/inject: "
                     "\"false\"} # no\n      labels: {a: b}\n",
     NULL},
    {"affinity and imagePullSecrets",
     POD_WITH("affinity: {nodeAffinity: {}}\n          imagePullSecrets: [{name: p}]"),
     TRAIN TEMPLATES "    spec:\n      affinity: {nodeAffinity: {}}\n"
                     "      imagePullSecrets: [{name: p}]\n",
     NULL},
    BY_RUNTIME("2.1", "securityContext", "{fsGroup: 1}"),
    BY_RUNTIME("2.1", "terminationGracePeriodSeconds", "9"),
    BY_RUNTIME("2.1", "hostnameOverride", "h"),
    {"securityContext of the container", JOB "            securityContext: {runAsUser: 1}\n",
     AUTO PODS SPEC MAIN "                  securityContext: {runAsUser: 1}\n" SECOND,
     SAYS("2.1", "securityContext")},
    {"activeDeadlineSeconds", DEADLINE,
     AUTO "            activeDeadlineSeconds: 60 # s\n" PODS SPEC MAIN SECOND,
     SAYS("2.1", "activeDeadlineSeconds")},
    {"args without a command", HEAD WORKER "            args: [torchrun, x.py]\n",
     NEW_HEAD "    numNodes: 1\n" IMAGE "    args: [torchrun, x.py]\n", NULL},
    {"one volume in two places",
     JOB "            volumeMounts: [{name: v, mountPath: /a}, {name: v, mountPath: /b}]\n",
     AUTO PODS SPEC MAIN "                  volumeMounts: [{name: v, mountPath: /a}, {name: v, "
                         "mountPath: /b}]\n" SECOND,
     SAYS("2.1", "volumeMounts")},
    {"processes: gpu", JOB GPUS "  nprocPerNode: gpu\n", PROCESSES("gpu") NEW_GPUS, NULL},
};

#define NODES                                                                                      \
    "  runtimePatches:\n  - manager: unstale.dev/convert\n    trainingRuntimeSpec:\n"              \
    "      template:\n        spec:\n          replicatedJobs:\n          - name: node\n"          \
    "            template:\n              spec:\n                template:\n"

static const Row runtime_patches[] = {
    {"metadata of the Pods", OF_PODS,
     TRAIN NODES "                  metadata:\n                    # mesh\n"
                 "                    annotations: {sidecar.istio.io/inject: \"false\"} # no\n"
                 "                    labels: {a: b}\n",
     NULL},
    {"both securityContexts",
     JOB "            securityContext: {runAsUser: 1}\n          securityContext: {fsGroup: 1}\n",
     TRAIN NODES
     "                  spec:\n                    containers:\n                    - name: node\n"
     "                      securityContext: {runAsUser: 1}\n"
     "                    securityContext: {fsGroup: 1}\n",
     NULL},
    {"terminationGracePeriodSeconds", POD_WITH("terminationGracePeriodSeconds: 9"),
     EMPTY PODS SPEC MAIN "                terminationGracePeriodSeconds: 9\n" SECOND,
     SAYS("2.2", "terminationGracePeriodSeconds")},
    {"activeDeadlineSeconds", DEADLINE, TRAIN "  activeDeadlineSeconds: 60 # s\n", NULL},
    {"processes: a number only", JOB "  nprocPerNode: gpu\n", TRAIN,
     "lost spec.nprocPerNode: Trainer v2 takes a number only\n"},
};

TABLE_FOR(pod_spec_overrides, "2.0")
TABLE_FOR(pod_template_overrides, "2.1")
TABLE_FOR(runtime_patches, "2.2")

/* ---- scripts as long as a release takes them ---- */

static bool makes_runtime(Arena *a, size_t length, Str target, Results *results) {
    Buf job = {0};
    buf_add(&job, STR(JOB "            args: [\""));
    buf_add_repeat(&job, 'x', length);
    buf_add(&job, STR("\"]\n"));
    Outcome out = convert_text(a, buf_str(&job), target);
    assert_true(out.text.len > length);
    keep_result(results, target, out.text);
    buf_release(&job);
    return str_find(out.text, STR("TrainingRuntime")) != STR_NONE;
}

static void long_scripts(void **state) {
    Arena a = {0};
    assert_false(makes_runtime(&a, 65536, STR("2.2"), *state));
    assert_true(makes_runtime(&a, 65537, STR("2.2"), *state));
    assert_false(makes_runtime(&a, 65537, STR("2.3"), *state));
    assert_false(makes_runtime(&a, 65537, STR("2.1"), *state));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pod_spec_overrides), cmocka_unit_test(test_pod_template_overrides),
        cmocka_unit_test(test_runtime_patches),    cmocka_unit_test(long_scripts),
        cmocka_unit_test(results_satisfy_crds),
    };
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
