#!/usr/bin/env python3
"""Answers `clausier nouveau` at a terminal, as a person would, and reads what it wrote.

    python3 tests/acceptance/nouveau.py [PROGRAM]      (default: target/debug/clausier)

Needs a system with pseudo-terminals; says so and succeeds elsewhere.
"""

import os
import pathlib
import select
import subprocess
import sys
import tempfile

try:
    import pty
except ImportError:
    print("nouveau.py passed over: no pseudo-terminal here")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/clausier")


PATIENCE = 30  # seconds that a program may stay silent before it is held for stuck


def hear(master, said):
    """What the terminal says next; nothing at its end."""
    if not select.select([master], [], [], PATIENCE)[0]:
        sys.exit(f"nothing more was said:\n{said}")
    try:
        return os.read(master, 4096)
    except OSError:
        return b""


def converse(command, exchanges):
    """Runs a command at a terminal; each exchange is what it must ask, then the answer. Gives its status and its words."""
    child, master = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    said, seen = "", 0
    for asked, answer in exchanges:
        while asked not in said[seen:]:
            read = hear(master, said)
            if not read:
                sys.exit(f"« {asked} » was never asked:\n{said}")
            said += read.decode()
        seen = said.index(asked, seen) + len(asked)
        os.write(master, (answer + "\n").encode())
    while read := hear(master, said):
        said += read.decode()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def main():
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "dossier.toml")
        status, said = converse(
            [PROGRAM, "nouveau", "-o", file],
            [
                ("Nature du marché", "nimporte"),
                ("Nature du marché", "services"),
                ("Forme du contrat", "accord-cadre"),
                ("Lot 1, famille", "introuvable"),
                ("Lot 1, famille", "nettoyage"),
                ("Lot 1, famille", "nettoyage-locaux"),
                ("Lot 2, famille", "cantine"),
                ("Lot 3, famille", ""),
            ],
        )
        assert status == 0, said
        assert "plusieurs familles" in said and "aucune famille" in said, said
        text = pathlib.Path(file).read_text(encoding="utf-8")
        for written in ["contrat = \"accord-cadre\"", "execution = ", "montant_maximum = ", "nature = \"services\"",
                        "famille = \"nettoyage-locaux\"", "[lot.2]", "famille = \"restauration-collective\""]:
            assert written in text, f"{written}\n{text}"
        # What was written is a dossier: it is completed, and only what the buyer alone knows blocks it.
        filled = os.path.join(folder, "complet.toml")
        subprocess.run([PROGRAM, "completer", file, "-o", filled], check=True, capture_output=True)
        found = subprocess.run([PROGRAM, "verifier", filled], capture_output=True, text=True)
        assert found.returncode == 1, found.stderr
        blocking = {line.split("[")[1].split("]")[0] for line in found.stderr.splitlines() if line.startswith("erreur[")}
        assert blocking <= {"valeur-manquante", "texte-a-completer"}, found.stderr
        # Interrupted, it writes nothing.
        none = os.path.join(folder, "rien.toml")
        status, said = converse([PROGRAM, "nouveau", "-o", none], [("Nature du marché", "\x04")])
        assert status != 0 and not os.path.exists(none), said
    print("nouveau.py: asked, answered, read back")


main()
