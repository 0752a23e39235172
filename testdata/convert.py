#!/usr/bin/env python3
"""Runs every case of testdata/convert/<case>/ and compares what `unstale convert` writes.

    convert.py PROGRAM [--update] [WORD]       only cases whose name holds WORD; --update writes what is expected

A case holds
    input.*  or  input/       what is converted, from inside a copy of the case's folder
    inventory/                what is there besides, for args to name
    args                      more arguments, one on each line
    expected.out              standard output
    expected.err              standard error
    expected/                 the files below --output output
    exit                      the exit code, when it is not 0

On each case these laws are checked as well: what is read stays as it is; eight threads write what one
writes; --as-is gives back every object but for what a server wrote (of YAML only where the Python
module `yaml` is there); --name-prefix changes nothing but names."""

import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import program as unstale

try:
    import yaml
except ImportError:
    yaml = None

HERE = Path(__file__).resolve().parent / "convert"


def convert(program, folder, *arguments):
    command = [program, "convert", f"--today={unstale.TODAY}", *arguments]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, env=unstale.environment(), stdin=subprocess.DEVNULL,
        timeout=240,
    )
    return unstale.Run(done)


def files_below(folder):
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


class Case:
    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        arguments = folder / "args"
        self.arguments = arguments.read_text().splitlines() if arguments.exists() else []
        self.inputs = sorted(path.name for path in folder.glob("input*"))
        self.faults = []

    def copy_to(self, folder):
        others = [path.name for path in self.folder.glob("inventory")]
        for name in self.inputs + others:
            source = self.folder / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / name)


class Result:
    """One run in a copy of the case."""

    def __init__(self, case, program, *more):
        with tempfile.TemporaryDirectory(prefix="unstale-") as name:
            folder = Path(name)
            case.copy_to(folder)
            before = files_below(folder)
            run = convert(program, folder, *case.inputs, *case.arguments, *more)
            self.code, self.out, self.err = run.code, run.out, run.err
            self.files = files_below(folder / "output") if (folder / "output").exists() else {}
            after = files_below(folder)
            self.touched = [path for path in before if after.get(path) != before[path]]

    def everything(self):
        return self.code, self.out, self.err, self.files


def read(path):
    return path.read_bytes() if path.exists() else b""


def write(path, content):
    if content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    else:
        path.unlink(missing_ok=True)


def update(case, result):
    write(case.folder / "expected.out", result.out)
    write(case.folder / "expected.err", result.err)
    write(case.folder / "exit", f"{result.code}\n".encode() if result.code else b"")
    shutil.rmtree(case.folder / "expected", ignore_errors=True)
    for path, content in result.files.items():
        write(case.folder / "expected" / path, content)


def difference(name, want, got):
    lines = difflib.unified_diff(
        want.decode(errors="replace").splitlines(), got.decode(errors="replace").splitlines(), name, "written",
        lineterm="",
    )
    return "\n".join(lines)


def compare(case, result):
    wanted = files_below(case.folder / "expected") if (case.folder / "expected").exists() else {}
    pairs = [("expected.out", read(case.folder / "expected.out"), result.out),
             ("expected.err", read(case.folder / "expected.err"), result.err)]
    names = sorted(set(wanted) | set(result.files))
    pairs += [(name, wanted.get(name, b""), result.files.get(name, b"")) for name in names]
    case.faults += [difference(*pair) for pair in pairs if pair[1] != pair[2]]
    code = int(read(case.folder / "exit") or 0)
    if code != result.code:
        case.faults.append(f"the exit code is {result.code}, not {code}")


# ---- the law of --as-is ----

SERVER_METADATA = (
    "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
    "deletionGracePeriodSeconds", "managedFields", "selfLink", "ownerReferences",
)
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
BOUND = ("pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller")
JOB_LABELS = ("controller-uid", "batch.kubernetes.io/controller-uid")
DATA = ("Secret", "ConfigMap", "PersistentVolume", "PersistentVolumeClaim")
FIRST = ("Namespace", "CustomResourceDefinition")


