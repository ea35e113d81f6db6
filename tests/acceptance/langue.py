#!/usr/bin/env python3
"""Reads all the French that the program and the page say with two tools that nobody here wrote: hunspell (spelling) and grammalecte
(grammar and typography). Every remark is mended in the texts or explained below.

    python3 tests/acceptance/langue.py [PROGRAM]      (default: target/debug/clausier)

Needs, on Debian: apt-get install grammalecte-cli hunspell hunspell-fr. Says so and succeeds where they are absent.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = pathlib.Path(__file__).with_name("mots.txt")
EXPLAINED = pathlib.Path(__file__).with_name("remarques.txt")

# Rules that contradict the usage of legal texts, or that see our table cells as sentences.
IGNORED = {
    "g2__maj_code__b1_a1_1": "le nom d'un code s'écrit avec une minuscule dans la loi",
    "g2__typo_ordinaux_chiffres_exposants__b1_a1_1": "« 1er » s'écrit sans exposant",
    "g2__chim_molécules__b1_a1_1": "CO2 sans indice : tous les éditeurs ne l'ont pas",
    "nbsp_avant_double_ponctuation": "l'espace fine convient devant ; ! et ?",
    "esp_milieu_ligne": "retrait d'une cellule de tableau",
    "esp_début_ligne": "retrait d'une cellule de tableau",
    "apostrophe_typographique": "posée par le programme, sauf dans les mots de l'acheteur, gardés tels quels",
    "nbsp_avant_deux_points": "posée par le programme, sauf dans les mots de l'acheteur, gardés tels quels",
    "unit_nbsp_avant_unités1": "posée par le programme, sauf dans les mots de l'acheteur, gardés tels quels",
    "nbsp_après_chevrons_ouvrants": "posée par le programme, sauf dans les mots de l'acheteur, gardés tels quels",
    "nbsp_avant_chevrons_fermants1": "posée par le programme, sauf dans les mots de l'acheteur, gardés tels quels",
    "num_grand_nombre_soudé": "les numéros de norme ne se groupent pas",
    "num_grand_nombre_avec_espaces": "dénominateur d'un ratio (« h/1 000 repas »)",
    "g3__gn_nombre_chiffres_1m__b1_a1_1": "valeur minimale d'un dossier d'exemple (« 1 jours »)",
    "nf_norme_française": "« NF EN » s'écrit avec des espaces ordinaires",
}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def plain(line):
    """The phrases of a line of Markdown, without its marks."""
    line = re.sub(r"\\([\\`*_{}\[\]()#+\-.!|<>~])", r"\1", line)
    line = re.sub(r"^\s*(#+|-|\d+\.)\s+", "", line)
    line = line.replace("**", "").replace("*", "")
    cells = line.strip().strip("|").split("|") if line.startswith("|") else [line]
    return [cell.strip() for cell in cells if re.search(r"[^\W\d_]", cell)]


def phrases(program):
    """Every phrase that the program renders: the stories, then each clause in a sample dossier. Once each, in order."""
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        for story in sorted((ROOT / "examples").glob("*/dossier.toml")):
            out = pathlib.Path(folder) / story.parent.name
            run(program, "rediger", str(story), "--piece", "toutes", "--format", "md", "-o", str(out))
            for piece in sorted(out.iterdir()):
                # The stamp, a comment, is not printed.
                for line in re.sub(r"<!-- .* -->\n\Z", "", piece.read_text()).splitlines():
                    for phrase in plain(line):
                        seen.setdefault(phrase, f"{story.parent.name}, {piece.stem}")
    for clause in sorted((ROOT / "clauses").glob("*/*.toml")):
        if clause.parent.name in ("social", "environnement", "liaison", "critere"):
            for line in run(program, "montrer", clause.stem, "--apercu").splitlines():
                for phrase in plain(line):
                    seen.setdefault(phrase, f"clause {clause.stem}")
    return seen


def strings(source, end=""):
    """The texts between quotes of a script, each template with a figure in place of what it computes; `end` closes the
    expression of a template. Yields them, then returns where it stopped."""
    at, before = 0, ""
    while at < len(source):
        c = source[at]
        if c == end and not before.endswith("\\"):
            return at
        if source.startswith("//", at):
            at = source.find("\n", at) if "\n" in source[at:] else len(source)
        elif source.startswith("/*", at):
            at = source.index("*/", at) + 2
        elif c == "/" and before.rstrip()[-1:] in "(=,:!&|?{;":
            # A regular expression: what it reads is no text that is said.
            at = re.compile(r"/(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\])+/\w*").match(source, at).end()
            before = "x"
        elif c in "\"'":
            close = re.compile(rf"(?:\\.|[^{c}\\])*").match(source, at + 1).end()
            yield before, source[at + 1 : close]
            at, before = close + 1, "x"
        elif c == "`":
            text, at = "", at + 1
            while source[at] != "`":
                if source.startswith("${", at):
                    inner = strings(source[at + 2 :], "}")
                    while True:
                        try:
                            yield next(inner)
                        except StopIteration as stop:
                            at += 3 + stop.value
                            break
                    text += "12"
                else:
                    text += source[at]
                    at += 1
            yield before, text
            at, before = at + 1, "x"
        elif c == "{":
            inner = strings(source[at + 1 :], "}")
            while True:
                try:
                    yield next(inner)
                except StopIteration as stop:
                    at += 2 + (stop.value or 0)
                    break
            before = "x"
        else:
            before = (before + c)[-40:]
            at += 1
    return at


def page(seen):
    """Every text that the page says itself: the words between the quotes of its script that are no identifier, and its frame."""
    web = ROOT / "crates/clausier-page/web"
    said = lambda text: re.search(r"[^\W\d_]{2}", text) and (re.search(r"\S\s+\S", text.strip()) or re.match(r"[A-ZÉÀÊ][a-zéèêàç’]+", text))
    for script in sorted(web.glob("*.js")):
        for before, text in strings(script.read_text()):
            # Names of styles, paths and keys of drawings are not said.
            if re.search(r"\b(class: [^,}]*|(d|viewBox|accept|from|import|key):? ?)$", before) or not said(text):
                continue
            if re.search(r"[=^\[\]]|^[A-Z][a-z]+[A-Z]\w*$", text) and " : " not in text:
                continue
            for line in text.replace("\\n", "\n").splitlines():
                if said(line):
                    seen.setdefault(line.strip(), f"page, {script.name}")
    frame = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>|%\w+%", "\n", (web / "index.html").read_text(), flags=re.S)
    for line in filter(said, map(str.strip, frame.splitlines())):
        seen.setdefault(line, "page, index.html")
    return seen


def spelling(seen):
    known = {word for word in WORDS.read_text().split() if not word.startswith("#")}
    text = "\n".join(seen).replace("’", "'").replace("\u202f", "\u00a0")
    unknown = subprocess.run(
        ["hunspell", "-d", "fr", "-i", "utf-8", "-l"], input=text, capture_output=True, text=True, check=True
    ).stdout.split()
    out = []
    for word in sorted(set(unknown)):
        bare = re.sub(r"^[ldnsLDNS]'", "", word.strip(".-'"))
        # Codes, references and invented names are no words.
        identifier = re.fullmatch(r"[a-z]+(-[a-z]+)+|[A-Z][a-z]+(-[a-z]+){2,}", bare)
        if not bare or bare in known or bare.lower() in known or re.search(r"\d", bare) or identifier:
            continue
        where = next((place for phrase, place in seen.items() if bare in phrase.replace("’", "'")), "")
        out.append(f"mot inconnu « {bare} » ({where})")
    return out


def grammar(seen):
    explained = {line.split(" # ")[0].strip() for line in EXPLAINED.read_text().splitlines() if " # " in line}
    listed = list(seen)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(listed) + "\n")
        file.flush()
        answer = json.loads(run("grammalecte-cli", "-j", "-f", file.name))
    out = []
    for paragraph in answer["data"]:
        phrase = listed[paragraph["iParagraph"] - 1]
        for error in paragraph["lGrammarErrors"]:
            excerpt = phrase[max(0, error["nStart"] - 30) : error["nEnd"] + 30].strip()
            if error["sRuleId"] in IGNORED or any(e in phrase for e in explained):
                continue
            out.append(f"{error['sRuleId']} : {error['sMessage'].strip()} « {excerpt} » ({seen[phrase]})")
    return out


def main():
    absent = [tool for tool in ("grammalecte-cli", "hunspell") if not shutil.which(tool)]
    if absent:
        print(f"Langue non contrôlée, faute de : {', '.join(absent)} (apt-get install grammalecte-cli hunspell hunspell-fr).")
        return 0
    program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/clausier")
    seen = page(phrases(program))
    remarks = spelling(seen) + grammar(seen)
    print("\n".join(remarks))
    print(f"{len(seen)} phrases lues, {len(remarks)} remarques.")
    return 1 if remarks else 0


if __name__ == "__main__":
    sys.exit(main())
