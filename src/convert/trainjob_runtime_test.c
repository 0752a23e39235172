/* What a TrainJob of 2.3 cannot say becomes a TrainingRuntime: each row is a job, what comes out,
 * and what a person is told to read. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "convert/trainjob_rows_test.h"
#include "model/index.h"

/* The runtime, from the top: what follows mlPolicy, replicatedJobs, the Job, its Pods. */
#define RUNTIME_OF(name)                                                                           \
    "apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nmetadata:\n  name: " name   \
    "\n"
#define POLICY                                                                                     \
    "  labels:\n    trainer.kubeflow.org/framework: torch\nspec:\n  mlPolicy:\n"                   \
    "    numNodes: 1\n    torch: {}\n"
#define JOBSET "  template:\n    spec:\n"
#define NODE                                                                                       \
    "      replicatedJobs:\n      - name: node\n        replicas: 1\n        template:\n"          \
    "          metadata:\n            labels:\n"                                                   \
    "              trainer.kubeflow.org/trainjob-ancestor-step: trainer\n          spec:\n"
#define PODS  "            template:\n"
#define SPEC  "              spec:\n"
#define MAIN  "                containers:\n                - name: node\n"
#define FIRST RUNTIME_OF("a-runtime") POLICY JOBSET NODE PODS SPEC

#define REFERENCE_TO(name)                                                                         \
    "spec:\n  runtimeRef:\n    apiGroup: trainer.kubeflow.org\n    kind: TrainingRuntime\n"        \
    "    name: " name "\n"
#define SECOND                                                                                     \
    "---\n" NEW_UPTO_META                                                                          \
    "  name: a\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 1\n" START

#define SAYS_IN(name, what)                                                                        \
    "note TrainingRuntime '" name "' says what a TrainJob of Trainer 2.3 cannot: " what "\n"       \
    "note it must be there before the TrainJob, and who applies it must be allowed to: "           \
    "kubeflow-trainer-edit lets users only read TrainingRuntimes\n"
#define SAYS(what) SAYS_IN("a-runtime", what)