def parse(text, is_json):
    if is_json:
        return [json.loads(text)] if text.strip() else []
    return [document for document in yaml.safe_load_all(text) if document is not None]


def objects(documents):
    for document in documents:
        kind = document.get("kind", "")
        if kind and not kind.endswith("List") or "items" not in document:
            yield document
            continue
        for item in document["items"]:
            own = {} if kind in ("", "List") else {"apiVersion": document["apiVersion"], "kind": kind[:-4]}
            yield {**own, **item}


def forget(parent, key, names):
    """Takes keys out of a map of the parent; the map goes when it is left empty by that."""
    inner = (parent or {}).get(key)
    if not isinstance(inner, dict) or not any(name in inner for name in names):
        return
    parent[key] = {name: value for name, value in inner.items() if name not in names}
    if not parent[key]:
        del parent[key]


def without_server_fields(thing):
    thing = json.loads(json.dumps(thing, default=str))
    kind, spec, metadata = thing["kind"], thing.get("spec"), thing.get("metadata", {})
    thing.pop("status", None)
    for name in SERVER_METADATA:
        metadata.pop(name, None)
    forget(metadata, "annotations", (LAST_APPLIED,))
    if kind == "Service" and spec and spec.get("clusterIP") != "None":
        spec.pop("clusterIP", None), spec.pop("clusterIPs", None)
    if kind == "Pod" and spec:
        spec.pop("nodeName", None)
    if kind == "PersistentVolume":
        forget(spec, "claimRef", ("uid", "resourceVersion"))
    if kind == "PersistentVolumeClaim":
        forget(metadata, "annotations", BOUND)
    if kind == "Job" and spec and not spec.get("manualSelector"):
        spec.pop("selector", None)
        forget(metadata, "labels", JOB_LABELS)
        forget(spec.get("template", {}).get("metadata"), "labels", JOB_LABELS)
        if spec.get("template", {}).get("metadata") == {}:
            del spec["template"]["metadata"]
    return thing


def is_made_again(thing, uids):
    owners = thing.get("metadata", {}).get("ownerReferences", [])
    managed = any(owner.get("controller") and owner["uid"] in uids for owner in owners)
    return thing["kind"] == "Event" or (managed and thing["kind"] not in DATA)


def restorable(documents):
    things = list(objects(documents))
    uids = {thing.get("metadata", {}).get("uid") for thing in things}
    kept = [without_server_fields(thing) for thing in things if not is_made_again(thing, uids)]
    return sorted(kept, key=lambda thing: thing["kind"] not in FIRST)


def check_as_is(case, program):
    name = case.inputs[0]
    is_json = name.endswith(".json")
    if len(case.inputs) > 1 or (case.folder / name).is_dir() or not (is_json or yaml):
        return
    run = convert(program, case.folder, name, "--as-is")
    if run.code == 2:
        return
    want = restorable(parse(read(case.folder / name), is_json))
    got = [json.loads(json.dumps(thing, default=str)) for thing in objects(parse(run.out, is_json))]
    if want != got:
        case.faults.append("--as-is gives back something else:\n" + difference(
            "input", json.dumps(want, indent=1).encode(), json.dumps(got, indent=1).encode()))


# ---- the law of --name-prefix ----

PREFIX = "zz9-"  # stands in no input


def check_prefix(case, program):
    everything = ("--all", "--review")
    plain = convert(program, case.folder, *case.inputs, *everything)
    copies = convert(program, case.folder, *case.inputs, *everything, f"--name-prefix={PREFIX}")
    if 2 in (plain.code, copies.code):
        return
    names = copies.out.count(PREFIX.encode())
    if b" is written once: " in copies.err:  # what stands twice in the stream without a prefix
        plain.out = b"---\n".join(dict.fromkeys(plain.out.split(b"---\n")))
    if plain.out != copies.out.replace(PREFIX.encode(), b"") or (plain.out and not names):
        case.faults.append("--name-prefix changes more than names:\n" + difference("plain", plain.out, copies.out))


