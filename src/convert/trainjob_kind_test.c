/* The other kinds of Training Operator v1: what becomes of each, in each release of Trainer. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_kind.h"
#include "convert/trainjob_rows_test.h"

#define OF(kind) "apiVersion: kubeflow.org/v1\nkind: " kind "\nmetadata:\n  name: a\nspec:\n"
#define MAIN(name)                                                                                 \
    "        spec:\n          containers:\n          - name: " name "\n            image: i:1\n"
#define RETRY     "      restartPolicy: OnFailure\n"
#define NEVER_RUN "      restartPolicy: Never\n"

#define JAX(fields)                                                                                \
    OF("JAXJob") "  jaxReplicaSpecs:\n    Worker:\n" fields "      template:\n" MAIN("jax")
#define XGB(fields)                                                                                \
    OF("XGBoostJob")                                                                               \
    "  xgbReplicaSpecs:\n    Master:\n" fields "      template:\n" MAIN("xgboos"                   \
                                                                        "t")
#define TF(role, fields)                                                                           \
    OF("TFJob") "  tfReplicaSpecs:\n    " role ":\n" fields "      template:\n" MAIN("tensorflow")
#define PADDLE(role, fields)                                                                       \
    OF("PaddleJob")                                                                                \
    "  paddleReplicaSpecs:\n    " role ":\n" fields "      template:\n" MAIN("paddle")

#define TRAINJOB(runtime)                                                                          \
    NEW_UPTO_META "  name: a\nspec:\n  runtimeRef:\n    name: " runtime "\n  trainer:\n"

/* A TrainingRuntime and the TrainJob that names it. */
#define RUNTIME_WITH(framework, policy, job, pod, container)                                       \
    "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nmetadata:\n"                \
    "  name: a-runtime\n  labels:\n    trainer.kubeflow.org/framework: " framework "\nspec:\n"     \
    "  mlPolicy:\n" policy "  template:\n    spec:\n      replicatedJobs:\n      - name: node\n"   \
    "        replicas: 1\n        template:\n          metadata:\n            labels:\n"           \
    "              trainer.kubeflow.org/trainjob-ancestor-step: trainer\n          spec:\n" job    \
    "            template:\n              spec:\n" pod                                             \
    "                containers:\n                - name: node\n" container "---\n" NEW_UPTO_META  \
    "  name: a\nspec:\n  runtimeRef:\n    apiGroup: trainer.kubeflow.org\n"                        \
    "    kind: TrainingRuntime\n    name: a-runtime\n  trainer:\n"
#define RUNTIME(framework, policy, job, pod) RUNTIME_WITH(framework, policy, job, pod, "")
#define ONCE_JOB                             "            backoffLimit: 0\n"
#define ONCE_POD                             "                restartPolicy: Never\n"
#define ONE                                  "    numNodes: 1\n"

#define SAID_NEVER                                                                                 \
    "note restartPolicy Never: the first Pod that fails ends the TrainJob, by backoffLimit 0\n"
#define SAID_RUNTIME(release, needs)                                                               \
    "note TrainingRuntime 'a-runtime' says what a TrainJob of Trainer " release " cannot: " needs  \
    "\nnote it must be there before the TrainJob, and who applies it must be allowed to: "         \
    "kubeflow-trainer-edit lets users only read TrainingRuntimes\n"
#define SAID_ALONE(release) SAID_RUNTIME(release, "a program without a cluster")
#define SAID_JAX                                                                                   \
    "note Trainer v2 sets JAX_COORDINATOR_ADDRESS (with the port), JAX_NUM_PROCESSES and "         \
    "JAX_PROCESS_ID, not COORDINATOR_ADDRESS, COORDINATOR_PORT, NUM_PROCESSES and PROCESS_ID: a "  \
    "program that reads these must be changed, one that calls jax.distributed.initialize() "       \
    "without arguments need not\n"
#define SAID_JAX_ALONE                                                                             \
    "note COORDINATOR_ADDRESS, COORDINATOR_PORT, NUM_PROCESSES and PROCESS_ID are not set any "    \
    "more: a program that reads them, though it runs alone, must be changed\n"
#define SAID_XGB                                                                                   \
    "note Trainer v2 sets DMLC_TRACKER_URI, DMLC_TRACKER_PORT, DMLC_TASK_ID and DMLC_NUM_WORKER, " \
    "not MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, WORKER_ADDRS and WORKER_PORT: a program "     \
    "that reads these must be changed, and its node 0 starts the tracker\n"