static const Row container[] = {
    {"envFrom",
     JOB "            # creds\n            envFrom: # all\n            - secretRef: {name: s}\n",
     FIRST MAIN "                  # creds\n                  envFrom: # all\n"
                "                  - secretRef: {name: s}\n" SECOND,
     SAYS("envFrom")},
    {"workingDir, lifecycle and probes",
     JOB "            workingDir: /w\n            lifecycle: {preStop: {sleep: {seconds: 3}}}\n"
         "            livenessProbe: {exec: {command: [a]}}\n"
         "            readinessProbe: {exec: {command: [a]}}\n"
         "            startupProbe: {exec: {command: [a]}}\n",
     FIRST MAIN "                  workingDir: /w\n"
                "                  lifecycle: {preStop: {sleep: {seconds: 3}}}\n"
                "                  livenessProbe: {exec: {command: [a]}}\n"
                "                  readinessProbe: {exec: {command: [a]}}\n"
                "                  startupProbe: {exec: {command: [a]}}\n" SECOND,
     SAYS("workingDir, lifecycle, livenessProbe, readinessProbe, startupProbe")},
    {"terminal, messages and devices",
     JOB "            stdin: true\n            tty: true\n            terminationMessagePath: /m\n"
         "            terminationMessagePolicy: FallbackToLogsOnError\n"
         "            volumeDevices: [{name: d, devicePath: /d}]\n"
         "            resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]\n",
     FIRST MAIN
     "                  stdin: true\n                  tty: true\n"
     "                  terminationMessagePath: /m\n"
     "                  terminationMessagePolicy: FallbackToLogsOnError\n"
     "                  volumeDevices: [{name: d, devicePath: /d}]\n"
     "                  resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]\n" SECOND,
     SAYS("stdin, tty, terminationMessagePath, terminationMessagePolicy, volumeDevices, "
          "resizePolicy")},
    {"other ports stay, that of the rendezvous goes",
     JOB
     "            ports:\n            - name: pytorchjob-port\n              containerPort: 23456\n"
     "            # scraped\n            - containerPort: 80 # metrics\n",
     FIRST MAIN "                  ports:\n                  # scraped\n"
                "                  - containerPort: 80 # metrics\n" SECOND,
     SAYS("ports")},
    {"imagePullPolicy comes along where there is a runtime anyway",
     JOB "            imagePullPolicy: Always\n            workingDir: /w\n",
     FIRST MAIN
     "                  imagePullPolicy: Always\n                  workingDir: /w\n" SECOND,
     SAYS("workingDir")},
    {"what TrainJobs say of every container stays with the TrainJob, the rest in order",
     JOB "            args: [a]\n            volumeMounts: [{name: v, mountPath: /v}]\n"
         "            env: [{name: A, value: a}]\n            workingDir: /w\n"
         "            resources: {limits: {nvidia.com/gpu: 1}}\n            securityContext: "
         "{runAsUser: 1}\n",
     FIRST MAIN "                  volumeMounts: [{name: v, mountPath: /v}]\n"
                "                  workingDir: /w\n"
                "                  securityContext: {runAsUser: 1}\n" SECOND
                "    args: [a]\n    env: [{name: A, value: a}]\n"
                "    resourcesPerNode: {limits: {nvidia.com/gpu: 1}}\n",
     SAYS("workingDir")},
    {"one volume in two places",
     JOB "            volumeMounts:\n            - {name: v, mountPath: /a, subPath: a}\n"
         "            - {name: v, mountPath: /b, subPath: b}\n",
     FIRST MAIN "                  volumeMounts:\n"
                "                  - {name: v, mountPath: /a, subPath: a}\n"
                "                  - {name: v, mountPath: /b, subPath: b}\n" SECOND,
     SAYS("volumeMounts")},
    {"one volume in two places, of Master and Worker",
     HEAD MASTER RUN "            volumeMounts: [{name: v, mountPath: /a}]\n" WORKERS RUN
                     "            volumeMounts: [{name: v, mountPath: /b}]\n",
     RUNTIME_OF(
         "a-runtime") "  labels:\n    trainer.kubeflow.org/framework: torch\nspec:\n  mlPolicy:\n"
                      "    numNodes: 4\n    torch: {}\n" JOBSET NODE PODS SPEC MAIN
                      "                  volumeMounts:\n                  - {name: v, mountPath: "
                      "/b}\n"
                      "                  - {name: v, mountPath: /a}\n---\n" NEW_UPTO_META
                      "  name: a\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 4\n" START,
     "note Master and Worker differ: spec.pytorchReplicaSpecs.Master.template.spec.containers[0]."
     "volumeMounts is '[{name: v, mountPath: /a}]' for Master and '[{name: v, mountPath: /b}]' "
     "for Worker; each node gets both\n" SAYS("volumeMounts")},
    {"no field of a container", JOB "            workingDirectory: /w\n", TRAIN,
     "lost spec." CONTAINER_PATH "workingDirectory: the Pods of a TrainJob have no such field\n"},
};

#define POD_FIELD(field)     JOB "          " field "\n"
#define NEW_POD_FIELD(field) FIRST MAIN "                " field "\n" SECOND
#define POD_ROW(key, value)                                                                        \
    { key, POD_FIELD(key ": " value), NEW_POD_FIELD(key ": " value), SAYS(key) }
#define HOST_NAME(key)                                                                             \
    "note '" key "' takes the place of the host name by which JobSet lets the nodes find each "    \
    "other: remove it if they do not\n"