# ---- where it writes ----

OUTDATED = HERE / "dump-of-jobs" / "input.yaml"

# Arguments, exit code, the files there are afterwards, and a part of what is said. The folder holds in/a.yaml and
# in/sub/a.yaml; the lines run one after the other.
PLACES = [
    ("in/a.yaml -o in/a.yaml", 2, [], "would overwrite 'in/a.yaml', which is read"),
    ("in -o in", 2, [], "would overwrite 'in/a.yaml', which is read"),
    ("in/a.yaml in/sub/a.yaml -o out/", 2, [], "would both be written to 'out/a.yaml'"),
    ("- -o out/", 2, [], "standard input goes to a file"),
    ("in -o out", 0, ["out/a.yaml", "out/sub/a.yaml"], "2 objects written to 2 files"),
    ("in -o out", 0, ["out/a.yaml", "out/sub/a.yaml"], "2 objects written to 2 files"),
    ("in/sub/a.yaml -o new/deep/b.yaml", 0, ["new/deep/b.yaml"], "1 object written"),
    ("in -o all.yaml", 0, ["all.yaml"], "2 objects written"),
    ("in -o in/all.yaml", 0, ["in/all.yaml"], "2 objects written"),
    ("in -o in/all.yaml", 0, [], "2 objects written"),  # the older one is not read
    ("in/sub -o in/sub/out/", 0, ["in/sub/out/a.yaml"], "1 object written to 1 file"),
    ("in/sub -o in/sub/out/", 0, [], "1 object written to 1 file"),
]


def check_places(program):
    """Yields faults."""
    with tempfile.TemporaryDirectory(prefix="unstale-") as name:
        folder = Path(name)
        for path in ("in/a.yaml", "in/sub/a.yaml"):
            write(folder / path, read(OUTDATED))
        there = set(files_below(folder))
        for words, code, new, said in PLACES:
            run = convert(program, folder, "--review", *words.split())
            there |= set(new)
            if run.code != code or set(files_below(folder)) != there or said not in run.err.decode():
                yield f"convert {words}: exit code {run.code}, {sorted(files_below(folder))}\n{run.err.decode()}"
            if read(folder / "in/a.yaml") != read(OUTDATED):
                yield f"convert {words}: in/a.yaml has changed"


# ---- all together ----

def run(case, program, write_expected):
    one = Result(case, program, "--threads=1")
    eight = Result(case, program, "--threads=8")
    if one.code not in (0, 1, 2):
        case.faults.append(f"exit code {one.code}:\n" + one.err.decode(errors="replace"))
        return
    if write_expected:
        update(case, one)
    compare(case, one)
    if one.everything() != eight.everything():
        case.faults.append("eight threads write something else")
    if one.touched:
        case.faults.append("what was read has changed: " + ", ".join(one.touched))
    check_as_is(case, program)
    check_prefix(case, program)


def main(arguments):
    write_expected = "--update" in arguments
    program, *words = [argument for argument in arguments if argument != "--update"]
    program, word = os.path.abspath(program), words[0] if words else ""
    cases = [Case(path) for path in sorted(HERE.iterdir()) if path.is_dir() and word in path.name]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda case: run(case, program, write_expected), cases))
    failed = [case for case in cases if case.faults]
    for case in failed:
        print(f"FAILED {case.name}")
        print(*case.faults, sep="\n")
    places = [] if word else list(check_places(program))
    print(*places, sep="\n", end="\n" if places else "")
    if not yaml:
        print("convert: no Python module yaml: the law of --as-is was checked on JSON only")
    print(f"convert: {len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or places or not cases else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
