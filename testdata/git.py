#!/usr/bin/env python3
"""Checks commits and the index as an input (--rev, --staged), with repositories of the real Git.

    git.py PROGRAM [NAME...]       NAME: only these tests, as Commit.test_tag

A build without libgit2 is asked for its answer only."""

import gzip
import io
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib
from pathlib import Path

import program as unstale

HERE = Path(__file__).resolve().parent
JOB = """\
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: {{name: {name}, namespace: ml}}
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: 2
      restartPolicy: OnFailure
      template:
        spec:
          containers:
            - {{name: pytorch, image: "registry.example.com/train:1", command: [torchrun, train.py]}}
"""
VARIANTS = """\
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat, namespace: llm}
spec:
  modelID: example/chat
  modelProfile:
    accelerators:
      - {acc: H100, accCount: 1, maxBatchSize: 8}
      - {acc: L40S, accCount: 2, maxBatchSize: 4}
"""
AUTOSCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat-h100}
  maxReplicas: 4
  metrics:
    - type: External
      external:
        metric: {name: inferno_desired_replicas, selector: {matchLabels: {variant_name: chat}}}
        target: {type: AverageValue, averageValue: "1"}
"""
DATE = "2026-11-20T12:00:00Z"


def job(name="ranking"):
    return JOB.format(name=name)


def isolate(home):
    """The same answers whatever the caller has configured."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ.update(
        HOME=home, XDG_CONFIG_HOME=home, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1",
        GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.com", GIT_AUTHOR_DATE=DATE,
        GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.com", GIT_COMMITTER_DATE=DATE,
        LSAN_OPTIONS=f"suppressions={HERE}/git.leaks:print_suppressions=0",
    )


