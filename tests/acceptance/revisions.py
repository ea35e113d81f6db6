#!/usr/bin/env python3
"""Accepts and rejects the revisions of redlines with tools that nobody here wrote.

usage: revisions.py CLAUSIER [--tout] [--dans FOLDER] [--avec FOLDER]

CLAUSIER  the command, run from the root of the repository
--tout    every family of pairs (paires.py), nearly whole; some pairs of each without it
--dans    where the documents are written, to be looked at afterwards
--avec    a folder of hard cases, as the test suite leaves them: NAME.FORMAT, NAME.avant.FORMAT, NAME.apres.FORMAT

For each pair of dossiers and each piece that changes, `clausier rediger` writes the old and the new documents in DOCX and in
ODT, and `clausier comparer` the redlines.
LibreOffice (through its UNO bridge) opens each redline, accepts or rejects everything, and gives its paragraphs and cells,
each with its style and its number in a list: they must be those of the document on that side. pandoc, which reads the
revisions of DOCX only, gives the words. What a tool that is absent would have said is a notice. Exit 1 when one fails.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from paires import pairs

FORMATS = ("docx", "odt")
OFFICE, STYLE, TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "style", "text"))
# A table of contents says the headings again, and is made anew from them: a redline has none.
CONTENTS = rb"(?s)<w:sdt><w:sdtPr><w:id [^>]*/><w:docPartObj>.*?</w:sdtContent></w:sdt>"
CONTENTS_STYLES = re.compile(r"^(Contents|toc|Titre du sommaire)")


def without_contents(path, folder):
    copy = Path(folder, path.name)
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(copy, "w") as out:
        for name in file.namelist():
            out.writestr(name, re.sub(CONTENTS, b"", file.read(name)))
    return copy


def pandoc(path, side):
    with tempfile.TemporaryDirectory() as folder:
        command = ["pandoc", "-f", "docx", "-t", "plain", "--wrap=none", without_contents(path, folder)]
        if side:
            command += [f"--track-changes={side}"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # pandoc prints the description of a table of Word below it, and the number of an item that is gone.
    text = re.sub(r"(?m)^  : .*$|^\s*\d+\.(?=\s)", "", text)
    return re.findall(r"\w+", text)


class LibreOffice:
    def __enter__(self):
        import uno
        self.folder = tempfile.TemporaryDirectory()
        pipe = f"clausier{time.time_ns()}"
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{self.folder.name}/profile"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # The first start makes the profile, then starts again: it would leave in the middle of a conversation.
        subprocess.run([*command, "--terminate_after_init"], **quiet)
        self.process = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], **quiet)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        manager = self.context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", self.context)
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait(timeout=60)
        self.folder.cleanup()

    def text(self, path, side=None):
        """The paragraphs and cells of a file once its revisions are decided, as the office itself then writes them."""
        from com.sun.star.beans import PropertyValue
        hidden = PropertyValue(Name="Hidden", Value=True)
        # The office says that it is there a moment before it can open anything.
        for _ in range(60):
            document = self.desktop.loadComponentFromURL(path.absolute().as_uri(), "_blank", 0, (hidden,))
            if document:
                break
            time.sleep(0.5)
        try:
            if side:
                command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}[side]
                frame = document.getCurrentController().getFrame()
                self.dispatcher.executeDispatch(frame, command, "", 0, ())
            flat = Path(self.folder.name, "lu.fodt")
            document.storeToURL(flat.as_uri(), (PropertyValue(Name="FilterName", Value="OpenDocument Text Flat XML"),))
        finally:
            document.close(True)
        return list(paragraphs(ElementTree.parse(flat).getroot()))


def paragraphs(root):
    """The paragraphs of a flat OpenDocument text: style, place in a list, words. Asking the office for each takes minutes."""
    styles = {style.get(f"{{{STYLE}}}name"): style for style in root.iter(f"{{{STYLE}}}style")
              if style.get(f"{{{STYLE}}}family") == "paragraph"}
    numbered = {style.get(f"{{{STYLE}}}name"): style[0].tag.endswith("number")
                for style in root.iter(f"{{{TEXT}}}list-style") if len(style)}
    body = root.find(f"{{{OFFICE}}}body/{{{OFFICE}}}text")
    if body.find(f"{{{TEXT}}}tracked-changes/{{{TEXT}}}changed-region") is not None:
        yield "révision", "", "une révision n'est pas décidée"
    # The items so far of each list, by its id and by its style.
    counts = {}

    def named(name):
        """An automatic style stands for the one from which it comes."""
        while name in styles and name[:1] == "P" and name[1:].isdigit():
            name = styles[name].get(f"{{{STYLE}}}parent-style-name")
        return name

    def words(node):
        yield node.text or ""
        for child in node:
            local = child.tag.rpartition("}")[2]
            yield {"s": " ", "tab": " ", "line-break": " "}.get(local, "")
            if local not in ("bookmark-start", "bookmark-end", "soft-page-break", "annotation"):
                yield from words(child)
            yield child.tail or ""

    def walk(node, label):
        local = node.tag.rpartition("}")[2]
        if local in ("p", "h"):
            text = re.sub(r"\s+", " ", "".join(words(node)).replace("\u200b", "")).strip()
            style = named(node.get(f"{{{TEXT}}}style-name")) or ""
            if re.search(r"\w", text) and not CONTENTS_STYLES.match(style):
                yield style, label, text
        elif local == "list":
            style = node.get(f"{{{TEXT}}}style-name")
            before = node.get(f"{{{TEXT}}}continue-list") or node.get(f"{{{TEXT}}}continue-numbering") and style
            own = node.get("{http://www.w3.org/XML/1998/namespace}id") or style
            count = counts.get(before, 0)
            for item in node:
                start = item.get(f"{{{TEXT}}}start-value")
                count = int(start) if start else count + item.tag.endswith("list-item")
                number = f"{count}." if numbered.get(style) else "–"
                # Several paragraphs of an item have one number.
                for child in item:
                    yield from walk(child, number)
                    number = ""
            counts[own] = counts[style] = count
        elif local not in ("tracked-changes", "table-of-content", "sequence-decls", "forms"):
            for child in node:
                yield from walk(child, label)

    yield from walk(body, "")


def difference(wanted, found):
    for number, (a, b) in enumerate(zip(wanted, found)):
        if a != b:
            return f"place {number + 1} : « {a} » attendu, « {b} » lu"
    return f"{len(wanted)} attendus, {len(found)} lus : {(wanted + found)[min(len(wanted), len(found)):][:2]}"


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def put(pair, clausier, folder):
    """Writes what a pair compares. Gives the words of the command that compares it and, for each side, those that write its
    pieces."""
    before, after = folder / "avant.toml", folder / "apres.toml"
    before.write_text(pair.old)
    after.write_text(pair.new)
    library = folder / "bibliotheque"
    shutil.rmtree(library, ignore_errors=True)
    for name, text in pair.clauses.items():
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text(text)
    lock = folder / "apres.lock.json"
    lock.unlink(missing_ok=True)
    sides = {"avant": [before], "apres": [after]}
    compared = [before, after]
    if pair.clauses:
        compared += ["--bibliotheque-avant", library]
        sides["avant"] += ["--bibliotheque", library]
    if pair.date:
        compared = [before, "--au", pair.date]
    if pair.lock:
        after.write_text(pair.old)
        run(clausier, "verrouiller", after)
        after.write_text(pair.new)
        compared = [after, "--verrou"]
        sides["apres"] += ["--mettre-a-jour"]
    return compared, sides


def written(clausier, folder, everything):
    """Writes the documents of each pair. Gives the names of those that change, and what the command could not do."""
    names, faults, told = [], [], Counter()
    for pair in pairs(everything):
        compared, sides = put(pair, clausier, folder)
        out = folder / "revisions"
        for form in FORMATS:
            shutil.rmtree(out, ignore_errors=True)
            done = run(clausier, "comparer", *compared, "--format", form, "-o", out, "--auteur", "Relecture",
                       "--date", "2026-12-07")
            if done.returncode not in (0, 1, 2) or "signalez-le" in done.stderr:
                faults.append(f"{pair.name}, {form} : {done.stderr}")
            if done.returncode != 1:
                # A change that makes no dossier, or moves nothing.
                break
            told[pair.family] += form == FORMATS[0]
            for redline in sorted(out.glob(f"*.{form}")):
                name = f"{pair.name}.{redline.stem}"
                redline.rename(folder / f"{name}.{form}")
                whole = True
                for side, command in sides.items():
                    document = folder / f"{name}.{side}.{form}"
                    run(clausier, "rediger", *command, "--piece", redline.stem, "--brouillon", "--ecraser", "-o", document)
                    whole &= document.exists()
                # A piece that stands on one side only has nothing to be compared with.
                if whole and name not in names:
                    names.append(name)
    for family, count in told.items():
        print(f"{family} : {count} paires")
    print(f"{told.total()} paires de dossiers, {len(names)} pièces qui changent")
    return names, faults


def hard_cases(known, folder):
    """Copies the hard cases that the test suite left, and gives their names."""
    for path in known.iterdir():
        shutil.copy(path, folder)
    return sorted({path.name.split(".")[0] for path in known.iterdir()})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("clausier", type=Path)
    parser.add_argument("--tout", action="store_true")
    parser.add_argument("--dans", type=Path)
    parser.add_argument("--avec", type=Path)
    arguments = parser.parse_args()
    folder = arguments.dans or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    read, faults = written(arguments.clausier.absolute(), folder, arguments.tout)
    for fault in faults:
        print(fault)
    if arguments.avec and arguments.avec.is_dir():
        hard = hard_cases(arguments.avec, folder)
        print(f"{len(hard)} cas difficiles")
        read += hard
    failed, count = 0, 0

    def check(reader, redline, side, wanted, found):
        nonlocal failed, count
        count += 1
        if wanted != found:
            failed += 1
            print(f"{redline.name}, {reader}, {side} : {difference(wanted, found)}")

    sides = {"reject": "avant", "accept": "apres"}
    if shutil.which("pandoc"):
        for pair in read:
            redline = folder / f"{pair}.docx"
            for side, word in sides.items():
                check("pandoc", redline, side, pandoc(folder / f"{pair}.{word}.docx", None), pandoc(redline, side))
    else:
        print("pandoc est absent : rien n'est lu par lui")
    try:
        import uno  # noqa: F401
        with LibreOffice() as office:
            # A document stands on one side of several pairs.
            known = {}
            for pair in read:
                for side, word in sides.items():
                    for form in FORMATS:
                        document = folder / f"{pair}.{word}.{form}"
                        content = document.read_bytes()
                        if content not in known:
                            known[content] = office.text(document)
                        redline = folder / f"{pair}.{form}"
                        check("LibreOffice", redline, side, known[content], office.text(redline, side))
    except ImportError:
        print("le pont UNO de LibreOffice est absent : rien n'est lu par lui")
    print(f"{count - failed} lectures sur {count} rendent le texte attendu, {len(read)} pièces")
    sys.exit(1 if failed or faults or not read else 0)


if __name__ == "__main__":
    main()
