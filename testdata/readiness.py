#!/usr/bin/env python3
"""Checks what --statistics answers to "are we ready?": readiness.py PROGRAM

The objects by kind and namespace, the reasons, and what is requested before and after."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

import program as unstale

PROGRAM = None


def job(name, namespace="ml", command=("torchrun", "train.py"), requests=None, **pod):
    container = {"name": "pytorch", "image": "registry.example.com/train:1", "command": list(command)}
    if requests:
        container["resources"] = {"requests": requests}
    worker = {"replicas": 2, "template": {"spec": {"containers": [container], **pod}}}
    return {
        "apiVersion": "kubeflow.org/v1",
        "kind": "PyTorchJob",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"pytorchReplicaSpecs": {"Worker": worker}},
    }


LARGER_MASTER = """\
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: b
spec:
  pytorchReplicaSpecs:
    Master:
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/train:1
              resources:
                requests:
                  memory: 4Gi
    Worker:
      replicas: 3
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/train:1
              resources:
                requests:
                  memory: 1Gi
                  nvidia.com/gpu: 8
"""


def tensorflow(name):
    return {"apiVersion": "kubeflow.org/v1", "kind": "TFJob", "metadata": {"name": name, "namespace": "tf"}, "spec": {}}


class Readiness(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, *objects, name="backup.json"):
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}, indent=1)
        (self.folder / name).write_text(text, encoding="utf-8")

    def ready(self, *arguments):
        """The tables, blanks squeezed, without what --statistics says of rules and memory."""
        run = unstale.check(PROGRAM, "--isolated", "--statistics", *arguments, folder=self.folder)
        text = run.err.decode()
        lines = text[text.index("readiness:"):text.index("index:")].splitlines() if "readiness:" in text else []
        return [" ".join(line.split()) for line in lines if line.strip()]

    def test_objects_by_kind_and_namespace(self):
        hollow = job("e", "vision")
        del hollow["spec"]["pytorchReplicaSpecs"]
        self.write(
            job("a"), job("b"), job("c", hostIPC=True), job("d", "vision", command=["python", "x.py"]), hollow,
            tensorflow("f"), tensorflow("g"),
        )
        lines = self.ready()
        self.assertEqual(lines[0], "readiness: 7 objects whose kind must change: 2 safe, 2 to review, 3 impossible")
        self.assertEqual(
            lines[1:5],
            [
                "kind namespace objects safe review impossible finished",
                "PyTorchJob ml 3 2 1 0 0",
                "PyTorchJob vision 2 0 1 1 0",
                "TFJob tf 2 0 0 2 0",
            ],
        )

    def test_a_job_that_has_ended_is_no_work(self):
        ended = job("b")
        ended["status"] = {"conditions": [{"type": "Succeeded", "status": "True"}]}
        self.write(job("a"), ended)
        lines = self.ready()
        self.assertEqual(
            lines[0], "readiness: 1 object whose kind must change: 1 safe, 0 to review, 0 impossible; 1 finished"
        )
        self.assertEqual(lines[2], "PyTorchJob ml 2 1 0 0 1")
        told = [line for line in lines if line.startswith("1 finished: ")]
        self.assertEqual(len(told), 1)
        self.assertIn("`trainer: {finished: suspend}` or `convert` in the configuration", told[0])

    def test_reasons_are_ranked_and_name_nobody(self):
        self.write(
            *(job(f"host-{i}", hostIPC=True) for i in range(3)),
            *(tensorflow(f"tf-{i}") for i in range(2)),
            job("one", volumes=[{"name": "x", "emptyDir": {}}], nodeName="n1"),
        )
        lines = self.ready()
        reasons = lines[lines.index("objects why") + 1:]
        self.assertIn("4 review: it creates TrainingRuntime '…'", reasons)
        self.assertIn("3 review: TrainingRuntime '…' says what a TrainJob of Trainer 2.3 cannot: hostIPC", reasons)
        self.assertIn("2 impossible: it has no spec.tfReplicaSpecs", reasons)
        counts = [int(line.split()[0]) for line in reasons if line.split()[0].isdigit()]
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertNotIn("host-", " ".join(lines))

    def test_ten_reasons_and_how_many_more(self):
        fields = ["hostIPC", "hostPID", "hostNetwork", "shareProcessNamespace", "enableServiceLinks",
                  "automountServiceAccountToken", "setHostnameAsFQDN", "hostUsers"]
        values = [(field, field != "hostUsers" and field != "enableServiceLinks") for field in fields]
        names = [("schedulerName", "s"), ("runtimeClassName", "r"), ("priorityClassName", "p"), ("nodeName", "n")]
        self.write(*(job(f"j{i}", **{key: value}) for i, (key, value) in enumerate(values + names)))
        lines = self.ready()
        told = [line for line in lines if " review: " in line]
        self.assertEqual(len(told), 10)
        self.assertRegex(lines[lines.index(told[-1]) + 1], r"^and [1-9][0-9]* more$")

    def test_what_is_requested(self):
        self.write(
            job("a", requests={"cpu": "500m", "memory": "1Gi"}),
        )
        (self.folder / "b.yaml").write_text(LARGER_MASTER, encoding="utf-8")
        lines = self.ready()
        start = lines.index("requested before after a node after it")
        self.assertEqual(
            lines[start + 1:],
            [
                "nodes 6 6",
                "cpu 1 1 0.17 0.17",
                "memory 9Gi 18Gi 1.5Gi 3Gi",
                "nvidia.com/gpu 24 32 4 5.33",
                "by what is converted: 2, of which 1 request more than before",
            ],
        )

    def test_one_object_in_two_files_counts_once(self):
        self.write(job("a"))
        self.write(job("a"), name="again.json")
        self.assertIn("readiness: 1 object whose kind must change", self.ready()[0])

    def test_nothing_is_said_without_such_objects_or_without_the_option(self):
        self.write({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}})
        self.assertEqual(self.ready(), [])
        self.write(job("a"))
        run = unstale.check(PROGRAM, "--isolated", folder=self.folder)
        self.assertNotIn(b"readiness", run.out + run.err)

    def test_a_suppressed_object_is_no_work(self):
        quiet = job("a")
        quiet["metadata"]["annotations"] = {"unstale/ignore": "KFT001: stays on the old cluster"}
        self.write(quiet, job("b"))
        self.assertEqual(
            self.ready()[0],
            "readiness: 1 object whose kind must change: 1 safe, 0 to review, 0 impossible; 1 suppressed",
        )

    def test_after_fixing_the_rest_is_counted(self):
        self.write(job("a"), tensorflow("f"))
        self.assertIn("1 object whose kind must change: 0 safe, 0 to review, 1 impossible", self.ready("--fix")[0])

    def test_the_same_table_for_other_kinds(self):
        variant = {"apiVersion": "llmd.ai/v1alpha1", "kind": "VariantAutoscaling",
                   "metadata": {"name": "chat", "namespace": "llm"},
                   "spec": {"modelID": "m", "modelProfile": {"accelerators": [{"acc": "H100", "accCount": 8}]}}}
        self.write(variant)
        lines = self.ready()
        self.assertIn("VariantAutoscaling llm 1 ", lines[2])
        self.assertNotIn("requested", " ".join(lines))


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