static const Row pod[] = {
    POD_ROW("activeDeadlineSeconds", "60"),
    POD_ROW("automountServiceAccountToken", "false"),
    POD_ROW("dnsConfig", "{options: [{name: ndots}]}"),
    POD_ROW("dnsPolicy", "ClusterFirstWithHostNet"),
    POD_ROW("enableServiceLinks", "false"),
    POD_ROW("hostAliases", "[{ip: 10.0.0.1, hostnames: [a]}]"),
    POD_ROW("hostIPC", "true"),
    POD_ROW("hostNetwork", "true"),
    POD_ROW("hostPID", "true"),
    POD_ROW("nodeName", "n1"),
    POD_ROW("overhead", "{cpu: 1}"),
    POD_ROW("preemptionPolicy", "Never"),
    POD_ROW("priorityClassName", "p"),
    POD_ROW("runtimeClassName", "nvidia"),
    POD_ROW("schedulerName", "volcano"),
    POD_ROW("shareProcessNamespace", "true"),
    POD_ROW("topologySpreadConstraints",
            "[{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}]"),
    {"hostname", POD_FIELD("hostname: h"), NEW_POD_FIELD("hostname: h"),
     HOST_NAME("hostname") SAYS("hostname")},
    {"subdomain", POD_FIELD("subdomain: s"), NEW_POD_FIELD("subdomain: s"),
     HOST_NAME("subdomain") SAYS("subdomain")},
    {"topology by labels of v1",
     POD_FIELD(
         "topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: "
         "DoNotSchedule, labelSelector: {matchLabels: {training.kubeflow.org/job-name: a}}}]"),
     NEW_POD_FIELD("topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: "
                   "DoNotSchedule, labelSelector: {matchLabels: {training.kubeflow.org/job-name: "
                   "a}}}]"),
     "note spec." POD_PATH
     "topologySpreadConstraints goes by labels training.kubeflow.org/…, which Pods of a TrainJob "
     "do not have: select by jobset.sigs.k8s.io/jobset-name\n" SAYS("topologySpreadConstraints")},
    {"no field of a Pod", POD_FIELD("hostNetworks: true"), TRAIN,
     "lost spec." POD_PATH "hostNetworks: the Pods of a TrainJob have no such field\n"},
    {"init containers",
     JOB "          # first\n          initContainers:\n          - name: data # fetch\n"
         "            image: b:1\n            args: [--rank=$(RANK)]\n",
     FIRST MAIN "                # first\n                initContainers:\n"
                "                - name: data # fetch\n                  image: b:1\n"
                "                  args: [--rank=$(RANK)]\n" SECOND,
     "note spec." POD_PATH "initContainers[0].args[0] names RANK: outside torchrun Trainer v2 sets "
     "PET_NODE_RANK, and in the container that trains only\n" SAYS("initContainers")},
    {"a side container, in its place",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        spec:\n"
          "          containers: # two\n          # ships\n          - name: log\n"
          "            image: l:1\n          # trains\n          - name: pytorch # main\n"
          "            image: i:1\n" RUN,
     FIRST
     "                containers: # two\n                # ships\n                - name: log\n"
     "                  image: l:1\n                - name: node # main\n"
     "---\n" NEW_UPTO_META
     "  name: a\n" REFERENCE_TO("a-runtime") "  # trains\n  trainer:\n    numNodes: 1\n" START,
     "note the TrainJob ends when container 'log' has ended too: if it never does, make it an init "
     "container with restartPolicy Always\n" SAYS("container 'log'")},
    {"the name of another container", JOB "          - {name: node, image: n}\n",
     "refused: a TrainJob calls the container that trains 'node', and another has that name: "
     "spec." POD_PATH "containers[1]",
     NULL},
    {"the name of an init container", JOB "          initContainers: [{name: node, image: n}]\n",
     "refused: a TrainJob calls the container that trains 'node', and another has that name: "
     "spec." POD_PATH "initContainers[0]",
     NULL},
    {"the whole template, with its comments",
     HEAD "  pytorchReplicaSpecs:\n    Worker:\n      template:\n        # of Pods\n"
          "        metadata:\n          labels: {a: b} # mine\n        spec: # pod\n"
          "          # there\n          nodeSelector: {a: b}\n          containers:\n"
          "          - name: pytorch\n            image: i:1\n" RUN
          "          hostIPC: true # shm\n          volumes:\n          - name: v\n"
          "            emptyDir: {}\n          restartPolicy: Always\n",
     RUNTIME_OF("a-runtime") POLICY JOBSET NODE PODS
     "              # of Pods\n              metadata:\n                labels: {a: b} # mine\n"
     "              spec: # pod\n                # there\n                nodeSelector: {a: "
     "b}\n" MAIN
     "                hostIPC: true # shm\n                volumes:\n                - name: v\n"
     "                  emptyDir: {}\n" SECOND,
     SAYS("hostIPC")},
};

#define TTL_NOTE                                                                                   \
    "note ttlSecondsAfterFinished deletes the JobSet with its Pods, not the TrainJob: that stays " \
    "until somebody deletes it, and one that failed may start over (kubeflow/trainer issue "       \
    "3779)\n"
#define BACKOFF_NOTE "note backoffLimit counts what fails on all nodes together, as a Job does\n"
#define NEVER_NOTE                                                                                 \
    "note restartPolicy Never: the first Pod that fails ends the TrainJob, by backoffLimit 0\n"
