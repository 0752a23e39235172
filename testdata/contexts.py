#!/usr/bin/env python3
"""Scans real manifests for each target of the WVA pack: contexts.py PROGRAM

"variant" and "variant_name" are words that many projects use. A finding of the pack must stand where the
autoscaler is meant: in one of its resources, in what refers to them, in a command about them. So

    outside of the autoscaler's own manifests nothing of the pack is found
    inside, each finding points at more than such a word, and the document or the block of prose around it
    holds what its rule is about

Skipped where the manifests are not there."""

import re
import sys
from collections import Counter
from pathlib import Path

import program as unstale

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "../shared/corpus"
OWN = "wva/"
TARGETS = ["guide", "0.5", "0.6", "annotations"]

RESOURCE = r"kind\W+(VariantAutoscaling|Optimizer)\b"
METRIC = r"\b(wva|inferno)_(desired_replicas|current_replicas|desired_ratio|replica_scaling_total)\b"
CONTEXTS = {
    "WVA010": METRIC, "WVA011": METRIC, "WVA012": METRIC, "WVA013": METRIC, "WVA014": METRIC,
    "WVA046": METRIC, "WVA047": METRIC, "WVA048": METRIC,
    "WVA049": r"kind: CustomResourceDefinition", "WVA050": r"kind: CustomResourceDefinition",
    "WVA051": r"kind: CustomResourceDefinition", "WVA052": r"kind: CustomResourceDefinition",
    "WVA053": r"\bhelm\b", "WVA062": r"\bhelm\b", "WVA063": r"\bhelm\b",
    "WVA054": r"llmd\.ai_variantautoscalings",
    "WVA055": r"\b(kubectl|oc)\b", "WVA056": r"\b(kubectl|oc)\b", "WVA057": r"\b(kubectl|oc)\b",
    "WVA058": r"\b(kubectl|oc)\b", "WVA059": r"\b(kubectl|oc)\b", "WVA069": r"\b(kubectl|oc)\b",
    "WVA060": r"apiGroups:\s*(- |\[)\s*[\"']?llmd\.ai",
    "WVA061": r"inferno-autoscaler",
    "WVA064": r"kind: ConfigMap", "WVA065": r"slo-itl", "WVA066": r"slo-ttw",
    "WVA067": r"capacity-scaling-config", "WVA068": r"model-scale-to-zero-config",
}
ANY = rf"{RESOURCE}|{METRIC}|llm-d\.ai/|\bllmd\.ai\b|variantautoscaling"

# Such a value is a word of a list of variants in other projects as well.
BARE = {"variant", "variants", "variant_name"}


def around(lines, number, markdown):
    """The lines of the document, or of the code block in prose, in which that line stands."""
    border = re.compile(r"\s*(```|~~~)" if markdown else r"---")
    first, last = number, number
    while first > 0 and not border.match(lines[first - 1]):
        first -= 1
    while last < len(lines) and not border.match(lines[last]):
        last += 1
    return "\n".join(lines[first:last])


def pointed_at(lines, finding):
    line, end = finding["line"] - 1, finding["endLine"] - 1
    return lines[line][finding["column"] - 1 : finding["endColumn"] - 1 if line == end else None]


def fault_of(finding):
    """What is wrong with a finding's place; None when nothing is."""
    if not finding["path"].startswith(OWN):
        return "outside of the autoscaler's manifests"
    lines = (CORPUS / finding["path"]).read_text().splitlines()
    if pointed_at(lines, finding) in BARE and finding["rule"] != "WVA002":
        return "it points at a word alone"
    context = CONTEXTS.get(finding["rule"], ANY)
    if not re.search(context, around(lines, finding["line"] - 1, finding["path"].endswith(".md"))):
        return f"there is no {context} around it"
    return None


def check(program, target):
    done = unstale.check(program, f"--target=wva={target}", "--format=json", "--fail-on=never", ".", folder=CORPUS)
    found = [finding for finding in done.report["findings"] if finding["pack"] == "wva"]
    faults = [(finding, fault_of(finding)) for finding in found]
    for finding, fault in faults:
        if fault:
            print(f"{target}: {finding['path']}:{finding['line']}: {finding['rule']}: {fault}: {finding['message']}")
    rules = Counter(finding["rule"] for finding in found)
    print(f"contexts: {target}: {len(found)} findings of {len(rules)} rules")
    return bool(found) and not any(fault for _, fault in faults)


def main(program):
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 77
    return 0 if all([check(Path(program).resolve(), target) for target in TARGETS]) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
