#!/usr/bin/env python3
"""Fills the annexes of the stories as a tenderer would, has an office suite reckon them, and compares.

usage: annexes.py CLAUSIER [--dans FOLDER]

CLAUSIER  the command, run from the root of the repository
--dans    where the sheets are left, to be looked at afterwards

For each story, `clausier rediger` writes the price, response and follow-up frames as spreadsheets. Every cell of figures that is
empty takes an invented figure, every other one a text that looks like a formula. LibreOffice opens the sheets, reckons them and
gives the values of their cells. They must be those that the words of the frame mean, read anew here: quantity times unit price,
the sum of each part of the price, the total that is noted, and what each line « À porter à l'acte d'engagement » says. Then
`clausier noter` notes an offer that has the sheet's values and one that has ours: the marks must be the same. No text may have
become a formula, ours or the dossier's. Exit 1 when one differs.
"""

import argparse
import csv
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FRAMES = ("cadre-prix", "cadre-reponse", "cadre-suivi")
# As styles.xml ranks them.
HEADING, HEADER, CELL, FIGURE = "1", "2", "3", "4"
HOSTILE = ("=1+1", "+1+1", "-2", "@SUM(1;2)", "=HYPERLINK(\"http://exemple.fr\")", "\t=1")
# All the sheets, each cell as it is and not as it is shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
TOTAL = "Total hors taxes noté"


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").strip()


def number(text):
    return Fraction(plain(text).replace(" ", "").replace(",", "."))


