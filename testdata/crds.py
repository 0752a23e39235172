#!/usr/bin/env python3
"""Checks --crds and the configuration key crds: crds.py PROGRAM

Which files are read and in which forms, what is an error, and what is said. That a definition takes the place
of a built-in schema is shown by what is refused then."""

import gzip
import json
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import program as unstale

PROGRAM = None

VARIANT = """\
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat, namespace: llm}
spec:
  modelID: example/chat
  modelProfile:
    accelerators:
      - {acc: H100, accCount: 8}
"""
REFUSED = "would break the schema: spec.acceleratorCount: must be at most 4, is 8"


def schema(most=4, **more):
    count = {"type": "integer", "maximum": most}
    spec = {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "properties": {"acceleratorCount": count}}
    return {"type": "object", "properties": {"spec": spec}, **more}


def definition(group="llmd.ai", kind="VariantAutoscaling", **more):
    version = {"name": "v1alpha1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema(**more)}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.lower()}s.{group}"},
        "spec": {"group": group, "names": {"kind": kind}, "scope": "Namespaced", "versions": [version]},
    }


def old_definition(**spec):
    """As clusters before 1.22 have it."""
    crd = definition()
    crd["apiVersion"] = "apiextensions.k8s.io/v1beta1"
    crd["spec"].pop("versions")
    crd["spec"].update(version="v1alpha1", validation={"openAPIV3Schema": schema()}, **spec)
    return crd


def dump(*items):
    return {"apiVersion": "v1", "kind": "List", "items": list(items)}


def list_of_yaml(*items):
    """What kubectl prints: items as YAML, here in flow style."""
    lines = "".join(f"- apiVersion: {i['apiVersion']}\n  kind: {i['kind']}\n  spec: {json.dumps(i['spec'])}\n" for i in items)
    return "apiVersion: v1\nitems:\n" + lines + "kind: List\n"


