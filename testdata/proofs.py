#!/usr/bin/env python3
"""Proves the conversion of PyTorchJobs found in the wild, for each target: proofs.py PROGRAM

Four numbers, each of which must be all of them:
    jobs that are converted, or refused with a reason
    objects written that satisfy the real definitions of the release
    files in which a second run finds nothing to change
    fields and comments that are still there, or named by the finding

The reader is another one (PyYAML), and the edits of the report are applied here: nothing that reads or
writes in the program is asked whether it is right. Templates are no YAML to that reader; their jobs are
counted and left to the first number. Skipped where the manifests, the definitions or a Python module are
not there."""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import program as unstale

try:
    import jsonschema  # noqa: F401 (src/convert/validate.py needs it)
    import yaml
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is not there")
    sys.exit(77)

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/corpus/trainer"
CRDS = ROOT / "../shared/crds/trainer"
TARGETS = {"2.0": "2.0.1", "2.1": "2.1.0", "2.2": "2.2.1", "2.3": "2.3.0"}
GROUP = "kubeflow.org/v1"

# What a field is called afterwards. Counts of replicas become a sum, and a runtime calls its container node: see
# prove_job.
RENAMED = {
    "serviceAccount": "serviceAccountName", "nprocPerNode": "numProcPerNode", "nProcPerNode": "numProcPerNode",
    "priorityClass": "priorityClassName", "maxRestarts": "value", "queue": "scheduling.volcano.sh/queue-name",
}


# ---- reading ----


class Loader(yaml.SafeLoader):
    """Scalars as they are written: what a plain `1e3` or `on` means is not asked here."""


Loader.yaml_implicit_resolvers = {}


def documents(text):
    """The documents of a text; None when it is no YAML."""
    try:
        return [found for found in yaml.load_all(text, Loader) if found is not None]
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def embedded(document):
    """The manifests in texts of a document (a ConfigMap's data)."""
    return [text for _, _, text in leaves(document) if "\n" in text and "apiVersion:" in text]


def is_whole(text):
    """Katib names the objects of a template itself: without metadata they are valid there only."""
    return "metadata:" in text


def with_embedded(found):
    for document in found:
        yield document
        for text in embedded(document):
            yield from with_embedded(documents(text) or [])


def jobs(found):
    """Jobs as documents and as items of Lists."""
    items = found.get("items") if isinstance(found, dict) else found
    if isinstance(found, dict) and found.get("kind") == "PyTorchJob" and found.get("apiVersion") == GROUP:
        yield found
    for item in items if isinstance(items, list) else []:
        yield from jobs(item)


def leaves(value, path=(), key=""):
    """Every scalar and every empty collection: its path, the key that it stands under, its text."""
    if isinstance(value, dict) and value:
        for name, child in value.items():
            yield from leaves(child, path + (f".{name}",), str(name))
    elif isinstance(value, list) and value:
        for number, child in enumerate(value):
            yield from leaves(child, path + (f"[{number}]",), key)
    else:
        yield path, key, str(value)


def comments(text):
    """Found between the tokens, so that a # in a text is none."""
    spans = [(token.start_mark.index, token.end_mark.index) for token in yaml.scan(text, Loader)
             if isinstance(token, yaml.ScalarToken)]
    hidden = list(text)
    for start, end in spans:
        hidden[start:end] = ["x" if c != "\n" else c for c in text[start:end]]
    return Counter(
        text[m.start():m.end()].strip() for m in re.finditer(r"(?<![^\s])#[^\n]*", "".join(hidden))
    )


# ---- what a finding names ----


def steps(path):
    """spec.a[0]["b.c"] as the parts that leaves() gives."""
    parts = re.findall(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]|[^.\[\]]+', path)
    return tuple(
        f".{json.loads(part[1:-1])}" if part.startswith('["') else part if part.startswith("[") else f".{part}"
        for part in parts
    )


def named_paths(finding):
    dropped = finding["fix"].get("dropped", [])
    return [steps(path) for entry in dropped for path in [entry.get("path"), *entry.get("also", [])] if path]


def named_comments(findings):
    return Counter(
        comment.strip() for finding in findings for entry in finding["fix"].get("dropped", [])
        for comment in entry.get("comments", [])
    )


def is_below(path, named):
    return any(path[:len(prefix)] == prefix for prefix in named)


# ---- one file ----


class File:
    def __init__(self, name, text):
        self.name = name
        self.text = text
        self.documents = documents(text)
        self.jobs = list(jobs(list(with_embedded(self.documents or []))))


def all_files():
    for path in sorted(CORPUS.iterdir()):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "PyTorchJob" not in text:
            continue
        if path.suffix == ".yaml":
            yield File(path.name, text)
        elif path.suffix == ".md":
            for number, (indent, body) in enumerate(re.findall(r"(?ms)^([ \t]*)```ya?ml\n(.*?)^[ \t]*```", text)):
                lines = [line[len(indent):] if line.startswith(indent) else line for line in body.splitlines(True)]
                if "PyTorchJob" in body:
                    yield File(f"{path.name}-{number}.yaml", "".join(lines))


def apply(text, findings):
    data = text.encode()
    edits = [edit for finding in findings for edit in finding["fix"].get("edits", [])]
    for edit in sorted(edits, key=lambda edit: edit["start"], reverse=True):
        data = data[:edit["start"]] + edit["text"].encode() + data[edit["end"]:]
    return data.decode()


