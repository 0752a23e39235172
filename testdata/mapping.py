#!/usr/bin/env python3
"""Checks that each row of the mapping of PyTorchJobs to TrainJobs has a golden case: mapping.py

A row is a field of Training Operator v1, or a way in which it may be written; the case below
testdata/trainer/pytorchjob-v1/ that shows it; what stands in the case's input; and the line, or the part of
one, that its expectation tells. Whether the expectation is what comes out is the business of run.py.

A new field of the conversion is a new row here."""

import sys
from pathlib import Path

CASES = Path(__file__).resolve().parent / "trainer/pytorchjob-v1"

ENVELOPE = [
    ("apiVersion", "fix-torchrun-is-safe", "apiVersion: kubeflow.org/v1", "apiVersion: trainer.kubeflow.org/v1alpha1"),
    ("kind", "fix-torchrun-is-safe", "kind: PyTorchJob", "kind: TrainJob"),
    ("metadata.name", "fix-torchrun-is-safe", "name: ranking", "name: ranking"),
    ("a name too long for Pods", "fix-name-that-is-long-for-pods-refused", "name: ", "at most 63 are allowed"),
    ("metadata.generateName", "fix-runtime-of-a-generated-name", "generateName: ", "generateName: "),
    ("metadata.namespace, also of a runtime", "fix-side-container-becomes-a-runtime", "namespace: ml", "creates TrainingRuntime 'ml/"),
    ("metadata.labels, of Kueue", "fix-suspended-and-managed-by-kueue", "kueue.x-k8s.io/queue-name", "kueue.x-k8s.io/queue-name: gpu"),
    ("metadata.uid, resourceVersion", "fix-what-the-server-wrote-goes", "resourceVersion: ", "written by the server"),
    ("metadata.managedFields", "fix-runtime-of-an-item-of-a-dump", "managedFields", "metadata.managedFields: written by the server"),
    ("metadata.ownerReferences, selfLink, generation", "fix-metadata-of-the-server-goes", "ownerReferences:", "metadata.ownerReferences: written by the server"),
    ("metadata.finalizers", "fix-metadata-of-the-server-goes", "finalizers:", "nobody would take it from a TrainJob"),
    ("last-applied-configuration", "fix-metadata-of-the-server-goes", "last-applied", "written by kubectl apply"),
    ("status", "fix-what-the-server-wrote-goes", "status: ", "drops status"),
    ("runPolicy.suspend", "fix-suspended-and-managed-by-kueue", "suspend: true", "suspend: true"),
    ("runPolicy.managedBy of the operator", "fix-managed-by-the-operator", "kubeflow.org/training-operator", "trainer.kubeflow.org/trainjob-controller"),
    ("runPolicy.managedBy of Kueue", "fix-suspended-and-managed-by-kueue", "multikueue", "managedBy: kueue.x-k8s.io/multikueue"),
    ("runPolicy.managedBy of others", "fix-managed-by-others-refused", "managedBy: ", "no fix: "),
    ("runPolicy.activeDeadlineSeconds", "fix-deadline-stays-with-the-job", "activeDeadlineSeconds", "activeDeadlineSeconds"),
    ("… before 2.2", "fix-deadline-becomes-a-runtime-in-2-1", "activeDeadlineSeconds", "cannot: activeDeadlineSeconds"),
    ("runPolicy.ttlSecondsAfterFinished", "fix-ttl-becomes-a-runtime", "ttlSecondsAfterFinished", "deletes the JobSet with its Pods, not the TrainJob"),
    ("… in 2.1", "fix-ttl-in-2-1-starts-over", "ttlSecondsAfterFinished", "cannot: ttlSecondsAfterFinished"),
    ("runPolicy.backoffLimit", "fix-backoff-limit-becomes-a-runtime", "backoffLimit", "cannot: backoffLimit"),
    ("runPolicy.cleanPodPolicy All", "fix-clean-pod-policy-all-is-lost", "cleanPodPolicy: All", "finished Pods stay until the TrainJob is deleted"),
    ("schedulingPolicy.minAvailable", "fix-gang-becomes-a-pod-group", "minAvailable", "minAvailable (line 9): a runtime with a podGroupPolicy"),
    ("schedulingPolicy.scheduleTimeoutSeconds", "fix-gang-becomes-a-pod-group", "scheduleTimeoutSeconds", "coscheduling:"),
    ("schedulingPolicy.queue", "fix-gang-of-volcano", "queue: ", "scheduling.volcano.sh/queue-name: research"),
    ("schedulingPolicy.minResources", "fix-gang-becomes-a-pod-group", "minResources", "the resources of a gang are those of its nodes"),
    ("schedulingPolicy.priorityClass", "fix-priority-of-the-gang-becomes-that-of-pods", "priorityClass: ", "priorityClassName: "),
    ("policies directly under spec", "fix-policy-in-the-place-of-old-apis", "cleanPodPolicy", "spec.cleanPodPolicy is taken for"),
    ("fields that v1 does not know", "fix-no-field-of-a-job-is-lost-unsaid", "jobMode", "knows no such field here"),
]

