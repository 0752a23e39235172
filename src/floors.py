#!/usr/bin/env python3
"""Checks src/: who includes whom (lower floors only, each library in one file), lines, and the tour.

The floors are in src/floors.txt. No line is longer than 100 characters, which the formatter does not
see to in comments, and docs/tour.md names every file but tests. Prints one line for each fault; the
exit code is 1 when there is one."""

import re
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent

# Each of these stands in exactly one .c file, so that replacing a library means replacing a file.
LIBRARY_HEADERS = {"libfyaml.h", "pcre2.h", "git2.h", "archive.h", "zlib.h", "pthread.h", "xxhash.h"}

# To be copied into other programs: it includes its own headers by bare name, and nothing of the house.
STANDALONE = SOURCE / "report" / "sarif-c"

LONGEST_LINE = 100
TOUR = SOURCE.parent / "docs" / "tour.md"

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def read_floors():
    lines = (SOURCE / "floors.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {folder: int(number) for number, folder in rows}


def includes(path):
    """Yields (line number, header in quotes or None, header in angles or None)."""
    text = path.read_text()
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)


def fault_of_own_header(path, header, floors):
    """What is wrong with including `header` of the house in `path`; None when nothing is."""
    if path.is_relative_to(STANDALONE):
        return None if (STANDALONE / header).is_file() else "a file of the house in sarif-c"
    if not (SOURCE / header).is_file():
        return "no such file in src/"
    here, there = path.relative_to(SOURCE).parts[0], header.split("/")[0]
    if there not in floors:
        return f"{there} has no floor in src/floors.txt"
    if here == there or floors[here] > floors[there]:
        return None
    if path.stem.endswith("_test") and floors[here] == floors[there]:
        return None  # nothing is built on a test, so it may ask a neighbour
    return f"{here} is floor {floors[here]}, {there} is floor {floors[there]}"


def long_lines(path):
    lines = path.read_text().splitlines()
    return [(number, len(line)) for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]


def missing_in_tour(files):
    """The files that the tour does not name. It names them in code spans, each folder in its section."""
    sections = re.split(r"^### (\w+)", TOUR.read_text(), flags=re.MULTILINE)
    named = {folder: set(re.findall(r"`([\w-]+\.[ch])`", text))
             for folder, text in zip(sections[1::2], sections[2::2])}
    for path in files:
        folder = path.relative_to(SOURCE).parts[0]
        exempt = path.is_relative_to(STANDALONE) or path.stem.endswith("_test")
        if not exempt and path.name not in named.get(folder, ()):
            yield path


def check():
    floors = read_floors()
    faults, users = [], {}
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.glob("*.[ch]"))}
    faults += [f"src/{folder}: has no floor in src/floors.txt" for folder in folders - floors.keys()]
    files = [path for path in sorted(SOURCE.glob("**/*.[ch]")) if path.parent != SOURCE]
    for path in files:
        if path.relative_to(SOURCE).parts[0] not in floors:
            continue
        place = path.relative_to(SOURCE.parent)
        faults += [f"{place}:{line}: {length} characters long" for line, length in long_lines(path)]
        for line, own, library in includes(path):
            fault = own and fault_of_own_header(path, own, floors)
            if fault:
                faults.append(f'{place}:{line}: includes "{own}": {fault}')
            if library in LIBRARY_HEADERS:
                users.setdefault(library, []).append(f"{place}:{line}")
    faults += [f"src/{path.relative_to(SOURCE)}: not in docs/tour.md" for path in missing_in_tour(files)]
    for header, places in sorted(users.items()):
        if len(places) > 1:
            faults.append(f"<{header}> is included in more than one file: {', '.join(places)}")
        faults += [f"{place}: <{header}> belongs into a .c file" for place in places if ".h:" in place]
    return faults, len(files)


def main():
    faults, files = check()
    print(*faults, f"floors: {files} files, {len(faults)} faults", sep="\n")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