#define SAID_TF_ALONE                                                                              \
    "note TF_CONFIG is not set: Training Operator v1 did not set it for a job of one replica "     \
    "either\n"
#define SAID_PADDLE_ALONE                                                                          \
    "note the variables PADDLE_… are not set any more (PADDLE_MASTER, PADDLE_NNODES, "           \
    "PADDLE_JOB_ID, …): a program that reads them, though it runs alone, must be changed\n"
#define SAID_DEFAULT(one)                                                                          \
    "note restartPolicy is Never where " one " does not say it, but a node of this TrainJob "      \
    "starts again when it fails, up to 6 times: where that must not be, write restartPolicy: "     \
    "Never before you convert, which makes a TrainingRuntime\n"

/* ---- with a runtime ---- */

static const Row jax[] = {
    {"Workers become nodes", JAX("      replicas: 3\n" RETRY),
     TRAINJOB("jax-distributed") "    numNodes: 3\n" IMAGE, SAID_JAX},
    {"its default restartPolicy is told", JAX(""), TRAINJOB("jax-distributed") ONE IMAGE,
     SAID_DEFAULT("a JAXJob") SAID_JAX},
    {"Never, when written, makes a runtime", JAX(NEVER_RUN),
     RUNTIME("jax", "    numNodes: 1\n    jax: {}\n", ONCE_JOB, ONCE_POD) ONE IMAGE,
     SAID_NEVER SAID_JAX SAID_RUNTIME("2.3", "restartPolicy Never")},
    {"its default goes to a runtime that is there anyway", JAX("") "            tty: true\n",
     RUNTIME_WITH("jax", "    numNodes: 1\n    jax: {}\n", ONCE_JOB, ONCE_POD,
                  "                  tty: true\n") ONE IMAGE,
     SAID_NEVER SAID_JAX SAID_RUNTIME("2.3", "tty")},
    {"the port of the rendezvous goes",
     JAX(RETRY) "            ports: [{name: jaxjob-port, containerPort: 6666}]\n",
     TRAINJOB("jax-distributed") ONE IMAGE, SAID_JAX},
    {"the port of another kind does not",
     JAX(RETRY) "            ports: [{name: pytorchjob-port, containerPort: 1}]\n",
     RUNTIME_WITH("jax", "    numNodes: 1\n    jax: {}\n", "", "",
                  "                  ports:\n"
                  "                  - {name: pytorchjob-port, containerPort: 1}\n") ONE IMAGE,
     SAID_JAX SAID_RUNTIME("2.3", "ports")},
    {"what Trainer writes over",
     JAX(RETRY) "            env: [{name: JAX_NUM_PROCESSES, value: '1'}]\n",
     "refused: Trainer v2 sets JAX_NUM_PROCESSES itself: remove it from env", NULL},
    {"variables of another kind are free",
     JAX(RETRY) "            env: [{name: PET_NNODES, value: '1'}]\n",
     TRAINJOB("jax-distributed") ONE IMAGE "    env: [{name: PET_NNODES, value: '1'}]\n", SAID_JAX},
    {"fields of another kind are none", JAX(RETRY) "  nprocPerNode: 2\n",
     TRAINJOB("jax-distributed") ONE IMAGE,
     SAID_JAX "lost spec.nprocPerNode: Training Operator v1 knows no such field here\n"},
    {"roles of another kind are none",
     OF("JAXJob") "  jaxReplicaSpecs:\n    Master: {template: {}}\n",
     "refused: a JAXJob has no 'Master' replicas", NULL},
    {"the main container has its name",
     OF("JAXJob") "  jaxReplicaSpecs:\n    Worker:\n      template:\n" MAIN("pytorch"),
     "refused: no container is named 'jax'", NULL},
    {"what names the container is told",
     JAX(RETRY) "            env:\n            - name: M\n              valueFrom:\n"
                "                resourceFieldRef: {containerName: jax, resource: limits.memory}\n",
     TRAINJOB("jax-distributed") ONE IMAGE
     "    env:\n    - name: M\n      valueFrom:\n"
     "        resourceFieldRef: {containerName: jax, resource: limits.memory}\n",
     SAID_JAX "note spec.jaxReplicaSpecs.Worker.template.spec.containers[0].env[0].valueFrom."
              "resourceFieldRef.containerName names container jax: a TrainJob calls it node\n"},
};