REPLICAS = [
    ("Master and Worker", "fix-equal-templates", "Master:", "the same for all replicas"),
    ("Worker only", "fix-torchrun-is-safe", "replicas: 2", "numNodes: 2"),
    ("keys in any case", "fix-lower-case-keys-of-replicas", "worker:", "numNodes: 3"),
    ("no replicas", "fix-replicas-that-differ-in-resources", "Master:", "numNodes: 4"),
    ("replicas: 0", "fix-no-workers-yet", "replicas: 0", "numNodes: 0"),
    ("differ in command, args or env", "fix-replicas-that-differ-refused", "Master:", "no fix: all nodes of a TrainJob are alike"),
    ("differ in resources", "fix-replicas-that-differ-in-resources", "memory: 64Gi", "each node gets the larger amounts"),
    ("differ in placement", "fix-replicas-that-differ-in-placement", "nodeSelector", "all nodes are placed as the Workers are"),
    ("differ in volumes", "fix-replicas-that-differ-in-volumes", "volumes:", "each node gets both"),
    ("restartPolicy OnFailure", "fix-equal-templates", "restartPolicy: OnFailure", "what a TrainJob does anyway"),
    ("restartPolicy Never", "fix-restart-policy-never", "restartPolicy: Never", "backoffLimit: 0"),
    ("restartPolicy Always", "fix-restart-policy-always", "restartPolicy: Always", "starts again when it fails, not when it ends"),
    ("restartPolicy ExitCode", "fix-restart-policy-by-exit-code", "restartPolicy: ExitCode", "action: FailJob"),
    ("template.spec.restartPolicy", "fix-anchor-and-alias-that-both-go", "restartPolicy", "goes by the replicas' restartPolicy"),
    ("template.metadata in 2.0", "fix-metadata-of-pods-in-2-0-becomes-a-runtime", "sidecar.istio.io/inject", "kind: TrainingRuntime"),
    ("template.metadata in 2.1", "fix-metadata-of-pods-in-2-1", "sidecar.istio.io/inject", "podTemplateOverrides:"),
    ("template.metadata from 2.2 on", "fix-metadata-of-pods-in-2-2", "sidecar.istio.io/inject", "runtimePatches:"),
    ("template.metadata.name, creationTimestamp", "fix-name-of-the-template-goes", "creationTimestamp: null", "Pods have names and namespaces of their own"),
    ("the main container's name", "fix-torchrun-is-safe", "name: pytorch", "the runtime names its container"),
    ("another name of it", "fix-name-of-another-container-refused", "containers:", "no fix: "),
    ("image", "fix-torchrun-is-safe", "image: ", "image: registry.example.com/rank:41"),
    ("command, args", "fix-torchrun-is-safe", "args: ", 'args: [--epochs, "3"]'),
    ("args without command", "fix-args-without-command", "args: ", "args: "),
    ("… in 2.0", "fix-args-without-command-in-2-0-become-a-runtime", "args: ", "cannot: that it has no command"),
    ("env", "fix-secret-in-the-environment-is-not-shown", "env:", "env:"),
    ("env that Trainer sets", "fix-variable-that-trainer-sets-refused", "PET_NNODES", "no fix: "),
    ("envFrom", "fix-environment-from-a-secret-becomes-a-runtime", "envFrom", "cannot: envFrom"),
    ("resources", "fix-torchrun-is-safe", "nvidia.com/gpu: 1", "resourcesPerNode:"),
    ("resources.claims", "fix-gates-of-pods-stay-with-the-job", "claims:", "claims:"),
    ("the port of the rendezvous", "fix-port-of-the-rendezvous-goes", "23456", "Trainer v2 opens a port of its own"),
    ("other ports", "fix-other-ports-become-a-runtime", "ports:", "cannot: ports"),
    ("volumeMounts and volumes in 2.0", "fix-placement-and-volumes-in-2-0", "volumeMounts:", "podSpecOverrides:"),
    ("… in 2.1", "fix-placement-and-volumes-in-2-1", "volumeMounts:", "podTemplateOverrides:"),
    ("… from 2.2 on", "fix-placement-and-volumes-in-2-2", "volumeMounts:", "runtimePatches:"),
    ("securityContext", "fix-security-contexts-in-2-2", "securityContext:", "runtimePatches:"),
    ("… before 2.2", "fix-security-contexts-in-2-1-become-a-runtime", "securityContext:", "cannot: securityContext"),
    ("imagePullPolicy", "fix-image-pull-policy-is-lost", "imagePullPolicy", "Kubernetes decides by the image's tag"),
    ("… kept", "fix-image-pull-policy-kept-by-the-configuration", "imagePullPolicy", "cannot: imagePullPolicy"),
    ("workingDir, probes", "fix-working-directory-and-probes-become-a-runtime", "workingDir", "kind: TrainingRuntime"),
    ("lifecycle, stdin, tty, termination, devices", "fix-fields-of-containers-that-a-runtime-alone-has", "lifecycle:", "cannot: lifecycle, stdin, tty, terminationMessagePath, volumeDevices"),
    ("other containers", "fix-side-container-becomes-a-runtime", "name: logs", "cannot: container 'logs'"),
    ("initContainers", "fix-init-containers-become-a-runtime", "initContainers:", "cannot: initContainers"),
    ("nodeSelector, tolerations", "fix-placement-and-volumes-in-2-2", "tolerations:", "tolerations:"),
    ("schedulingGates", "fix-gates-of-pods-stay-with-the-job", "schedulingGates:", "schedulingGates:"),
    ("serviceAccount", "fix-service-account-by-its-old-name", "serviceAccount: ", "serviceAccountName: "),
    ("affinity, imagePullSecrets", "fix-affinity-and-pull-secrets-in-2-1", "affinity:", "podTemplateOverrides:"),
    ("… in 2.0", "fix-affinity-and-pull-secrets-in-2-0-become-a-runtime", "affinity:", "cannot: affinity, imagePullSecrets"),
    ("terminationGracePeriodSeconds", "fix-grace-period-in-2-3", "terminationGracePeriodSeconds", "runtimePatches:"),
    ("… before 2.3", "fix-grace-period-in-2-2-becomes-a-runtime", "terminationGracePeriodSeconds", "cannot: terminationGracePeriodSeconds"),
    ("hostNetwork, dnsPolicy, schedulerName, …", "fix-host-network-and-scheduler-become-a-runtime", "hostNetwork", "cannot: hostNetwork, hostIPC, dnsPolicy, schedulerName"),
    ("hostAliases, runtimeClassName, …", "fix-fields-of-pods-that-a-runtime-alone-has", "hostAliases:", "cannot: automountServiceAccountToken, enableServiceLinks, hostAliases"),
    ("hostname, subdomain", "fix-host-name-is-told", "hostname: ", "takes the place of the host name by which JobSet"),
    ("affinity by labels of v1", "fix-affinity-by-labels-of-v1-is-told", "training.kubeflow.org/", "select by jobset.sigs.k8s.io/jobset-name"),
    ("spread by labels of v1", "fix-fields-of-pods-that-a-runtime-alone-has", "training.kubeflow.org/", "topologySpreadConstraints goes by labels"),
]