#define NEVER_JOB                                                                                  \
    RUNTIME_OF("a-runtime") POLICY JOBSET NODE "            backoffLimit: 0\n" PODS SPEC

static const Row policy[] = {
    {"ttlSecondsAfterFinished",
     JOB "  runPolicy:\n    # an hour\n    ttlSecondsAfterFinished: 3600 # s\n",
     RUNTIME_OF("a-runtime") POLICY JOBSET
     "      # an hour\n      ttlSecondsAfterFinished: 3600 # s\n" NODE PODS SPEC MAIN SECOND,
     TTL_NOTE SAYS("ttlSecondsAfterFinished")},
    {"ttlSecondsAfterFinished in the old place", JOB "  ttlSecondsAfterFinished: 60\n",
     RUNTIME_OF("a-runtime") POLICY JOBSET
     "      ttlSecondsAfterFinished: 60\n" NODE PODS SPEC MAIN SECOND,
     "note spec.ttlSecondsAfterFinished is taken for spec.runPolicy.ttlSecondsAfterFinished, "
     "though Training Operator v1 ignores it\n" TTL_NOTE SAYS("ttlSecondsAfterFinished")},
    {"a ttl of less than nothing", JOB "  runPolicy: {ttlSecondsAfterFinished: -1}\n",
     "refused: ttlSecondsAfterFinished must be at least 0", NULL},
    {"backoffLimit", JOB "  runPolicy:\n    backoffLimit: 3 # times\n",
     RUNTIME_OF("a-runtime") POLICY JOBSET NODE
     "            backoffLimit: 3 # times\n" PODS SPEC MAIN SECOND,
     BACKOFF_NOTE SAYS("backoffLimit")},
    {"a limit of less than nothing", JOB "  runPolicy: {backoffLimit: -1}\n",
     "refused: backoffLimit must be at least 0", NULL},
    {"scheduleTimeoutSeconds",
     JOB "  runPolicy:\n    schedulingPolicy:\n      scheduleTimeoutSeconds: 9 # s\n",
     RUNTIME_OF("a-runtime") POLICY
     "  podGroupPolicy:\n    coscheduling:\n      scheduleTimeoutSeconds: 9 # s\n" JOBSET NODE PODS
         SPEC MAIN SECOND,
     "note scheduleTimeoutSeconds counts where the scheduler has the plugin coscheduling\n" SAYS(
         "scheduleTimeoutSeconds")},
    {"a gang of Volcano",
     JOB "          schedulerName: volcano\n  runPolicy:\n    schedulingPolicy:\n"
         "      minAvailable: 1\n      scheduleTimeoutSeconds: 9\n",
     RUNTIME_OF("a-runtime") POLICY
     "  podGroupPolicy:\n    volcano: {}\n" JOBSET NODE PODS SPEC MAIN
     "                schedulerName: volcano\n" SECOND,
     SAYS("scheduleTimeoutSeconds, schedulerName") "lost "
                                                   "spec.runPolicy.schedulingPolicy."
                                                   "scheduleTimeoutSeconds: Volcano waits for a "
                                                   "gang "
                                                   "without an end\n"},
    {"priorityClass", JOB "  runPolicy:\n    schedulingPolicy:\n      priorityClass: high # up\n",
     FIRST MAIN "                priorityClassName: high # up\n" SECOND, SAYS("priorityClass")},
    {"priorityClass of the Pods",
     JOB "          priorityClassName: mine\n"
         "  runPolicy: {schedulingPolicy: {priorityClass: high}}\n",
     FIRST MAIN "                priorityClassName: mine\n" SECOND,
     SAYS("priorityClass, priorityClassName") "lost spec.runPolicy.schedulingPolicy.priorityClass: "
                                              "the Pods have a priorityClassName "
                                              "already\n"},
    {"what TrainJobs have stays with the TrainJob",
     JOB "  runPolicy:\n    suspend: true\n    backoffLimit: 3\n    activeDeadlineSeconds: 60\n",
     RUNTIME_OF("a-runtime") POLICY JOBSET NODE
     "            backoffLimit: 3\n" PODS SPEC MAIN SECOND
     "  suspend: true\n  activeDeadlineSeconds: 60\n",
     BACKOFF_NOTE SAYS("backoffLimit")},
    {"restartPolicy Never", JOB "      # no\n      restartPolicy: Never # again\n",
     NEVER_JOB "                # no\n                restartPolicy: Never # again\n" MAIN SECOND,
     NEVER_NOTE SAYS("restartPolicy Never")},
    {"restartPolicy Never and a limit",
     JOB "      restartPolicy: Never\n  runPolicy: {backoffLimit: 3}\n",
     NEVER_JOB "                restartPolicy: Never\n" MAIN SECOND,
     NEVER_NOTE SAYS(
         "backoffLimit, restartPolicy Never") "lost spec.runPolicy.backoffLimit: restartPolicy "
                                              "Never tries nothing again\n"},
    {"two restartPolicies: the stricter",
     HEAD MASTER RUN "      restartPolicy: OnFailure\n" WORKERS RUN
                     "      restartPolicy: Never\n  runPolicy: {suspend: true}\n",
     RUNTIME_OF(
         "a-runtime") "  labels:\n    trainer.kubeflow.org/framework: torch\nspec:\n  mlPolicy:\n"
                      "    numNodes: 4\n    torch: {}\n" JOBSET NODE
                      "            backoffLimit: 0\n" PODS SPEC
                      "                restartPolicy: Never\n" MAIN "---\n" NEW_UPTO_META
                      "  name: a\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 4\n" START
                                                              "  suspend: true\n",
     "note restartPolicy is OnFailure for Master and Never for Worker: all nodes of a TrainJob "
     "take the stricter\n" NEVER_NOTE SAYS("restartPolicy Never")},
};

