#!/usr/bin/env python3
"""No output shows a secret: secrets.py PROGRAM

Jobs with a secret in every field that a finding, a fix or a refusal may speak of. Each secret has a number
of its own, and none of them may stand in any report, on standard error, or in a note of what is written.
The bytes that a fix writes are the file's own: the edits of JSON, the diff, and what `convert` writes."""

import copy
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import program as unstale

try:
    import yaml
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is not there")
    sys.exit(77)

PROGRAM = None
FORMATS = ("text", "concise", "json", "sarif")
SECRET = re.compile(r"hunter\d+|(?:ghp|hf)_\w{8,}")
KINDS = {"PyTorchJob": "pytorchReplicaSpecs", "TFJob": "tfReplicaSpecs", "MPIJob": "mpiReplicaSpecs"}
ROLES = {"PyTorchJob": ("Master", "Worker"), "TFJob": ("Chief", "Worker"), "MPIJob": ("Launcher", "Worker")}

# What a text with a secret looks like; the long ones do not fit into what a message shows of a text.
TEXTS = (
    "https://u:hunter{0}@github.com/x",
    "https://u:hunter{0}" + 80 * "y" + "@github.com/x",
    70 * "long/" + " https://u:hunter{0}@github.com/x",
    "ghp_{0:05}abcdefghijklmnopqrstuvwxyz01234",
    "hf_{0:05}abcDEFghiJKLmnoPQRstuVWXyzABcd",
    "mysql --password hunter{0} -e x",
)


def at(*path):
    """Puts a text at this place of a template's first container or of its Pod."""

    def put(replica, text):
        spec = replica["template"]["spec"]
        where = spec["containers"][0] if path[0] == "container" else spec
        for key in path[1:-1]:
            where = where.setdefault(key, {})
        where[path[-1]] = text

    return put


def words(field, *before):
    def put(replica, text):
        replica["template"]["spec"]["containers"][0][field] = [*before, text]

    return put


def variable(name):
    return lambda replica, text: at("container", "env")(replica, [{"name": name, "value": text}])


def side_container(field):
    return lambda replica, text: at("pod", field)(replica, [{"name": "b", "image": "b", "command": ["sh", text]}])


FIELDS = {
    "command": words("command", "torchrun", "train.py"),
    "python": words("command", "python", "train.py"),
    "args": words("args", "--repo"),
    "script": words("command", "sh", "-c"),
    "address": variable("MASTER_ADDR"),
    "variable": variable("REPOSITORY"),
    "password": variable("DB_PASSWORD"),
    "image": at("container", "image"),
    "working directory": at("container", "workingDir"),
    "hook": at("container", "lifecycle", "preStop", "exec", "command"),
    "unknown field": at("container", "unknown"),
    "scheduler": at("pod", "schedulerName"),
    "policy": at("pod", "restartPolicy"),
    "node": at("pod", "nodeSelector", "pool"),
    "side container": side_container("initContainers"),
    "second container": lambda replica, text: replica["template"]["spec"]["containers"].append(
        {"name": "side", "image": "i", "args": [text]}
    ),
    "annotation": lambda replica, text: replica["template"].update(metadata={"annotations": {"a/b": text}}),
    "replicas": lambda replica, text: replica.update(replicas=text),
    "restart": lambda replica, text: replica.update(restartPolicy=text),
    "unknown part": lambda replica, text: replica.update(unknown=text),
}

OF_THE_JOB = {
    "namespace": lambda job, text: job["metadata"].update(namespace=text),
    "label": lambda job, text: job["metadata"].update(labels={"a": text}),
    "finalizer": lambda job, text: job["metadata"].update(finalizers=[text]),
    "pods": lambda job, text: job["spec"].update(runPolicy={"cleanPodPolicy": text}),
    "queue": lambda job, text: job["spec"].update(runPolicy={"schedulingPolicy": {"queue": text}}),
    "elastic": lambda job, text: job["spec"].update(elasticPolicy={"rdzvHost": text}),
    "unknown": lambda job, text: job["spec"].update(unknown=text),
}


