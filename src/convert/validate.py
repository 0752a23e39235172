"""Checks objects against the schemas of CRDs, as the API server would: python3 validate.py VERSION YAML CRD...

Every object in the YAML file whose kind one of the CRDs has is checked, items of Lists too. Fields that the
schema does not know are faults, since the server would drop them, and so are items of a list with equal keys
where the schema says by which keys it is a map. Prints one line for each fault.
Exit codes: 0 no fault, 1 faults, 3 this Python has no yaml or jsonschema.
"""

import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(3)


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
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
        # Defaults are filled in before anything is checked.
        defaulted = {key for key, value in properties.items() if "default" in value}
        out["required"] = [key for key in schema.get("required", []) if key not in defaulted]
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
    schema = next(v for v in crd["spec"]["versions"] if v["name"] == version)["schema"]["openAPIV3Schema"]
    metadata = schema["properties"].get("metadata", {})
    name = {"anyOf": [{"required": ["name"]}, {"required": ["generateName"]}]}
    schema["properties"].update(
        apiVersion={"const": f"{crd['spec']['group']}/{version}"},
        kind={"const": crd["spec"]["names"]["kind"]},
        metadata={**metadata, "type": "object", **name},
    )
    schema["required"] = ["apiVersion", "kind", "metadata", "spec"]
    return schema


def equal_keys(schema, value, path="$"):
    """Places of items in lists of the type map whose keys others have already."""
    if isinstance(value, dict):
        for key, child in value.items():
            known = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
            if isinstance(known, dict):
                yield from equal_keys(known, child, f"{path}.{key}")
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        items = schema["items"]
        names = schema.get("x-kubernetes-list-map-keys", [])
        seen = set()
        for number, item in enumerate(value):
            yield from equal_keys(items, item, f"{path}[{number}]")
            if names and isinstance(item, dict):
                keys = tuple(item.get(k, items["properties"][k].get("default")) for k in names)
                if keys in seen:
                    yield f"{path}[{number}]: there is one with the same {', '.join(names)} already"
                seen.add(keys)


def objects(document):
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        for item in document["items"]:
            yield from objects(item)
    elif isinstance(document, dict):
        yield document


def main(version, path, crds):
    schemas = {}
    for crd_path in crds:
        with open(crd_path, encoding="utf-8") as file:
            crd = next(d for d in yaml.load_all(file, Loader) if d)
        schema = schema_of(crd, version)
        schemas[crd["spec"]["names"]["kind"]] = schema, jsonschema.Draft202012Validator(strict(schema))
    faults = 0
    with open(path, encoding="utf-8") as file:
        for document in yaml.load_all(file, Loader):
            for found in objects(document):
                if found.get("kind") not in schemas:
                    continue
                schema, validator = schemas[found["kind"]]
                metadata = found.get("metadata") or {}
                name = f"{found['kind']} {metadata.get('name') or metadata.get('generateName')}"
                told = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(found)]
                for fault in told + list(equal_keys(schema, found)):
                    print(f"{name}: {fault}")
                    faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
