"""Checks objects against the schema of a CRD, as the API server would: python3 validate.py CRD VERSION YAML

Every object of the CRD's kind in the YAML file is checked, items of Lists too. Fields that the schema
does not know are faults, since the server would drop them. Prints one line for each fault.
Exit codes: 0 no fault, 1 faults, 3 this Python has no yaml or jsonschema.
"""

import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(3)


class Loader(yaml.SafeLoader):
    """Dates stay the strings that JSON would have."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def strict(schema):
    """A structural schema as JSON Schema: nothing beyond the named properties, nullable, int-or-string."""
    if not isinstance(schema, dict):
        return schema
    out = {key: value for key, value in schema.items() if not key.startswith("x-kubernetes-")}
    out.pop("format", None)
    properties = schema.get("properties")
    if properties:
        out["properties"] = {key: strict(value) for key, value in properties.items()}
        if not schema.get("x-kubernetes-preserve-unknown-fields"):
            out.setdefault("additionalProperties", False)
    for key in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(key), dict):
            out[key] = strict(schema[key])
    if schema.get("x-kubernetes-int-or-string"):
        out.pop("type", None)
        out["type"] = ["integer", "string"]
    if schema.get("nullable") and isinstance(out.get("type"), str):
        out["type"] = [out["type"], "null"]
    return out


def schema_of(crd, version):
    """The version's schema, with the fields of metadata left to the server."""
    versions = [v for v in crd["spec"]["versions"] if v["name"] == version]
    schema = strict(versions[0]["schema"]["openAPIV3Schema"])
    schema["properties"].update(
        apiVersion={"const": f"{crd['spec']['group']}/{version}"},
        kind={"const": crd["spec"]["names"]["kind"]},
        metadata={"type": "object", "required": ["name"]},
    )
    schema["required"] = ["apiVersion", "kind", "metadata", "spec"]
    return schema


def objects(document):
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        for item in document["items"]:
            yield from objects(item)
    elif isinstance(document, dict):
        yield document


def main(crd_path, version, path):
    with open(crd_path, encoding="utf-8") as file:
        crd = next(d for d in yaml.load_all(file, Loader) if d)
    validator = jsonschema.Draft202012Validator(schema_of(crd, version))
    kind = crd["spec"]["names"]["kind"]
    faults = 0
    with open(path, encoding="utf-8") as file:
        for document in yaml.load_all(file, Loader):
            for found in objects(document):
                if found.get("kind") != kind:
                    continue
                name = (found.get("metadata") or {}).get("name")
                for fault in validator.iter_errors(found):
                    print(f"{name}: {fault.json_path}: {fault.message}")
                    faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