static const Row xgboost[] = {
    {"a Master alone", XGB(RETRY), TRAINJOB("xgboost-distributed") ONE IMAGE, SAID_XGB},
    {"GPUs count as workers", XGB(RETRY) "            resources: {limits: {nvidia.com/gpu: 4}}\n",
     TRAINJOB("xgboost-distributed") ONE IMAGE
     "    resourcesPerNode: {limits: {nvidia.com/gpu: 4}}\n",
     "note DMLC_NUM_WORKER counts each GPU ('nvidia.com/gpu') as a worker, where WORLD_SIZE "
     "counted "
     "nodes\n" SAID_XGB},
    {"one GPU counts as before",
     XGB(RETRY) "            resources: {limits: {nvidia.com/gpu: 1}}\n",
     TRAINJOB("xgboost-distributed") ONE IMAGE
     "    resourcesPerNode: {limits: {nvidia.com/gpu: 1}}\n",
     SAID_XGB},
    {"what Trainer refuses", XGB(RETRY) "            env: [{name: DMLC_TASK_ID, value: '0'}]\n",
     "refused: Trainer v2 sets DMLC_TASK_ID itself: remove it from env", NULL},
    {"a variable without a successor", XGB(RETRY) "            args: [$(WORKER_ADDRS)]\n",
     TRAINJOB("xgboost-distributed") ONE IMAGE "    args: [$(WORKER_ADDRS)]\n",
     SAID_XGB "note spec.xgbReplicaSpecs.Master.template.spec.containers[0].args[0] names "
              "WORKER_ADDRS: Trainer v2 sets nothing in its place\n"},
};

/* ---- without ---- */

#define NONE_OF_JAX                                                                                \
    "refused: Trainer 2.1 cannot run a JAXJob: it has no runtime for JAX, Trainer 2.2 and later "  \
    "have jax-distributed; only a single replica, without a cluster, could be converted. This "    \
    "one has "

static const Row before_2_2[] = {
    {"one replica", JAX(NEVER_RUN), RUNTIME("jax", ONE, ONCE_JOB, ONCE_POD) ONE IMAGE,
     SAID_NEVER SAID_JAX_ALONE SAID_RUNTIME("2.1", "a program without a cluster, restartPolicy "
                                                   "Never")},
    {"its default restartPolicy is kept", JAX("      replicas: 1\n"),
     RUNTIME("jax", ONE, ONCE_JOB, ONCE_POD) ONE IMAGE,
     SAID_NEVER SAID_JAX_ALONE SAID_ALONE("2.1")},
    {"nothing is reserved", JAX(RETRY) "            env: [{name: JAX_NUM_PROCESSES, value: '1'}]\n",
     RUNTIME("jax", ONE, "", "") ONE IMAGE "    env: [{name: JAX_NUM_PROCESSES, value: '1'}]\n",
     SAID_JAX_ALONE SAID_ALONE("2.1")},
    {"several replicas", JAX("      replicas: 2\n"), NONE_OF_JAX "Worker 2", NULL},
    {"no replicas", JAX("      replicas: 0\n"), NONE_OF_JAX "Worker 0", NULL},
    {"replicas of a template", JAX("      replicas: {{ .n }}\n"), NONE_OF_JAX "Worker {{ .n }}",
     NULL},
    {"a list of replicas", OF("JAXJob") "  jaxReplicaSpecs: [1]\n",
     "refused: a map is expected: spec.jaxReplicaSpecs", NULL},
    {"no replicas at all", OF("JAXJob") "  runPolicy: {}\n",
     "refused: it has no spec.jaxReplicaSpecs", NULL},
};

#define NONE_OF_TF                                                                                 \
    "refused: Trainer 2.3 cannot run a TFJob: no release of it has a runtime for TensorFlow or "   \
    "sets TF_CONFIG; only a single replica, without a cluster, could be converted. This one has "
#define OWN_JOB "a replicated job of its own in a TrainingRuntime of yours"

