#!/usr/bin/env python3
"""Runs every case of testdata/<pack>/<rule>/<case>/, compares its report with expected.txt, fixes a copy of
it and compares that as well.

    run.py PROGRAM [--update] [WORD]       only cases whose path holds WORD; --update writes expectations

A case holds
    input.*  or  input/             what is checked, from inside the case's folder
    expected.txt                    the text report; when there is none, nothing may be found
    expected.yaml (or .json .md …)  what --fix=review makes of input.yaml; when there is none, nothing may change
    inventory/                      what is there besides, for args to name
    expected/                       the same for input/: those of its files that change; and of inventory/
    args                            more arguments, one on each line
    fix-args                        more arguments where it is fixed
    exit                            the exit code, where it does not follow from the findings

On each case these laws are checked as well: eight threads print what one prints; without the gate the
same is found; nothing is printed on standard error; the exit code follows from the findings; and the laws
of fixing.py. Each rule needs a case in its own folder that it finds, one that it fixes if it has a fix, and
(unless it is one of the program's own) one in which nothing is found."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fixing
import program as unstale

HERE = Path(__file__).resolve().parent
PACKS = sorted(path.name for path in (HERE.parent / "rules").iterdir() if path.is_dir())

# How well-formed a document is gets judged only where a rule looks, so the gate does change these.
GATED = {"UNS003", "UNS004", "UNS005", "UNS006"}

# generated.py has its case: a file must change while the program runs.
ELSEWHERE = {"UNS007"}

# What stands in the way of a fix is all that there is to say: the conversion gives the reason.
NEVER_FIXED = {"KFT003", "KFT007"}


class Case:
    def __init__(self, folder):
        self.folder = folder
        self.name = str(folder.relative_to(HERE))
        self.rule_name = folder.parent.name
        self.expectation = folder / fixing.REPORT
        self.inputs = sorted(path.name for path in folder.glob("input*"))
        self.arguments = self.lines("args")
        self.fix_arguments = self.lines("fix-args")
        self.faults = []
        self.found = set()
        self.fixed = set()

    def lines(self, name):
        file = self.folder / name
        return file.read_text().splitlines() if file.exists() else []

    def check(self, program, *more, folder=None):
        return unstale.check(program, *self.inputs, *self.arguments, *more, folder=folder or self.folder)

    def expected(self):
        return self.expectation.read_text() if self.expectation.exists() else None


def all_cases(word):
    folders = [path for pack in PACKS for path in sorted((HERE / pack).glob("*/*")) if path.is_dir()]
    return [case for case in map(Case, folders) if word in case.name]


def expected_code(case, report):
    own = case.folder / "exit"
    if own.exists():
        return int(own.read_text())
    counts = report["summary"]["findings"]
    return 1 if counts["error"] or counts["warning"] else 0


def without_gated(report):
    return [finding for finding in report["findings"] if finding["rule"] not in GATED]


def compare(case, text, report):
    """What the report says, against what it should say."""
    want = case.expected()
    silent = not report["findings"] and not report["problems"]
    if want is None and not silent:
        case.faults.append("nothing should be found, but:\n" + text)
    if want is not None and want != text:
        case.faults.append(unstale.difference(want, text, fixing.REPORT, "report"))


def update(case, text, report):
    if report["findings"] or report["problems"]:
        case.expectation.write_text(text)
    else:
        case.expectation.unlink(missing_ok=True)


def run(case, program, write):
    if not case.inputs:
        case.faults.append("there is no input")
        return
    one = case.check(program, "--threads=1")
    eight = case.check(program, "--threads=8")
    json_run = case.check(program, "--format=json")
    open_gate = case.check(program, "--format=json", "--no-gate")
    if one.err or one.code not in (0, 1, 2):
        case.faults.append(f"exit code {one.code}, standard error:\n" + one.err.decode(errors="replace"))
        return
    text, report = one.out.decode(), json_run.report
    if write:
        update(case, text, report)
    compare(case, text, report)
    if one.out != eight.out:
        case.faults.append("eight threads print something else:\n" + eight.out.decode())
    if without_gated(report) != without_gated(open_gate.report):
        case.faults.append("without the gate something else is found")
    if one.code != expected_code(case, report):
        case.faults.append(f"the exit code is {one.code}")
    case.found = {f["rule"] for f in report["findings"] if not f["suppressed"]}
    run_fixes(case, program, report, write)


def run_fixes(case, program, report, write):
    fixes = fixing.Fixing(case, program, report, expected_code)
    if write:
        fixing.update(fixes)
    fixes.check()
    case.fixed = fixes.fixed_rules()


def has_fix(rule):
    file = HERE.parent / "rules" / rule["pack"] / (rule["name"] + ".yaml")
    return any(line.startswith("fix:") for line in file.read_text().splitlines())


def is_silent(rule):
    file = HERE.parent / "rules" / rule["pack"] / (rule["name"] + ".yaml")
    return "silent: true" in file.read_text().splitlines()


def missing_cases(program, cases):
    """Rules without a case of their own. What is silent shows in the fixes that ask for it."""
    for rule in unstale.rules(program):
        if is_silent(rule):
            continue
        own = [case for case in cases if case.rule_name == rule["name"]]
        where = f"testdata/{rule['pack']}/{rule['name']}/"
        if rule["id"] not in ELSEWHERE and not any(rule["id"] in case.found for case in own):
            yield f"{rule['id']} has no case in {where} in which it is found"
        if has_fix(rule) and rule["id"] not in NEVER_FIXED and not any(rule["id"] in case.fixed for case in own):
            yield f"{rule['id']} has no case in {where} in which it is fixed"
        if rule["pack"] != "unstale" and not any(case.expected() is None for case in own):
            yield f"{rule['id']} has no case in {where} in which nothing is found"


def main(arguments):
    write = "--update" in arguments
    program, *words = [argument for argument in arguments if argument != "--update"]
    program, word = os.path.abspath(program), words[0] if words else ""
    cases = all_cases(word)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda case: run(case, program, write), cases))
    failed = [case for case in cases if case.faults]
    for case in failed:
        print(f"FAILED {case.name}")
        print(*case.faults, sep="\n")
    gaps = [] if word else list(missing_cases(program, cases))
    print(*gaps, sep="\n", end="\n" if gaps else "")
    print(f"golden: {len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or gaps or not cases else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
