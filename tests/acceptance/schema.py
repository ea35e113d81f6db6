#!/usr/bin/env python3
"""The JSON Schema of a dossier, read by a validator that nobody here wrote: every dossier that the reader takes is valid,
and a dossier that it refuses for its shape is not, but for the faults that no schema can say."""

import datetime
import glob
import json
import subprocess
import sys
import tomllib

import jsonschema

CLAUSIER = sys.argv[1] if len(sys.argv) > 1 else "target/debug/clausier"
# What a schema cannot say: a relation between two keys, an invisible character, a date that does not exist.
BEYOND = {line.strip() for line in open("tests/acceptance/hors-schema.txt", encoding="utf-8") if line.strip()}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


schema = json.loads(subprocess.run([CLAUSIER, "schema"], check=True, capture_output=True, text=True).stdout)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
wrong, taken, refused, unsaid = [], 0, 0, set()
for path in sorted(glob.glob("examples/*/dossier.toml") + glob.glob("tests/dossiers/**/*.toml", recursive=True)):
    try:
        with open(path, "rb") as file:
            dossier = plain(tomllib.load(file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        continue  # no TOML: there is nothing to validate
    reads = subprocess.run([CLAUSIER, "verifier", path], capture_output=True).returncode != 2
    faults = [f"{'/'.join(map(str, error.absolute_path))} : {error.message[:120]}" for error in validator.iter_errors(dossier)]
    if reads:
        taken += 1
        if faults:
            wrong.append(f"{path} se lit, et le schéma le refuse : {faults[0]}")
    else:
        refused += 1
        if not faults:
            unsaid.add(path)
wrong += [f"{path} est refusé par la lecture, et le schéma l’admet" for path in sorted(unsaid - BEYOND)]
wrong += [f"{path} n’est plus hors du schéma : retirez-le de hors-schema.txt" for path in sorted(BEYOND - unsaid)]
print("\n".join(wrong) or f"{taken} dossiers valides, {refused} refusés, dont {len(unsaid)} pour ce qu’aucun schéma ne dit.")
sys.exit(bool(wrong))