class Repository:
    def __init__(self, folder, *options):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments, folder=None, stdin=None):
        done = subprocess.run(
            ["git", *arguments], cwd=folder or self.folder, input=stdin, capture_output=True, timeout=120
        )
        if done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode().strip()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def commit(self, **files):
        """Files by name, `__` for a slash and `_yaml` at the end."""
        for name, text in files.items():
            self.write(name.replace("__", "/").replace("_yaml", ".yaml"), text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")


class Case(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(made.cleanup)
        self.made = Path(made.name)
        self.repository = Repository(self.made / "repo")
        self.git, self.write = self.repository.git, self.repository.write
        self.commit = self.repository.commit

    def check(self, *arguments, folder=None):
        return unstale.check(PROGRAM, *arguments, folder=folder or self.repository.folder)

    def report(self, *arguments, code=None, **more):
        run = self.check("--format=json", *arguments, **more)
        self.assertIn(run.code, (0, 1) if code is None else (code,), run.err.decode())
        return run.report

    def found(self, *arguments, **more):
        """What is reported: a name for each path."""
        findings = self.report(*arguments, **more)["findings"]
        return {finding["path"]: finding["resource"]["name"] for finding in findings}

    def unread(self, *arguments, **more):
        report = self.report(*arguments, code=2, **more)
        return {problem["path"]: problem["message"] for problem in report["problems"]}

    def assert_refused(self, run, *words):
        self.assertNotIn(b"Sanitizer", run.err)
        self.assertEqual(run.code, 2)
        self.assertEqual(run.out, b"")
        for word in words:
            self.assertIn(word, run.err.decode())


class Commit(Case):
    def test_work_tree_differs(self):
        self.commit(a_yaml=job("then"), gone_yaml=job("gone"))
        self.write("a.yaml", job("now"))
        self.write("new.yaml", job("new"))
        (self.repository.folder / "gone.yaml").unlink()
        self.assertEqual(self.found("--rev=HEAD"), {"a.yaml": "then", "gone.yaml": "gone"})
        self.assertEqual(self.found(), {"a.yaml": "now", "new.yaml": "new"})

    def test_words_for_revisions(self):
        first = self.commit(a_yaml=job("first"))
        self.git("tag", "light")
        self.git("tag", "--annotate", "heavy", "--message=x")
        self.commit(a_yaml=job("second"))
        for words in (first, first[:10], "light", "heavy", "HEAD~1", "main^", "light^{tree}"):
            self.assertEqual(self.found("--rev", words), {"a.yaml": "first"}, words)
        self.assertEqual(self.found("--rev=HEAD"), {"a.yaml": "second"})

    def test_revisions_that_are_none(self):
        self.commit(a_yaml=job())
        self.assert_refused(self.check("--rev=nosuch"), "'nosuch'", str(self.repository.folder))
        self.assert_refused(self.check("--rev=HEAD:a.yaml"), "names no commit, tag or tree")
        self.assert_refused(self.check("--rev=HEAD..HEAD"), "'HEAD..HEAD'", "not a range")
        for words in ("nosuch", "HEAD:a.yaml", "HEAD..HEAD", "HEAD~7", "HEAD^{blob}", "HEAD@{"):
            said = self.check("--rev", words).err.decode()
            self.assertRegex(said, r"\A[^\n]* '[^\n']*'[^:\n]*\n\Z")

    def test_paths(self):
        self.commit(top_yaml=job("top"), a__one_yaml=job("one"), a__b__two_yaml=job("two"), c__x_yaml=job())
        folder = self.repository.folder
        self.assertEqual(self.found("--rev=HEAD", "a"), {"a/one.yaml": "one", "a/b/two.yaml": "two"})
        self.assertEqual(self.found("--rev=HEAD", "./a//b/"), {"a/b/two.yaml": "two"})
        self.assertEqual(self.found("--rev=HEAD", "a/one.yaml", "a/b"), self.found("--rev=HEAD", "a"))
        self.assertEqual(self.found("--rev=HEAD", folder=folder / "a"), {"one.yaml": "one", "b/two.yaml": "two"})
        self.assertEqual(self.found("--rev=HEAD", "../top.yaml", folder=folder / "a"), {"../top.yaml": "top"})
        self.assertEqual(
            self.found("--rev=HEAD", folder / "a" / "b", folder=self.made), {f"{folder}/a/b/two.yaml": "two"}
        )

    def test_paths_that_only_the_commit_has(self):
        self.commit(a__b__two_yaml=job("two"))
        shutil.rmtree(self.repository.folder / "a")
        self.assertEqual(self.found("--rev=HEAD", "a"), {"a/b/two.yaml": "two"})
        self.assertEqual(self.found("--rev=HEAD", "a/b/two.yaml"), {"a/b/two.yaml": "two"})

    def test_paths_that_the_commit_has_not(self):
        self.commit(a_yaml=job())
        self.write("new.yaml", job())
        self.assert_refused(self.check("--rev=HEAD", "new.yaml"), "'HEAD'", "new.yaml")
        self.assert_refused(self.check("--rev=HEAD", "a.yaml/x"), "a.yaml/x")
        self.assert_refused(self.check("--rev=HEAD", str(self.made)), "no Git repository")
        self.assert_refused(self.check("--rev=HEAD", ""), "empty")

    def test_named_file_is_opened_whatever_its_name(self):
        self.commit(notes=job("notes"))
        self.assertEqual(self.found("--rev=HEAD"), {})
        self.assertEqual(self.found("--rev=HEAD", "notes"), {"notes": "notes"})

    def test_several_repositories(self):
        self.commit(a_yaml=job("outer"))
        inner = Repository(self.repository.folder / "inner")
        inner.commit(b_yaml=job("inner"))
        found = {"a.yaml": "outer", "inner/b.yaml": "inner"}
        self.assertEqual(self.found("--rev=HEAD", "a.yaml", "inner", "."), found)

    def test_bare_repository(self):
        self.commit(a__one_yaml=job("one"), top_yaml=job("top"))
        bare = self.made / "bare.git"
        self.git("clone", "--quiet", "--bare", ".", str(bare))
        everything = {"a/one.yaml": "one", "top.yaml": "top"}
        self.assertEqual(self.found("--rev=main", folder=bare), everything)
        self.assertEqual(self.found("--rev=main", "a", folder=bare), {"a/one.yaml": "one"})
        below = {f"bare.git/{path}": name for path, name in everything.items()}
        self.assertEqual(self.found("--rev=main", "bare.git", folder=self.made), below)
        self.assert_refused(self.check("--staged", folder=bare), "bare", "--rev")

    def test_linked_work_tree(self):
        self.commit(a_yaml=job("first"))
        self.git("worktree", "add", "--quiet", "-b", "other", str(self.made / "linked"))
        linked = self.made / "linked"
        (linked / "a.yaml").write_text(job("second"))
        self.git("commit", "--quiet", "--all", "--message=x", folder=linked)
        self.assertEqual(self.found("--rev=HEAD", folder=linked), {"a.yaml": "second"})
        self.assertEqual(self.found("--rev=main", folder=linked), {"a.yaml": "first"})
        self.assertEqual(self.found("--staged", folder=linked), {"a.yaml": "second"})

    def test_links_and_submodules_are_passed_over(self):
        inner = Repository(self.made / "inner")
        inner.commit(x_yaml=job())
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), "sub.yaml")
        (self.repository.folder / "link.yaml").symlink_to("a.yaml")
        self.commit(a_yaml=job("a"))
        for how in ("--rev=HEAD", "--staged"):
            self.assertEqual(self.found(how), {"a.yaml": "a"})
            told = self.check(how, "--verbose").err.decode()
            self.assertIn("not opened: link.yaml: a symbolic link", told)
            self.assertIn("not opened: sub.yaml: not a file: a submodule", told)
        (self.repository.folder / "link.yaml").unlink()
        self.assert_refused(self.check("--rev=HEAD", "link.yaml"), "link.yaml is a symbolic link")

    def test_submodule_is_called_so(self):
        other = Repository(self.made / "other")
        other.commit(a_yaml=job())
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.folder), "sub")
        self.commit(a_yaml=job())
        self.assertIn("not opened: sub: not a file: a submodule", self.check("--rev=HEAD", "--verbose").err.decode())

    def test_archives_and_compressed_files(self):
        packed = gzip.compress(job("then").encode())
        members = io.BytesIO()
        with zipfile.ZipFile(members, "w") as archive:
            archive.writestr("d/a.yaml.gz", packed)
        for name, content in (("m.zip", members.getvalue()), ("j.yaml.gz", packed)):
            (self.repository.folder / name).write_bytes(content)
        self.commit()
        for ways in (["--rev=HEAD"], ["--staged"]):
            self.assertEqual(self.found(*ways), {"j.yaml.gz": "then"})
            self.assertEqual(self.found(*ways, "m.zip"), {"m.zip/d/a.yaml.gz": "then"})
            for name in ("m.zip", "j.yaml.gz"):
                (self.repository.folder / name).write_bytes(gzip.compress(b"a: 1\n"))

    def test_what_is_ignored(self):
        self.write("deep/.unstaleignore", "*.yaml\n!kept.yaml\n")
        self.write(".unstaleignore", "out/\n")
        self.write(".gitignore", "tracked.yaml\n")
        self.write("tracked.yaml", job("tracked"))
        self.git("add", "--force", "tracked.yaml")
        self.commit(out__x_yaml=job("out"), deep__a_yaml=job("a"), deep__kept_yaml=job("kept"))
        (self.repository.folder / "deep" / ".unstaleignore").unlink()
        found = {"deep/kept.yaml": "kept", "tracked.yaml": "tracked"}
        for how in ("--rev=HEAD", "--staged"):
            self.assertEqual(self.found(how), found)
            self.assertEqual(self.found(how, "deep"), {"deep/kept.yaml": "kept"})
            self.assertEqual(self.found(how, "out"), {"out/x.yaml": "out"})
            self.assertEqual(len(self.found(how, "--no-ignore")), 4)

    def test_same_fingerprints_as_in_the_work_tree(self):
        self.write(".unstale.yaml", "extend-exclude: [b]\n")
        self.commit(a__one_yaml=job(), b__two_yaml=job())
        disk, commit, staged = self.report("."), self.report("--rev=HEAD"), self.report("--staged")
        self.assertEqual(len(disk["findings"]), 1)
        self.assertEqual(commit, disk)
        self.assertEqual(staged, disk)

    def test_configuration_is_that_of_the_work_tree(self):
        self.commit(a_yaml=job())
        self.write(".unstale.yaml", "ignore: [KFT]\n")
        self.assertEqual(self.found("--rev=HEAD"), {})

    def test_diff_is_of_that_commit(self):
        self.commit(a_yaml=job("then"))
        self.write("a.yaml", job("now"))
        diff = self.check("--rev=HEAD", "--diff").out
        self.git("stash", "--quiet")
        self.git("apply", "-", stdin=diff)
        self.assertIn("kind: TrainJob", (self.repository.folder / "a.yaml").read_text())

    def test_fix_is_refused(self):
        self.commit(a_yaml=job())
        self.assert_refused(self.check("--rev=HEAD", "--fix"), "use --diff or convert")
        self.assertEqual(self.git("status", "--short"), "")

    def test_convert(self):
        self.commit(a__one_yaml=job("then"))
        path = self.write("a/one.yaml", job("now"))
        command = [PROGRAM, "convert", "--rev=HEAD", "a"]
        run = subprocess.run(command, cwd=self.repository.folder, capture_output=True)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        self.assertIn(b"kind: TrainJob\nmetadata: {name: then,", run.stdout)
        run = subprocess.run([*command, "--output=a"], cwd=self.repository.folder, capture_output=True)
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"would overwrite 'a/one.yaml'", run.stderr)
        self.assertEqual(path.read_text(), job("now"))

    def test_options_that_exclude_each_other(self):
        self.commit(a_yaml=job())
        self.assert_refused(self.check("--rev=HEAD", "--staged"), "exclude each other")
        self.assert_refused(self.check("--rev=HEAD", "-"), "standard input")
        self.assert_refused(self.check("--staged", "a.yaml", "-"), "standard input")

    def test_threads_change_nothing(self):
        for number in range(300):
            self.write(f"team-{number % 7}/job-{number}.yaml", job(f"job-{number}") * (number % 3 + 1))
        self.commit()
        for path in list(self.repository.folder.glob("team-1/*")):
            path.write_text(job("other"))
        for how in ("--rev=HEAD", "--staged"):
            one, eight = (self.check("--format=json", how, f"--threads={n}") for n in (1, 8))
            self.assertEqual(one.code, 1)
            self.assertEqual(one.out, eight.out)


