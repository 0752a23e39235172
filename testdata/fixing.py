"""What fixing a case must do and must not do; run.py checks these laws on every case.

The case's folder is copied and fixed there. `--fix=review` gives what is expected, again and with eight
threads; `--diff` says the same and writes nothing; the edits of the report are what is done; `--fix` goes
part of the way; documents without a fix keep every byte; the exit code is judged on what remains."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import program as unstale

REPORT = "expected.txt"
FIXED = re.compile(rb"(?:note: [^\n]*\n)*(?:Fixed ([1-9]\d*) findings? in [1-9]\d* files?\.\n)?")
BORDER = re.compile(rb"(?m)^(?=---|- )")

COPY = "the same object stands here too"


class Copy:
    """A copy of a case without its expectations, in which a run may do what it likes."""

    def __init__(self, folder):
        self.made = tempfile.TemporaryDirectory(prefix="unstale-")
        self.folder = Path(self.made.name) / "case"
        shutil.copytree(folder, self.folder, ignore=shutil.ignore_patterns("expected", "expected.*"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.made.cleanup()

    def files(self):
        """The content of each file, by its path."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in paths}

    def apply(self, diff):
        """As a person would apply it; what git has to say when it refuses."""
        alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "apply", "--whitespace=nowarn"]
        done = subprocess.run(command, input=diff, cwd=self.folder, env=alone, capture_output=True)
        return done.stderr.decode(errors="replace")


class Fixing:
    """One case, its report, and what `--fix=review` made of its files."""

    def __init__(self, case, program, report, expected_code):
        self.case, self.program, self.report = case, program, report
        self.expected_code = expected_code
        with Copy(case.folder) as copy:
            self.before = copy.files()
            self.run = self.fix(copy, "--fix=review")
            self.after = copy.files()
            self.once_more = self.fix(copy, "--fix=review")
            self.after_twice = copy.files()

    def fix(self, copy, *more):
        own = ["--format=json", *self.case.fix_arguments]
        return self.case.check(self.program, *own, *more, folder=copy.folder)

    def changed(self, files):
        return {path for path in files if files[path] != self.before.get(path)}

    def fault(self, text):
        self.case.faults.append(text)

    def check(self):
        self.check_expected()
        self.check_twice()
        self.check_words()
        self.check_threads()
        self.check_diff()
        self.check_safe()
        self.check_edits()
        self.check_other_documents()

    # ---- the laws ----

    def check_expected(self):
        want = expectations(self.case.folder)
        got = {expectation(path): self.after[path] for path in self.changed(self.after)}
        for path in sorted(want.keys() | got.keys()):
            if path not in got:
                self.fault(f"--fix=review does not make what {path} says")
            elif want.get(path) != got[path]:
                old = want.get(path, b"").decode(errors="replace")
                self.fault(unstale.difference(old, got[path].decode(errors="replace"), path, "fixed"))
        if self.before.keys() != self.after.keys():
            self.fault("--fix=review takes files away, or adds some")

    def check_twice(self):
        if self.after_twice != self.after:
            self.fault("fixing twice is not fixing once")
        if self.once_more.report["findings"] != self.run.report["findings"]:
            self.fault("fixing twice does not report what fixing once did")

    def check_words(self):
        for run in (self.run, self.once_more):
            if not FIXED.fullmatch(run.err):
                self.fault("--fix=review prints on standard error:\n" + run.err.decode(errors="replace"))
            want = self.expected_code(self.case, run.report)
            if run.code != want:
                self.fault(f"the exit code of --fix=review is {run.code}, not {want}")

    def check_threads(self):
        with Copy(self.case.folder) as copy:
            run = self.fix(copy, "--fix=review", "--threads=8")
            if copy.files() != self.after or run.report != self.run.report:
                self.fault("--fix=review with eight threads is another one")

    def diff(self, copy, threads):
        own = self.case.fix_arguments
        return self.case.check(self.program, "--diff", f"--threads={threads}", *own, folder=copy.folder)

    def check_diff(self):
        with Copy(self.case.folder) as copy:
            one, eight = self.diff(copy, 1), self.diff(copy, 8)
            if (one.out, one.err, one.code) != (eight.out, eight.err, eight.code):
                self.fault("--diff with eight threads is another one")
            if copy.files() != self.before:
                self.fault("--diff writes")
            want = self.expected_code(self.case, self.report)
            if not FIXED.fullmatch(one.err) or one.code != want:
                self.fault(f"--diff: exit code {one.code}, not {want}; {one.err.decode(errors='replace')}")
            refused = copy.apply(one.out) if one.out else ""
            if refused or copy.files() != self.after:
                self.fault("git apply makes something else of --diff than --fix=review does\n" + refused)

    def check_safe(self):
        with Copy(self.case.folder) as copy:
            run = self.fix(copy, "--fix")
            safe = copy.files()
            self.fix(copy, "--fix=review")
            if copy.files() != self.after:
                self.fault("--fix and then --fix=review is not --fix=review")
        reviews = [f for f in self.open_fixes() if f["fix"]["safety"] == "review"]
        if not set(map(told, reviews)) <= set(map(told, run.report["findings"])):
            self.fault("--fix applies what a person should read")
        self.check_summary(safe)

    def check_summary(self, safe):
        """Files change when, and only when, the report counts fixes."""
        fixable = self.report["summary"]["fixable"]
        if bool(self.changed(safe)) != bool(fixable["safe"]):
            self.fault(f"--fix changes {sorted(self.changed(safe))}, and {fixable['safe']} fixes are safe")
        if bool(self.changed(self.after)) != bool(fixable["safe"] + fixable["review"]):
            self.fault(f"--fix=review changes {sorted(self.changed(self.after))}, which the summary denies")

    def check_edits(self):
        """The edits of the report do it, unless that takes several rounds."""
        fixes = {tuple(map(edit_of, finding["fix"]["edits"])) for finding in self.open_fixes()}
        edits = sorted((edit for fix in fixes for edit in fix), reverse=True)
        if self.fixed_count() != len(fixes) or do_meet(edits):
            return
        applied = dict(self.before)
        for path, start, end, text in edits:
            applied[path] = applied[path][:start] + text + applied[path][end:]
        if applied != self.after:
            self.fault("the edits of the report are not what --fix=review does")

    def check_other_documents(self):
        for path, before in self.before.items():
            lines = {place["line"] for f in self.open_fixes() for place in [f, *copies_of(f)] if place["path"] == path}
            listing = path.endswith("kustomization.yaml") and not lines
            if listing or not path.startswith("input"):  # nothing is found in what lists a file, and in an inventory
                lines = {before[: edit["start"]].count(b"\n") + 1 for edit in self.edits() if edit["path"] == path}
            place = 0
            for document in documents_without(before, lines):
                place = self.after.get(path, b"").find(document, place)
                if place < 0:
                    self.fault(f"{path}: a document changed that has no fix:\n{document.decode(errors='replace')}")
                    break
                place += len(document)

    # ---- what they ask ----

    def open_fixes(self):
        return [f for f in self.report["findings"] if "fix" in f and not f["suppressed"]]

    def edits(self):
        return [edit for finding in self.open_fixes() for edit in finding["fix"]["edits"]]

    def fixed_count(self):
        printed = FIXED.fullmatch(self.run.err)
        return int(printed[1] or 0) if printed else 0

    def fixed_rules(self):
        return {f["rule"] for f in self.open_fixes()} if self.changed(self.after) else set()


