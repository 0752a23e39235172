#!/usr/bin/env python3
"""Checks archives and compressed files, sound ones and others: archives.py PROGRAM"""

import bz2
import gzip
import io
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

import program as unstale

PROGRAM = None
JOB = """\
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: {{name: {name}, namespace: ml}}   # {name}
spec:
  pytorchReplicaSpecs:
    Master:
      replicas: 1
      restartPolicy: OnFailure
      template: {{spec: {{containers: [{{name: pytorch, image: i, command: [torchrun, a.py]}}]}}}}
"""
CALM = b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: calm}\n"


def job(name):
    return JOB.format(name=name).encode()


def tar(members, mode="w:gz"):
    """An archive of pairs of a name and bytes, or of a TarInfo and bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link(name, kind, target):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


class Archives(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def run_check(self, *arguments):
        run = unstale.check(PROGRAM, *arguments, folder=self.folder)
        self.assertNotIn(b"Sanitizer", run.err)
        return run

    def check(self, *arguments, code=1):
        run = self.run_check("--format=json", *arguments)
        self.assertEqual((run.code, run.err), (code, b""))
        return run.report

    def paths(self, report):
        return [finding["path"] for finding in report["findings"]]

    def problems(self, report):
        return [(p.get("path"), p["message"]) for p in report["problems"]]

    # ---- what is read ----

    def test_every_kind_of_archive(self):
        members = [("b/z.yaml", job("z")), ("./b/a.yaml", job("a")), ("/abs.yaml", job("abs")), ("notes.txt", b"")]
        kinds = {
            "x.tar": tar(members, "w"),
            "x.tar.gz": tar(members),
            "x.tgz": tar(members),
            "x.tar.xz": tar(members, "w:xz"),
            "x.tar.bz2": tar(members, "w:bz2"),
            "x.zip": zipped(members),
        }
        for name, content in kinds.items():
            with self.subTest(name):
                self.write(name, content)
                report = self.check(name)
                want = [f"{name}/{path}" for path in ("abs.yaml", "b/a.yaml", "b/z.yaml")]
                self.assertEqual(self.paths(report), want)
                self.assertEqual((report["findings"][0]["line"], report["findings"][0]["column"]), (2, 7))
                self.assertEqual(report["summary"]["files"], 3)

    def test_every_kind_of_compressed_file(self):
        text = job("a")
        kinds = {"a.yaml.gz": gzip.compress(text), "a.yaml.xz": lzma.compress(text), "a.yaml.bz2": bz2.compress(text)}
        for name, content in kinds.items():
            with self.subTest(name):
                self.write(name, content)
                self.assertEqual(self.paths(self.check(name)), [name])

    def test_markdown_stays_markdown(self):
        self.write("a.md.gz", gzip.compress(b"kind: PyTorchJob\n```yaml\n" + job("a") + b"```\n"))
        report = self.check("a.md.gz")
        self.assertEqual([f["line"] for f in report["findings"]], [4])

    def test_walk_opens_compressed_manifests_only(self):
        self.write("backup/a.yaml.gz", gzip.compress(job("a")))
        self.write("backup/b.tar.gz", tar([("b.yaml", job("b"))]))
        self.write("backup/c.log.gz", gzip.compress(job("c")))
        report = self.check("backup")
        self.assertEqual(self.paths(report), ["backup/a.yaml.gz"])
        self.assertEqual(len(report["problems"]), 1)
        self.assertIn("1 archive was not opened", report["problems"][0]["message"])

    def test_named_archive_with_nothing_in_it(self):
        self.write("a.tar.gz", tar([]))
        self.write("a.zip", zipped([]))
        self.write("a.yaml.gz", gzip.compress(b""))
        report = self.check("a.tar.gz", "a.zip", "a.yaml.gz", code=0)
        self.assertEqual(report["problems"], [])

    def test_inventory(self):
        self.write("hpa.yaml", b"kind: ConfigMap\n")
        self.write("i.tar.gz", tar([("a.yaml", job("a"))]))
        self.assertEqual(self.check("hpa.yaml", "--inventory=i.tar.gz", code=0)["findings"], [])

    def test_dump_larger_than_a_batch(self):
        text = b"---\n".join(job(f"job-{n}") for n in range(12000))
        self.write("dump.yaml.gz", gzip.compress(text, 1))
        self.write("dump.yaml", text)
        packed, plain = self.check("dump.yaml.gz"), self.check("dump.yaml")
        self.assertEqual(len(packed["findings"]), 12000)
        for a, b in zip(packed["findings"], plain["findings"]):
            self.assertEqual((a["line"], a["fix"]["edits"][0]["start"]), (b["line"], b["fix"]["edits"][0]["start"]))

    def test_threads_do_not_matter(self):
        self.write("x.zip", zipped([(f"d{n % 7}/{n}.yaml", job(f"j{n}")) for n in range(300)]))
        runs = [self.run_check("x.zip", "--format=json", f"--threads={n}").out for n in (1, 2, 8)]
        self.assertEqual(runs[0], runs[1])
        self.assertEqual(runs[0], runs[2])

    # ---- members that are no plain files ----

    def test_last_of_equal_names_counts(self):
        for name, content in (("x.tar", tar([("a.yaml", CALM), ("b.yaml", CALM), ("./a.yaml", job("a"))], "w")),):
            self.write(name, content)
            report = self.check(name)
            self.assertEqual(self.paths(report), ["x.tar/a.yaml"])
            self.assertEqual(report["summary"]["files"], 2)

    def test_links_are_not_followed(self):
        members = [
            ("a.yaml", job("a")),
            (link("s.yaml", tarfile.SYMTYPE, "/etc/passwd"), b""),
            (link("h.yaml", tarfile.LNKTYPE, "a.yaml"), b""),
            (link("p.yaml", tarfile.FIFOTYPE, ""), b""),
        ]
        self.write("x.tar", tar(members, "w"))
        run = self.run_check("x.tar", "--verbose", "--format=concise")
        self.assertEqual(run.out.count(b"KFT001"), 1)
        for name in (b"s.yaml", b"h.yaml", b"p.yaml"):
            self.assertIn(b"not opened: x.tar/" + name, run.err)

    def test_names_that_lead_out(self):
        self.write("x.tar", tar([("../out.yaml", job("out")), ("a/../../b.yaml", job("b")), ("in.yaml", job("in"))], "w"))
        report = self.check("x.tar", code=2)
        self.assertEqual(self.paths(report), ["x.tar/in.yaml"])
        self.assertEqual(report["summary"]["unread"], 2)
        self.assertIn("leads out of the archive", report["problems"][0]["message"])

    def test_archive_in_an_archive(self):
        inner = tar([("a.yaml", job("a"))])
        self.write("x.tar", tar([("inner.tar.gz", inner), ("b.yaml", job("b"))], "w"))
        report = self.check("x.tar")
        self.assertEqual(self.paths(report), ["x.tar/b.yaml"])
        self.assertIn("1 archive was not opened", report["problems"][0]["message"])

    def test_git_in_an_archive(self):
        self.write("x.tar", tar([(".git/a.yaml", job("a")), (".github/b.yaml", job("b"))], "w"))
        self.assertEqual(self.paths(self.check("x.tar")), ["x.tar/.github/b.yaml"])

    def test_names_beyond_ascii(self):
        members = [("größe.yaml", job("a")), ("\x1b[31mred\n.yaml", job("b"))]
        for name, content in (("x.tar", tar(members, "w")), ("x.zip", zipped(members))):
            self.write(name, content)
            run = self.run_check(name, "--format=concise")
            self.assertIn("größe.yaml".encode(), run.out)
            self.assertNotIn(b"\x1b", run.out)
            self.assertEqual(run.out.count(b"KFT001"), 2)

    # ---- damage ----

    def test_not_what_the_name_says(self):
        for name in ("a.tar.gz", "a.zip", "a.tar"):
            with self.subTest(name):
                self.write(name, b"these are no archives at all\n" * 40)
                report = self.check(name, code=2)
                self.assertEqual(self.problems(report), [(name, "not read: it is damaged, or not what its name says")])
                self.assertEqual(report["summary"]["unread"], 1)

    def test_cut_archive(self):
        members = [(f"{n:03}.yaml", job(f"job-{n}") + os.urandom(4000).hex().join(("# ", "\n")).encode()) for n in range(60)]
        whole = tar(members)
        self.write("x.tar.gz", whole[: len(whole) // 2])
        report = self.check("x.tar.gz", code=2)
        self.assertIn(len(report["findings"]), range(20, 40))
        self.assertIn("ends too early", report["problems"][0]["message"])

    def test_cut_compressed_file(self):
        text = b"---\n".join(job(f"job-{n}") + os.urandom(4000).hex().join(("# ", "\n")).encode() for n in range(60))
        whole = gzip.compress(text)
        self.write("x.yaml.gz", whole[: len(whole) // 2])
        report = self.check("x.yaml.gz", code=2)
        self.assertIn(len(report["findings"]), range(20, 40))
        self.assertIn("ends too early", report["problems"][0]["message"])

    def test_bombs(self):
        zeros = bytes(128 * 1024 * 1024)
        self.write("a.yaml.gz", gzip.compress(zeros))
        self.write("b.zip", zipped([("a.yaml", zeros)]))
        self.write("c.tar.gz", tar([("not-wanted.bin", zeros), ("a.yaml", job("a"))]))
        for name in ("a.yaml.gz", "b.zip", "c.tar.gz"):
            with self.subTest(name):
                report = self.check(name, code=2)
                self.assertIn("it grows too much", report["problems"][0]["message"])

    def test_no_room(self):
        self.write("a.yaml.gz", gzip.compress(job("a")))
        os.environ["TMPDIR"] = "/nonexistent"
        self.addCleanup(os.environ.pop, "TMPDIR")
        report = self.check("a.yaml.gz", code=2)
        self.assertIn("set TMPDIR", report["problems"][0]["message"])

    # ---- fixing and converting ----

    def test_fix_refuses_what_is_named(self):
        content = gzip.compress(job("a"))
        self.write("a.yaml.gz", content)
        run = self.run_check("a.yaml.gz", "--fix")
        self.assertEqual(run.code, 2)
        self.assertIn(b"use --diff or convert", run.err)
        self.assertEqual((self.folder / "a.yaml.gz").read_bytes(), content)

    def test_fix_of_a_walk_says_why(self):
        content = gzip.compress(job("a"))
        self.write("d/a.yaml.gz", content)
        self.write("d/b.yaml", job("b"))
        report = self.check("d", "--fix", "--quiet")
        self.assertEqual(self.paths(report), ["d/a.yaml.gz"])
        self.assertIn("use --diff or convert", report["findings"][0]["refused"])
        self.assertEqual((self.folder / "d/a.yaml.gz").read_bytes(), content)
        self.assertIn(b"kind: TrainJob", (self.folder / "d/b.yaml").read_bytes())

    def test_diff(self):
        self.write("x.zip", zipped([("d/a.yaml", job("a"))]))
        run = self.run_check("x.zip", "--diff")
        self.assertIn(b"+++ b/x.zip/d/a.yaml\n", run.out)
        self.assertIn(b"+kind: TrainJob\n", run.out)

    def test_convert(self):
        self.write("x.tar.gz", tar([("d/a.yaml", job("a")), ("e/b.yaml.gz", b""), ("calm.yaml", CALM)]))
        self.write("f.yaml.gz", gzip.compress(job("f")))
        for arguments in (["x.tar.gz", "-o", "out"], ["f.yaml.gz", "-o", "out/"]):
            done = subprocess.run([PROGRAM, "convert", *arguments], cwd=self.folder, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        written = sorted(str(p.relative_to(self.folder)) for p in (self.folder / "out").rglob("*") if p.is_file())
        self.assertEqual(written, ["out/d/a.yaml", "out/f.yaml"])
        self.assertIn(b"kind: TrainJob", (self.folder / "out/f.yaml").read_bytes())

    def test_convert_tells_what_no_path_belongs_to(self):
        self.write("backup/x.tar", tar([("a.yaml", job("a"))]))
        done = subprocess.run([PROGRAM, "convert", "backup"], cwd=self.folder, capture_output=True)
        self.assertTrue(done.stderr.startswith(b"notice: 1 archive was not opened: "), done.stderr)


class WithoutLibrary(unittest.TestCase):
    """A build with -DWITH_ARCHIVE=OFF."""

    def test_archives_are_unread(self):
        with tempfile.TemporaryDirectory(prefix="unstale-") as folder:
            for name, content in (("a.tar.gz", tar([("a.yaml", job("a"))])), ("a.yaml.gz", gzip.compress(job("a")))):
                (Path(folder) / name).write_bytes(content)
                run = unstale.check(PROGRAM, name, "--format=json", folder=folder)
                self.assertEqual((run.code, run.report["summary"]["unread"]), (2, 1))
                self.assertIn("-DWITH_ARCHIVE=OFF", run.report["problems"][0]["message"])


if __name__ == "__main__":
    PROGRAM = shutil.which(sys.argv.pop(1)) or sys.exit("the program is not there")
    PROGRAM = os.path.abspath(PROGRAM)
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    unittest.main(defaultTest="Archives" if "+archive" in version else "WithoutLibrary")
