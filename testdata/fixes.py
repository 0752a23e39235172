#!/usr/bin/env python3
"""Checks fixing where a case in a folder cannot show it: fixes.py PROGRAM

A thousand small files of all habits, files that change or cannot be written, links, modes, standard input."""

import array
import fcntl
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
import unittest
from pathlib import Path

import program as unstale
from fixing import Copy

PROGRAM = None
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

JOB = """\
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata:
  name: {name}
  namespace: ml
spec:
  pytorchReplicaSpecs:
    Worker:
      replicas: {nodes}
      restartPolicy: OnFailure
      template:
        spec:
          containers:
            - name: pytorch
              image: registry.example.com/train:1
              command: [{command}, train.py]
"""
VARIANTS = """\
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: {name}
  namespace: llm
spec:
  modelID: example/{name}
  modelProfile:
    accelerators:
      - {{acc: H100, accCount: 1, maxBatchSize: 8}}
      - {{acc: L40S, accCount: 2, maxBatchSize: 4}}
"""
AUTOSCALER = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {name}
  namespace: llm
spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}-h100}}
  maxReplicas: 4
  metrics:
    - type: External
      external:
        metric: {{name: inferno_desired_replicas, selector: {{matchLabels: {{variant_name: {name}}}}}}}
        target: {{type: AverageValue, averageValue: "1"}}
"""
CALM = "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: ml}}\ndata: {{calm: \"yes\"}}\n"
RESTLESS = """\
id: {id}
name: {name}
summary: The size is not {to}
severity: warning
targets: {{kubernetes: "*"}}
match: {{resource: {{kind: ConfigMap, where: {{path: data.size, equals: {of}}}}}}}
message: the size is {of}
why: It must be {to}.
fix: {{safety: safe, title: make it {to}, steps: [{{set: {{path: data.size, to: {to}}}}}]}}
"""


def job(name="ranking", nodes=2, command="torchrun"):
    return JOB.format(name=name, nodes=nodes, command=command)


# ---- a pipe that makes the program wait ----

PAGE = resource.getpagesize()


def pipe_with_room(size):
    """Full but for that many bytes of its last page."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"." * PAGE)
    except BlockingIOError:
        pass
    os.read(reading, PAGE)
    os.write(writing, b"." * (PAGE - size))
    os.set_blocking(writing, True)
    return reading, writing


def bytes_in(reading):
    count = array.array("i", [0])
    fcntl.ioctl(reading, termios.FIONREAD, count)
    return count[0]


def wait_until_more(reading, count):
    """Until more than that many bytes are in it."""
    limit = time.monotonic() + 60
    while bytes_in(reading) <= count and time.monotonic() < limit:
        time.sleep(0.001)


# ---- a thousand files ----


def commented(dice, text):
    return "".join(
        line + f" # note {dice.randrange(99)}\n" if dice.random() < 0.3 else line + "\n"
        for line in text.splitlines()
    )


def as_item(text):
    lines = text.splitlines(keepends=True)
    return "- " + lines[0] + "".join("  " + line for line in lines[1:])


def in_config_map(text):
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: holder, namespace: ml}\ndata:\n  a.yaml: |\n"
    return head + "".join("    " + line for line in text.splitlines(keepends=True))


def some_job(dice, name):
    text = job(name, dice.randrange(1, 9), dice.choice(["torchrun", "python"]))
    return commented(dice, text) if dice.random() < 0.5 else text


def some_text(dice, name):
    """Jobs and other objects: a stream, a dump, or a text in a ConfigMap."""
    objects = [some_job(dice, f"{name}-{n}") for n in range(dice.randrange(1, 4))]
    objects.insert(dice.randrange(len(objects) + 1), CALM.format(name=name))
    shape = dice.randrange(4)
    if shape == 0:
        return "apiVersion: v1\nitems:\n" + "".join(map(as_item, objects)) + "kind: List\n"
    if shape == 1:
        return in_config_map(some_job(dice, name))
    return dice.choice(["---\n", "--- # next\n", "# between\n---\n"]).join(objects)


