#!/usr/bin/env python3
"""Checks that README.md shows what the program prints: readme.py PROGRAM

A block of the language `console` holds `$ ./dev check ...` and the report on that."""

import re
import sys
from pathlib import Path

import program as unstale

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = re.compile(r"^```console\n\$ \./dev check (.*)\n((?:.*\n)*?)```$", re.MULTILINE)


def main(program):
    examples = EXAMPLE.findall((ROOT / "README.md").read_text())
    faults = 0
    for arguments, shown in examples:
        printed = unstale.check(program, *arguments.split(), folder=ROOT).out.decode()
        if shown != printed:
            print(f"readme: check {arguments} prints:\n{printed}")
            faults += 1
    print(f"readme: {len(examples)} examples, {faults} faults")
    return 0 if examples and not faults else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
