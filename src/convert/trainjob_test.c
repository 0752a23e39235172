/* PyTorchJob to TrainJob: each row is an object, the text that shall come out (or why none does),
 * and what a person is told to read. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"

static const Row envelope[] = {
    {"one Worker", JOB, TRAIN, NULL},
    {"labels and annotations stay",
     "apiVersion: kubeflow.org/v1 # v1\nkind: PyTorchJob # kind\nmetadata:\n  name: a\n"
     "  namespace: ml\n  labels: {kueue.x-k8s.io/queue-name: q}\n  annotations:\n    x/y: z # "
     "keep\n"
     "spec:\n" WORKER RUN,
     "apiVersion: trainer.kubeflow.org/v1alpha1 # v1\nkind: TrainJob # kind\nmetadata:\n  name: a\n"
     "  namespace: ml\n  labels: {kueue.x-k8s.io/queue-name: q}\n  annotations:\n    x/y: z # "
     "keep\n" NEW_SPEC "    numNodes: 1\n" START,
     NULL},
    {"generateName stays",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n"
     "  generateName: a-\nspec:\n" WORKER RUN,
     NEW_UPTO_META "  generateName: a-\n" NEW_SPEC "    numNodes: 1\n" START, NULL},
    {"what the server wrote goes",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  annotations:\n"
     "    kubectl.kubernetes.io/last-applied-configuration: |\n      {\"kind\":\"PyTorchJob\"}\n"
     "  creationTimestamp: \"2026-01-01T00:00:00Z\"\n  generation: 1\n  managedFields:\n"
     "  - manager: kubectl\n  name: a\n  resourceVersion: \"7\"\n  uid: x\nspec:\n" WORKER RUN
     "status:\n  conditions:\n  - type: Created\n    status: \"True\"\n",
     TRAIN, NULL},
    {"finalizers go",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  name: a\n"
     "  finalizers: [x.y/z]\nspec:\n" WORKER RUN,
     TRAIN, "lost metadata.finalizers: nobody would take it from a TrainJob\n"},
    {"a name that is too long for Pods",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n"
     "  name: a12345678901234567890123456789012345678901234567890\nspec:\n" WORKER RUN,
     "refused: JobSet would refuse it: its Pods would have names of 66 characters, at most 63 are "
     "allowed; shorten the name by 3",
     NULL},
    {"a prefix that is too long for Pods",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n"
     "  generateName: a1234567890123456789012345678901234567890123-\nspec:\n" WORKER RUN,
     "refused: JobSet would refuse it: its Pods would have names of 65 characters, at most 63 are "
     "allowed; shorten the name by 2",
     NULL},
    {"a name that is none",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n"
     "  name: a_b\nspec:\n" WORKER RUN,
     "refused: no TrainJob can be named 'a_b'", NULL},
    {"an owner manages it",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  name: a\n"
     "  ownerReferences:\n  - apiVersion: kubeflow.org/v1beta1\n    kind: Trial\n    name: t\n"
     "    controller: true\nspec:\n" WORKER RUN,
     "refused: managed by Trial 't'", NULL},
    {"no replicas", HEAD "  runPolicy: {}\n", "refused: it has no spec.pytorchReplicaSpecs", NULL},
    {"another kind", "apiVersion: kubeflow.org/v1\nkind: Notebook\nspec: {}\n",
     "refused: only a job of kubeflow.org/v1 becomes a TrainJob", NULL},
    {"no field of a PyTorchJob", JOB "  jobMode: x\n", TRAIN,
     "lost spec.jobMode: Training Operator v1 knows no such field here\n"},
};

static const Row policy[] = {
    {"suspend", JOB "  runPolicy:\n    # later\n    suspend: true # wait\n",
     TRAIN "  # later\n  suspend: true # wait\n", NULL},
    {"managedBy the operator",
     JOB "  runPolicy:\n    managedBy: 'kubeflow.org/training-operator'\n",
     TRAIN "  managedBy: 'trainer.kubeflow.org/trainjob-controller'\n", NULL},
    {"managedBy Kueue", JOB "  runPolicy:\n    managedBy: kueue.x-k8s.io/multikueue\n",
     TRAIN "  managedBy: kueue.x-k8s.io/multikueue\n", NULL},
    {"managedBy others", JOB "  runPolicy:\n    managedBy: me/too\n",
     "refused: no TrainJob can be managed by 'me/too'", NULL},
    {"activeDeadlineSeconds", JOB "  runPolicy:\n    activeDeadlineSeconds: 60\n",
     TRAIN "  activeDeadlineSeconds: 60\n", NULL},
    {"a deadline of nothing", JOB "  runPolicy:\n    activeDeadlineSeconds: 0\n",
     "refused: activeDeadlineSeconds must be at least 1", NULL},
    {"cleanPodPolicy None", JOB "  runPolicy:\n    cleanPodPolicy: None\n", TRAIN, NULL},
    {"cleanPodPolicy Running", JOB "  runPolicy:\n    cleanPodPolicy: Running\n", TRAIN, NULL},
    {"cleanPodPolicy All", JOB "  runPolicy:\n    cleanPodPolicy: All\n", TRAIN,
     "lost spec.runPolicy.cleanPodPolicy: finished Pods stay until the TrainJob is deleted\n"},
    {"minAvailable is all", JOB "  runPolicy:\n    schedulingPolicy:\n      minAvailable: 1\n",
     TRAIN,
     "lost spec.runPolicy.schedulingPolicy.minAvailable: a runtime with a podGroupPolicy starts "
     "all "
     "nodes together\n"},
    {"minAvailable is less",
     JOB "      replicas: 3\n  runPolicy:\n    schedulingPolicy:\n"
         "      minAvailable: 2\n      minResources: {cpu: 1}\n",
     NEW_HEAD "    numNodes: 3\n" START,
     "lost spec.runPolicy.schedulingPolicy.minAvailable: a TrainJob starts with all its nodes or "
     "not "
     "at all\nlost spec.runPolicy.schedulingPolicy.minResources: the resources of a gang are those "
     "of its nodes\n"},
    {"queue", JOB "  runPolicy:\n    schedulingPolicy:\n      queue: q # ours\n",
     NEW_UPTO_META
     "  name: a\n  annotations:\n    scheduling.volcano.sh/queue-name: q # ours\n" NEW_SPEC
     "    numNodes: 1\n" START,
     "note the queue is taken to be Volcano's: it counts when the runtime's podGroupPolicy is "
     "volcano\n"},
    {"queue among annotations",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  annotations: {x: z}\n  name: a\n"
     "spec:\n" WORKER RUN "  runPolicy: {schedulingPolicy: {queue: q}}\n",
     NEW_UPTO_META
     "  annotations: {x: z, scheduling.volcano.sh/queue-name: q}\n  name: a\n" NEW_SPEC
     "    numNodes: 1\n" START,
     "note the queue is taken to be Volcano's: it counts when the runtime's podGroupPolicy is "
     "volcano\n"},
    {"an empty policy", JOB "  runPolicy: {schedulingPolicy: {}, suspend: , managedBy: \"\"}\n",
     TRAIN, NULL},
    {"policy directly under spec", JOB "  cleanPodPolicy: None\n", TRAIN,
     "note spec.cleanPodPolicy is taken for spec.runPolicy.cleanPodPolicy, though Training "
     "Operator "
     "v1 ignores it\n"},
    {"elasticPolicy", JOB "  elasticPolicy:\n    maxReplicas: 3\n",
     "refused: Trainer 2.3 has no elastic jobs: spec.elasticPolicy wants 1 to 3 Workers, and there "
     "are 1",
     NULL},
};

static const Row container[] = {
    {"image, command, args and env with their comments",
     HEAD WORKER "            # start\n            command: # by\n            - torchrun # it\n"
                 "            args: [\"x.py\", --e=1]\n            env:\n            # one\n"
                 "            - name: A\n              value: '1'\n            - name: B\n"
                 "              valueFrom:\n                secretKeyRef: {name: s, key: k}\n",
     NEW_HEAD "    numNodes: 1\n" IMAGE "    # start\n    command: # by\n    - torchrun # it\n"
              "    args: [\"x.py\", --e=1]\n    env:\n    # one\n    - name: A\n      value: '1'\n"
              "    - name: B\n      valueFrom:\n        secretKeyRef: {name: s, key: k}\n",
     NULL},
    {"resources",
     JOB "            resources: # much\n              limits:\n"
         "                nvidia.com/gpu: 8\n",
     TRAIN "    resourcesPerNode: # much\n      limits:\n        nvidia.com/gpu: 8\n", NULL},
    {"volumeMounts and securityContext",
     HEAD WORKER
     "            volumeMounts:\n            - name: v\n              mountPath: /v\n" RUN
     "            securityContext:\n              runAsUser: 1\n",
     TRAIN CONTAINER
     "                      volumeMounts:\n                      - name: v\n"
     "                        mountPath: /v\n                      securityContext:\n"
     "                        runAsUser: 1\n",
     NULL},
    {"the port for the rendezvous",
     JOB "            ports:\n            - name: pytorchjob-port\n"
         "              containerPort: 23456\n",
     TRAIN, NULL},
    {"imagePullPolicy as usual", JOB "            imagePullPolicy: IfNotPresent\n", TRAIN, NULL},
    {"imagePullPolicy of a moving tag",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        spec:\n"
          "          containers:\n          - name: pytorch\n            image: r.io:5000/i\n" RUN
          "            imagePullPolicy: Always\n",
     NEW_HEAD "    numNodes: 1\n    image: r.io:5000/i\n    command: [torchrun, x.py]\n", NULL},
    {"imagePullPolicy of a digest",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        spec:\n"
          "          containers:\n          - name: pytorch\n            image: i@sha256:00\n" RUN
          "            imagePullPolicy: IfNotPresent\n",
     NEW_HEAD "    numNodes: 1\n    image: i@sha256:00\n    command: [torchrun, x.py]\n", NULL},
    {"imagePullPolicy that is lost", JOB "            imagePullPolicy: Always\n", TRAIN, PULL_LOST},
    {"values that are usual anyway",
     JOB "            tty: false\n          dnsPolicy: ClusterFirst\n", TRAIN, NULL},
    {"no container is the main one",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n"
          "        spec:\n          containers:\n          - name: main\n            image: i:1\n",
     "refused: no container is named 'pytorch'", NULL},
    {"a name from a template",
     HEAD
     "  pytorchReplicaSpecs:\n    Worker:\n      template:\n"
     "        spec:\n          containers:\n          - name: {{ .n }}\n            image: i:1\n",
     "refused: depends on a template: spec." CONTAINER_PATH "name", NULL},
    {"an image from a template",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n"
          "        spec:\n          containers:\n          - name: pytorch\n            image: {{ "
          ".i }}\n" RUN "            imagePullPolicy: Always\n",
     NEW_HEAD "    numNodes: 1\n    image: {{ .i }}\n    command: [torchrun, x.py]\n", PULL_LOST},
    {"a merge key", JOB "            <<: {tty: true}\n",
     "refused: a merge key cannot be split: spec." POD_PATH "containers[0]", NULL},
};

#define RENAMED " names container pytorch: a TrainJob calls it node\n"

static const Row pod[] = {
    {"metadata of the Pods",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n"
          "        metadata:\n          name: old\n          # mesh\n          annotations:\n"
          "            sidecar.istio.io/inject: \"false\" # no\n          labels: {a: b}\n"
          "          creationTimestamp: null\n        spec:\n          containers:\n"
          "          - name: pytorch\n            image: i:1\n" RUN,
     TRAIN PATCH "                  metadata:\n                    # mesh\n"
                 "                    annotations:\n"
                 "                      sidecar.istio.io/inject: \"false\" # no\n"
                 "                    labels: {a: b}\n",
     NULL},
    {"where it runs",
     JOB "          # here\n          nodeSelector:\n            a: b\n"
         "          tolerations:\n          - operator: Exists\n          affinity: {nodeAffinity: "
         "{}}\n"
         "          serviceAccountName: s\n          imagePullSecrets: [{name: p}]\n"
         "          volumes:\n          - name: v\n            emptyDir: {}\n"
         "          securityContext: {fsGroup: 1}\n          schedulingGates: [{name: g}]\n"
         "          terminationGracePeriodSeconds: 9\n",
     TRAIN POD
     "                    # here\n                    nodeSelector:\n"
     "                      a: b\n                    tolerations:\n"
     "                    - operator: Exists\n                    affinity: {nodeAffinity: {}}\n"
     "                    serviceAccountName: s\n                    imagePullSecrets: [{name: "
     "p}]\n"
     "                    volumes:\n                    - name: v\n"
     "                      emptyDir: {}\n                    securityContext: {fsGroup: 1}\n"
     "                    schedulingGates: [{name: g}]\n"
     "                    terminationGracePeriodSeconds: 9\n",
     NULL},
    {"serviceAccount", JOB "          serviceAccount: s # old\n",
     TRAIN POD "                    serviceAccountName: s # old\n", NULL},
    {"both service accounts", JOB "          serviceAccount: s\n          serviceAccountName: t\n",
     TRAIN POD "                    serviceAccountName: t\n", NULL},
    {"what names the container",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        metadata:\n"
          "          annotations:\n            kubectl.kubernetes.io/default-container: pytorch\n"
          "            container.apparmor.security.beta.kubernetes.io/pytorch: unconfined\n"
          "        spec:\n          containers:\n          - name: pytorch\n"
          "            image: i:1\n" RUN
          "            env: [{name: A, valueFrom: {resourceFieldRef: {containerName: pytorch, "
          "resource: limits.cpu}}}]\n"
          "          volumes: [{name: v, downwardAPI: {items: [{path: p, resourceFieldRef: "
          "{containerName: pytorch, resource: limits.cpu}}]}}]\n",
     TRAIN "    env: [{name: A, valueFrom: {resourceFieldRef: {containerName: pytorch, resource: "
           "limits.cpu}}}]\n" PATCH "                  metadata:\n"
           "                    annotations:\n"
           "                      kubectl.kubernetes.io/default-container: pytorch\n"
           "                      container.apparmor.security.beta.kubernetes.io/pytorch: "
           "unconfined\n                  spec:\n"
           "                    volumes: [{name: v, downwardAPI: {items: [{path: p, "
           "resourceFieldRef: {containerName: pytorch, resource: limits.cpu}}]}}]\n",
     "note spec." CONTAINER_PATH "env[0].valueFrom.resourceFieldRef.containerName" RENAMED
     "note spec." POD_PATH "volumes[0].downwardAPI.items[0].resourceFieldRef.containerName" RENAMED
     "note spec.pytorchReplicaSpecs.Worker.template.metadata.annotations[\"kubectl.kubernetes.io/"
     "default-container\"]" RENAMED
     "note spec.pytorchReplicaSpecs.Worker.template.metadata.annotations[\"container.apparmor."
     "security.beta.kubernetes.io/pytorch\"]" RENAMED},
    {"its restartPolicy", JOB "          restartPolicy: Never\n", TRAIN, NULL},
    {"affinity by labels of v1",
     JOB "          affinity:\n            podAntiAffinity:\n"
         "              requiredDuringSchedulingIgnoredDuringExecution:\n"
         "              - topologyKey: kubernetes.io/hostname\n                labelSelector:\n"
         "                  matchLabels:\n                    training.kubeflow.org/job-name: a\n",
     TRAIN POD
     "                    affinity:\n                      podAntiAffinity:\n"
     "                        requiredDuringSchedulingIgnoredDuringExecution:\n"
     "                        - topologyKey: kubernetes.io/hostname\n"
     "                          labelSelector:\n                            matchLabels:\n"
     "                              training.kubeflow.org/job-name: a\n",
     "note spec." POD_PATH
     "affinity goes by labels training.kubeflow.org/…, which Pods of a TrainJob "
     "do not have: select by jobset.sigs.k8s.io/jobset-name\n"},
};

#define ALONE                                                                                      \
    "note without torchrun each node would train alone, since Trainer v2 sets PET_* only, not "    \
    "MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE: "
#define HIDDEN                                                                                     \
    "note whether torchrun starts the program cannot be seen here: Trainer v2 sets PET_* only, "   \
    "not "                                                                                         \
    "MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE; if it does not, "
#define BY_HAND                                                                                    \
    "start it by torchrun, or set them in a shell (one process per node): "                        \
    "`MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=$PET_MASTER_PORT RANK=$PET_NODE_RANK "              \
    "WORLD_SIZE=$PET_NNODES exec …`\n"
#define COMMAND(text)     HEAD WORKER "            command: " text "\n      replicas: 2\n"
#define NEW_COMMAND(text) NEW_HEAD "    numNodes: 2\n" IMAGE "    command: " text "\n"
#define SINGLE(text)      HEAD MASTER "            command: " text "\n"
#define NEW_SINGLE(text)  NEW_HEAD "    numNodes: 1\n" IMAGE "    command: " text "\n"
#define STOPS                                                                                      \
    "note Trainer v2 sets PET_* only, not MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE: a "       \
    "program that asks for them stops"
#define ENV(name, value)     JOB "            env: [{name: " name ", value: " value "}]\n"
#define NEW_ENV(name, value) TRAIN "    env: [{name: " name ", value: " value "}]\n"
#define VALUE_PATH           "note spec." CONTAINER_PATH "env[0].value names "

static const Row environment[] = {
    {"python is proposed as torchrun", COMMAND("[/usr/bin/python3, -u, x.py, --e=1]"),
     NEW_COMMAND("[/usr/bin/python3, -u, x.py, --e=1]"),
     ALONE "`command: [torchrun, x.py, --e=1]`\n"},
    {"a module too", COMMAND("[python, -m, m.train]"), NEW_COMMAND("[python, -m, m.train]"),
     ALONE "`command: [torchrun, -m, m.train]`\n"},
    {"python -m torch.distributed.run", COMMAND("[python, -m, torch.distributed.run, x.py]"),
     NEW_COMMAND("[python, -m, torch.distributed.run, x.py]"), NULL},
    {"accelerate in a shell", COMMAND("[sh, -c, 'exec accelerate launch x.py']"),
     NEW_COMMAND("[sh, -c, 'exec accelerate launch x.py']"), NULL},
    {"deepspeed", COMMAND("[deepspeed, x.py]"), NEW_COMMAND("[deepspeed, x.py]"), NULL},
    {"a launcher's name among the words of python", COMMAND("[python, x.py, --deepspeed, d.json]"),
     NEW_COMMAND("[python, x.py, --deepspeed, d.json]"),
     ALONE "`command: [torchrun, x.py, --deepspeed, d.json]`\n"},
    {"… of echo", COMMAND("[sh, -c, echo torchrun; python x.py]"),
     NEW_COMMAND("[sh, -c, echo torchrun; python x.py]"), ALONE BY_HAND},
    {"… in a comment", COMMAND("[sh, -c, \"# torchrun x.py\\npython x.py\"]"),
     NEW_COMMAND("[sh, -c, \"# torchrun x.py\\npython x.py\"]"), ALONE BY_HAND},
    {"… of pip", COMMAND("[bash, -c, 'pip install accelerate deepspeed && python x.py']"),
     NEW_COMMAND("[bash, -c, 'pip install accelerate deepspeed && python x.py']"), ALONE BY_HAND},
    {"… in a here-document",
     COMMAND("[sh, -c, \"cat > x.py <<E\\nimport torch.distributed.run\\nE\\npython x.py\"]"),
     NEW_COMMAND("[sh, -c, \"cat > x.py <<E\\nimport torch.distributed.run\\nE\\npython x.py\"]"),
     ALONE BY_HAND},
    {"a launcher with directories, run by others",
     COMMAND("[env, A=1, numactl, -N, \"0\", /opt/conda/bin/torchrun, x.py]"),
     NEW_COMMAND("[env, A=1, numactl, -N, \"0\", /opt/conda/bin/torchrun, x.py]"), NULL},
    {"a launcher by poetry", COMMAND("[poetry, run, torchrun, x.py]"),
     NEW_COMMAND("[poetry, run, torchrun, x.py]"), NULL},
    {"a launcher in a variable", COMMAND("[sh, -c, 'L=\"accelerate launch\"; $L x.py']"),
     NEW_COMMAND("[sh, -c, 'L=\"accelerate launch\"; $L x.py']"), NULL},
    {"a launcher that a shell reads", COMMAND("[bash, -c, \"bash <<E\\ntorchrun x.py\\nE\"]"),
     NEW_COMMAND("[bash, -c, \"bash <<E\\ntorchrun x.py\\nE\"]"), NULL},
    {"python before a launcher, and in its words",
     COMMAND("[sh, -c, python get.py && torchrun --nnodes $(python n.py) x.py]"),
     NEW_COMMAND("[sh, -c, python get.py && torchrun --nnodes $(python n.py) x.py]"), NULL},
    {"python after a launcher", COMMAND("[sh, -c, if a; then torchrun x.py; else python y.py; fi]"),
     NEW_COMMAND("[sh, -c, if a; then torchrun x.py; else python y.py; fi]"), HIDDEN BY_HAND},
    {"accelerate that launches nothing",
     COMMAND("[sh, -c, accelerate config default; python x.py]"),
     NEW_COMMAND("[sh, -c, accelerate config default; python x.py]"), ALONE BY_HAND},
    {"mpirun", COMMAND("[mpirun, -np, \"2\", python, x.py]"),
     NEW_COMMAND("[mpirun, -np, \"2\", python, x.py]"), HIDDEN BY_HAND},
    {"a launcher that an unknown program is given", COMMAND("[nsys, profile, torchrun, x.py]"),
     NEW_COMMAND("[nsys, profile, torchrun, x.py]"), HIDDEN BY_HAND},
    {"another shell command", COMMAND("[sh, -c, python x.py]"),
     NEW_COMMAND("[sh, -c, python x.py]"), ALONE BY_HAND},
    {"a script", COMMAND("[bash, /run.sh]"), NEW_COMMAND("[bash, /run.sh]"), HIDDEN BY_HAND},
    {"the image's own command", HEAD WORKER "      replicas: 2\n",
     NEW_HEAD "    numNodes: 2\n" IMAGE, HIDDEN BY_HAND},
    {"one node", SINGLE("[python, x.py]"), NEW_SINGLE("[python, x.py]"),
     STOPS ": `command: [torchrun, x.py]`\n"},
    {"one node in a shell", SINGLE("[sh, -c, python x.py]"), NEW_SINGLE("[sh, -c, python x.py]"),
     STOPS "; " BY_HAND},
    {"one node with a script", SINGLE("[bash, /run.sh]"), NEW_SINGLE("[bash, /run.sh]"),
     STOPS ", unless torchrun starts it; " BY_HAND},
    {"one Worker, to which v1 tells nothing", HEAD WORKER "            command: [python, x.py]\n",
     NEW_SINGLE("[python, x.py]"), NULL},
    {"a shell that sets the old variables",
     COMMAND("[sh, -c, 'MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=\"$PET_MASTER_PORT\" "
             "RANK=${PET_NODE_RANK} WORLD_SIZE=$PET_NNODES exec python x.py']"),
     NEW_COMMAND("[sh, -c, 'MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=\"$PET_MASTER_PORT\" "
                 "RANK=${PET_NODE_RANK} WORLD_SIZE=$PET_NNODES exec python x.py']"),
     NULL},
    {"one that exports three of them",
     COMMAND("[sh, -c, \"export MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=$PET_MASTER_PORT\\n"
             "export RANK=$PET_NODE_RANK\\npython x.py\"]"),
     NEW_COMMAND("[sh, -c, \"export MASTER_ADDR=$PET_MASTER_ADDR MASTER_PORT=$PET_MASTER_PORT\\n"
                 "export RANK=$PET_NODE_RANK\\npython x.py\"]"),
     ALONE BY_HAND},
    {"variables in a command", COMMAND("[torchrun, --node_rank=$(RANK), --local=$LOCAL_RANK]"),
     NEW_COMMAND("[torchrun, --node_rank=$(RANK), --local=$LOCAL_RANK]"),
     "note spec." CONTAINER_PATH "command[1] names RANK: outside torchrun Trainer v2 sets "
     "PET_NODE_RANK\n"},
    {"hosts of v1", ENV("H", "a-master-0"), NEW_ENV("H", "a-master-0"),
     VALUE_PATH "a-master: the nodes of a TrainJob are a-node-0-INDEX.a\n"},
    {"the port of v1", ENV("P", "\"23456\""), NEW_ENV("P", "\"23456\""),
     VALUE_PATH "port 23456: Trainer v2 meets at port 29500\n"},
    {"a variable that v1 sets", ENV("WORLD_SIZE", "\"2\""), NEW_ENV("WORLD_SIZE", "\"2\""),
     "note spec." CONTAINER_PATH "env[0] names WORLD_SIZE: Training Operator v1 sets it too\n"},
    {"a variable that v2 sets", ENV("PET_NNODES", "\"2\""),
     "refused: Trainer v2 sets PET_NNODES itself: remove it from env", NULL},
    {"a variable's name from a template", ENV("{{ .n }}", "x"),
     "refused: depends on a template: spec." CONTAINER_PATH "env[0].name", NULL},
};

static const Row forms[] = {
    {"an item of a List",
     "- apiVersion: kubeflow.org/v1\n  kind: PyTorchJob\n  metadata:\n    managedFields:\n"
     "    - manager: x\n    name: a\n    uid: u\n  spec:\n    pytorchReplicaSpecs:\n      Worker:\n"
     "        template:\n          spec:\n            containers:\n            - image: i:1 # i\n"
     "              name: pytorch\n              command: [torchrun, x.py]\n  status:\n"
     "    replicaStatuses: {}\n",
     "- apiVersion: trainer.kubeflow.org/v1alpha1\n  kind: TrainJob\n  metadata:\n    name: a\n"
     "  spec:\n    runtimeRef:\n      name: torch-distributed\n    trainer:\n      numNodes: 1\n"
     "      image: i:1 # i\n      command: [torchrun, x.py]\n",
     NULL},
    {"JSON",
     "{\n  \"apiVersion\": \"kubeflow.org/v1\",\n  \"kind\": \"PyTorchJob\",\n"
     "  \"metadata\": {\"name\": \"a\", \"uid\": \"u\"},\n  \"spec\": {\n"
     "    \"pytorchReplicaSpecs\": {\n      \"Worker\": {\n        \"replicas\": 2,\n"
     "        \"template\": {\n          \"spec\": {\n            \"hostIPC\": false,\n"
     "            \"containers\": [\n              {\n                \"name\": \"pytorch\",\n"
     "                \"image\": \"i:1\",\n                \"command\": [\"torchrun\", \"x.py\"]\n"
     "              }\n            ],\n            \"nodeSelector\": {\n              \"a\": "
     "\"b\"\n"
     "            }\n          }\n        }\n      }\n    }\n  }\n}\n",
     "{\n"
     "  \"apiVersion\": \"trainer.kubeflow.org/v1alpha1\",\n"
     "  \"kind\": \"TrainJob\",\n"
     "  \"metadata\": {\"name\": \"a\"},\n"
     "  \"spec\": {\n"
     "    \"runtimeRef\": {\n"
     "      \"name\": \"torch-distributed\"\n"
     "    },\n"
     "    \"trainer\": {\n"
     "      \"numNodes\": 2,\n"
     "      \"image\": \"i:1\",\n"
     "      \"command\": [\"torchrun\", \"x.py\"]\n"
     "    },\n"
     "    \"runtimePatches\": [\n"
     "      {\n"
     "        \"manager\": \"unstale.dev/convert\",\n"
     "        \"trainingRuntimeSpec\": {\n"
     "          \"template\": {\n"
     "            \"spec\": {\n"
     "              \"replicatedJobs\": [\n"
     "                {\n"
     "                  \"name\": \"node\",\n"
     "                  \"template\": {\n"
     "                    \"spec\": {\n"
     "                      \"template\": {\n"
     "                        \"spec\": {\n"
     "                          \"nodeSelector\": {\n"
     "                            \"a\": \"b\"\n"
     "                          }\n"
     "                        }\n"
     "                      }\n"
     "                    }\n"
     "                  }\n"
     "                }\n"
     "              ]\n"
     "            }\n"
     "          }\n"
     "        }\n"
     "      }\n"
     "    ]\n"
     "  }\n"
     "}\n",
     NULL},
    {"compact JSON",
     "{\"apiVersion\":\"kubeflow.org/v1\",\"kind\":\"PyTorchJob\",\"metadata\":{\"name\":\"a\"},"
     "\"spec\":{\"pytorchReplicaSpecs\":{\"Worker\":{\"template\":{\"spec\":{\"containers\":["
     "{\"name\":\"pytorch\",\"image\":\"i:1\",\"command\":[\"torchrun\",\"x.py\"]}]}}}}}}",
     "{\"apiVersion\":\"trainer.kubeflow.org/"
     "v1alpha1\",\"kind\":\"TrainJob\",\"metadata\":{\"name\":"
     "\"a\"},\"spec\":{\"runtimeRef\":{\"name\":\"torch-distributed\"},\"trainer\":{\"numNodes\":1,"
     "\"image\":\"i:1\",\"command\":[\"torchrun\",\"x.py\"]}}}",
     NULL},
    {"CRLF",
     "apiVersion: kubeflow.org/v1\r\nkind: PyTorchJob\r\nmetadata:\r\n  name: a\r\nspec:\r\n"
     "  pytorchReplicaSpecs:\r\n    Worker:\r\n      template:\r\n        spec:\r\n"
     "          containers:\r\n          # c\r\n          - name: pytorch\r\n            image: "
     "i:1\r\n"
     "            command:\r\n            - torchrun # t\r\n",
     "apiVersion: trainer.kubeflow.org/v1alpha1\r\nkind: TrainJob\r\nmetadata:\r\n  name: a\r\n"
     "spec:\r\n  runtimeRef:\r\n    name: torch-distributed\r\n  # c\r\n  trainer:\r\n"
     "    numNodes: 1\r\n    image: i:1\r\n    command:\r\n    - torchrun # t\r\n",
     NULL},
    {"flow style",
     HEAD
     "  pytorchReplicaSpecs: {Worker: {replicas: 2, template: {spec: {containers: [{name: "
     "pytorch, image: 'i:1', command: [torchrun, x.py], volumeMounts: [{name: v, mountPath: /v}]"
     "}], volumes: [{name: v, emptyDir: {}}]}}}}\n",
     "apiVersion: trainer.kubeflow.org/v1alpha1\n"
     "kind: TrainJob\n"
     "metadata:\n"
     "  name: a\n"
     "spec:\n"
     "  runtimeRef:\n"
     "    name: torch-distributed\n"
     "  trainer:\n    numNodes: 2\n    image: 'i:1'\n    command: [torchrun, x.py]\n"
     "  runtimePatches:\n"
     "  - manager: unstale.dev/convert\n"
     "    trainingRuntimeSpec:\n"
     "      template:\n"
     "        spec:\n"
     "          replicatedJobs:\n"
     "          - name: node\n"
     "            template:\n"
     "              spec:\n"
     "                template:\n"
     "                  spec:\n                    containers:\n"
     "                    - name: node\n"
     "                      volumeMounts: [{name: v, mountPath: /v}]\n"
     "                    volumes: [{name: v, emptyDir: {}}]\n",
     NULL},
    {"deep indentation",
     "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n    name: a\nspec:\n"
     "    pytorchReplicaSpecs:\n        Worker:\n            template:\n                spec:\n"
     "                    containers:\n                        - name: pytorch\n"
     "                          image: i:1\n                          command:\n"
     "                              - torchrun\n",
     "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainJob\nmetadata:\n    name: a\nspec:\n"
     "    runtimeRef:\n        name: torch-distributed\n    trainer:\n        numNodes: 1\n"
     "        image: i:1\n        command:\n            - torchrun\n",
     NULL},
    {"comments everywhere",
     "# header\n\n# above\napiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  # named\n"
     "  name: a\n# the spec\nspec: # of it\n  pytorchReplicaSpecs:\n    Worker:\n      # two\n"
     "      replicas: 2 # nodes\n      template:\n        spec: # pod\n          containers: # "
     "one\n"
     "          # main\n          - name: pytorch # named so\n            # picture\n"
     "            image: i:1 # pinned\n            command: [torchrun, x.py]\n"
     "            # mounts\n            volumeMounts: # here\n            # v\n"
     "            - {name: v, mountPath: /v} # data\n          # end\n\n# detached\n",
     "# header\n"
     "\n"
     "# above\n"
     "apiVersion: trainer.kubeflow.org/v1alpha1\n"
     "kind: TrainJob\n"
     "metadata:\n"
     "  # named\n"
     "  name: a\n"
     "# the spec\n"
     "spec: # of it\n"
     "  runtimeRef:\n"
     "    name: torch-distributed\n"
     "  # main\n"
     "  trainer:\n"
     "    # two\n"
     "    numNodes: 2 # nodes\n"
     "    # picture\n"
     "    image: i:1 # pinned\n"
     "    command: [torchrun, x.py]\n"
     "  runtimePatches:\n"
     "  - manager: unstale.dev/convert\n"
     "    trainingRuntimeSpec:\n"
     "      template:\n"
     "        spec:\n"
     "          replicatedJobs:\n"
     "          - name: node\n"
     "            template:\n"
     "              spec:\n"
     "                template:\n"
     "                  spec: # pod\n"
     "                    containers: # one\n"
     "                    - name: node # named so\n"
     "                      # mounts\n"
     "                      volumeMounts: # here\n"
     "                      # v\n"
     "                      - {name: v, mountPath: /v} # data\n"
     "                    # end\n"
     "\n"
     "# detached\n",
     NULL},
};

TABLE(envelope)
TABLE(policy)
TABLE(container)
TABLE(pod)
TABLE(environment)
TABLE(forms)

static void other_targets(void **state) {
    (void)state;
    Arena a = {0};
    Outcome out = convert_text(&a, STR(JOB), STR("1.9"));
    assert_true(str_eq(out.refused, STR("no TrainJob can be written for Trainer '1.9'")));
    arena_release(&a);
}

/* ---- what the scan and the configuration know ---- */