def some_bytes(dice, name):
    """With the habits of its author."""
    text = some_text(dice, name)
    if dice.random() < 0.2:
        text = text.replace("\n", "\r\n")
    if dice.random() < 0.2:
        text = text.rstrip("\r\n")
    mark = b"\xef\xbb\xbf" if dice.random() < 0.1 else b""
    return mark + text.encode()


def write_many(folder):
    """900 files that stand alone, and 50 pairs that must change together."""
    dice = random.Random(19)
    for n in range(900):
        path = folder / f"team-{n % 9}" / f"jobs-{n}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(some_bytes(dice, f"job-{n}"))
    for n in range(50):
        for kind, text in (("variants", VARIANTS), ("autoscalers", AUTOSCALER)):
            (folder / kind).mkdir(exist_ok=True)
            (folder / kind / f"chat-{n}.yaml").write_text(commented(dice, text.format(name=f"chat-{n}")))


class ThousandFiles(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name) / "many"
        self.folder.mkdir()
        write_many(self.folder)

    def fixed(self, *arguments):
        """All files after a run, and the run."""
        with Copy(self.folder) as copy:
            run = unstale.check(PROGRAM, ".", *arguments, folder=copy.folder)
            return copy.files(), run

    def applied(self, diff):
        with Copy(self.folder) as copy:
            self.assertEqual(copy.apply(diff), "")
            return copy.files()

    def test_diff_is_the_fix(self):
        before, diff = self.fixed("--diff")
        after, fix = self.fixed("--fix=review", "--format=json")
        self.assertEqual(fix.report["findings"], [])
        self.assertEqual(fix.code, 0)
        self.assertEqual(sum(before[path] != after[path] for path in before), 1000)
        self.assertEqual(self.applied(diff.out), after)

    def test_safe_diff_is_the_safe_fix(self):
        before, diff = self.fixed("--diff", "--fix")
        after, fix = self.fixed("--fix", "--format=json")
        left = [finding for finding in fix.report["findings"] if finding["fix"]["safety"] == "safe"]
        self.assertEqual(left, [])
        self.assertEqual(self.applied(diff.out), after)
        self.assertTrue(0 < sum(before[path] != after[path] for path in before) < 900)

    def test_threads_change_nothing(self):
        for how in ("--diff", "--fix=review"):
            one, one_run = self.fixed(how, "--threads=1")
            eight, eight_run = self.fixed(how, "--threads=8")
            self.assertEqual((one, one_run.out), (eight, eight_run.out))


# ---- single files ----