class Proof:
    """One file, one target."""

    def __init__(self, program, file, target):
        self.file = file
        self.faults = []
        self.converted = self.refused = self.fields = self.comments = 0
        self.objects = []
        with tempfile.TemporaryDirectory() as folder:
            self.path = Path(folder) / file.name
            self.command = [program, f"--target=trainer={target}", "--select=trainer,UNS", "--format=json", "--isolated"]
            self.prove()

    def fault(self, text):
        self.faults.append(f"{self.file.name}: {text}")

    def check(self, text):
        self.path.write_bytes(text.encode())
        run = unstale.check(*self.command, self.path.name, folder=self.path.parent)
        return json.loads(run.out)["findings"]

    def prove(self):
        findings = self.check(self.file.text)
        mine = [finding for finding in findings if finding["rule"] == "KFT001"]
        fixed = [finding for finding in mine if "fix" in finding]
        silent = [finding for finding in mine if "fix" not in finding and not finding.get("refused")]
        unread = sum(finding["rule"] in ("UNS003", "UNS004") for finding in findings)
        self.converted, self.refused = len(fixed), len(mine) - len(fixed)
        if silent or (len(mine) < len(self.file.jobs) and not unread):
            self.fault("a job is neither converted nor refused with a reason")
        if len(mine) < len(self.file.jobs):
            self.refused = len(self.file.jobs) - len(fixed)
        if fixed:
            self.prove_text(mine, fixed, apply(self.file.text, fixed))

    def prove_text(self, mine, fixed, after):
        again = [finding for finding in self.check(after) if finding["rule"] == "KFT001"]
        if len(again) != len(mine) - len(fixed) or any("fix" in finding for finding in again):
            self.fault("a second run has something to convert")
        now = documents(after)
        if self.file.documents is None:
            return
        if now is None:
            return self.fault("what was written is no YAML")
        self.objects = [after, *(text for found in now for text in embedded(found) if is_whole(text))]
        self.prove_fields(mine, now)
        lost = comments(self.file.text) - comments(after) - named_comments(fixed)
        self.comments += sum(comments(self.file.text).values())
        for comment in lost:
            self.fault(f"a comment is gone: {comment}")

    def prove_fields(self, mine, now):
        written = Counter((key, text) for found in with_embedded(now) for _, key, text in leaves(found))
        counted = Counter()
        if len(mine) != len(self.file.jobs):
            return self.fault("its jobs and the findings on them are not as many")
        for finding, job in zip(mine, self.file.jobs):
            if "fix" in finding:
                self.prove_job(job, named_paths(finding), written, counted)

    def prove_job(self, job, named, written, counted):
        specs = job["spec"]["pytorchReplicaSpecs"]
        for path, key, text in leaves(job):
            self.fields += 1
            if path in ((".apiVersion",), (".kind",)) or is_below(path, named):
                continue
            if len(path) == 4 and path[:2] == (".spec", ".pytorchReplicaSpecs") and key == "replicas":
                continue
            pair = (key, "node") if (key, text) == ("name", "pytorch") else (RENAMED.get(key, key), text)
            counted[pair] += 1
            if counted[pair] > written[pair]:
                self.fault(f"a field is gone: {''.join(path)}: {text}")
        replicas = sum(int((spec or {}).get("replicas", 1)) for spec in specs.values())
        if not written[("numNodes", str(replicas))]:
            self.fault(f"numNodes is not {replicas}")


def validate(objects, release):
    """What is written, against the real definitions."""
    crds = [f"{CRDS}/v2-trainjobs-v{release}.yaml", f"{CRDS}/v2-trainingruntimes-v{release}.yaml"]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as stream:
        stream.write("\n---\n".join(objects))
        stream.flush()
        command = [sys.executable, ROOT / "src/convert/validate.py", "v1alpha1", stream.name, *crds]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def count_written(objects):
    kinds = Counter(found.get("kind") for text in objects for found in documents(text) or [] if isinstance(found, dict))
    return kinds["TrainJob"] + kinds["TrainingRuntime"]


def prove_target(program, files, target):
    with ThreadPoolExecutor(2) as pool:
        proofs = list(pool.map(lambda file: Proof(program, file, target), files))
    total = {name: sum(getattr(p, name) for p in proofs) for name in ("converted", "refused", "fields", "comments")}
    files = sum(bool(proof.objects) for proof in proofs)
    objects = [text for proof in proofs for text in proof.objects]
    faults = [fault for proof in proofs for fault in proof.faults] + validate(objects, TARGETS[target])
    print(
        f"Trainer {target}: {total['converted'] + total['refused']} PyTorchJobs: {total['converted']} converted, "
        f"{total['refused']} refused with a reason; {count_written(objects)} objects satisfy the definitions of "
        f"{TARGETS[target]}; {files} files do not change again; {total['fields']} fields and "
        f"{total['comments']} comments are there or named; {len(faults)} faults"
    )
    for fault in faults:
        print(f"    {fault}")
    return not faults and total["converted"] > 0


def main(program):
    if not CORPUS.is_dir() or not CRDS.is_dir():
        print("skipped: the manifests or definitions are not there")
        return 77
    files = list(all_files())
    unread = sum(file.documents is None for file in files)
    print(f"{len(files)} files and fences, {unread} of them no YAML to PyYAML")
    return 0 if all([prove_target(program, files, target) for target in TARGETS]) else 1


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