ENVIRONMENT = [
    ("torchrun", "fix-torchrun-is-safe", "torchrun", "1 fixable with --fix."),
    ("accelerate", "fix-started-by-accelerate-is-safe", "accelerate", "1 fixable with --fix."),
    ("python", "fix-python-needs-review", "python", "without torchrun each node would train alone"),
    ("the image's own command", "fix-command-of-the-image-needs-review", "image:", "whether torchrun starts the program cannot be seen here"),
    ("variables of v1", "fix-variables-of-v1-are-told", "$(MASTER_ADDR)", "names MASTER_ADDR: outside torchrun"),
    ("… in a script", "fix-variables-of-v1-in-a-script-are-told", "$RANK", "names RANK: outside torchrun"),
    ("names of Pods of v1", "fix-names-of-pods-of-v1-are-told", "ranking-master-0", "names ranking-master"),
    ("port 23456 in texts", "fix-names-of-pods-of-v1-are-told", "23456", "names port 23456"),
    ("nodes without GPU", "fix-processes-on-nodes-without-gpu", "cpu: ", "numProcPerNode: 1"),
]

PYTORCH = [
    ("nprocPerNode: auto", "fix-number-of-processes-auto-goes", "nprocPerNode: auto", "what Trainer v2 does without it"),
    ("nprocPerNode: a number", "fix-number-of-processes", 'nprocPerNode: "2"', "numProcPerNode: 2"),
    ("nprocPerNode: gpu", "fix-one-process-for-each-gpu", "nprocPerNode: gpu", "numProcPerNode: 4"),
    ("… before 2.2", "fix-one-process-for-each-gpu-in-2-1", "nprocPerNode: gpu", "numProcPerNode: gpu"),
    ("nprocPerNode: cpu", "fix-one-process-for-each-cpu", "nprocPerNode: cpu", "what Trainer v2 does without GPUs"),
    ("elasticPolicy.nProcPerNode", "fix-number-of-processes-of-the-elastic-policy", "nProcPerNode: 4", "numProcPerNode: 4"),
    ("elasticPolicy without room", "fix-elastic-policy-without-room", "maxReplicas: 2", "it only told the nodes how to meet"),
    ("elasticPolicy with room", "fix-elastic-policy-with-room-refused", "maxReplicas: 4", "no fix: Trainer 2.3 has no elastic jobs"),
    ("elasticPolicy.maxRestarts", "fix-elastic-policy-without-room", "maxRestarts: 10", "PET_MAX_RESTARTS"),
    ("elasticPolicy.metrics", "fix-metrics-of-an-elastic-policy-without-room", "metrics:", "there is nothing to scale"),
    ("runtimeRef", "fix-torchrun-is-safe", "kind: PyTorchJob", "name: torch-distributed"),
    ("runtimeRef of the configuration", "fix-with-the-runtime-of-the-configuration", "kind: PyTorchJob", "runtimeRef:"),
    ("a runtime that breaks its schema", "fix-runtime-that-breaks-its-schema-refused", "hostNetwork", "no fix: would break the schema"),
]