class Staged(Case):
    def setUp(self):
        super().setUp()
        self.commit(a_yaml=job("committed"))
        self.path = self.repository.folder / "a.yaml"

    def test_index_and_work_tree(self):
        self.write("a.yaml", job("staged"))
        self.write("new.yaml", job("new"))
        self.git("add", "a.yaml", "new.yaml")
        self.write("a.yaml", job("later"))
        self.write("untracked.yaml", job())
        self.assertEqual(self.found("--staged"), {"a.yaml": "staged", "new.yaml": "new"})
        self.git("rm", "--quiet", "--cached", "new.yaml")
        self.assertEqual(self.found("--staged"), {"a.yaml": "staged"})
        self.assert_refused(self.check("--staged", "untracked.yaml"), "the index has no", "untracked.yaml")

    def test_deleted_on_disk_only(self):
        self.path.unlink()
        self.assertEqual(self.found("--staged"), {"a.yaml": "committed"})

    def test_fix_writes_what_is_the_same_on_disk(self):
        run = self.check("--staged", "--fix=review")
        self.assertEqual(run.code, 1, run.out.decode())
        self.assertIn("kind: TrainJob", self.path.read_text())

    def test_exit_code_is_that_of_the_index(self):
        """A hook that passes would commit what was there before the fix."""
        told = "written to the work tree: git add a.yaml 'it'\\''s.yaml'\n"
        for more, code in ((), 1), (("--quiet",), 1), (("--exit-zero-on-fix",), 0), (("--fail-on=never",), 0):
            self.write("a.yaml", job("a"))
            self.write("it's.yaml", job("b"))
            self.git("add", "--all")
            run = self.check("--staged", "--fix=review", *more)
            self.assertEqual((run.code, run.err.decode().splitlines(True)[-1]), (code, told), more)
            again = self.check("--staged", "--fix=review", *more)
            self.assertNotIn(b"git add", again.err)  # it differs from the index now: kept back
            self.assertEqual(again.code, 0 if "--fail-on=never" in more else 1)
        self.git("add", "--all")
        run = self.check("--staged", "--fix=review")
        self.assertEqual((run.code, run.err), (0, b""))

    def test_inventory_is_never_written(self):
        """It is read from the work tree, which may not be what the index has."""
        autoscaler = AUTOSCALER + "# not staged\n"
        self.write("variants.yaml", VARIANTS)
        self.git("add", "variants.yaml")
        self.write("cluster/hpa.yaml", autoscaler)
        for how in ("--fix=review", "--diff"):
            run = self.check("--staged", "variants.yaml", "--inventory=cluster", "--fix-related", how, "--format=json")
            self.assertNotIn(b"variant_name: chat-h100", run.out)
            self.assertEqual((self.repository.folder / "cluster/hpa.yaml").read_text(), autoscaler)
            self.assertEqual((self.repository.folder / "variants.yaml").read_text(), VARIANTS)
        refused = self.report("--staged", "variants.yaml", "--inventory=cluster", "--fix-related", code=1)["findings"][0]
        words = "also needs cluster/hpa.yaml: add it to the PATHs (--staged changes nothing else)"
        self.assertEqual(refused["refused"], words)

    def test_what_is_kept_back_is_no_success(self):
        self.write("a.yaml", job("later") + "# not finished\n")
        self.assertEqual(self.check("--staged", "--fix=review", "--exit-zero-on-fix").code, 1)

    def test_text_fix_leaves_alone_what_is_another_on_disk(self):
        rule = (
            "id: TST001\nname: old-word\nsummary: An old word\nseverity: error\ntargets: {rules: '*'}\n"
            "match: {text: 'oldword', files: ['*.sh']}\nliterals: [oldword]\nmessage: old\nwhy: old\n"
            "fix: {safety: safe, title: 'write newword', replace: newword}\n"
        )
        self.write("rules/r.yaml", rule)
        self.write("a.sh", "oldword\n")
        self.git("add", "a.sh")
        self.write("a.sh", "another text\n")
        report = self.report("--staged", "--rules=rules", "--fix", "--quiet", "a.sh", code=1)
        self.assertIn("stage it or stash", report["findings"][0]["refused"])
        self.assertEqual((self.repository.folder / "a.sh").read_text(), "another text\n")

    def test_fix_leaves_alone_what_is_another_on_disk(self):
        later = job("later") + "# not finished\n"
        self.write("a.yaml", later)
        self.write("b.yaml", job("b"))
        self.git("add", "b.yaml")
        run = self.check("--staged", "--fix=review")
        self.assertEqual(run.code, 1)
        self.assertIn(b"stage it or stash the difference first", run.out)
        self.assertEqual(self.path.read_text(), later)
        self.assertIn("kind: TrainJob", (self.repository.folder / "b.yaml").read_text())

    def test_same_size_and_time_are_not_the_same_file(self):
        """Git notes both in the index; so does whoever wants to look unchanged."""
        self.write("a.yaml", job("one"))
        os.utime(self.path, (1_000_000_000, 1_000_000_000))
        self.git("add", "a.yaml")
        self.write("a.yaml", job("two"))
        os.utime(self.path, (1_000_000_000, 1_000_000_000))
        self.assertEqual(self.found("--staged"), {"a.yaml": "one"})
        self.check("--staged", "--fix=review")
        self.assertEqual(self.path.read_text(), job("two"))

    def test_a_file_as_young_as_the_index_is_looked_at(self):
        """It may have been written twice in one tick of the clock."""
        self.write("a.yaml", job("one"))
        self.git("add", "a.yaml")
        before = self.path.stat()
        with open(self.path, "r+b") as file:
            file.write(job("two").encode())
        os.utime(self.path, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.assertEqual(self.found("--staged"), {"a.yaml": "one"})

    def test_diff_of_what_is_another_on_disk(self):
        self.write("a.yaml", job("later"))
        diff = self.check("--staged", "--diff").out
        self.assertIn(b"+kind: TrainJob", diff)
        self.git("apply", "--cached", "-", stdin=diff)
        self.assertIn("kind: TrainJob", self.git("show", ":a.yaml"))

    def test_a_link_in_place_of_a_directory_is_not_written_through(self):
        self.commit(d__x_yaml=job("x"))
        outside = self.made / "outside"
        shutil.move(self.repository.folder / "d", outside)
        (self.repository.folder / "d").symlink_to(outside)
        run = self.check("--staged", "--fix=review")
        self.assertIn(b"stash the difference", run.out)
        self.assertEqual((outside / "x.yaml").read_text(), job("x"))

    def test_line_ends_are_no_difference(self):
        self.git("config", "core.autocrlf", "true")
        crlf = job("windows").replace("\n", "\r\n")
        self.write("w.yaml", crlf)
        self.git("add", "w.yaml")
        self.assertNotIn("\r", self.git("show", ":w.yaml"))
        self.assertEqual(self.found("--staged", "w.yaml"), {"w.yaml": "windows"})
        self.assertEqual(self.check("--staged", "w.yaml", "--fix=review").code, 1)
        fixed = (self.repository.folder / "w.yaml").read_bytes()
        self.assertIn(b"kind: TrainJob\r\n", fixed)
        self.assertEqual(fixed.count(b"\n"), fixed.count(b"\r\n"))

    def test_line_ends_of_a_commit(self):
        self.write("w.yaml", job("windows").replace("\n", "\r\n"))
        self.commit()
        self.assertIn(b"+kind: TrainJob\r\n", self.check("--rev=HEAD", "w.yaml", "--diff").out)

    def test_nothing_is_staged_by_intent(self):
        self.write("b.yaml", job("b"))
        self.git("add", "--intent-to-add", "b.yaml")
        self.assertEqual(self.check("--staged", "--list-files").out, b"a.yaml\n")
        self.assert_refused(self.check("--staged", "b.yaml"), "the index has no")

    def test_conflict_is_told(self):
        self.git("checkout", "--quiet", "-b", "side")
        self.commit(a_yaml=job("side"), other_yaml=job("other"))
        self.git("checkout", "--quiet", "main")
        self.commit(a_yaml=job("main"))
        with self.assertRaises(AssertionError):
            self.git("merge", "side")
        for paths in ([], ["a.yaml"]):
            self.assertIn("in conflict", self.unread("--staged", *paths)["a.yaml"])
        self.assertEqual(self.found("--staged", code=2), {"other.yaml": "other"})

    def test_no_commit_yet(self):
        fresh = Repository(self.made / "fresh")
        fresh.write("a.yaml", job("first"))
        self.assertEqual(self.found("--staged", folder=fresh.folder), {})
        fresh.git("add", "a.yaml")
        self.assertEqual(self.found("--staged", folder=fresh.folder), {"a.yaml": "first"})
        self.assert_refused(self.check("--rev=HEAD", folder=fresh.folder), "no commit yet", "--staged")

    def stage(self, *names):
        blob = self.git("rev-parse", "HEAD:a.yaml")
        lines = "".join(f"100644 {blob}\t{name}\n" for name in names)
        self.git("update-index", "--index-info", stdin=lines.encode())

    def listed(self, *paths):
        return self.check("--staged", "--list-files", *paths).out.decode().split()

    def test_directories_are_told_from_names_that_begin_alike(self):
        below = ["b/c/1.yaml", "b/c/2.yaml", "b/d.yaml"]
        self.stage("b-a/1.yaml", "b.yaml", *below, "b0/1.yaml", "bb/1.yaml")
        self.assertEqual(self.listed("b"), below)
        self.assertEqual(self.listed("b/c", "b0"), [*below[:2], "b0/1.yaml"])
        self.assertEqual(len(self.listed()), 8)
        for path in ("b/c/1.yaml/x", "b-", "c"):
            self.assert_refused(self.check("--staged", path), "the index has no", path)

    def test_order_is_that_of_bytes_whatever_the_configuration_says(self):
        """Else libgit2 mixes directories whose names differ in case only."""
        self.git("config", "core.ignoreCase", "true")
        self.stage("B/1.yaml", "b/2.yaml", "B/3.yaml", "b/4.yaml")
        self.write(".unstaleignore", "/B/\n")
        self.git("add", ".unstaleignore")
        run = self.check("--staged", "--list-files", "--verbose")
        self.assertEqual(run.out.decode().split(), ["a.yaml", "b/2.yaml", "b/4.yaml"])
        self.assertEqual(run.err.count(b"not opened: B: ignored"), 1)
        self.assertEqual(self.listed("b"), ["b/2.yaml", "b/4.yaml"])

    def test_sparse_checkout(self):
        self.commit(in__x_yaml=job("in"), out__y_yaml=job("out"))
        self.git("sparse-checkout", "set", "--no-cone", "/in/")
        self.assertFalse((self.repository.folder / "out").exists())
        found = {"a.yaml": "committed", "in/x.yaml": "in", "out/y.yaml": "out"}
        self.assertEqual(self.found("--staged"), found)
        self.assertEqual(self.found("--rev=HEAD"), found)


class Hooks(Case):
    """Git tells a hook by its environment which index it is about to commit."""

    def setUp(self):
        super().setUp()
        self.commit(a_yaml=job("a"), b_yaml=job("b"))

    def hook(self, name, arguments):
        path = self.repository.folder / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{PROGRAM} check --format=concise --quiet {arguments} >'{self.made}/told'\nexit 1\n")
        path.chmod(0o755)

    def told(self, *arguments, folder=None):
        """The names that the hook saw while Git tried to commit."""
        told = self.made / "told"
        told.write_text("the hook did not run")
        done = subprocess.run(["git", *arguments], cwd=folder or self.repository.folder, capture_output=True)
        self.assertNotEqual(done.returncode, 0)
        return sorted(line.split("'")[1] for line in told.read_text().splitlines())

    def test_each_way_to_commit(self):
        self.hook("pre-commit", "--staged")
        self.write("a.yaml", job("a-new"))
        self.write("b.yaml", job("b-new"))
        self.git("add", "b.yaml")
        self.assertEqual(self.told("commit", "-mx"), ["ml/a", "ml/b-new"])
        self.assertEqual(self.told("commit", "-amx"), ["ml/a-new", "ml/b-new"])
        self.git("reset", "--quiet")
        self.assertEqual(self.told("commit", "-mx", "a.yaml"), ["ml/a-new", "ml/b"])
        (self.repository.folder / "deep").mkdir()
        self.assertEqual(
            self.told("commit", "-mx", "../a.yaml", folder=self.repository.folder / "deep"), ["ml/a-new", "ml/b"]
        )

    def test_from_a_subdirectory_of_the_hook(self):
        self.commit(d__c_yaml=job("c"))
        path = self.repository.folder / ".git" / "hooks" / "pre-commit"
        self.hook("pre-commit", "--staged")
        path.write_text(path.read_text().replace("#!/bin/sh\n", "#!/bin/sh\ncd d\n"))
        self.write("d/c.yaml", job("c-new"))
        self.git("add", "--all")
        self.assertEqual(self.told("commit", "-mx"), ["ml/c-new"])

    def test_linked_and_separate_work_trees(self):
        self.hook("pre-commit", "--staged")
        linked, apart = self.made / "linked", self.made / "apart"
        self.git("worktree", "add", "--quiet", "-b", "other", str(linked))
        apart.mkdir()
        for folder, options in ((linked, []), (apart, [f"--git-dir={self.repository.folder}/.git", "--work-tree=."])):
            (folder / "a.yaml").write_text(job("elsewhere"))
            self.assertIn("ml/elsewhere", self.told(*options, "commit", "-amx", folder=folder))

    def test_before_a_push_is_let_in(self):
        """The new objects lie apart until the hook agrees."""
        bare = self.made / "bare.git"
        self.git("clone", "--quiet", "--bare", ".", str(bare))
        hook = bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        self.hook("unused", '--rev "$new"')
        text = (self.repository.folder / ".git" / "hooks" / "unused").read_text()
        hook.write_text(text.replace("#!/bin/sh\n", "#!/bin/sh\nread old new ref\n"))
        hook.chmod(0o755)
        self.commit(a_yaml=job("pushed"))
        self.assertEqual(self.told("push", "--quiet", str(bare), "main"), ["ml/b", "ml/pushed"])


class Trouble(Case):
    def test_sha256(self):
        other = Repository(self.made / "sha256", "--object-format=sha256")
        other.commit(a_yaml=job())
        self.assert_refused(self.check("--rev=HEAD", folder=other.folder), "objectformat", "git worktree add")
        self.assert_refused(self.check("--staged", folder=other.folder), "objectformat", "git checkout-index")

    def test_index_formats(self):
        self.commit(a_yaml=job("a"), d__b_yaml=job("b"))
        self.git("update-index", "--split-index")
        self.assert_refused(self.check("--staged"), "git update-index --no-split-index")
        self.git("update-index", "--no-split-index")
        self.assertEqual(len(self.found("--staged")), 2)
        self.git("sparse-checkout", "set", "--cone", "--sparse-index")
        self.assert_refused(self.check("--staged"), "--no-sparse-index")
        self.assertEqual(len(self.found("--rev=HEAD")), 2)
        self.git("sparse-checkout", "reapply", "--no-sparse-index")
        self.assertEqual(len(self.found("--staged")), 2)

    def test_extensions(self):
        self.commit(a_yaml=job("a"))
        self.git("config", "core.repositoryFormatVersion", "1")
        for name, value in (("worktreeConfig", "true"), ("partialClone", "x"), ("preciousObjects", "true")):
            self.git("config", f"extensions.{name}", value)
        self.assertEqual(self.found("--rev=HEAD"), {"a.yaml": "a"})
        config = self.repository.folder / ".git" / "config"
        config.write_text(config.read_text() + "[extensions]\n\trefStorage = reftable\n")
        self.assert_refused(self.check("--rev=HEAD"), "refstorage", "git worktree add")

    def test_partial_clone(self):
        self.commit(a_yaml=job("a"), notes="x")
        self.git("config", "uploadpack.allowFilter", "true")
        self.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{self.repository.folder}", "../part")
        part = self.made / "part"
        for paths in ([], ["a.yaml"]):
            self.assertIn("git fetch --refetch", self.unread("--rev=HEAD", *paths, folder=part)["a.yaml"])
        self.git("fetch", "--quiet", "--refetch", "--no-filter", folder=part)
        self.assertEqual(self.found("--rev=HEAD", folder=part), {"a.yaml": "a"})

    def test_damaged_objects(self):
        self.commit(a_yaml=job("a"), d__b_yaml=job("b"), d__c_yaml=job("c"), e__f_yaml=job("f"))
        for name in ("HEAD:d/b.yaml", "HEAD:e"):
            id = self.git("rev-parse", name)
            path = self.repository.folder / ".git" / "objects" / id[:2] / id[2:]
            path.chmod(0o644)
            path.write_bytes(b"no object")
        self.assertEqual(set(self.unread("--rev=HEAD")), {"d/b.yaml", "e"})
        self.assertEqual(self.found("--rev=HEAD", code=2), {"a.yaml": "a", "d/c.yaml": "c"})

    def test_paths_that_git_does_not_allow(self):
        self.commit(a_yaml=job("a"))
        blob = self.git("rev-parse", "HEAD:a.yaml")
        entry = b"100644 %s\0" + bytes.fromhex(blob)
        inner = self.tree(entry % b"x.yaml")
        up = self.tree(entry % b"a.yaml" + b"40000 ..\0" + bytes.fromhex(inner) + b"40000 .git\0" + bytes.fromhex(inner))
        self.assertEqual(set(self.unread("--rev", up)), {"../x.yaml", ".git/x.yaml"})

    def tree(self, content):
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=content)

    def test_trees_that_hold_each_other_many_times(self):
        self.commit(note="x")
        tree = self.git("rev-parse", "HEAD:note")
        for mode in (b"100644", b"40000", b"40000"):
            tree = self.tree(b"".join(b"%s %03d\0" % (mode, n) + bytes.fromhex(tree) for n in range(200)))
        self.assert_refused(self.check("--rev", tree), "more than 1000000 files")

    def test_paths_that_are_too_long(self):
        self.commit(a_yaml=job("a"))
        file = bytes.fromhex(self.git("rev-parse", "HEAD:a.yaml"))
        name, end = "d" * 99, "e" * 95 + ".yaml"  # 40 directories and `end` make 4100 bytes
        tree = self.tree(b"100644 %s\0%s100644 x.yaml\0%s" % (end.encode(), file, file))
        for level in range(60):
            above = b"100644 a.yaml\0" + file if level == 30 else b""
            tree = self.tree(above + b"40000 %s\0" % name.encode() + bytes.fromhex(tree))
            if level + 1 == 40:
                self.assertEqual(list(self.unread("--rev", tree)), ["/".join([name] * 40 + [end])])
                listed = self.check("--rev", tree, "--list-files").out.decode().split()
                self.assertEqual(listed, ["/".join([name] * 9 + ["a.yaml"]), "/".join([name] * 40 + ["x.yaml"])])
        self.assertEqual(self.unread("--rev", tree), {"/".join([name] * 41): "not read: its path is too long"})
        self.assertEqual(self.found("--rev", tree, code=2), {"/".join([name] * 29 + ["a.yaml"]): "a"})

    def test_ignore_rules_that_are_too_many(self):
        self.commit(a_yaml=job("a"), _unstaleignore="a" * (1 << 20))
        names = [b"100644 .unstaleignore\0", b"100644 a.yaml\0"]
        entries = [name + bytes.fromhex(self.git("rev-parse", "HEAD:" + file))
                   for name, file in zip(names, ("_unstaleignore", "a.yaml"))]
        tree = bytes.fromhex(self.tree(b"".join(entries)))
        tree = self.tree(b"".join(b"40000 %d\0" % number + tree for number in range(10)))
        self.assertEqual(list(self.unread("--rev", tree)), ["8/.unstaleignore", "9/.unstaleignore"])
        self.assertEqual(len(self.check("--rev", tree, "--list-files").out.split()), 10)

    def test_a_file_that_says_it_is_too_large(self):
        """It is not even opened: its first bytes say how large it is."""
        self.commit(a_yaml=job("a"))
        for size, word in ((128 << 20) + 1, "more than 128 MB"), (128 << 20, "hash mismatch"):
            id = f"{size:040x}"
            path = self.repository.folder / ".git" / "objects" / id[:2] / id[2:]
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(b"blob %d\0short" % size))
            entry = b"100644 %s\0" + bytes.fromhex(id)
            tree = self.tree(entry % b"b.yaml")
            self.assertIn(word, self.unread("--rev", tree)["b.yaml"])

    def test_files_that_are_too_large_together(self):
        """One content under many paths is copied once: all of it would not fit into the file."""
        binary = self.git("hash-object", "-w", "--stdin", stdin=bytes(128 << 20))
        names = [f"{number:02}.yaml" for number in range(33)]
        tree = self.tree(b"".join(b"100644 %s\0" % name.encode() + bytes.fromhex(binary) for name in names))
        room = resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(room[0], (130 << 20, room[1][1]))
        self.addCleanup(resource.setrlimit, *room)
        told = self.unread("--rev", tree)
        self.assertEqual(list(told), names[32:])
        self.assertIn("give PATHs that have less", told[names[32]])

    def test_another_owner(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give files away")
        self.commit(a_yaml=job("a"))
        os.chown(self.repository.folder, 65534, 65534)
        os.chown(self.repository.folder / ".git", 65534, 65534)
        self.assert_refused(self.check("--rev=HEAD"), "another user", f"safe.directory {self.repository.folder})")

    def test_no_repository(self):
        (self.made / "plain").mkdir()
        self.assert_refused(self.check("--staged", folder=self.made / "plain"), "no Git repository at or above")

    def test_shallow_clone(self):
        self.commit(a_yaml=job("one"))
        self.commit(a_yaml=job("two"))
        self.git("clone", "--quiet", "--depth=1", f"file://{self.repository.folder}", "../shallow")
        self.assertEqual(self.found("--rev=HEAD", folder=self.made / "shallow"), {"a.yaml": "two"})
        self.assert_refused(self.check("--rev=HEAD~1", folder=self.made / "shallow"), "git fetch --unshallow")


class TheLibrary(Case):
    def loaded(self, *arguments):
        os.environ["LD_DEBUG"] = "files"
        try:
            return b"libgit2" in self.check(*arguments).err
        finally:
            del os.environ["LD_DEBUG"]

    def test_is_opened_when_it_is_needed(self):
        self.commit(a_yaml=job())
        self.assertFalse(self.loaded("."))
        self.assertTrue(self.loaded("--rev=HEAD"))

    def test_is_not_there(self):
        """A file of its name that is no library is found first."""
        self.commit(a_yaml=job())
        os.environ["LD_DEBUG"] = "libs"
        said = self.check("--staged").err.decode()
        del os.environ["LD_DEBUG"]
        name = re.search(r"library=(libgit2\.so[.\d]*)", said).group(1)
        (self.made / name).write_text("")
        os.environ["LD_LIBRARY_PATH"] = str(self.made)
        try:
            self.assert_refused(self.check("--staged"), name, "Debian's package is libgit2-")
            self.assertEqual(self.check(".").code, 1)
        finally:
            del os.environ["LD_LIBRARY_PATH"]


class Absent(Case):
    """A build with -DWITH_GIT=OFF."""

    def test_says_so(self):
        self.commit(a_yaml=job("a"))
        for option in ("--rev=HEAD", "--staged"):
            self.assert_refused(self.check(option), "no support for Git", "-DWITH_GIT=OFF")
        self.assertEqual(self.found(), {"a.yaml": "a"})


def main(names):
    version = subprocess.run([PROGRAM, "--version"], capture_output=True, check=True).stdout
    present = b"+git" in version
    if not present and b"-git" not in version:
        sys.exit("git: --version does not say whether the build knows Git")
    cases = (Commit, Staged, Hooks, Trouble, TheLibrary) if present else (Absent,)
    loader = unittest.defaultTestLoader
    tests = [loader.loadTestsFromTestCase(case) for case in cases]
    if names:
        tests = [loader.loadTestsFromNames(names, sys.modules[__name__])]
    with tempfile.TemporaryDirectory(prefix="unstale-") as home:
        isolate(home)
        result = unittest.TextTestRunner().run(unittest.TestSuite(tests))
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