def job(kind, number):
    template = {"spec": {"containers": [{"name": "pytorch", "image": "i:1", "command": ["torchrun", "t.py"]}]}}
    replicas = {role: {"replicas": 1, "template": copy.deepcopy(template)} for role in ROLES[kind]}
    return {
        "apiVersion": "kubeflow.org/v1",
        "kind": kind,
        "metadata": {"name": f"job-{number}", "namespace": "ml"},
        "spec": {KINDS[kind]: replicas},
    }


def jobs(kind):
    """Each field with each text: in all replicas alike, and in each another."""
    made = []
    for text in TEXTS:
        for put in FIELDS.values():
            for alike in (True, False):
                one = job(kind, len(made))
                for i, replica in enumerate(one["spec"][KINDS[kind]].values()):
                    put(replica, text.format(len(made) * 10 + (0 if alike else i)))
                made.append(one)
        for put in OF_THE_JOB.values():
            one = job(kind, len(made))
            put(one, text.format(len(made) * 10))
            made.append(one)
    return made


def manifest(kind):
    return yaml.safe_dump_all(jobs(kind), sort_keys=False, width=10000)


def without_edits(report):
    """What a machine writes is the file's own text."""
    for finding in report["findings"]:
        for edit in finding.get("fix", {}).get("edits", []):
            edit.pop("text", None)
    return report


class Secrets(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)

    def hides(self, text, what):
        found = sorted(set(SECRET.findall(text)))
        lines = [line for line in text.splitlines() if SECRET.search(line)]
        self.assertFalse(found, f"{what} shows {len(found)} secrets:\n" + "\n".join(lines[:5]))

    def convert(self, *arguments):
        command = [PROGRAM, "convert", "--review", *arguments]
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, env=unstale.environment(), timeout=240
        )

    def shown(self, name, text):
        """Behind the report of convert stand its notes."""
        if name != "json":
            return text
        report, end = json.JSONDecoder().raw_decode(text)
        return json.dumps(without_edits(report), ensure_ascii=False) + text[end:]

    def test_the_jobs_hold_secrets(self):
        for kind in KINDS:
            self.assertGreater(len(set(SECRET.findall(manifest(kind)))), 200)

    def test_check(self):
        for kind in KINDS:
            (self.folder / "jobs.yaml").write_text(manifest(kind))
            for name in FORMATS:
                with self.subTest(kind=kind, format=name):
                    run = unstale.check(PROGRAM, f"--format={name}", "--statistics", ".", folder=self.folder)
                    self.assertIn(run.code, (0, 1), run.err)
                    self.hides(self.shown(name, run.out.decode()), "the report")
                    self.hides(run.err.decode(), "standard error")

    def test_fix(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                shutil.rmtree(self.folder)
                self.folder.mkdir()
                (self.folder / "jobs.yaml").write_text(manifest(kind))
                run = unstale.check(PROGRAM, "--fix=review", "--verbose", ".", folder=self.folder)
                self.assertIn(run.code, (0, 1), run.err)
                self.hides(run.out.decode() + run.err.decode(), "--fix")

    def test_convert(self):
        for kind in KINDS:
            (self.folder / "jobs.yaml").write_text(manifest(kind))
            for name in FORMATS:
                with self.subTest(kind=kind, format=name):
                    run = self.convert("jobs.yaml", "--annotate", "-o", "out.yaml", f"--format={name}")
                    self.assertIn(run.returncode, (0, 1), run.stderr)
                    self.hides(run.stdout + self.shown(name, run.stderr), "convert")
                    notes = re.findall(r"(?m)^\s*# unstale: .*", (self.folder / "out.yaml").read_text())
                    self.assertTrue(notes)
                    self.hides("\n".join(notes), "a note of convert")


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
