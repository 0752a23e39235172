#!/usr/bin/env python3
"""Checks that the number of threads changes no byte of any report: threads.py PROGRAM

Looks at all of testdata/, and at a repository and a dump that are large enough to be worked on in parts."""

import json
import os
import sys
import tempfile
from pathlib import Path

import dump
import program as unstale

HERE = Path(__file__).resolve().parent
FORMATS = ("json", "sarif", "text", "concise")


def reports(program, folder, threads):
    """All formats of one run, by name."""
    with tempfile.TemporaryDirectory(prefix="unstale-") as out:
        wanted = [word for name in FORMATS for word in (f"--format={name}", f"--output={out}/{name}")]
        run = unstale.check(program, ".", *wanted, f"--threads={threads}", folder=folder)
        if run.err or run.code not in (1, 2):
            sys.exit(f"threads: {folder}: exit code {run.code}\n" + run.err.decode(errors="replace"))
        return {name: (Path(out) / name).read_bytes() for name in FORMATS}


def check(program, folder):
    one = reports(program, folder, 1)
    for name in ("json", "sarif"):
        json.loads(one[name])
    faults = 0
    for threads in (2, 8):
        for name, report in reports(program, folder, threads).items():
            if report != one[name]:
                print(f"threads: {folder}: with {threads} threads the {name} report is another one")
                faults += 1
    return faults


def main(program):
    with tempfile.TemporaryDirectory(prefix="unstale-") as made:
        folder = Path(made)
        dump.write_repository(folder, 200)
        with open(folder / "dump.yaml", "wb") as file:
            dump.write_list(file, 4_000_000)
        faults = check(program, HERE) + check(program, folder)
    print(f"threads: {faults} differences between 1, 2 and 8 threads")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