#define NAMED(metadata) "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n" metadata
#define STRANGE         "spec:\n" WORKER RUN "            workingDir: /w\n"
#define NEW_STRANGE     POLICY JOBSET NODE PODS SPEC MAIN "                  workingDir: /w\n---\n"

static const Row names[] = {
    {"the namespace of the job", NAMED("  namespace: ml # ours\n  name: a\n") STRANGE,
     RUNTIME_OF("a-runtime") "  namespace: ml # ours\n" NEW_STRANGE NEW_UPTO_META
                             "  namespace: ml # ours\n  name: a\n" REFERENCE_TO(
                                 "a-runtime") "  trainer:\n    numNodes: 1\n" START,
     SAYS("workingDir")},
    {"generateName without its dash", NAMED("  generateName: a-\n") STRANGE,
     RUNTIME_OF("a-runtime") NEW_STRANGE NEW_UPTO_META
     "  generateName: a-\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 1\n" START,
     SAYS("workingDir") "note a job with generateName is created again and again, its "
                        "TrainingRuntime only once: "
                        "apply that apart\n"},
    {"a name with a template is taken as it is", NAMED("  name: {{ .r }}-a # x\n") STRANGE,
     RUNTIME_OF("{{ .r }}-a # x") NEW_STRANGE NEW_UPTO_META "  name: {{ .r }}-a # x\n" REFERENCE_TO(
         "{{ .r }}-a # x") "  trainer:\n    numNodes: 1\n" START,
     SAYS_IN("{{ .r }}-a", "workingDir")},
    {"a prefix with a template", NAMED("  generateName: {{ .r }}-\n") STRANGE,
     "refused: its TrainingRuntime cannot be named: metadata.generateName", NULL},
    {"no name", "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\n" STRANGE,
     "refused: its TrainingRuntime cannot be named: metadata.generateName", NULL},
    {"hooks have an order of their own",
     NAMED("  name: a\n  annotations:\n    helm.sh/hook: pre-install\n") STRANGE,
     RUNTIME_OF("a-runtime") NEW_STRANGE NEW_UPTO_META
     "  name: a\n  annotations:\n    helm.sh/hook: pre-install\n" REFERENCE_TO(
         "a-runtime") "  trainer:\n    numNodes: 1\n" START,
     SAYS("workingDir") "note the TrainJob is applied by the order of its annotation helm.sh/hook: "
                        "give the "
                        "TrainingRuntime one that comes before\n"},
};

