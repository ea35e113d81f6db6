#!/usr/bin/env python3
"""The JSON Schemas, read by a validator that nobody here wrote.

The schema of a dossier takes every dossier that the reader takes, and refuses what the reader refuses for its shape, but for
the faults that no schema can say. The schema of the protocol takes every request sent here and every response to it, for
each operation, on every story and every faulty dossier; closed, it shows that no key of a response goes undocumented.
"""

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
STORIES = sorted(glob.glob("examples/*/dossier.toml"))
DOSSIERS = STORIES + sorted(glob.glob("tests/dossiers/**/*.toml", recursive=True))


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def printed(*arguments, text=None):
    run = subprocess.run([CLAUSIER, *arguments], input=text, capture_output=True, text=True)
    return run.returncode, run.stdout


def schema(*options):
    found = json.loads(printed("schema", *options)[1])
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def faults(validator, value):
    return [f"{'/'.join(map(str, error.absolute_path))} : {error.message[:160]}" for error in validator.iter_errors(value)]


def dossiers():
    """The schema of a dossier against the reader."""
    validator = jsonschema.Draft202012Validator(schema())
    wrong, taken, refused, unsaid = [], 0, 0, set()
    for path in DOSSIERS:
        try:
            with open(path, "rb") as file:
                dossier = plain(tomllib.load(file))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # no TOML: there is nothing to validate
        reads = printed("verifier", path)[0] != 2
        found = faults(validator, dossier)
        if reads:
            taken += 1
            wrong += [f"{path} se lit, et le schéma le refuse : {fault}" for fault in found[:1]]
        else:
            refused += 1
            if not found:
                unsaid.add(path)
    wrong += [f"{path} est refusé par la lecture, et le schéma l’admet" for path in sorted(unsaid - BEYOND)]
    wrong += [f"{path} n’est plus hors du schéma : retirez-le de hors-schema.txt" for path in sorted(BEYOND - unsaid)]
    return wrong, f"{taken} dossiers valides, {refused} refusés, dont {len(unsaid)} pour ce qu’aucun schéma ne dit"


def closed(part):
    """The same schema, which refuses any key that it does not name."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    out = {key: closed(item) for key, item in part.items()}
    # A name that is a property is no keyword.
    if isinstance(out.get("properties"), dict) and "type" in out and "additionalProperties" not in out:
        out["unevaluatedProperties"] = False
    return out


def completions(part):
    """The parts to which another adds properties."""
    if isinstance(part, dict):
        if "properties" in part and isinstance(part.get("$ref"), str):
            yield part["$ref"].rsplit("/", 1)[1]
        for item in part.values():
            yield from completions(item)
    elif isinstance(part, list):
        for item in part:
            yield from completions(item)


def protocol():
    """The schema of the protocol against requests and responses, operation by operation."""
    whole = schema("--protocole")
    parts = whole["$defs"]
    # What another part completes is not closed by itself.
    completed = set(completions(whole)) | {"reponse", "requete"}
    strict = {name: part if name in completed else closed(part) for name, part in parts.items()}
    strict["reponse"] = {**parts["reponse"], "unevaluatedProperties": False}

    def validator(name):
        return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": strict})

    requests, responses = validator("requete"), validator("reponse")
    wrong, seen = [], {}

    def ask(request, path):
        asked = request.get("demande")
        answer = json.loads(printed("json", text=json.dumps(request))[1])
        seen[asked] = seen.get(asked, 0) + 1
        wrong.extend(f"{path}, {asked} : {fault}" for fault in faults(responses, answer)[:2])
        known = not [error for error in answer["erreurs"] if error["code"] == "requete"]
        if known != (not faults(requests, request)):
            wrong.append(f"{path}, {asked} : la requête et son schéma ne s’accordent pas")
        return answer

    for path in DOSSIERS:
        try:
            with open(path, encoding="utf-8") as file:
                base = {"protocole": 2, "texte": file.read()}
        except UnicodeDecodeError:
            continue
        ask({**base, "demande": "verifier"}, path)
        ask({**base, "demande": "lire", "partiel": True}, path)
        if path not in STORIES:
            continue
        for asked in ("calculer", "proposer", "devoirs"):
            ask({**base, "demande": asked}, path)
        for options in ({"piece": "rc", "format": "docx"}, {"piece": "toutes", "bloc": True}, {"archive": True}):
            ask({**base, "demande": "rediger", "options": options}, path)
        envelope = json.loads(printed("rediger", path, "--format", "json", "--piece", "toutes")[1])
        wrong.extend(f"{path}, enveloppe : {fault}" for fault in faults(validator("enveloppe"), envelope)[:2])
        edit = {"operation": "poser", "chemin": "consultation.reference", "valeur": "2026-1"}
        ask({**base, "demande": "appliquer", "edits": [edit]}, path)
        with open(path, "rb") as file:
            ask({"protocole": 2, "demande": "verifier", "dossier": plain(tomllib.load(file))}, path)
    for asked in ("verifier", "rediger", "calculer", "proposer", "devoirs", "lire"):
        ask({"protocole": 2, "demande": asked, "dossier": {"format": 1, "lancement": "2026-12-07"}, "partiel": True}, "amorce")
        ask({"protocole": 2, "demande": asked, "texte": "format = 1", "partiel": True}, "amorce")
    ask({"protocole": 2, "demande": "catalogue"}, "catalogue")
    ask({"protocole": 2, "demande": "catalogue", "options": {"nature": "social", "cpv": "45214210"}}, "catalogue")
    ask({"protocole": 2, "demande": "catalogue", "bibliotheque": [{"chemin": "social/x.toml", "texte": "a = 1"}]}, "catalogue")
    for request in (
        {"demande": "verifier", "texte": ""},
        {"protocole": 3, "demande": "verifier", "texte": ""},
        {"protocole": 2, "demande": "verifie", "texte": ""},
        {"protocole": 2, "demande": "verifier"},
        {"protocole": 2, "demande": "verifier", "texte": "", "dossier": {}},
        {"protocole": 2, "demande": "verifier", "texte": "", "autre": 1},
        {"protocole": 2, "demande": "verifier", "texte": 1},
        {"protocole": 2, "demande": "rediger", "texte": "", "options": {"format": "pdf"}},
        {"protocole": 2, "demande": "rediger", "texte": "", "options": {"piece": "devis"}},
        {"protocole": 2, "demande": "appliquer", "dossier": {}},
        {"protocole": 2, "demande": "appliquer", "texte": "", "edits": [{"operation": "effacer", "chemin": "a"}]},
        {"protocole": 2, "demande": "catalogue", "bibliotheque": [{"chemin": "social/x.toml"}]},
    ):
        ask(request, "requête fautive")
    for path in STORIES:
        for arguments in (["devoirs", path], ["calculer", path], ["proposer", path]):
            told = json.loads(printed(*arguments, "--format", "json")[1])
            wrong.extend(f"{path}, {arguments[0]} --format json : {fault}" for fault in faults(validator("resultat"), told)[:2])
    return wrong, ", ".join(f"{count} « {asked} »" for asked, count in seen.items()) + " : requêtes et réponses valides"


wrong = []
for check in (dossiers, protocol):
    found, told = check()
    wrong += found
    print(told if not found else "\n".join(found[:30]))
sys.exit(bool(wrong))
