"""Makes large inputs that look like what a cluster prints; the same arguments give the same bytes.

    write_list(file, size, outdated=0.2)         a List as `kubectl get ... -A -o yaml` prints it
    write_repository(folder, files, outdated)    many small manifests"""

import random
from textwrap import indent

WORDS = "amber basalt cobalt dune ember flint gneiss heath indigo jasper kelp loam moss nickel opal".split()
NAMESPACES = ["search", "ads", "speech", "vision", "ranking", "platform", "sandbox", "batch"]

HEAD = """\
- apiVersion: {api_version}
  kind: {kind}
  metadata:
    annotations:
      owner.example.com/team: {namespace}
      owner.example.com/note: kept by the platform team, ask in their channel
    creationTimestamp: "2026-0{month}-1{digit}T08:15:30Z"
    generation: {digit}
    labels:
      app.kubernetes.io/name: {name}
      app.kubernetes.io/part-of: {word}
    managedFields:
    - apiVersion: {api_version}
      fieldsType: FieldsV1
      fieldsV1:
        f:metadata:
          f:labels:
            .: {{}}
            f:app.kubernetes.io/name: {{}}
            f:app.kubernetes.io/part-of: {{}}
        f:spec: {{}}
      manager: deployer
      operation: Update
      time: "2026-0{month}-1{digit}T08:15:30Z"
    name: {name}
    namespace: {namespace}
    resourceVersion: "{version}"
    uid: {uid}
"""

POD = """\
spec:
  containers:
  - command:
    - serve
    - --port=8080
    env:
    - name: LOG_LEVEL
      value: info
    - name: UPSTREAM
      value: http://{word}.{namespace}.svc.cluster.local:8080
    image: registry.example.com/{word}:{digit}
    imagePullPolicy: IfNotPresent
    name: main
    resources:
      limits:
        cpu: "2"
        memory: 4Gi
      requests:
        cpu: 500m
        memory: 1Gi
    terminationMessagePath: /dev/termination-log
    terminationMessagePolicy: File
  dnsPolicy: ClusterFirst
  restartPolicy: Always
  serviceAccountName: default
  terminationGracePeriodSeconds: 30
"""

DEPLOYMENT = HEAD + """\
  spec:
    replicas: {digit}
    selector:
      matchLabels:
        app.kubernetes.io/name: {name}
    template:
""" + indent(POD, " " * 6) + """\
  status:
    availableReplicas: {digit}
    readyReplicas: {digit}
"""

SERVICE = HEAD + """\
  spec:
    clusterIP: 10.96.{digit}.1{digit}
    ports:
    - name: http
      port: 80
      protocol: TCP
      targetPort: 8080
    selector:
      app.kubernetes.io/name: {name}
    type: ClusterIP
  status:
    loadBalancer: {{}}
"""

CONFIG_MAP = HEAD + """\
  data:
    settings.ini: |
      [server]
      workers = {digit}
      upstream = http://{word}.{namespace}.svc.cluster.local
    words.txt: |
      {word} {word} {word}
"""

JOB = HEAD + """\
  spec:
    {replicas}:
      Worker:
        replicas: {digit}
        template:
""" + indent(POD, " " * 10)

VARIANT = HEAD + """\
  spec:
    modelID: example/{word}
    modelProfile:
      accelerators:
      - acc: H100
        accCount: 1
        maxBatchSize: 8
      - acc: L40S
        accCount: 2
        maxBatchSize: 4
"""

CURRENT = [
    (DEPLOYMENT, dict(api_version="apps/v1", kind="Deployment")),
    (SERVICE, dict(api_version="v1", kind="Service")),
    (CONFIG_MAP, dict(api_version="v1", kind="ConfigMap")),
    (DEPLOYMENT, dict(api_version="apps/v1", kind="StatefulSet")),
]
OUTDATED = [
    (JOB, dict(api_version="kubeflow.org/v1", kind="PyTorchJob", replicas="pytorchReplicaSpecs")),
    (JOB, dict(api_version="kubeflow.org/v1", kind="TFJob", replicas="tfReplicaSpecs")),
    (VARIANT, dict(api_version="llmd.ai/v1alpha1", kind="VariantAutoscaling")),
]


def item(chance, number, outdated):
    """One object as an item of a List, indented by two."""
    text, fixed = chance.choice(OUTDATED if chance.random() < outdated else CURRENT)
    return text.format(
        name=f"{chance.choice(WORDS)}-{number}",
        word=chance.choice(WORDS),
        namespace=chance.choice(NAMESPACES),
        uid="%08x-%04x-4%03x-a%03x-%012x" % tuple(chance.getrandbits(4 * n) for n in (8, 4, 3, 3, 12)),
        version=100000 + number,
        digit=chance.randrange(1, 10),
        month=chance.randrange(1, 10),
        **fixed,
    )


def write_list(file, size, outdated=0.2, seed=1):
    """Writes items until `size` bytes are reached; answers how many."""
    chance, written, number = random.Random(seed), 0, 0
    file.write(b"apiVersion: v1\nitems:\n")
    while written < size:
        data = item(chance, number, outdated).encode()
        file.write(data)
        written, number = written + len(data), number + 1
    file.write(b'kind: List\nmetadata:\n  resourceVersion: ""\n')
    return number


def manifest(chance, number, outdated):
    """One object as a document of its own."""
    lines = item(chance, number, outdated).splitlines(keepends=True)
    return "".join(line[2:] for line in lines)


def write_repository(folder, files, outdated=0.05, seed=1):
    chance = random.Random(seed)
    for number in range(files):
        place = folder / chance.choice(NAMESPACES) / chance.choice(WORDS)
        place.mkdir(parents=True, exist_ok=True)
        documents = [manifest(chance, 10 * number + n, outdated) for n in range(chance.randrange(1, 4))]
        (place / f"{number}.yaml").write_text("---\n".join(documents))
