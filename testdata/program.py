"""Runs the program under test; shared by the scripts beside this one."""

import difflib
import json
import os
import subprocess

TODAY = "2026-11-20"  # suppressions expire by it


class Run:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def report(self):
        return json.loads(self.out)


def environment():
    """The caller's, without what would change a report."""
    names = ("SOURCE_DATE_EPOCH", "CI", "NO_COLOR", "FORCE_COLOR", "PRE_COMMIT")
    return {name: value for name, value in os.environ.items() if name not in names}


def check(program, *arguments, folder=None, stdin=b""):
    command = [program, "check", "--color=never", f"--today={TODAY}", *arguments]
    done = subprocess.run(
        command, cwd=folder, input=stdin, capture_output=True, env=environment(), timeout=240
    )
    return Run(done)


def difference(want, got, want_name, got_name):
    texts = (text.splitlines(keepends=True) for text in (want, got))
    lines = difflib.unified_diff(*texts, want_name, got_name)
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def rules(program):
    done = subprocess.run([program, "rules", "--format=json"], capture_output=True, check=True)
    return json.loads(done.stdout)
