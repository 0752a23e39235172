/* Master and Worker become nodes that are all alike: how many there are, where the two may differ,
 * and how many processes each runs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"

static const Row replicas[] = {
    {"Master and Worker alike, in another order of keys", PAIR(RUN, RUN),
     NEW_HEAD "    numNodes: 4\n" START, NULL},
    {"replicas are one when absent",
     HEAD MASTER RUN "    WORKER:\n      template: {spec: {containers: "
                     "[{name: pytorch, image: 'i:1', command: [torchrun, x.py]}]}}\n",
     NEW_HEAD "    numNodes: 2\n" START, NULL},
    {"Master alone",
     HEAD "  pytorchReplicaSpecs:\n    master:\n      replicas: 1 # one\n"
          "      restartPolicy: OnFailure\n      template:\n        spec:\n          containers:\n"
          "          - name: pytorch\n            image: i:1\n" RUN,
     NEW_HEAD "    numNodes: 1 # one\n" START, NULL},
    {"ports for the rendezvous are no difference",
     PAIR(RUN "            ports:\n            - name: pytorchjob-port\n"
              "              containerPort: 29400\n",
          RUN),
     NEW_HEAD "    numNodes: 4\n" START, NULL},
    {"another image",
     HEAD MASTER RUN "    Worker:\n      template: {spec: {containers: "
                     "[{name: pytorch, image: 'i:2', command: [torchrun, x.py]}]}}\n",
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].image is 'i:1' for Master "
           "and 'i:2' for Worker",
     NULL},
    {"another list", PAIR(RUN, "            command: [torchrun, x.py, --w]\n"),
     ALIKE "spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].command[2] is nothing for "
           "Master and '--w' for Worker",
     NULL},
    {"a field more", PAIR(RUN "            tty: true\n", RUN),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].tty is 'true' for Master "
           "and nothing for Worker",
     NULL},
    {"a map more", PAIR(RUN "            lifecycle: {preStop: {sleep: {seconds: 3}}}\n", RUN),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].lifecycle is '{preStop: "
           "{sleep: {seconds: 3}}}' for Master and nothing for Worker",
     NULL},
    {"a secret is not shown",
     PAIR("            env: [{name: API_TOKEN, value: abc}]\n",
          "            env: [{name: API_TOKEN, value: def}]\n"),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].env[0].value is '***' for "
           "Master and '***' for Worker",
     NULL},
    {"an empty field is none", PAIR(RUN, RUN "            env: []\n            args:\n"),
     NEW_HEAD "    numNodes: 4\n" START, NULL},
    {"comments of the one that goes are told", PAIR(RUN, "            # same\n" RUN),
     NEW_HEAD "    numNodes: 4\n" START, "lost # same\n"},
    {"template expressions that are alike",
     PAIR("            command: [torchrun, {{ .x }}]\n",
          "            command: [torchrun, {{ .x }}]\n"),
     NEW_HEAD "    numNodes: 4\n" IMAGE "    command: [torchrun, {{ .x }}]\n",
     "note Master and Worker have the same template expressions: they are taken to give the same "
     "values\n"},
    {"template expressions that are not",
     PAIR("            command: [torchrun, {{ .x }}]\n",
          "            command: [torchrun, {{ .y }}]\n"),
     "refused: depends on a template: "
     "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].command[1]",
     NULL},
    {"replicas from a template", JOB "      replicas: {{ .n }}\n",
     NEW_HEAD "    numNodes: {{ .n }}\n" START, NULL},
    {"no Worker at all", JOB "      replicas: 0\n", NEW_HEAD "    numNodes: 0\n" START,
     "note it has no Worker: its replicas are 0\n"},
    {"replicas that are no number", JOB "      replicas: many\n",
     "refused: not a number of replicas: spec.pytorchReplicaSpecs.Worker.replicas", NULL},
    {"other roles", HEAD "  pytorchReplicaSpecs:\n    Launcher:\n      template: {}\n",
     "refused: a PyTorchJob has no 'Launcher' replicas", NULL},
    {"restartPolicy OnFailure", JOB "      restartPolicy: OnFailure\n", TRAIN, NULL},
    {"restartPolicy Always", JOB "      restartPolicy: Always\n", TRAIN,
     "lost spec.pytorchReplicaSpecs.Worker.restartPolicy: a node of a TrainJob starts again when "
     "it "
     "fails, not when it ends\n"},
    {"restartPolicy that is none", JOB "      restartPolicy: Sometimes\n",
     "refused: no restartPolicy of a PyTorchJob: spec.pytorchReplicaSpecs.Worker.restartPolicy",
     NULL},
    {"restartPolicy from a template", JOB "      restartPolicy: {{ .r }}\n",
     "refused: depends on a template: spec.pytorchReplicaSpecs.Worker.restartPolicy", NULL},
    {"a field in the wrong place", JOB "      imagePullPolicy: Always\n", TRAIN,
     "lost spec.pytorchReplicaSpecs.Worker.imagePullPolicy: Training Operator v1 knows no such "
     "field here\n"},
};

#define DIFFER "note Master and Worker differ: spec.pytorchReplicaSpecs."
#define LARGER "; each node gets the larger amounts\n"
#define UNITED "; each node gets both\n"
#define PLACED "; all nodes are placed as the Workers are\n"
#define OPEN(role, key, who)                                                                       \
    "note spec.pytorchReplicaSpecs." role ".template.spec.containers[0].resources.limits." key     \
    " is no limit of all nodes: " who " no such limit, and that is the larger amount\n"
#define OF_MASTER     "Master.template.spec."
#define AMOUNTS(text) "            resources: {" text "}\n"

/* Fields of the containers, and of the Pods behind them. */
static const Row unlike[] = {
    {"resources of the Master only", PAIR(RUN AMOUNTS("limits: {cpu: 4}"), RUN),
     NEW_HEAD "    numNodes: 4\n    numProcPerNode: 1\n" START
              "    resourcesPerNode:\n      requests:\n        cpu: 4\n",
     DIFFER OF_MASTER
     "containers[0].resources is '{limits: {cpu: 4}}' for Master and nothing for "
     "Worker" LARGER
     "note numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 would start a "
     "process for each CPU\n" OPEN("Master", "cpu", "the Workers have")},
    {"limits of the Master that the Workers do not have",
     PAIR(RUN AMOUNTS("limits: {cpu: 1, memory: 4Gi}"),
          RUN AMOUNTS("limits: {nvidia.com/gpu: 8}, requests: {cpu: 1, memory: 4Gi}")),
     NEW_HEAD "    numNodes: 4\n" START
              "    resourcesPerNode:\n      limits:\n        nvidia.com/gpu: 8\n"
              "      requests:\n        cpu: 1\n        memory: 4Gi\n",
     DIFFER OF_MASTER
     "containers[0].resources is '{limits: {cpu: 1, memory: 4Gi}}' for Master and '{limits: "
     "{nvidia.com/gpu: 8}, requests: {cpu: 1, memory: 4Gi}}' for Worker" LARGER OPEN(
         "Master", "cpu", "the Workers have") OPEN("Master", "memory", "the Workers have")},
    {"limits of the Workers that the Master does not have",
     PAIR(RUN, RUN "            resources:\n              limits:\n                cpu: 4 # all\n"
                   "                memory: 8Gi # most\n              requests:\n"
                   "                cpu: 2\n"),
     NEW_HEAD "    numNodes: 4\n    numProcPerNode: 1\n" START
              "    resourcesPerNode:\n      requests:\n        cpu: 2\n"
              "        memory: 8Gi # most\n",
     DIFFER "Worker.template.spec.containers[0].resources is nothing for Master and '{limits: "
            "{cpu: 4, memory: 8Gi}, requests: {cpu: 2}}' for Worker" LARGER
            "note numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 would start "
            "a process for each CPU\n" OPEN("Worker", "cpu", "the Master has")
                OPEN("Worker", "memory", "the Master has") "lost # all\n"},
    {"resources of the Workers only", PAIR(RUN, RUN AMOUNTS("limits: {nvidia.com/gpu: 8}")),
     NEW_HEAD "    numNodes: 4\n" START "    resourcesPerNode: {limits: {nvidia.com/gpu: 8}}\n",
     DIFFER "Worker.template.spec.containers[0].resources is nothing for Master and '{limits: "
            "{nvidia.com/gpu: 8}}' for Worker" LARGER},
    {"the larger of each amount",
     PAIR(RUN "            resources:\n              limits: {cpu: 2, memory: 16Gi}\n"
              "              requests: {cpu: 500m}\n",
          RUN "            resources:\n              # of the pool\n              limits:\n"
              "                cpu: \"8\" # all\n                memory: 1000Mi # few\n"
              "                nvidia.com/gpu: 1\n"),
     NEW_HEAD "    numNodes: 4\n" START "    resourcesPerNode:\n      # of the pool\n"
              "      limits:\n        cpu: \"8\" # all\n        memory: 16Gi\n"
              "        nvidia.com/gpu: 1\n      requests:\n        cpu: \"8\" # all\n",
     DIFFER OF_MASTER
     "containers[0].resources is '{limits: {cpu: 2, memory: 16Gi}, requests: {cpu: 500m}}' for "
     "Master and '{limits: {cpu: 8, memory: 1000Mi, nvidia.com/gpu: 1}}' for Worker" LARGER
     "lost spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].resources.limits.memory: "
     "the Master asks for more, and all nodes get it\nlost # few\n"},
    {"more requested than the other is limited to",
     PAIR(RUN AMOUNTS("requests: {cpu: 4}"), RUN AMOUNTS("limits: {cpu: 2}")),
     NEW_HEAD "    numNodes: 4\n    numProcPerNode: 1\n" START
              "    resourcesPerNode:\n      requests:\n        cpu: 4\n",
     DIFFER OF_MASTER
     "containers[0].resources is '{requests: {cpu: 4}}' for Master and '{limits: {cpu: 2}}' for "
     "Worker" LARGER
     "note numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 would start a "
     "process for each CPU\n" OPEN("Worker", "cpu", "the Master has")},
    {"an amount that is none",
     PAIR(RUN AMOUNTS("limits: {cpu: 4}"), RUN AMOUNTS("limits: {cpu: few}")),
     "refused: not a quantity: spec.pytorchReplicaSpecs.Worker.template.spec.containers[0]."
     "resources.limits.cpu",
     NULL},
    {"placement",
     PAIR(RUN "          nodeSelector: {pool: cpu} # cheap\n",
          RUN "          nodeSelector: {pool: gpu}\n          tolerations: [{operator: Exists}]\n"),
     NEW_HEAD "    numNodes: 4\n" START POD "                    nodeSelector: {pool: gpu}\n"
              "                    tolerations: [{operator: Exists}]\n",
     DIFFER OF_MASTER
     "nodeSelector is '{pool: cpu}' for Master and '{pool: gpu}' for Worker" PLACED DIFFER
     "Worker.template.spec.tolerations is nothing for Master and '[{operator: Exists}]' "
     "for Worker" PLACED "lost # cheap\n"},
    {"a service account of the Master only", PAIR(RUN "          serviceAccountName: m\n", RUN),
     NEW_HEAD "    numNodes: 4\n" START POD "                    serviceAccountName: m\n",
     DIFFER OF_MASTER "serviceAccountName is 'm' for Master and nothing for Worker; all nodes run "
                      "with that account, and have its rights\n"},
    {"placement, but another command too",
     PAIR(RUN "          nodeSelector: {pool: cpu}\n", "            command: [torchrun, y.py]\n"),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].command[1] is 'x.py' for "
           "Master and 'y.py' for Worker",
     NULL},
    {"another variable",
     PAIR(RUN "            env: [{name: A, value: m}]\n",
          RUN "            env: [{name: A, value: w}]\n"),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].env[0].value is 'm' for "
           "Master and 'w' for Worker",
     NULL},
    {"other args", PAIR(RUN "            args: [a]\n", RUN "            args: [b]\n"),
     ALIKE "spec.pytorchReplicaSpecs.Master.template.spec.containers[0].args[0] is 'a' for Master "
           "and 'b' for Worker",
     NULL},
};