def told(finding):
    """What a finding says, whatever line it says it about."""
    return finding["rule"], finding["path"], finding["message"]


def copies_of(finding):
    """Where else the object stands: its copies are changed in the same way."""
    return [place for place in finding.get("related", []) if place["message"] == COPY]


def edit_of(entry):
    return entry["path"], entry["start"], entry["end"], entry["text"].encode()


def do_meet(edits):
    """Of edits from the last to the first: does one reach into the next?"""
    return any(one[0] == two[0] and two[2] > one[1] for one, two in zip(edits, edits[1:]))


def documents_without(data, lines):
    """The documents, and items at the margin, of a text that have none of those lines."""
    first = 1
    for document in BORDER.split(data):
        behind = first + document.count(b"\n")
        if not any(first <= line < max(behind, first + 1) for line in lines):
            yield document
        first = behind


# ---- expectations: expected.yaml for input.yaml, expected/a.yaml for input/a.yaml,
#      expected/inventory/a.yaml for inventory/a.yaml ----


def expectation(path):
    return path.replace("input", "expected", 1) if path.startswith("input") else "expected/" + path


def expectations(folder):
    """What is expected of each file that changes, by the expectation's path."""
    paths = [path for path in folder.glob("expected.*") if path.name != REPORT]
    paths += [path for path in (folder / "expected").rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def update(fixing):
    folder = fixing.case.folder
    for path in expectations(folder):
        (folder / path).unlink()
    shutil.rmtree(folder / "expected", ignore_errors=True)
    for path in fixing.changed(fixing.after):
        target = folder / expectation(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fixing.after[path])