static const Row forms[] = {
    {"the head of the file stays on top",
     "# licence\n# of mine\napiVersion: kubeflow.org/v1 # v1\n# kind\nkind: PyTorchJob\n"
     "metadata:\n  name: a\n" STRANGE,
     "# licence\n# of mine\napiVersion: trainer.kubeflow.org/v1alpha1 # v1\nkind: TrainingRuntime\n"
     "metadata:\n  name: a-runtime\n" NEW_STRANGE
     "apiVersion: trainer.kubeflow.org/v1alpha1\n# kind\nkind: TrainJob\nmetadata:\n  name: "
     "a\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 1\n" START,
     SAYS("workingDir")},
    {"kind in front of the version",
     "# licence\nkind: PyTorchJob\napiVersion: kubeflow.org/v1\nmetadata:\n  name: a\n" STRANGE,
     "# licence\nkind: TrainingRuntime\napiVersion: trainer.kubeflow.org/v1alpha1\n"
     "metadata:\n  name: a-runtime\n" NEW_STRANGE
     "kind: TrainJob\napiVersion: trainer.kubeflow.org/v1alpha1\nmetadata:\n  name: "
     "a\n" REFERENCE_TO("a-runtime") "  trainer:\n    numNodes: 1\n" START,
     SAYS("workingDir")},
    {"an item of a List",
     "# first\n- apiVersion: kubeflow.org/v1\n  kind: PyTorchJob\n  metadata:\n    name: a\n"
     "    uid: u\n  spec:\n    pytorchReplicaSpecs:\n      Worker:\n        template:\n"
     "          spec:\n            containers:\n            - image: i:1 # i\n"
     "              name: pytorch\n              command: [torchrun, x.py]\n"
     "            hostIPC: true\n",
     "- apiVersion: trainer.kubeflow.org/v1alpha1\n  kind: TrainingRuntime\n  metadata:\n"
     "    name: a-runtime\n    labels:\n      trainer.kubeflow.org/framework: torch\n  spec:\n"
     "    mlPolicy:\n      numNodes: 1\n      torch: {}\n    template:\n      spec:\n"
     "        replicatedJobs:\n        - name: node\n          replicas: 1\n          template:\n"
     "            metadata:\n              labels:\n"
     "                trainer.kubeflow.org/trainjob-ancestor-step: trainer\n            spec:\n"
     "              template:\n                spec:\n                  containers:\n"
     "                  - name: node\n                  hostIPC: true\n"
     "# first\n- apiVersion: trainer.kubeflow.org/v1alpha1\n  kind: TrainJob\n  metadata:\n    "
     "name: a\n"
     "  spec:\n    runtimeRef:\n      apiGroup: trainer.kubeflow.org\n"
     "      kind: TrainingRuntime\n      name: a-runtime\n    trainer:\n      numNodes: 1\n"
     "      image: i:1 # i\n      command: [torchrun, x.py]\n",
     SAYS("hostIPC")},
    {"JSON holds one object",
     "{\"apiVersion\":\"kubeflow.org/v1\",\"kind\":\"PyTorchJob\",\"metadata\":{\"name\":\"a\"},"
     "\"spec\":{\"pytorchReplicaSpecs\":{\"Worker\":{\"template\":{\"spec\":{\"hostIPC\":true,"
     "\"containers\":[{\"name\":\"pytorch\",\"image\":\"i:1\",\"command\":[\"torchrun\"]}]}}}}}}",
     "refused: a JSON file holds one object: make it a List first, or use convert", NULL},
};

TABLE(container)
TABLE(pod)
TABLE(policy)
TABLE(names)
TABLE(forms)

/* ---- exit codes: a list of 127 ---- */

static void permanent_codes(void **state) {
    Arena a = {0};
    Outcome out = convert_text(&a, STR(JOB "      restartPolicy: ExitCode\n"), STR("2.3"));
    const Str start =
        STR("            podFailurePolicy:\n              rules:\n              - action: FailJob\n"
            "                onExitCodes:\n                  containerName: node\n"
            "                  operator: In\n                  values:\n                  - 1\n"
            "                  - 2\n");
    assert_int_not_equal(str_find(out.text, start), STR_NONE);
    assert_int_not_equal(str_find(out.text, STR("                  - 126\n"
                                                "                  - 127\n" PODS SPEC
                                                "                restartPolicy: Never\n")),
                         STR_NONE);
    assert_int_not_equal(str_find(out.said, STR("codes 1 to 127 end the TrainJob, others are tried "
                                                "again")),
                         STR_NONE);
    keep_result(*state, STR("2.3"), out.text);
    arena_release(&a);
}

/* ---- what is too long for a TrainJob ---- */