static const Row alone[] = {
    {"one Worker", TF("Worker", NEVER_RUN),
     RUNTIME("tensorflow", ONE, ONCE_JOB, ONCE_POD) ONE IMAGE,
     SAID_NEVER SAID_TF_ALONE SAID_RUNTIME("2.3", "a program without a cluster, restartPolicy "
                                                  "Never")},
    {"one Chief, in another case", TF("CHIEF", RETRY), RUNTIME("tensorflow", ONE, "", "") ONE IMAGE,
     SAID_TF_ALONE SAID_ALONE("2.3")},
    {"what one replica does not need goes",
     TF("Worker", RETRY) "  successPolicy: AllWorkers\n  enableDynamicWorker: false\n",
     RUNTIME("tensorflow", ONE, "", "") ONE IMAGE, SAID_TF_ALONE SAID_ALONE("2.3")},
    {"a cluster that could grow", TF("Worker", RETRY) "  enableDynamicWorker: true\n",
     RUNTIME("tensorflow", ONE, "", "") ONE IMAGE,
     SAID_TF_ALONE SAID_ALONE(
         "2.3") "lost spec.enableDynamicWorker: a TrainJob keeps the nodes that it starts with\n"},
    {"one parameter server", TF("PS", ""),
     NONE_OF_TF "PS (" OWN_JOB "; while it runs, the TrainJob does not end)", NULL},
    {"an alias as role",
     OF("TFJob") "  x: &w\n    replicas: 2\n  tfReplicaSpecs:\n    Worker: *w\n    Chief: *w\n",
     NONE_OF_TF "Worker 2; Chief 2 (" OWN_JOB ")", NULL},
    {"a value that is long is not shown",
     OF("TFJob") "  successPolicy: AllWorkersAllWorkersAllWorkersAllWorkersAll\n  tfReplicaSpecs:\n"
                 "    Worker: {replicas: 2}\n",
     NONE_OF_TF "Worker 2; successPolicy (successPolicy of the JobSet in that runtime)", NULL},
    {"Paddle: one Worker", PADDLE("Worker", ""), RUNTIME("paddle", ONE, "", "") ONE IMAGE,
     SAID_PADDLE_ALONE SAID_ALONE("2.3")},
    {"Paddle: restarts that torchrun would make",
     PADDLE("Worker", "") "  elasticPolicy: {minReplicas: 1, maxReplicas: 1, maxRestarts: 3}\n",
     RUNTIME("paddle", ONE, "", "") ONE IMAGE,
     "note elasticPolicy goes: with 1 Workers at least and at most, it only told the nodes how to "
     "meet\n" SAID_PADDLE_ALONE SAID_ALONE(
         "2.3") "lost spec.elasticPolicy.maxRestarts: torchrun alone starts again by itself\n"},
    {"Paddle: a Worker that may become more",
     PADDLE("Worker", "") "  elasticPolicy: {minReplicas: 1, maxReplicas: 4}\n",
     "refused: Trainer 2.3 has no elastic jobs: spec.elasticPolicy wants 1 to 4 Workers, and there "
     "are 1",
     NULL},
    {"MPI", OF("MPIJob") "  slotsPerWorker: 2\n  mpiReplicaSpecs:\n    Launcher: {replicas: 1}\n",
     "refused: Trainer 2.3 cannot run an MPIJob: it reaches the nodes by ssh, which their image "
     "must serve, where Training Operator v1 ran kubectl exec; write a TrainingRuntime with "
     "mlPolicy.mpi as mpi-distributed of Trainer 2.0 is. This one has Launcher 1 (the replicated "
     "job 'launcher', to which the TrainJob's image and command apply); slotsPerWorker 2 "
     "(numProcPerNode of mlPolicy.mpi)",
     NULL},
    {"MXNet: a field of the run",
     OF("MXJob") "  mxReplicaSpecs: {Worker: {}}\n  jobMode: MXTrain\n",
     "refused: Trainer 2.3 cannot run an MXJob: it has no successor for MXJob, which Training "
     "Operator 1.8 was the last to serve; move the program to another framework. This one has "
     "Worker; jobMode MXTrain (to be told to the program by its own env)",
     NULL},
};

/* ---- the table ---- */

static void kinds(void **state) {
    (void)state;
    assert_null(job_kind_find(STR("pytorchjob")));
    assert_null(job_kind_find(STR("")));
    const JobKind *tf = job_kind_find(STR("TFJob"));
    assert_non_null(tf);
    assert_int_equal(job_kind_role(tf, STR("chief"))->place, PLACE_MASTER);
    assert_int_equal(job_kind_role(tf, STR("PS"))->place, PLACE_NONE);
    assert_null(job_kind_role(tf, STR("Launcher")));
    assert_true(job_kind_reserves(job_kind_find(STR("PyTorchJob")), STR("PET_NNODES")));
    assert_false(job_kind_reserves(tf, STR("PET_NNODES")));
}

TABLE(jax)
TABLE(xgboost)
TABLE_FOR(before_2_2, "2.1")
TABLE(alone)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds),        cmocka_unit_test(test_jax),
        cmocka_unit_test(test_xgboost), cmocka_unit_test(test_before_2_2),
        cmocka_unit_test(test_alone),   cmocka_unit_test(results_satisfy_crds)};
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