CARRIERS = [
    ("a dump with status and managedFields", "fix-runtime-of-an-item-of-a-dump", "managedFields", "kind: TrainingRuntime"),
    ("an item of a List", "fix-item-of-a-dump", "kind: List", "kind: TrainJob"),
    ("JSON", "fix-in-json", '"kind": "PyTorchJob"', '"kind": "TrainJob"'),
    ("an item of a JSON List", "fix-item-of-a-json-list", '"kind": "PyTorchJob"', '"kind": "TrainJob"'),
    ("CRLF", "fix-lines-that-end-in-crlf", "kind: PyTorchJob\r\n", "kind: TrainJob\r\n"),
    ("CRLF, with a runtime", "fix-runtime-in-lines-that-end-in-crlf", "kind: PyTorchJob\r\n", "kind: TrainingRuntime\r\n"),
    ("anchors", "fix-alias-for-the-whole-template", "*", "the same for all replicas"),
    ("anchors, with a runtime", "fix-runtime-with-anchors-across-documents", "*", "an alias becomes a copy of what it stands for"),
    ("a Helm template", "fix-template-in-a-value-is-kept", "{{", "kind: TrainJob"),
    ("a Helm template, with a runtime", "fix-runtime-of-a-helm-template", "{{", "kind: TrainingRuntime"),
    ("a text of a ConfigMap", "fix-inside-a-config-map", "kind: ConfigMap", "kind: TrainJob"),
    ("… with a runtime", "fix-runtime-inside-a-config-map", "kind: ConfigMap", "kind: TrainingRuntime"),
    ("a step of a Workflow", "fix-inside-a-workflow-step", "kind: PyTorchJob", "kind: TrainJob"),
    ("a fence of Markdown", "fix-in-a-markdown-fence", "kind: PyTorchJob", "kind: TrainJob"),
    ("flow style", "fix-in-flow-style", "kind: PyTorchJob", "TrainJob"),
]

TABLES = {
    "envelope and metadata": ENVELOPE, "replicas": REPLICAS, "environment": ENVIRONMENT,
    "PyTorchJob alone": PYTORCH, "carriers": CARRIERS,
}


def texts_of(case, name):
    paths = [path for start in case.glob(f"{name}*") for path in [start, *start.rglob("*")] if path.is_file()]
    return [path.read_bytes().decode() for path in sorted(paths)]


def faults_of(row):
    field, name, given, told = row
    case = CASES / name
    if not case.is_dir():
        return [f"{field}: there is no case {name}"]
    return [
        f"{field}: no {part} of {name} holds: {text!r}"
        for part, text in (("input", given), ("expected", told))
        if not any(text in found for found in texts_of(case, part))
    ]


def main():
    faults = [f"{table}: {fault}" for table, rows in TABLES.items() for row in rows for fault in faults_of(row)]
    print("".join(f"{fault}\n" for fault in faults), end="")
    print(f"mapping: {sum(map(len, TABLES.values()))} rows, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