class Files(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="unstale-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name) / "files"
        self.folder.mkdir()
        Path(made.name).chmod(0o755)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def fix(self, *arguments, **more):
        return unstale.check(PROGRAM, *arguments, folder=self.folder, **more)

    def names(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    def assert_fixed(self, path):
        self.assertIn("kind: TrainJob", path.read_text())

    # ---- what is kept ----

    def test_mode_is_kept(self):
        path = self.write("a.yaml", job())
        for mode in (0o600, 0o640, 0o755):
            path.write_text(job())
            path.chmod(mode)
            self.assertEqual(self.fix("a.yaml", "--fix").code, 0)
            self.assert_fixed(path)
            self.assertEqual(path.stat().st_mode & 0o777, mode)

    def test_symbolic_link_is_kept(self):
        target = self.write("real/a.yaml", job())
        link = self.folder / "link.yaml"
        link.symlink_to("real/a.yaml")
        self.assertEqual(self.fix("link.yaml", "--fix").code, 0)
        self.assertEqual(os.readlink(link), "real/a.yaml")
        self.assert_fixed(target)

    def test_file_with_two_names_is_left_alone(self):
        path = self.write("a.yaml", job())
        os.link(path, self.folder / "b.yaml")
        run = self.fix("a.yaml", "--fix")
        self.assertEqual(run.code, 2)
        self.assertIn(b"a.yaml", run.out)
        self.assertEqual(path.read_text(), job())
        self.assertTrue(path.samefile(self.folder / "b.yaml"))

    # ---- what is told ----

    def test_convert_tells_the_losses_that_fix_tells(self):
        text = job().replace("name: pytorch\n", "name: pytorch # INC-7\n")
        text = text.replace("OnFailure\n", "OnFailure # again\n")
        self.write("a.yaml", text)
        converted = unstale.Run(subprocess.run(
            [PROGRAM, "convert", "a.yaml", "--review"], cwd=self.folder, capture_output=True))
        fixed = self.fix("a.yaml", "--fix=review")
        notes = [line.split("'ml/ranking': ")[1] for line in converted.err.decode().splitlines() if "note: " in line]
        told = [line.split("a.yaml:2: ")[1] for line in fixed.err.decode().splitlines() if "note: " in line]
        self.assertEqual(notes, told)
        self.assertEqual(len(notes), 2)
        self.assertIn('"# INC-7"', notes[1])

    # ---- what goes wrong ----

    def test_file_that_changes_after_it_was_read_is_left_alone(self):
        """Counts are printed between reading and fixing: into a pipe that holds no more than the first."""
        path = self.write("a.yaml", job("before") + "---\napiVersion: kubeflow.org/v1\nkind: TFJob\n")
        command = [PROGRAM, "check", "a.yaml", "--fix", "--statistics", "--color=never"]
        reading, writing = pipe_with_room(40)
        count = bytes_in(reading)
        with subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=writing) as process:
            os.close(writing)
            wait_until_more(reading, count)
            path.write_text(job("behind"))
            with open(reading, "rb") as pipe:
                pipe.read()
            report = process.stdout.read().decode()
        self.assertEqual(path.read_text(), job("behind"))
        self.assertIn("changed", report)
        self.assertNotEqual(process.returncode, 0)

    def as_nobody(self, *arguments):
        """A run that the permissions of files hold for."""
        own = NOBODY if os.geteuid() == 0 else []
        if own and (not shutil.which("setpriv") or subprocess.run([*own, "test", "-x", PROGRAM]).returncode):
            self.skipTest("root may write everything, and nobody else can be asked")
        done = subprocess.run(
            [*own, PROGRAM, "check", *arguments, "--color=never"], cwd=self.folder, capture_output=True
        )
        return unstale.Run(done)

    def test_directory_that_must_not_be_written(self):
        path = self.write("a.yaml", job())
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        run = self.as_nobody("a.yaml", "--fix", "--exit-zero-on-fix")
        self.assertEqual(run.code, 2)
        self.assertIn(b"a.yaml", run.out)
        self.assertEqual(path.read_text(), job())
        self.assertEqual(self.names(), ["a.yaml"])

    def test_two_files_change_together_or_not_at_all(self):
        variants = self.write("open/variants.yaml", VARIANTS.format(name="chat"))
        autoscaler = self.write("shut/autoscaler.yaml", AUTOSCALER.format(name="chat"))
        variants.parent.chmod(0o777)
        autoscaler.parent.chmod(0o555)
        self.addCleanup(autoscaler.parent.chmod, 0o755)
        run = self.as_nobody(".", "--fix=review")
        self.assertEqual(run.code, 2)
        self.assertEqual(variants.read_text(), VARIANTS.format(name="chat"))
        self.assertEqual(autoscaler.read_text(), AUTOSCALER.format(name="chat"))
        self.assertEqual(len(self.names()), 4)

    def test_manifests_of_one_object_change_together_or_not_at_all(self):
        one, other = self.write("a.yaml", job()), self.write("b.yaml", job())
        os.link(other, self.folder / "second-name")
        run = self.fix("a.yaml", "b.yaml", "--fix")
        self.assertEqual(run.code, 2)
        self.assertIn(b"b.yaml has several hard links", run.out)
        self.assertEqual((one.read_text(), other.read_text()), (job(), job()))
        (self.folder / "second-name").unlink()
        run = self.fix("a.yaml", "b.yaml", "--fix")
        self.assertIn(b"Fixed 1 finding in 2 files.", run.err)
        self.assertEqual(one.read_text(), other.read_text())
        self.assertIn("kind: TrainJob", one.read_text())

    def test_losses_of_another_manifest_are_told_with_its_file(self):
        self.write("a.yaml", job())
        self.write("b.yaml", job().replace("      restart", "      # it ends\n      restart"))
        run = self.fix("a.yaml", "b.yaml", "--fix=review")
        self.assertIn(b'(b.yaml:11): what a TrainJob does anyway; with the comment "# it ends"\n', run.err)

    def test_disk_that_is_full(self):
        """No file may become longer than 100 bytes, which a temporary one would."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        path = self.write("a.yaml", job())
        command = [PROGRAM, "check", "a.yaml", "--fix", "--color=never"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, preexec_fn=limit)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"a.yaml", done.stdout)
        self.assertEqual(path.read_text(), job())
        self.assertEqual(self.names(), ["a.yaml"])

    def test_rules_that_never_come_to_rest(self):
        for one, other, name in (("small", "large", "grow"), ("large", "small", "shrink")):
            text = RESTLESS.format(id=f"X00{len(name)}", name=name, of=one, to=other)
            self.write(f"rules/kubernetes/{name}.yaml", text)
        path = self.write("a.yaml", CALM.format(name="calm").replace('calm: "yes"', "size: small"))
        before = path.read_text()
        for how in ("--fix", "--diff"):
            run = self.fix("a.yaml", "--rules=rules", how)
            self.assertEqual(run.code, 2)
            self.assertEqual(path.read_text(), before)

    # ---- exit codes ----

    def test_exit_code_is_judged_on_what_remains(self):
        for arguments, code in (
            ((), 1),
            (("--diff",), 1),
            (("--fix",), 1),
            (("--fix", "--exit-zero-on-fix"), 0),
            (("--fix=review",), 0),
            (("--fix=review", "--exit-zero-on-fix"), 0),
            (("--fix", "--fail-on=never"), 0),
        ):
            self.write("safe.yaml", job("safe"))
            self.write("review.yaml", job("review", command="python"))
            self.assertEqual(self.fix(".", *arguments).code, code, arguments)

    # ---- inventories ----

    def write_pair(self, *folders):
        """A resource that gets two new names, and in each folder an autoscaler that names it."""
        self.write("variants.yaml", VARIANTS.format(name="chat"))
        for folder in folders:
            autoscaler = AUTOSCALER.format(name="chat").replace("  name: chat", f"  name: {folder}", 1)
            self.write(f"{folder}/hpa.yaml", autoscaler)

    def test_inventory_of_the_configuration(self):
        self.write_pair("cluster")
        self.write(".unstale.yaml", "inventory: cluster\n")
        refused = self.fix("variants.yaml", "--fix=review")
        self.assertIn(b"also needs cluster/hpa.yaml: add it to the PATHs", refused.out)
        self.assertEqual(refused.code, 1)
        done = self.fix("variants.yaml", "--fix=review", "--fix-related")
        self.assertIn(b"Fixed 1 finding in 2 files.", done.err)
        self.assertIn("  name: chat-h100\n", (self.folder / "variants.yaml").read_text())
        self.assertIn("variant_name: chat-h100}", (self.folder / "cluster/hpa.yaml").read_text())

    def test_what_is_excluded_is_learned_from_all_the_same(self):
        self.write_pair("cluster")
        self.write(".unstale.yaml", "inventory: cluster\nexclude: [cluster/]\n")
        self.assertIn(b"also needs cluster/hpa.yaml: add it", self.fix(".").out)
        run = self.fix(".", "--exclude=*/hpa.yaml", "--list-files")
        self.assertEqual(run.out, b".unstale.yaml\nvariants.yaml\n")

    def test_file_of_the_inventory_that_cannot_be_written_stops_the_change(self):
        self.write_pair("a", "b")
        os.link(self.folder / "b/hpa.yaml", self.folder / "second-name")
        before = {path: path.read_text() for path in self.folder.rglob("*.yaml")}
        run = self.fix("variants.yaml", "--inventory=a", "--inventory=b", "--fix=review", "--fix-related")
        self.assertEqual(run.code, 2)
        self.assertIn(b"b/hpa.yaml has several hard links", run.out)
        self.assertEqual({path: path.read_text() for path in before}, before)

    def test_quiet_runs_tell_what_could_not_be_written(self):
        """… and which other files of the change stay what they were; what they would have lost is not told."""
        self.write_pair("a", "b")
        os.link(self.folder / "a/hpa.yaml", self.folder / "second-name")
        for report in ("text", "concise", "json"):
            run = self.fix(".", "--fix=review", "--quiet", f"--format={report}")
            self.assertEqual(run.code, 2)
            self.assertEqual(run.err.decode().splitlines(), [
                "notice: a/hpa.yaml: a/hpa.yaml has several hard links and is left alone",
                "notice: variants.yaml: left as it was, too; it changes together with a/hpa.yaml",
                "notice: b/hpa.yaml: left as it was, too; it changes together with a/hpa.yaml",
            ])
        run = self.fix(".", "--fix=review")
        self.assertNotIn(b"note: ", run.err)
        self.assertIn(b"notice: b/hpa.yaml: left as it was, too", run.out)

    def test_what_the_inventory_does_not_tell_is_told_once(self):
        self.write("jobs.yaml", "---\n".join(job(f"job-{n}") for n in range(3)))
        self.write("inventory/broken.yaml", "kind: VariantAutoscaling\nmetadata: {name: [}\n")
        run = self.fix("jobs.yaml", "--fix=review", "--inventory=inventory")
        self.assertEqual(run.out.count(b"inventory not read"), 1)

    def test_inventory_from_a_pipe_cannot_be_edited(self):
        self.write_pair()
        dump = AUTOSCALER.format(name="chat").encode()
        run = self.fix("variants.yaml", "--inventory=-", "--fix=review", "--fix-related", stdin=dump)
        self.assertIn(b"no fix: also needs <stdin>, which was read from a pipe", run.out)
        self.assertNotIn(b"variant_name", run.out)
        self.assertEqual((self.folder / "variants.yaml").read_text(), VARIANTS.format(name="chat"))

    def test_more_objects_of_a_name_than_are_looked_at(self):
        """Of 31 the autoscaler's Deployment may decide; of more nobody says that only one fits."""
        autoscaler = AUTOSCALER.format(name="chat").replace("  namespace: llm\n", "", 1)
        for count, follows in ((31, True), (32, False)):
            others = VARIANTS.format(name="chat").replace("H100", "A100")
            dump = [others.replace("namespace: llm", f"namespace: llm-{i}") for i in range(count - 1)]
            dump.append(VARIANTS.format(name="chat").replace("namespace: llm", "namespace: z"))
            self.write("dump.yaml", "---\n".join(dump))
            self.write("autoscaler.yaml", autoscaler)
            run = self.fix("dump.yaml", "autoscaler.yaml")
            self.assertEqual(b"only this one serves its Deployment" in run.out, follows)
            self.assertEqual(b" and more; no single one is known" in run.out, not follows)

    def test_inventory_makes_no_findings(self):
        self.write("calm.yaml", CALM.format(name="calm"))
        self.write("dump/variants.yaml", VARIANTS.format(name="chat"))
        silence = "# unstale: ignore[WVA001] why: it is old\n# unstale: ignore[nonsense] why: no\n"
        self.write("dump/hpa.yaml", silence + AUTOSCALER.format(name="chat"))
        alone = self.fix("calm.yaml", "--statistics")
        with_dump = self.fix("calm.yaml", "--statistics", "--inventory=dump", "--show-suppressed")
        self.assertEqual((with_dump.out, with_dump.code), (alone.out, 0))
        self.assertIn(b"findings: 0,", with_dump.err)

    # ---- outputs ----

    def test_diff_on_standard_output_and_report_in_a_file(self):
        path = self.write("a.yaml", job())
        run = self.fix("a.yaml", "--diff", "--format=json", "--output=report.json")
        self.assertTrue(run.out.startswith(b"diff --git a/a.yaml b/a.yaml\n"))
        self.assertIn('"KFT001"', (self.folder / "report.json").read_text())
        self.assertEqual(path.read_text(), job())

    def test_diff_is_applied_from_wherever_it_was_made(self):
        for git in (False, True):
            for start, argument in (("", "x/a.yaml"), ("x", "a.yaml"), ("y", "../x/a.yaml"), ("", "{}/x/a.yaml")):
                with self.subTest(git=git, start=start, argument=argument), tempfile.TemporaryDirectory() as folder:
                    path = Path(folder, "x", "a.yaml")
                    for name in ("x", "y"):
                        Path(folder, name).mkdir()
                    path.write_text(job())
                    if git:
                        subprocess.run(["git", "init", "--quiet", folder], check=True)
                    here = Path(folder, start)
                    run = unstale.check(PROGRAM, "--diff", argument.format(folder), folder=here)
                    alone = {**os.environ, "GIT_CEILING_DIRECTORIES": str(Path(folder).parent)}
                    outside = git and ".." in argument  # git apply leaves alone what is not below
                    done = subprocess.run(
                        ["git", "apply", "--unsafe-paths"],
                        input=run.out, cwd=folder if outside else here, env=alone, capture_output=True,
                    )
                    self.assertEqual((done.returncode, done.stderr), (0, b""), run.out)
                    self.assert_fixed(path)

    def test_standard_input_is_fixed_to_standard_output(self):
        run = self.fix("-", "--fix", stdin=job().encode())
        self.assertEqual(run.code, 0)
        self.assertTrue(run.out.startswith(b"apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainJob\n"))
        self.assertIn(b"Scanned 1 file", run.err)

    def test_standard_input_comes_out_as_it_was_when_another_file_of_the_change_cannot_be_written(self):
        path = self.write("autoscaler.yaml", AUTOSCALER.format(name="chat"))
        os.link(path, self.folder / "other.txt")
        variants = VARIANTS.format(name="chat")
        run = self.fix("-", "autoscaler.yaml", "--fix=review", stdin=variants.encode())
        self.assertEqual((run.code, run.out.decode()), (2, variants))
        self.assertEqual(path.read_text(), AUTOSCALER.format(name="chat"))
        self.assertIn(b"autoscaler.yaml has several hard links", run.err)

    def test_change_that_standard_output_does_not_take_is_undone(self):
        path = self.write("autoscaler.yaml", AUTOSCALER.format(name="chat"))
        before = path.read_text()
        variants = VARIANTS.format(name="chat").encode()
        for redirection in (">/dev/full", ">&-"):
            with self.subTest(redirection):
                command = f"exec {PROGRAM} check - autoscaler.yaml --fix=review {redirection}"
                done = subprocess.run(
                    command, shell=True, cwd=self.folder, input=variants, stderr=subprocess.PIPE
                )
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"autoscaler.yaml: put back as it was", done.stderr)
                self.assertEqual(path.read_text(), before)

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "wb") as full:
            for text in (job() * 400, CALM.format(name="calm")):
                done = subprocess.run(
                    [PROGRAM, "check", "-", "--fix"], input=text.encode(), stdout=full, stderr=subprocess.PIPE
                )
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"cannot write standard output: No space left on device", done.stderr)

    def test_standard_input_without_a_fix_comes_out_as_it_is(self):
        for text in (CALM.format(name="calm"), job(command="python")):
            self.assertEqual(self.fix("-", "--fix", stdin=text.encode()).out.decode(), text)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