/* Workers of which the policy wants some number. */
#define ELASTIC(fields)                                                                            \
    HEAD WORKER RUN "            env:\n            - name: A\n              value: a\n"            \
                    "      replicas: 2\n  elasticPolicy:\n" fields
#define STEADY NEW_HEAD "    numNodes: 2\n" START "    env:\n    - name: A\n      value: a\n"
#define GONE   "lost spec.elasticPolicy."
#define STEADY_NOTE(count)                                                                         \
    "note elasticPolicy goes: with " count                                                         \
    " Workers at least and at most, it only told the nodes "                                       \
    "how to meet\n"
#define MEET ": Trainer v2 lets the nodes meet at PET_MASTER_ADDR and PET_MASTER_PORT\n"

static const Row elastic[] = {
    {"bounds that are the Workers", ELASTIC("    minReplicas: 2\n    maxReplicas: 2\n"), STEADY,
     STEADY_NOTE("2")},
    {"no bounds: for the rendezvous only",
     ELASTIC("    rdzvBackend: c10d\n    rdzvId: x\n    rdzvHost: h\n    rdzvPort: 1\n"
             "    rdzvConf: [{key: a, value: b}]\n    standalone: true\n"),
     STEADY,
     STEADY_NOTE("2") GONE "rdzvBackend" MEET GONE "rdzvId" MEET GONE "rdzvHost" MEET GONE
                           "rdzvPort" MEET GONE "rdzvConf" MEET GONE "standalone" MEET},
    {"metrics without room", ELASTIC("    metrics: [{type: Resource}]\n"), STEADY,
     STEADY_NOTE("2") GONE "metrics: with one number of Workers there is nothing to scale\n"},
    {"restarts become a variable of torchrun",
     ELASTIC("    # often\n    maxRestarts: 100 # times\n"),
     STEADY "    - name: PET_MAX_RESTARTS\n      # often\n      value: \"100\" # times\n",
     STEADY_NOTE("2")},
    {"restarts without other variables", HEAD WORKER RUN "  elasticPolicy: {maxRestarts: 3}\n",
     TRAIN "    env:\n    - name: PET_MAX_RESTARTS\n      value: \"3\"\n", STEADY_NOTE("1")},
    {"restarts that are set already",
     HEAD WORKER RUN "            env: [{name: PET_MAX_RESTARTS, value: \"1\"}]\n"
                     "  elasticPolicy: {maxRestarts: 3}\n",
     TRAIN "    env: [{name: PET_MAX_RESTARTS, value: \"1\"}]\n",
     STEADY_NOTE("1") GONE "maxRestarts: torchrun takes it from PET_MAX_RESTARTS\n"},
    {"processes in the old place", ELASTIC("    nProcPerNode: 4\n"),
     NEW_HEAD "    numNodes: 2\n    numProcPerNode: 4\n" START
              "    env:\n    - name: A\n      value: a\n",
     STEADY_NOTE("2")},
    {"processes in both places", ELASTIC("    nProcPerNode: 4\n  nprocPerNode: \"2\"\n"),
     NEW_HEAD "    numNodes: 2\n    numProcPerNode: 2\n" START
              "    env:\n    - name: A\n      value: a\n",
     STEADY_NOTE("2") GONE "nProcPerNode: nprocPerNode is taken instead\n"},
    {"fewer at least", ELASTIC("    minReplicas: 1\n"),
     "refused: Trainer 2.3 has no elastic jobs: spec.elasticPolicy wants 1 to 2 Workers, and there "
     "are 2",
     NULL},
    {"bounds that are not the Workers", ELASTIC("    minReplicas: 4\n    maxReplicas: 4\n"),
     "refused: Trainer 2.3 has no elastic jobs: spec.elasticPolicy wants 4 to 4 Workers, and there "
     "are 2",
     NULL},
    {"no Workers", HEAD MASTER RUN "  elasticPolicy: {rdzvBackend: c10d}\n",
     "refused: spec.elasticPolicy without Workers", NULL},
    {"a bound from a template", ELASTIC("    minReplicas: {{ .n }}\n"),
     "refused: depends on a template: spec.elasticPolicy.minReplicas", NULL},
    {"a bound that is no number", ELASTIC("    minReplicas: few\n"),
     "refused: spec.elasticPolicy.minReplicas is no number", NULL},
};

