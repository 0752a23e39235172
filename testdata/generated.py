#!/usr/bin/env python3
"""Checks inputs that are too large, too many or too lively to lie in testdata/: generated.py PROGRAM"""

import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import dump
import program as unstale

PROGRAM = None
JOB = "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata:\n  name: {name}\n  namespace: ml\n"
CALM = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: calm\n  namespace: ml\ndata:\n"


def job(name):
    return JOB.format(name=name)


class Generated(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def check(self, name, content, *arguments, codes=(0, 1)):
        """The JSON report on a file with that content."""
        data = content if isinstance(content, bytes) else content.encode()
        (self.folder / name).write_bytes(data)
        run = unstale.check(PROGRAM, name, "--format=json", *arguments, folder=self.folder)
        self.assertEqual(run.err, b"")
        self.assertIn(run.code, codes)
        return run.report

    def places(self, report):
        return [(f["rule"], f["line"], f["column"]) for f in report["findings"]]

    # ---- far behind: no position may be cut to 16 bits ----

    def test_finding_behind_65536_lines_of_one_document(self):
        long = "".join(f"  line-{n}: text\n" for n in range(70000))
        text = job("late").replace("kind: PyTorchJob\n", "") + "data:\n" + long + "kind: PyTorchJob\n"
        self.assertEqual(self.places(self.check("a.yaml", text)), [("KFT001", 70006, 7)])

    def test_findings_in_30000_documents(self):
        text = "---\n".join(job(f"job-{n}") for n in range(30000))
        want = [("KFT001", 6 * n + 2, 7) for n in range(30000)]
        self.assertEqual(self.places(self.check("a.yaml", text)), want)

    def test_finding_behind_65536_columns(self):
        text = "{labels: {x: " + "y" * 70000 + "}, apiVersion: kubeflow.org/v1, kind: PyTorchJob}\n"
        self.assertEqual(self.places(self.check("a.yaml", text)), [("KFT001", 1, text.index("PyTorch") + 1)])

    def test_places_of_objects_that_are_asked_for_backwards(self):
        one = JOB + (
            "spec: {{pytorchReplicaSpecs: {{Worker: {{template: {{spec: {{containers: "
            "[{{name: pytorch, image: i, command: [torchrun]}}]}}}}}}}}}}\n---\n"
        )
        service = "apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: ml}}\n---\n"
        padding = CALM + "  text: |\n" + "    one line of many\n" * 10000 + "---\n"
        names = "abcd"
        parts = [one.format(name=name) for name in names]
        for name in reversed(names):
            parts += [padding, service.format(name=name)]
        text = "".join(parts)
        for name, finding in zip(names, self.check("a.yaml", text)["findings"], strict=True):
            line = text[: text.index(service.format(name=name))].count("\n") + 1
            self.assertIn(f"a.yaml:{line}", finding["refused"])

    def test_document_too_large_to_plan_all_its_fixes(self):
        item = (
            "- apiVersion: kubeflow.org/v1\n  kind: PyTorchJob\n  metadata:\n    name: {}\n    namespace: ml\n"
            "    annotations: {{x: \"{}\"}}\n  spec: {{pytorchReplicaSpecs: {{Worker: {{replicas: 2, "
            "template: {{spec: {{containers: [{{name: pytorch, image: i, command: [torchrun]}}]}}}}}}}}}}\n"
        )
        text = "x: &anchor 1\nkind: List\nitems:\n" + item.format("a", "y" * 34_000_000) + item.format("b", "")
        report = self.check("a.yaml", text)
        self.assertEqual([f["rule"] for f in report["findings"]], ["KFT001", "KFT001"])
        self.assertIn("fix", report["findings"][0])
        self.assertIn("too many to plan them all", report["findings"][1]["refused"])

    def test_too_many_of_one_name_to_try_them_all(self):
        one = (
            "apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata: {name: a}\n"
            "spec: {pytorchReplicaSpecs: {Worker: {replicas: 2, template: {spec: {containers: "
            "[{name: pytorch, image: i, command: [torchrun]}]}}}}}\n"
        )
        other = (
            "- apiVersion: kubeflow.org/v1\n  kind: TFJob\n  metadata: {name: a}\n"
            "  spec: {tfReplicaSpecs: {Worker: {replicas: 2}}}\n"
        )
        padding = "y" * 1_000_000
        for count, want in ((10, "fix"), (100, "refused")):
            text = f"{one}---\nx: &anchor {padding}\nkind: List\nitems:\n{other * count}"
            first = self.check("a.yaml", text)["findings"][0]
            self.assertEqual((first["rule"], want in first), ("KFT001", True))
        self.assertIn("too many may become an object of that name", first["refused"])

    def test_cost_of_a_unit_in_a_text_too_long_to_be_one(self):
        job = (
            "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: chat, namespace: llm}\n"
            "spec: {modelID: m, modelProfile: {accelerators: [{acc: H100, accCount: 2}]}}\n"
        )
        costs = (
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: accelerator-unit-costs, namespace: llm}\n"
            "data:\n  H100: |\n    {\"cost\": \"10\"}\n"
        )
        for padding, found in ((0, True), (4100, False)):
            text = job + costs + "    " + " " * padding + "\n"
            fix = str(self.check("a.yaml", text)["findings"][0]["fix"])
            self.assertEqual("the input holds no cost" in fix, not found, fix)

    # ---- dumps ----

    def test_every_outdated_item_of_a_dump(self):
        file = io.BytesIO()
        items = dump.write_list(file, 4_000_000)
        lines = file.getvalue().decode().splitlines()
        kinds = ("PyTorchJob", "TFJob")
        want = [n for n, line in enumerate(lines, 1) if line.removeprefix("  kind: ") in kinds]
        report = self.check("dump.yaml", file.getvalue())
        got = [f["line"] for f in report["findings"] if f["rule"].startswith("KFT")]
        self.assertEqual(got, want)
        self.assertEqual(report["summary"]["objects"], items)

    def json_list(self, **style):
        def item(n):
            kind = {"apiVersion": "kubeflow.org/v1", "kind": "TFJob"} if n % 10 == 3 else \
                {"apiVersion": "v1", "kind": "Service"}
            return {**kind, "metadata": {"name": f"n{n}", "namespace": "ml", "note": "x" * 300}}
        return json.dumps({"apiVersion": "v1", "items": [item(n) for n in range(8000)], "kind": "List"}, **style)

    def test_every_outdated_item_of_a_json_dump(self):
        for style in ({"indent": 4}, {"separators": (",", ":")}):
            report = self.check("dump.json", self.json_list(**style))
            names = [f["resource"]["name"] for f in report["findings"]]
            self.assertEqual(names, [f"n{n}" for n in range(3, 8000, 10)])
            self.assertEqual(report["summary"]["objects"], 8000)

    def test_standard_input_is_read_twice_without_a_file(self):
        file = io.BytesIO()
        dump.write_list(file, 2_000_000)
        data = file.getvalue()
        piped = unstale.check(PROGRAM, "-", "--stdin-filename=dump.yaml", "--format=json", stdin=data)
        self.assertEqual(piped.report, self.check("dump.yaml", data))

    # ---- limits: each is told, and what stands behind it is judged ----

    def assert_told(self, report, rule, behind=1):
        told = [f for f in report["findings"] if f["rule"] == rule]
        self.assertEqual(len(told), 1, report["findings"][:5])
        self.assertEqual(sum(f["rule"] == "KFT001" for f in report["findings"]), behind)

    def test_document_beyond_64_megabytes(self):
        long = job("big") + "data: |\n" + ("  " + "x" * 98 + "\n") * 680_000
        self.assert_told(self.check("a.yaml", long + "---\n" + job("behind")), "UNS006")

    def test_too_many_lines(self):
        long = job("big") + "data:\n" + "  # line\n" * 1_000_001
        self.assert_told(self.check("a.yaml", long + "---\n" + job("behind")), "UNS006")

    def test_too_many_blank_lines(self):
        long = job("big") + "\n" * 20_002 + "spec: {}\n"
        self.assert_told(self.check("a.yaml", long + "---\n" + job("behind")), "UNS006")

    def test_word_too_long_for_rules_about_commands(self):
        text = "kubectl get " + "x" * 70_000 + ",pytorchjobs.kubeflow.org\nkubectl scale trainjob a\n"
        self.assertEqual([place[:2] for place in self.places(self.check("a.sh", text))],
                         [("UNS010", 1), ("KFT078", 2)])

    def test_script_too_large(self):
        text = "kubectl get pods\n" * 70_000 + "kubectl get tfjobs.kubeflow.org\n"
        self.assertEqual([place[:2] for place in self.places(self.check("a.sh", text))], [("UNS011", 1)])

    def test_aliases_that_multiply(self):
        levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
        report = self.check("a.yaml", job("laughing") + "spec:\n  l0: &l0 [ha]\n" + levels)
        self.assertEqual([f["rule"] for f in report["findings"]], ["KFT001"])

    def test_manifests_inside_manifests_end_somewhere(self):
        text = job("innermost")
        for level in range(6):
            inner = "".join("    " + line + "\n" for line in text.splitlines())
            text = CALM.replace("calm", f"level-{level}") + "  inner: |\n" + inner
        report = self.check("a.yaml", text)
        self.assertEqual(report["summary"]["objects"], 1)

    # ---- files that change, hide or are not there ----

    def test_file_that_changes_while_it_is_read(self):
        """The report is longer than a pipe holds, so the program waits while the second file changes."""
        (self.folder / "a.yaml").write_text("---\n".join(job(f"job-{n}") for n in range(3000)))
        late = self.folder / "z.yaml"
        late.write_text(job("before"))
        command = [PROGRAM, "check", "a.yaml", "z.yaml", "--color=never"]
        with subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE) as process:
            process.stdout.read(1)
            late.write_text(job("behind"))
            report = process.stdout.read().decode()
        self.assertIn("error[UNS007]: this file changed while it was read", report)
        self.assertNotIn("'behind'", report)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_file_that_must_not_be_read(self):
        (self.folder / "a.yaml").write_text(job("hidden"))
        (self.folder / "a.yaml").chmod(0)
        (self.folder / "b.yaml").write_text(job("open"))
        run = unstale.check(PROGRAM, ".", "--format=json", folder=self.folder)
        self.assertEqual([f["rule"] for f in run.report["findings"]], ["UNS001", "KFT001"])

    def test_path_that_is_not_there(self):
        run = unstale.check(PROGRAM, "nowhere.yaml", folder=self.folder)
        self.assertEqual((run.code, run.out), (2, b""))
        self.assertIn(b"nowhere.yaml", run.err)

    # ---- answers that must not look like a clean one ----

    def test_report_in_the_place_of_what_it_is_about(self):
        (self.folder / "a.yaml").write_text(job("kept"))
        run = unstale.check(PROGRAM, "a.yaml", "--output=a.yaml", folder=self.folder)
        self.assertEqual(run.code, 2)
        self.assertIn(b"would overwrite", run.err)
        self.assertEqual((self.folder / "a.yaml").read_text(), job("kept"))

    def test_report_that_cannot_be_written(self):
        (self.folder / "a.yaml").write_text(job("a"))
        with open("/dev/full", "wb") as full:
            command = [PROGRAM, "check", "--format=json", "a.yaml"]
            done = subprocess.run(command, cwd=self.folder, stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"standard output", done.stderr)

    def test_standard_input_that_is_closed(self):
        done = subprocess.run(["sh", "-c", '"$0" check - <&-', PROGRAM], capture_output=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"closed", done.stderr)

    def test_text_in_utf_16_that_a_walk_meets(self):
        (self.folder / "a.yaml").write_bytes(job("wide").encode("utf-16"))
        run = unstale.check(PROGRAM, ".", "--format=json", folder=self.folder)
        self.assertEqual([f["rule"] for f in run.report["findings"]], ["UNS002"])

    def test_backup_that_breaks_off(self):
        text = '{"kind": "List", "items": [{"kind": "Pod", "apiVersion": "v1"}, {"apiVersion": "v'
        report = self.check("a.json", text, codes=(2,))
        self.assertEqual([f["severity"] for f in report["findings"]], ["error"])
        self.assertEqual(report["summary"]["unread"], 1)
        run = unstale.check(PROGRAM, "-", "--stdin-filename=a.json", stdin=text.encode())
        self.assertEqual(run.code, 2)

    def test_json_behind_a_comment(self):
        report = self.check("a.json", '// a job\n{"apiVersion": "kubeflow.org/v1", "kind": "PyTorchJob"}')
        self.assertEqual(self.places(report), [("UNS003", 1, 1)])

    def test_byte_order_mark_of_a_later_file(self):
        text = "a: 1\n---\n".encode() + b"\xef\xbb\xbf" + job("late").encode()
        self.assertEqual([f["rule"] for f in self.check("a.yaml", text)["findings"]], ["UNS003"])

    def test_many_lists_that_break(self):
        text = "---\n".join("kind: List\nitems:\n- kind: Pod\n  apiVersion: v1\n  a: [\n" for _ in range(2000))
        self.assertEqual(len(self.check("a.yaml", text)["findings"]), 2000)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
