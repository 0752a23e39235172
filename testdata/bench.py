#!/usr/bin/env python3
"""Measures time and memory of checks: bench.py PROGRAM [--full] [--runs N]

Makes its inputs in build/bench once: a repository of 2,000 files, and dumps of 10 and 100 MB (--full: 1 GB
too). Commands take turns, so that a busy machine slows all of them down; the median of N runs counts.
ripgrep, where it is installed, looks for the same literals: the price of reading and little else. (It maps
large files, which counts as its memory.)"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import dump

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
MB = 1_000_000


# ---- inputs ----

def make_dump(name, size):
    path = FOLDER / name
    if not path.exists():
        with open(path, "wb") as file:
            dump.write_list(file, size)
    return path


def make_inputs(full):
    FOLDER.mkdir(parents=True, exist_ok=True)
    repository = FOLDER / "repository"
    if not repository.exists():
        dump.write_repository(repository, 2000)
    sizes = {"10M.yaml": 10 * MB, "100M.yaml": 100 * MB, **({"1G.yaml": 1000 * MB} if full else {})}
    return [repository] + [make_dump(name, size) for name, size in sizes.items()]


def bytes_of(path):
    files = path.rglob("*.yaml") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def write_literals():
    """The words that our rules look for, one on each line: kinds, and `literals` lists."""
    words = set()
    for path in (ROOT / "rules").rglob("*.yaml"):
        match = re.search(r"^match:.*\n(?:[ #].*\n)*(?:literals:.*\n)?", path.read_text(), re.MULTILINE)
        words.update(re.findall(r"\bkind: (\w+)", match[0]))
        for listed in re.findall(r"^literals: \[(.*)\]", match[0], re.MULTILINE):
            words.update(word.strip() for word in listed.split(","))
    path = FOLDER / "literals.txt"
    path.write_text("".join(f"{word}\n" for word in sorted(words)))
    return path


# ---- measuring ----

def run_once(command):
    """Seconds of one run."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"bench: exit code {done.returncode}: {' '.join(map(str, command))}")
    return seconds


def peak_memory(command):
    """Bytes. Asked through time(1): a child of this process would count what Python held before."""
    timed = ["/usr/bin/time", "--quiet", "--format", "%M", "--output", FOLDER / "peak", *command]
    subprocess.run(timed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return int((FOLDER / "peak").read_text()) * 1024


def measure(commands, runs):
    """(median seconds, peak bytes) by name; every command runs once before, to warm the caches."""
    peaks = {name: peak_memory(command) for name, command in commands.items()}
    samples = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            samples[name].append(run_once(command))
    return {name: (statistics.median(samples[name]), peaks[name]) for name in commands}


def commands_for(program, path, literals):
    check = [program, "check", "--no-ignore", "--isolated", path]
    commands = {"unstale --threads 1": check + ["--threads", "1"], "unstale": check}
    if shutil.which("rg"):
        search = ["rg", "--no-config", "--no-ignore", "-F", "-f", literals, path]
        commands = {"rg -F -j1": search + ["-j1"], "rg -F": search, **commands}
    return commands


def report_memory_per_thing(program, path):
    check = [program, "check", "--no-ignore", "--isolated", "--statistics", "--quiet", path]
    done = subprocess.run(check, capture_output=True, text=True)
    for line in (done.stdout + done.stderr).splitlines():
        if line.startswith(("index:", "findings:")):
            print(f"  {line}")


def bench(program, path, literals, runs):
    size = bytes_of(path)
    results = measure(commands_for(program, path, literals), runs)
    base, _ = next(iter(results.values()))
    print(f"\n{path.relative_to(FOLDER)}: {size / MB:.1f} MB, median of {runs}")
    print(f"  {'command':22}{'ms':>10}{'MB/s':>8}{'peak MB':>9}{'ratio':>7}")
    for name, (seconds, peak) in results.items():
        print(f"  {name:22}{seconds * 1000:10.1f}{size / MB / seconds:8.0f}"
              f"{peak / MB:9.1f}{seconds / base:7.2f}")
    report_memory_per_thing(program, path)


def bench_start(program, runs):
    """What one clean file costs in a hook."""
    clean = FOLDER / "clean.yaml"
    with open(clean, "w") as file:
        file.write("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: clean\ndata:\n")
        file.writelines(f"  setting-{n}: value of the setting {n}\n" for n in range(48))
    results = measure({"true": ["/bin/true"], "unstale": [program, "check", clean]}, runs)
    (nothing, _), (one, peak) = results["true"], results["unstale"]
    print(f"\none clean file of {clean.stat().st_size} bytes, median of {runs}")
    print(f"  /bin/true {nothing * 1000:.2f} ms, unstale {one * 1000:.2f} ms: "
          f"{(one - nothing) * 1000:.2f} ms more, peak {peak / MB:.1f} MB")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program", type=os.path.abspath)
    options.add_argument("--full", action="store_true", help="with a dump of 1 GB")
    options.add_argument("--runs", type=int, default=5, metavar="N")
    chosen = options.parse_args()
    inputs, literals = make_inputs(chosen.full), write_literals()
    print(f"{os.cpu_count()} processors")
    bench_start(chosen.program, 20 * chosen.runs)
    for path in inputs:
        bench(chosen.program, path, literals, chosen.runs)


if __name__ == "__main__":
    main()