#define CPUS     "            resources: {requests: {cpu: 4}}\n"
#define GPUS     "            resources: {limits: {nvidia.com/gpu: 8}}\n"
#define NEW_CPUS "    resourcesPerNode: {requests: {cpu: 4}}\n"
#define NEW_GPUS "    resourcesPerNode: {limits: {nvidia.com/gpu: 8}}\n"
#define ONE_PROCESS                                                                                \
    "note numProcPerNode is 1, as nodes without GPU counted in v1: Trainer v2 would start a "      \
    "process for each CPU\n"
#define NUMBER_ONLY "lost spec.nprocPerNode: Trainer v2 takes a number only\n"

static const Row processes[] = {
    {"a number", JOB "  nprocPerNode: \"4\" # four\n",
     NEW_HEAD "    numNodes: 1\n    numProcPerNode: 4 # four\n" START, NULL},
    {"auto on GPUs", JOB GPUS "  nprocPerNode: auto\n", TRAIN NEW_GPUS, NULL},
    {"auto on CPUs", JOB CPUS "  nprocPerNode: auto\n",
     NEW_HEAD "    numNodes: 1\n    numProcPerNode: 1\n" START NEW_CPUS, ONE_PROCESS},
    {"nothing on CPUs", JOB CPUS,
     NEW_HEAD "    numNodes: 1\n    numProcPerNode: 1\n" START NEW_CPUS, ONE_PROCESS},
    {"nothing on one CPU", JOB "            resources: {requests: {cpu: 500m}}\n",
     TRAIN "    resourcesPerNode: {requests: {cpu: 500m}}\n", NULL},
    {"nothing on another accelerator",
     JOB "            resources: {limits: {habana.ai/gaudi: 8}}\n",
     TRAIN "    resourcesPerNode: {limits: {habana.ai/gaudi: 8}}\n",
     "note Trainer v2 sees no GPU in 'habana.ai/gaudi' and starts a process for each CPU: set "
     "numProcPerNode to how many there are\n"},
    {"gpu", JOB GPUS "  nprocPerNode: gpu\n",
     NEW_HEAD "    numNodes: 1\n    numProcPerNode: 8\n" START NEW_GPUS, NULL},
    {"gpu without any", JOB "  nprocPerNode: gpu\n", TRAIN, NUMBER_ONLY},
    {"cpu", JOB CPUS "  nprocPerNode: cpu\n", TRAIN NEW_CPUS, NULL},
    {"cpu on GPUs", JOB GPUS "  nprocPerNode: cpu\n", TRAIN NEW_GPUS, NUMBER_ONLY},
    {"something else", JOB "  nprocPerNode: all\n",
     "refused: nprocPerNode is no number, auto, cpu or gpu", NULL},
    {"a template", JOB "  nprocPerNode: {{ .n }}\n",
     "refused: depends on a template: spec.nprocPerNode", NULL},
};

TABLE(replicas)
TABLE(unlike)
TABLE(elastic)
TABLE(processes)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replicas),        cmocka_unit_test(test_unlike),
        cmocka_unit_test(test_elastic),         cmocka_unit_test(test_processes),
        cmocka_unit_test(results_satisfy_crds),
    };
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