static Str taken(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)namespace, (void)name;
    bool wanted = str_eq(kind, str_from(context));
    assert_int_equal(str_eq(kind, STR("Service")), !group.len);
    return wanted ? STR("b.yaml:3") : (Str){0};
}

static void taken_names(void **state) {
    (void)state;
    Arena a = {0};
    Document doc;
    assert_true(document_parse(&a, STR(JOB), &doc));
    const ConvertFacts job = {.context = "TrainJob", .taken = taken};
    Outcome out = run_conversion(&a, &doc, doc.root, STR("2.3"), false, &job);
    assert_true(str_eq(out.refused, STR("there is a TrainJob 'a' already, in b.yaml:3: if it was "
                                        "made of this object, delete what is left of this one, "
                                        "else rename one of the two")));
    const ConvertFacts service = {.context = "Service", .taken = taken};
    out = run_conversion(&a, &doc, doc.root, STR("2.3"), false, &service);
    assert_true(str_eq(out.refused,
                       STR("JobSet makes a Service 'a' for the TrainJob of that name, and there is "
                           "one already, in b.yaml:3: rename one of the two")));
    arena_release(&a);
}

static Str chosen(void *context, Str pack, Str key) {
    (void)context;
    if (!str_eq(pack, STR("trainer"))) return (Str){0};
    return str_eq(key, STR("runtime")) ? STR("ours") : STR("true");
}

static void facts_count(void **state) {
    (void)state;
    Arena a = {0};
    Document doc;
    assert_true(document_parse(&a, STR(JOB), &doc));
    const ConvertFacts configured = {.option = chosen};
    Outcome out = run_conversion(&a, &doc, doc.root, STR("2.3"), false, &configured);
    assert_int_not_equal(str_find(out.text, STR("runtimeRef:\n    name: ours\n")), STR_NONE);
    assert_true(str_eq(out.said, STR("")));
    assert_true(document_parse(&a, STR(HEAD WORKER "            args: [torchrun]\n"), &doc));
    out = run_conversion(&a, &doc, doc.root, STR("2.0"), false, &configured);
    assert_true(str_eq(out.said, STR("note the runtime 'ours' must have no command: it would start "
                                     "that, with the args of the job, and not what the image "
                                     "starts\n")));
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_envelope),    cmocka_unit_test(test_policy),
        cmocka_unit_test(test_container),   cmocka_unit_test(test_pod),
        cmocka_unit_test(test_environment), cmocka_unit_test(test_forms),
        cmocka_unit_test(other_targets),    cmocka_unit_test(facts_count),
        cmocka_unit_test(taken_names),      cmocka_unit_test(results_satisfy_crds),
    };
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