class Sheet:
    """A worksheet: its cells by place, each with its text, its formula, its style."""

    def __init__(self, name, xml):
        self.name = name
        self.root = ElementTree.fromstring(xml)
        self.cells = {}
        for cell in self.root.iter(f"{MAIN}c"):
            letters, row = re.match(r"([A-Z]+)(\d+)$", cell.get("r")).groups()
            column = sum((ord(letter) - 64) * 26**rank for rank, letter in enumerate(reversed(letters))) - 1
            self.cells[int(row), column] = cell

    def said(self, place):
        cell = self.cells.get(place)
        return "" if cell is None else "".join(node.text or "" for node in cell.iter() if node.tag in (f"{MAIN}t", f"{MAIN}v"))

    def formula(self, place):
        found = self.cells[place].find(f"{MAIN}f")
        return None if found is None else found.text

    def write(self, place, value):
        cell = self.cells[place]
        if isinstance(value, Fraction):
            ElementTree.SubElement(cell, f"{MAIN}v").text = decimal(value)
        else:
            cell.set("t", "inlineStr")
            text = ElementTree.SubElement(ElementTree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = value

    def tables(self):
        """Each table: caption, headings, and its rows of places, in order."""
        rows = sorted({row for row, _ in self.cells})
        style = {row: self.cells[row, 0].get("s") for row in rows if (row, 0) in self.cells}
        current, caption, out = None, "", []
        for row in rows:
            width = sum(1 for r, _ in self.cells if r == row)
            if style.get(row) == HEADER:
                current = (caption, [plain(self.said((row, column))) for column in range(width)], [])
                out.append(current)
            elif style.get(row) in (CELL, FIGURE) and current and width == len(current[1]):
                current[2].append([(row, column) for column in range(width)])
            else:
                caption, current = plain(self.said((row, 0))), None
        return out


def decimal(value):
    """A figure with a finite number of decimals."""
    for places in range(13):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if scaled < 0 else ""
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    return decimal(Fraction(round(value * 10**9), 10**9))


class Figures:
    """Invented figures, the same at each run."""

    def __init__(self):
        self.state = 41

    def next(self, heading):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        if re.search(r"\(1\)|\(100", heading):
            best = 100 if "(100" in heading else 1
            return Fraction(best if self.state // 8 % 3 else 0)
        return Fraction(self.state // 16 % 9000 + 100, 100)


def fill(sheet, figures):
    """Fills every empty cell and reckons what each formula should give: place, what it should be."""
    wanted, texts, priced, noted = {}, {}, [], []
    for caption, headings, rows in sheet.tables():
        if caption == "Totaux hors taxes":
            parts = dict(priced)
            total = sum(value for _, value in priced)
            for row in rows:
                name = plain(sheet.said(row[0]))
                wanted[row[1]] = total if name == TOTAL else parts[name]
            noted.append(("prix", None, rows[-1][1]))
            priced = []
            continue
        lines, results = [], []
        for row in rows:
            said = plain(sheet.said(row[0]))
            reckoned = re.search(r" : (somme|moyenne|plus (petite|grande) valeur) de « ", said)
            (results if reckoned else lines).append(row)
        values = []
        for row in lines:
            value = {}
            for place, heading in zip(row, headings):
                if sheet.formula(place) is not None:
                    continue
                words = sheet.said(place)
                figure = sheet.cells[place].get("s") == FIGURE
                # What the buyer must still write, he has written.
                if figure and (not words or words.startswith("[")):
                    for child in list(sheet.cells[place]):
                        sheet.cells[place].remove(child)
                    sheet.cells[place].attrib.pop("t", None)
                    value[heading] = figures.next(heading)
                    sheet.write(place, value[heading])
                elif figure:
                    value[heading] = number(words)
                elif not words:
                    texts[place] = HOSTILE[len(texts) % len(HOSTILE)]
                    sheet.write(place, texts[place])
            for place, heading in zip(row, headings):
                if sheet.formula(place) is not None:
                    factors = ("Prix unitaire HT (€)", "Quantité par an" if "par an" in heading else "Quantité")
                    value[heading] = value[factors[0]] * value[factors[1]]
                    wanted[place] = value[heading]
            values.append(value)
        if any("Montant HT" in heading for heading in headings) and not results:
            name = caption
            priced.append((name, sum(value["Montant HT (€)"] for value in values)))
        for row in results:
            said = plain(sheet.said(row[0]))
            target = next(place for place in row[1:] if sheet.formula(place) is not None)
            wanted[target] = meant(said.split(" : ", 1)[1], values)
            noted.append((caption, said, target))
    return wanted, texts, noted


def meant(words, values):
    """What the words of a result say of the lines."""
    names = re.findall(r"« (.*?) »", words)
    column = [[value[name] for value in values] for name in names]
    if words.startswith("somme") and "×" in words:
        return sum(a * b for a, b in zip(*column))
    if words.startswith("somme") and "÷" in words:
        return sum(column[0]) / sum(column[1])
    if words.startswith("somme") and "en part de" in words:
        return 100 * sum(column[0]) / sum(column[1])
    if words.startswith("somme"):
        return sum(column[0])
    if words.startswith("moyenne") and "pondérée" in words:
        return sum(a * b for a, b in zip(*column)) / sum(column[1])
    if words.startswith("moyenne"):
        return sum(column[0]) / len(column[0])
    return min(column[0]) if "petite" in words else max(column[0])


def sheets_of(path):
    with zipfile.ZipFile(path) as file:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")]
        return [Sheet(name, file.read(f"xl/worksheets/sheet{rank + 1}.xml")) for rank, name in enumerate(names)]


def rewrite(path, out, sheets):
    ElementTree.register_namespace("", MAIN[1:-1])
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(out, "w") as written:
        for name in file.namelist():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            data = ElementTree.tostring(sheets[int(found[1]) - 1].root) if found else file.read(name)
            written.writestr(name, data)


def stories():
    for dossier in sorted(Path("examples").glob("*/dossier.toml")):
        yield dossier.parent.name, dossier.read_text()
    # Three parts of a price at once, and texts of the dossier that look like formulas.
    text = Path("examples/petit-marche/dossier.toml").read_text()
    extra = 'tranches = { 1 = "10 000 €", 2 = "5 000 €" }\nprestations_supplementaires = ["=1+1", "@SUM(A1)", "-2", "+33"]'
    text = text.replace('montant = "55 000 €"', f'montant = "55 000 €"\n{extra}')
    yield "tranches", text.replace("variantes = ", 'forme_prix = "mixte"\nvariantes = ')


def titles(dossier):
    """The criteria by their title: id, and the names of the notes that a frame works out, in order."""
    found = {}
    for path in Path("clauses/critere").glob("*.toml"):
        clause = tomllib.loads(path.read_text())
        frame = clause["critere"].get("cadre", {})
        found[plain(clause["titre"])] = (clause["id"], list(frame.get("calcul", {})))
    for name, own in dossier.get("critere", {}).items():
        if isinstance(own, dict) and "titre" in own:
            found[plain(own["titre"])] = (name, list(own.get("cadre", {}).get("calcul", {})))
    return found


def units(clausier, path):
    """What a file of offers expects: the unit of each value, by criterion and note."""
    form = subprocess.run([clausier, "noter", path], capture_output=True, text=True, check=True).stdout
    found, criterion = {}, ""
    for line in form.splitlines():
        if head := re.match(r"\[offre\.([\w-]+)\]", line):
            criterion = head[1]
        elif note := re.match(r"# (\w+) = \"… ?(.*?)\"", line):
            found[criterion, note[1]] = note[2]
    return found


def offers(lot, many, values, known):
    """Two offers: what the sheet reckons, what the words mean."""
    out = "format = 1\n"
    for candidate, rank in (("Le tableur", 0), ("Les mots", 1)):
        out += f'\n[[offre]]\ncandidat = "{candidate}"\n' + (f"lot = {lot}\n" if many else "")
        for (criterion, note), pair in values.items():
            unit = known.get((criterion, note), "")
            figure = decimal(pair[rank]).replace(".", ",")
            out += f'\n[offre.{criterion}]\n{note} = "{figure} {unit}"\n'
    # Each table once.
    merged, seen = [], {}
    for block in out.split("\n\n"):
        head = block.splitlines()[0]
        if head.startswith("[[offre]]"):
            seen = {}
        if head in seen:
            merged[seen[head]] += "\n" + block.split("\n", 1)[1]
        else:
            seen[head] = len(merged)
            merged.append(block)
    return "\n\n".join(merged) + "\n"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("clausier")
    arguments.add_argument("--dans")
    given = arguments.parse_args()
    clausier = str(Path(given.clausier).resolve())
    temporary = tempfile.TemporaryDirectory()
    folder = Path(given.dans or temporary.name)
    folder.mkdir(parents=True, exist_ok=True)
    figures, jobs, faults, counts = Figures(), [], [], dict.fromkeys(("sheets", "formulas", "texts", "marks"), 0)
    for story, text in stories():
        dossier = folder / f"{story}.toml"
        dossier.write_text(text)
        for frame in FRAMES:
            empty, filled = folder / f"{story}.{frame}.vide.xlsx", folder / f"{story}.{frame}.xlsx"
            empty.unlink(missing_ok=True)
            run = subprocess.run([clausier, "rediger", dossier, "--piece", frame, "-o", empty], capture_output=True, text=True)
            if not empty.exists():
                # A piece that has nothing to say is not written; anything else is a fault.
                if "rien à" not in run.stderr:
                    faults.append(f"{story}, {frame} : {run.stderr.strip()}")
                continue
            sheets = sheets_of(empty)
            reckoned = [(sheet, *fill(sheet, figures)) for sheet in sheets]
            rewrite(empty, filled, sheets)
            jobs.append((story, dossier, frame, filled, reckoned))
    out = folder / "calculs"
    out.mkdir(exist_ok=True)
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{Path(temporary.name)}/profile"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # The first start makes the profile, then starts again.
    subprocess.run([*command, "--terminate_after_init"], **quiet)
    command += ["--convert-to", CSV, "--outdir", out, *[job[3] for job in jobs]]
    subprocess.run(command, check=True, timeout=600, **quiet)

    values = {}
    for story, dossier, frame, filled, reckoned in jobs:
        known = titles(tomllib.loads(dossier.read_text()))
        for sheet, wanted, texts, noted in reckoned:
            # Each sheet has its file; a book of one sheet too.
            named = [path for path in out.glob(f"{filled.stem}-*.csv") if path.stem == f"{filled.stem}-{sheet.name}"]
            if len(named) != 1:
                faults.append(f"{story}, {frame}, {sheet.name} : la feuille n'a pas été lue")
                continue
            rows = list(csv.reader(named[0].open(encoding="utf-8", newline="")))
            counts["sheets"] += 1

            def shown(place):
                row, column = place
                return rows[row - 1][column] if row <= len(rows) and column < len(rows[row - 1]) else ""

            for place, value in wanted.items():
                counts["formulas"] += 1
                try:
                    found = Fraction(shown(place))
                except ValueError:
                    found = None
                if found is None or abs(found - value) > abs(value) / 10**9:
                    faults.append(f"{story}, {frame}, {sheet.name}, {place} : {shown(place)!r} au lieu de {float(value)}")
            for place in sheet.cells:
                # Every word stays a word.
                words = texts.get(place) or (sheet.said(place) if sheet.formula(place) is None else "")
                if words.lstrip().startswith(("=", "+", "-", "@")) and sheet.cells[place].get("t") == "inlineStr":
                    counts["texts"] += 1
                    if shown(place).strip() != words.strip():
                        faults.append(f"{story}, {frame}, {sheet.name}, {place} : {words!r} est devenu {shown(place)!r}")
            for caption, said, place in noted:
                lot = int(found[1]) if (found := re.match(r"Lot (\d+) ", plain(sheet.name))) else 1
                if said is None:
                    criterion, note = "prix", "montant"
                else:
                    if not said.startswith(("À porter", "Montant noté")):
                        continue
                    criterion, names = known[caption.removeprefix("Calcul : ")]
                    rank = [s for c, s, _ in noted if c == caption].index(said)
                    note = names[rank]
                try:
                    values.setdefault((story, lot), {})[criterion, note] = (Fraction(shown(place)), wanted[place])
                except ValueError:
                    pass
    for (story, lot), found in values.items():
        dossier = folder / f"{story}.toml"
        many = len(tomllib.loads(dossier.read_text())["lot"]) > 1
        file = folder / f"{story}.{lot}.offres.toml"
        file.write_text(offers(lot, many, found, units(clausier, dossier)))
        run = subprocess.run([clausier, "noter", dossier, file], capture_output=True, text=True)
        if run.returncode:
            faults.append(f"{story}, lot {lot} : {run.stderr.strip()}")
            continue
        blocks = re.split(r"(?m)^  (?=\S)", run.stdout)
        marks = {}
        for block in blocks:
            name = block.split("\n", 1)[0].strip()
            marks.setdefault(name, {}).update(re.findall(r"(?m)^    (\S+\.\S+)\s+([\d,]+) /", block))
        if not marks.get("Le tableur") or marks["Le tableur"] != marks.get("Les mots"):
            if "irrégulière" not in run.stdout:
                faults.append(f"{story}, lot {lot} : {marks.get('Le tableur')} au tableur, {marks.get('Les mots')} par les mots")
        counts["marks"] += len(marks.get("Le tableur", ()))
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    if not all(counts.values()):
        faults.append("une épreuve n'a rien éprouvé")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
