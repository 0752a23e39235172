#!/usr/bin/env python3
"""Validates a report against JSON Schemas: validate.py REPORT SCHEMA...

Exit code 0: valid against all of them; 1: not, with the reasons on standard output;
77: the Python package jsonschema is not installed."""

import json
import sys

try:
    import jsonschema
except ImportError:
    print("validate.py: python3-jsonschema is not installed")
    sys.exit(77)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_pairs_hook=without_duplicates)


def without_duplicates(pairs):
    """No schema sees a key that occurs twice, so the reading has to."""
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError("duplicate keys: " + ", ".join(twice))
    return dict(pairs)


def faults(log, schema):
    validator = jsonschema.validators.validator_for(schema)
    checker = validator(schema, format_checker=jsonschema.FormatChecker())
    for error in checker.iter_errors(log):
        yield "/".join(str(step) for step in error.absolute_path) + ": " + error.message[:300]


def main(arguments):
    if len(arguments) < 2:
        print(__doc__)
        return 1
    try:
        log = load(arguments[0])
    except ValueError as error:
        print(f"{arguments[0]}: {error}")
        return 1
    valid = True
    for path in arguments[1:]:
        for fault in faults(log, load(path)):
            print(f"{path}: {fault}")
            valid = False
    return 0 if valid else 1


sys.exit(main(sys.argv[1:]))
