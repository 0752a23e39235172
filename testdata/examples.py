#!/usr/bin/env python3
"""Checks that rules about commands find their own `before`, and that no rule finds anything in their `after`:
examples.py PROGRAM

Each example is a script by itself. What depends on objects of the scan cannot be found in one."""

import sys
import tempfile
from pathlib import Path

import program as unstale

try:
    import yaml
except ImportError:
    print("examples: skipped, there is no module yaml")
    sys.exit(77)

RULES = Path(__file__).resolve().parent.parent / "rules"
NEEDS_OBJECTS = {"KFT061", "WVA069"}


def target_of(rule):
    """One that the rule holds for; the first of several, the lower end of a range."""
    options = []
    for pack, ranges in rule["targets"].items():
        first = ranges[0] if isinstance(ranges, list) else ranges
        if first != "*":
            options += ["--target", f"{pack}={first.lstrip('<>=').split('..')[0]}"]
    return options


def found(program, text, target):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "example.sh").write_text(text)
        report = unstale.check(program, "--format=json", *target, folder=folder).report
    return {finding["rule"] for finding in report["findings"]}


def faults_of(program, rule):
    target = target_of(rule)
    if rule["id"] not in NEEDS_OBJECTS | found(program, rule["before"], target):
        yield f"{rule['id']} does not find its own 'before'"
    for other in sorted(found(program, rule["after"], target)):
        yield f"{other} finds something in the 'after' of {rule['id']}"


def main(program):
    rules = [yaml.safe_load(path.read_text()) for path in sorted(RULES.glob("*/*.yaml"))]
    commands = [rule for rule in rules if "command" in rule["match"]]
    faults = [fault for rule in commands for fault in faults_of(program, rule)]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"examples: of {len(commands)} rules, {len(faults)} faults")
    return 0 if commands and not faults else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