class Crds(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.folder = Path(self.directory.name)
        (self.folder / "va.yaml").write_text(VARIANT)
        (self.folder / ".git").mkdir()

    def write(self, name, *contents):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = [text if isinstance(text, str) else json.dumps(text) for text in contents]
        path.write_text("\n---\n".join(texts))

    def check(self, *arguments, path="va.yaml"):
        return unstale.check(PROGRAM, "--format=json", path, *arguments, folder=self.folder)

    def refused(self, *arguments, **more):
        """Why the finding has no fix; None when it has one."""
        run = self.check(*arguments, **more)
        self.assertEqual(run.code, 1, run.err)
        return run.report["findings"][0].get("refused")

    def assert_error(self, words, *arguments):
        run = self.check(*arguments)
        self.assertEqual((run.code, run.out), (2, b""))
        self.assertIn(words, run.err.decode())

    def test_without(self):
        self.assertIsNone(self.refused())

    def test_file(self):
        self.write("crd.yaml", definition())
        self.assertEqual(self.refused("--crds=crd.yaml"), REFUSED)

    def test_convert(self):
        self.write("crd.yaml", definition())
        command = [PROGRAM, "convert", "--review", "--crds", "crd.yaml", "va.yaml"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, env=unstale.environment())
        self.assertEqual(done.returncode, 1)
        self.assertNotIn(b"VariantAutoscaling", done.stdout)
        self.assertIn(REFUSED.encode(), done.stderr)

    def test_nothing_is_written(self):
        self.write("crd.yaml", definition())
        self.assertEqual(self.check("--fix=review", "--crds=crd.yaml").code, 1)
        self.assertEqual((self.folder / "va.yaml").read_text(), VARIANT)

    def test_forms(self):
        other = definition(group="example.com", kind="Other")
        forms = {
            "stream.yaml": [other, "# nothing", definition()],
            "list.json": [dump(other, definition())],
            "list.yaml": [list_of_yaml(other, definition())],
            "flow-list.yaml": [dump(definition(), other)],
            "old.json": [old_definition()],
        }
        for name, contents in forms.items():
            with self.subTest(name):
                self.write(name, *contents)
                self.assertEqual(self.refused("--crds", name), REFUSED)

    def test_directory(self):
        self.write("crds/README.md", "kind: CustomResourceDefinition")
        self.write("crds/chart/templates/broken.yaml", "{{ if }}\n: [")
        self.write("crds/chart/crds/a.yaml", definition())
        self.write("crds/other.yml", definition(group="example.com"))
        self.write("crds/.gitignore", "*.yaml")
        self.assertEqual(self.refused("--crds=crds"), REFUSED)

    def test_archives_and_compressed_files(self):
        if "+archive" not in subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout:
            self.skipTest("this build reads no archives")
        content = json.dumps(definition()).encode()
        for name in ("crds.zip", "crds/a.json.gz"):
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            if name.endswith(".gz"):
                path.write_bytes(gzip.compress(content))
            else:
                with zipfile.ZipFile(path, "w") as archive:
                    archive.writestr("crds/a.json.gz", gzip.compress(content))
        for path in ("crds.zip", "crds", "crds/a.json.gz"):
            self.assertEqual(self.refused("--crds", path), REFUSED)
        (self.folder / "cut.json.gz").write_bytes(gzip.compress(content)[:-4])
        self.assert_error("ends too early", "--crds=cut.json.gz")

    def test_several(self):
        self.write("a.yaml", definition(group="example.com"))
        self.write("b.yaml", definition())
        self.assertEqual(self.refused("--crds=a.yaml", "--crds=b.yaml"), REFUSED)

    def test_configuration(self):
        self.write("crd.yaml", definition())
        self.write("other/crd.yaml", definition(most=9))
        self.write(".unstale.yaml", "crds: [crd.yaml]\n")
        self.assertEqual(self.refused(), REFUSED)
        self.assertIsNone(self.refused("--crds=other"))  # the command line replaces it

    def test_old_definitions_keep_unknown_fields(self):
        crd = old_definition()
        crd["spec"]["validation"]["openAPIV3Schema"]["properties"]["spec"] = {"type": "object"}
        self.write("crd.json", crd)
        self.assertIsNone(self.refused("--crds=crd.json"))
        crd["spec"]["preserveUnknownFields"] = False
        self.write("crd.json", crd)
        self.assertIn("is no field of the schema", self.refused("--crds=crd.json"))

    def test_the_same_twice(self):
        self.write("crds/a.json", definition())
        self.write("crds/b.json", definition())
        self.assertEqual(self.refused("--crds=crds"), REFUSED)

    def test_errors(self):
        self.write("none.yaml", VARIANT)
        self.write("empty/readme.txt", "")
        self.write("broken.yaml", "kind: CustomResourceDefinition\napiVersion: [\n")
        self.write("type.yaml", definition(type="thing"))
        self.write("bytes.yaml", "kind: CustomResourceDefinition\n# \0")
        self.write("two/a.json", definition())
        self.write("two/b.json", definition(most=5))
        self.write("cut.json", json.dumps(definition())[:-5])
        self.assert_error("--crds: no such file or directory: absent.yaml", "--crds=absent.yaml")
        self.assert_error("--crds: standard input is not read for definitions: write them to a file", "--crds=-")
        self.assert_error("there is no CustomResourceDefinition in none.yaml", "--crds=none.yaml")
        self.assert_error("there is no CustomResourceDefinition in empty", "--crds=empty")
        self.assert_error("broken.yaml:", "--crds=broken.yaml")
        self.assert_error("bytes.yaml:2: this definition cannot be read: it holds a NUL", "--crds=bytes.yaml")
        self.assert_error("the schema at 'type' is no type", "--crds=type.yaml")
        self.assert_error("two/a.json and two/b.json define VariantAutoscaling", "--crds=two")
        self.assert_error("cut.json", "--crds=cut.json")

    def test_what_is_said(self):
        self.write("other.yaml", definition(group="example.com"))
        run = self.check("--crds=other.yaml")
        self.assertEqual(run.err.decode(), "note: --crds defines no kind that a conversion writes: the built-in schemas are used\n")
        self.assertEqual(self.check("--crds=other.yaml", "--quiet").err, b"")
        rules = [{"rule": "self.spec.acceleratorCount > 0"}]
        self.write("crd.yaml", definition(**{"x-kubernetes-validations": rules * 2}))
        self.assertEqual(self.check("--crds=crd.yaml").err, b"")
        run = self.check("--crds=crd.yaml", "--verbose")
        self.assertIn("crd.yaml: the schema of VariantAutoscaling of llmd.ai/v1alpha1, without 2 rules", run.err.decode())


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
