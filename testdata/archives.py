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

    def run_check(self, *arguments, stdin=b""):
        run = unstale.check(PROGRAM, *arguments, folder=self.folder, stdin=stdin)
        self.assertNotIn(b"Sanitizer", run.err)
        return run

    def check(self, *arguments, code=1, stdin=b""):
        run = self.run_check("--format=json", *arguments, stdin=stdin)
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

    def test_script_stays_a_script(self):
        text = b"kubectl delete crd pytorchjobs.kubeflow.org\n"
        self.write("d/s.sh.gz", gzip.compress(text))
        self.write("d/s.sh", text)
        for paths in (["d"], ["d/s.sh", "d/s.sh.gz"]):
            findings = self.check(*paths)["findings"]
            self.assertEqual([f["path"] for f in findings], ["d/s.sh", "d/s.sh.gz"])
            self.assertEqual(len({f["message"] for f in findings}), 1)

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
            (link("p.yaml", tarfile.FIFOTYPE, ""), b""),
        ]
        self.write("x.tar", tar(members, "w"))
        run = self.run_check("x.tar", "--verbose", "--format=concise")
        self.assertEqual(run.out.count(b"KFT001"), 1)
        for name in (b"s.yaml", b"p.yaml"):
            self.assertIn(b"not opened: x.tar/" + name, run.err)

    def test_hard_links(self):
        members = [
            ("0.bin", job("unread")),
            ("d/a.yaml", job("a").replace(b", namespace: ml", b"")),
            (link("h.yaml", tarfile.LNKTYPE, "./d/a.yaml"), b""),
            ("d/a.yaml", CALM),
            (link("u.yaml", tarfile.LNKTYPE, "0.bin"), b""),
        ]
        self.write("x.tar", tar(members, "w"))
        report = self.check("x.tar", code=2)
        self.assertEqual(self.paths(report), ["x.tar/h.yaml"])
        told = "not read: it is a hard link to 0.bin, which was not read"
        self.assertEqual(self.problems(report), [("x.tar/u.yaml", told)])
        self.assertEqual((report["summary"]["files"], report["summary"]["unread"]), (2, 1))

    def test_names_that_lead_out(self):
        names = ("../out.yaml", "a/../../b.yaml", "x/../in.yaml", "/../abs.yaml")
        self.write("x.tar", tar([(name, job(f"j{n}")) for n, name in enumerate(names)], "w"))
        report = self.check("x.tar", code=2)
        self.assertEqual(self.paths(report), ["x.tar/in.yaml"])
        self.assertEqual(report["summary"]["unread"], 3)
        told = [message.rpartition(": ")[2] for _, message in self.problems(report)]
        self.assertEqual(told, ["../out.yaml", "a/../../b.yaml", "/../abs.yaml"])

    def test_compressed_file_in_an_archive(self):
        for name, content in (("x.tgz", tar([("d/a.yaml.gz", gzip.compress(job("a"))), ("d/b.yaml", job("b"))])),
                              ("x.zip", zipped([("d/a.yaml.gz", gzip.compress(job("a"))), ("d/b.yaml", job("b"))]))):
            self.write(name, content)
            report = self.check(name)
            self.assertEqual(self.paths(report), [f"{name}/d/a.yaml.gz", f"{name}/d/b.yaml"])
            self.assertEqual(report["summary"]["files"], 2)

    def test_damaged_compressed_file_in_an_archive(self):
        self.write("x.tar", tar([("a.yaml.gz", gzip.compress(job("a"))[:-9]), ("b.yaml", job("b"))], "w"))
        report = self.check("x.tar", code=2)
        self.assertEqual(self.problems(report)[0][0], "x.tar/a.yaml.gz")
        self.assertIn("ends too early", self.problems(report)[0][1])

    # ---- where they come from ----

    def test_standard_input(self):
        archive = tar([("d/a.yaml", job("a"))])
        report = self.check("-", "--stdin-filename=backup.tar.gz", stdin=archive)
        self.assertEqual(self.paths(report), ["backup.tar.gz/d/a.yaml"])
        report = self.check("-", "--stdin-filename=b.zip", stdin=zipped([("d/a.yaml", job("a"))]))
        self.assertEqual(self.paths(report), ["b.zip/d/a.yaml"])
        run = self.run_check("-", "--stdin-filename=a.yaml.gz", "--fix", stdin=gzip.compress(job("a")))
        self.assertEqual((run.code, run.out), (2, b""))
        self.assertIn(b"use --diff or convert", run.err)

    def test_compressed_without_a_name(self):
        zeros = b"\x04\x22\x4d\x18\x64\x40\xa7\x00\xff"
        for content, want in ((gzip.compress(job("a")), "gzip"), (zipped([]), "zip"), (zeros, "lz4"),
                              (lzma.compress(job("a")), "xz"), (bz2.compress(job("a")), "bzip2"),
                              (b"\x1f\x9d\x90\x00\xff", "compress"), (b"\x28\xb5\x2f\xfd\x24\x00", "zstd")):
            with self.subTest(want):
                report = self.check("-", stdin=content, code=2)
                self.assertEqual([f["rule"] for f in report["findings"]], ["UNS001"])
                self.assertIn(f"compressed with {want}", report["findings"][0]["message"])
        self.assertIn("a tar archive", self.check("-", stdin=tar([("a", b"")], "w"), code=2)["findings"][0]["message"])
        self.check("-", stdin=b"BZh: 1\n", code=0)

    def test_suffixes_in_upper_case(self):
        self.write("X.TGZ", tar([("a.yaml", job("a"))]))
        self.assertEqual(self.paths(self.check("X.TGZ")), ["X.TGZ/a.yaml"])

    # ---- what a walk passes over ----

    def test_archive_that_is_named_and_met(self):
        self.write("m.zip", zipped([("a.yaml", job("a"))]))
        for arguments in (["m.zip", "."], [".", "./m.zip"], [".", str(self.folder / "m.zip")]):
            self.assertEqual(self.problems(self.check(*arguments)), [])

    def test_suppression_of_what_was_not_opened(self):
        """It is called unused only where it can be known."""
        self.write("m.zip", zipped([("a.yaml", CALM)]))
        self.write("d/m.zip", zipped([("a.yaml", CALM)]))
        (self.folder / ".git").mkdir()
        speaks_of = {"m.zip/**": {"m.zip"}, "d/**": {"d/m.zip"}, "/d/m.*/x/y.yaml": {"d/m.zip"}, "e/a.yaml": set()}
        for path in [*speaks_of, "*.yaml", None]:
            where = f", path: '{path}'" if path else ""
            self.write(".unstale.yaml", f"suppress: [{{rule: KFT001, why: w{where}}}]\n".encode())
            for named in ([], ["m.zip"], ["d/m.zip"], ["m.zip", "d/m.zip"]):
                findings = self.check(".", *named, code=0)["findings"]
                hidden = speaks_of.get(path, {"m.zip", "d/m.zip"}) - set(named)
                with self.subTest(path=path, named=named):
                    self.assertEqual([f["rule"] for f in findings], [] if hidden else ["UNS008"])

    def test_archive_is_called_so(self):
        self.write("m.zip", zipped([("a.yaml", job("a"))]))
        self.assertIn(b"not opened: m.zip: an archive\n", self.run_check(".", "--verbose").err)

    def test_archive_in_an_archive(self):
        inner = tar([("a.yaml", job("a"))])
        self.write("x.tar", tar([("inner.tar.gz", inner), ("b.yaml", job("b"))], "w"))
        report = self.check("x.tar")
        self.assertEqual(self.paths(report), ["x.tar/b.yaml"])
        told = "not opened: an archive in an archive: unpack it, and name it"
        self.assertEqual(self.problems(report), [("x.tar/inner.tar.gz", told)])

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
            listed = self.run_check(name, "--list-files").out.decode().splitlines()
            self.assertEqual(listed, [f"{name}/\\x1b[31mred\\x0a.yaml", f"{name}/größe.yaml"])
            done = subprocess.run([PROGRAM, "convert", name, "-o", "out/"], cwd=self.folder, capture_output=True)
            self.assertEqual((done.returncode, done.stdout, (self.folder / "out").exists()), (2, b"", False))
            self.assertIn(b"control character", done.stderr)
            self.assertNotIn(b"\x1b", done.stderr)

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
        self.assertEqual((report["summary"]["files"], report["summary"]["unread"]), (1, 1))

    def test_nothing_at_all(self):
        for name in ("a.tgz", "a.zip", "a.yaml.gz", "a.tar"):
            with self.subTest(name):
                self.write(name, b"")
                report = self.check(name, code=2)
                self.assertEqual(self.problems(report), [(name, "not read: it is empty: it ends too early")])
                self.assertEqual((report["summary"]["files"], report["summary"]["unread"]), (0, 1))

    def test_tar_without_its_end(self):
        whole = tar([("a.yaml", job("a")), ("b.yaml", job("b"))], "w")
        cut = whole[: 1024 * 2]
        self.assertTrue(whole[1024 * 2 - 1] == 0 and whole[1024 : 1024 + 6] == b"b.yaml")
        for name, content in (("a.tar", cut[:1024]), ("b.tar", cut), ("c.tgz", gzip.compress(cut))):
            with self.subTest(name):
                self.write(name, content)
                report = self.check(name, code=2)
                self.assertIn("ends too early", self.problems(report)[0][1])
                self.assertEqual((report["summary"]["files"], report["summary"]["unread"]), (1 if name == "a.tar" else 2, 1))

    def test_two_archives_in_one_file(self):
        self.write("x.tar", tar([("a.yaml", job("a"))], "w") + tar([("b.yaml", job("b"))], "w"))
        report = self.check("x.tar", code=2)
        self.assertEqual(self.problems(report), [("x.tar", "not read: what stands behind its end")])

    def test_cut_zip(self):
        whole = zipped([("a.yaml", job("a")), ("b.yaml", job("b"))])
        for end in (whole.index(b"PK\3\4", 4), whole.index(b"PK\1\2"), len(whole) - 30):
            self.write("x.zip", whole[:end])
            self.assertEqual(self.check("x.zip", code=2)["summary"]["unread"], 1)

    def test_one_byte_that_changed(self):
        """In what is stored, no decompressor stumbles over it: the checksums must be compared."""
        text = job("a") + b"# " + os.urandom(60000).hex().encode()[:60000]
        archive = tar([("a.yaml", text)], "w")
        stored = gzip.compress(text, 0)
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 0}]
        packed = {
            "a.yaml.gz": stored,
            "two.yaml.gz": gzip.compress(b"") + stored + gzip.compress(CALM),
            "a.tgz": gzip.compress(archive, 0),
            "a.tar.gz": gzip.compress(archive + bytes(200000), 0),
            "a.tar.xz": lzma.compress(archive, check=lzma.CHECK_CRC64, filters=filters),
            "a.tar.bz2": bz2.compress(archive),
        }
        for name, content in packed.items():
            with self.subTest(name):
                self.write(name, content)
                self.assertEqual(self.problems(self.check(name)), [])
                changed = bytearray(content)
                at = content.find(b"PyTorchJob")
                changed[at if at >= 0 else len(content) * 3 // 4] ^= 1
                self.write(name, bytes(changed))
                report = self.check(name, code=2)
                self.assertIn("damaged", self.problems(report)[0][1])
                self.assertEqual(report["summary"]["unread"], 1)

    def test_behind_a_gzip(self):
        self.write("a.yaml.gz", gzip.compress(job("a")) + bytes(700))
        self.check("a.yaml.gz")
        self.write("a.yaml.gz", gzip.compress(job("a")) + b"---\nkind: Job\n")
        self.assertIn("behind its end", self.problems(self.check("a.yaml.gz", code=2))[0][1])

    def test_pointer_in_place_of_a_compressed_file(self):
        self.write("a.yaml.gz", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
        report = self.check("a.yaml.gz", code=2)
        self.assertIn("a Git LFS pointer", report["findings"][0]["message"])
        self.assertEqual((report["summary"]["files"], report["summary"]["unread"]), (0, 1))

    def test_bombs(self):
        zeros = bytes(128 * 1024 * 1024)
        self.write("a.yaml.gz", gzip.compress(zeros))
        self.write("b.zip", zipped([("a.yaml", zeros)]))
        self.write("c.tar.gz", tar([("not-wanted.bin", zeros), ("a.yaml", job("a"))]))
        for name in ("a.yaml.gz", "b.zip", "c.tar.gz"):
            with self.subTest(name):
                report = self.check(name, code=2)
                self.assertIn("it grows too much", report["problems"][0]["message"])

    def test_too_many_members(self):
        header = tarfile.TarInfo("n.txt").tobuf() * 1000
        with gzip.open(self.folder / "many.tar.gz", "wb", 1) as packed:
            packed.write(tar([("a.yaml", job("a"))], "w")[:1024])
            for _ in range(1000):
                packed.write(header)
            packed.write(bytes(1024))
        report = self.check("many.tar.gz", code=2)
        self.assertEqual(self.paths(report), ["many.tar.gz/a.yaml"])
        self.assertIn("it has too many members", report["problems"][0]["message"])

    def test_no_room(self):
        self.write("a.yaml.gz", gzip.compress(job("a")))
        os.environ["TMPDIR"] = "/nonexistent"
        self.addCleanup(os.environ.pop, "TMPDIR")
        report = self.check("a.yaml.gz", code=2)
        self.assertIn("set TMPDIR", report["problems"][0]["message"])
        self.assertEqual((report["findings"], report["summary"]["files"], report["summary"]["unread"]), ([], 0, 1))

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

    def test_backup_beside_the_file_does_not_stand_in_its_way(self):
        self.write("d/a.yaml", job("a"))
        self.write("d/backup.yaml.gz", gzip.compress(job("a")))
        diff = self.run_check("d", "--diff")
        self.assertIn(b"+++ b/d/a.yaml\n", diff.out)
        self.assertNotIn(b".gz", diff.out)
        self.run_check("d", "--fix", "--quiet")
        self.assertIn(b"kind: TrainJob", (self.folder / "d/a.yaml").read_bytes())

    def test_diff(self):
        self.write("x.zip", zipped([("d/a.yaml", job("a"))]))
        run = self.run_check("x.zip", "--diff")
        self.assertIn(b"+++ b/x.zip/d/a.yaml\n", run.out)
        self.assertIn(b"+kind: TrainJob\n", run.out)

    def test_convert(self):
        self.write("x.tar.gz", tar([("d/a.yaml", job("a")), ("e/b.yaml.gz", gzip.compress(b"")), ("calm.yaml", CALM)]))
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

    def test_convert_standard_input(self):
        packed = tar([("d/a.yaml", job("a")), ("e/a.yaml", job("b"))])
        command = [PROGRAM, "convert", "-", "--stdin-filename=b.tgz", "-o", "out"]
        done = subprocess.run(command, cwd=self.folder, input=packed, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        written = sorted(str(p.relative_to(self.folder)) for p in (self.folder / "out").rglob("*.yaml"))
        self.assertEqual(written, ["out/d/a.yaml", "out/e/a.yaml"])


class WithoutLibrary(unittest.TestCase):
    """A build with -DWITH_ARCHIVE=OFF."""

    def test_archives_are_unread(self):
        with tempfile.TemporaryDirectory(prefix="unstale-") as folder:
            for name, content in (("a.tar.gz", tar([("a.yaml", job("a"))])), ("a.yaml.gz", gzip.compress(job("a")))):
                (Path(folder) / name).write_bytes(content)
                run = unstale.check(PROGRAM, name, "--format=json", folder=folder)
                self.assertEqual((run.code, run.report["summary"]["unread"]), (2, 1))
                self.assertIn("-DWITH_ARCHIVE=OFF", run.report["problems"][0]["message"])

    def test_walk(self):
        with tempfile.TemporaryDirectory(prefix="unstale-") as folder:
            (Path(folder) / "a.tar.gz").write_bytes(tar([("a.yaml", job("a"))]))
            run = unstale.check(PROGRAM, "--format=json", folder=folder)
            self.assertEqual(run.code, 0)
            told = run.report["problems"][0]["message"]
            self.assertIn("1 archive was not opened: this build reads none (-DWITH_ARCHIVE=OFF)", told)
            self.assertNotIn("name an archive", told)


if __name__ == "__main__":
    PROGRAM = shutil.which(sys.argv.pop(1)) or sys.exit("the program is not there")
    PROGRAM = os.path.abspath(PROGRAM)
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout
    unittest.main(defaultTest="Archives" if "+archive" in version else "WithoutLibrary")