static void long_lists(void **state) {
    Arena a = {0};
    Buf job = {0};
    buf_add(&job, STR(JOB "            args:\n"));
    for (int i = 0; i < 129; i++) buf_addf(&job, "            - a%d\n", i);
    Outcome out = convert_text(&a, buf_str(&job), STR("2.3"));
    assert_int_not_equal(str_find(out.text, STR(MAIN "                  args:\n"
                                                     "                  - a0\n")),
                         STR_NONE);
    assert_true(str_eq(out.said, STR(SAYS("args"))));
    keep_result(*state, STR("2.3"), out.text);
    out = convert_text(&a, buf_str(&job), STR("2.1"));
    assert_int_equal(str_find(out.text, STR("TrainingRuntime")), STR_NONE);
    keep_result(*state, STR("2.1"), out.text);
    buf_release(&job);
    arena_release(&a);
}

/* ---- what the scan and the configuration know ---- */

static Str two_taken(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context;
    bool taken = str_eq(group, STR("trainer.kubeflow.org")) &&
                 str_eq(kind, STR("TrainingRuntime")) && str_eq(namespace, STR("ml")) &&
                 (str_eq(name, STR("a-runtime")) || str_eq(name, STR("a-runtime-2")));
    return taken ? STR("b.yaml:3") : (Str){0};
}

static Outcome run_with(Arena *a, Str text, const ConvertFacts *facts) {
    Document doc;
    assert_true(document_parse(a, text, &doc));
    return run_conversion(a, &doc, doc.root, STR("2.3"), false, facts);
}

static void taken_names(void **state) {
    (void)state;
    Arena a = {0};
    const ConvertFacts facts = {.taken = two_taken};
    Outcome out = run_with(&a, STR(NAMED("  name: a\n  namespace: ml\n") STRANGE), &facts);
    assert_int_not_equal(str_find(out.text, STR("  name: a-runtime-3\n  namespace: ml\n")),
                         STR_NONE);
    assert_int_not_equal(str_find(out.text, STR(REFERENCE_TO("a-runtime-3"))), STR_NONE);
    out = run_with(&a, STR(NAMED("  name: a\n  namespace: other\n") STRANGE), &facts);
    assert_int_not_equal(str_find(out.text, STR(REFERENCE_TO("a-runtime"))), STR_NONE);
    arena_release(&a);
}

static Str all_taken(void *context, Str group, Str kind, Str namespace, Str name) {
    (void)context, (void)group, (void)namespace, (void)name;
    return str_eq(kind, STR("TrainingRuntime")) ? STR("b.yaml:3") : (Str){0};
}

static void no_name_is_left(void **state) {
    (void)state;
    Arena a = {0};
    const ConvertFacts facts = {.taken = all_taken};
    Outcome out = run_with(&a, STR(NAMED("  name: a\n") STRANGE), &facts);
    assert_true(str_eq(out.refused, STR("its TrainingRuntime cannot be named: metadata.name")));
    arena_release(&a);
}

static Str chosen(void *context, Str pack, Str key) {
    (void)context;
    if (!str_eq(pack, STR("trainer"))) return (Str){0};
    return str_eq(key, STR("runtime")) ? STR("ours") : STR("true");
}

static void options_count(void **state) {
    Arena a = {0};
    const ConvertFacts facts = {.option = chosen};
    Outcome out = run_with(&a, STR(JOB "            imagePullPolicy: Never\n"), &facts);
    assert_true(
        str_eq(out.text, STR(FIRST MAIN "                  imagePullPolicy: Never\n" SECOND)));
    assert_true(str_eq(
        out.said, STR(SAYS("imagePullPolicy") "note it takes the place of the runtime 'ours', with "
                                              "none of what that says\n")));
    keep_result(*state, STR("2.3"), out.text);
    out = run_with(&a, STR(JOB "            imagePullPolicy: IfNotPresent\n"), &facts);
    assert_int_equal(str_find(out.text, STR("TrainingRuntime")), STR_NONE);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_container),       cmocka_unit_test(test_pod),
        cmocka_unit_test(test_policy),          cmocka_unit_test(test_names),
        cmocka_unit_test(test_forms),           cmocka_unit_test(permanent_codes),
        cmocka_unit_test(long_lists),           cmocka_unit_test(taken_names),
        cmocka_unit_test(no_name_is_left),      cmocka_unit_test(options_count),
        cmocka_unit_test(results_satisfy_crds),
    };
    return cmocka_run_group_tests(tests, begin_results, end_results);
}
