"""The pairs of dossiers whose redlines are read: what a buyer, a jurist or the law changes, by family.

A pair is what stands before and what stands after: two texts of a dossier, and what else differs between them.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Pair:
    """Two dossiers to compare; `clauses` are files of the former library, `date` the law of the new dossier, `lock` asks that
    the former be a lock."""
    family: str
    name: str
    old: str
    new: str
    clauses: dict = field(default_factory=dict)
    date: str = ""
    lock: bool = False


def stories():
    return {path.parent.name: path.read_text() for path in sorted(Path("examples").glob("*/dossier.toml"))}


def replaced(text, pattern, by):
    """Each text that one occurrence of the pattern gives, replaced."""
    for match in re.finditer(pattern, text, re.M):
        yield text[:match.start()] + match.expand(by) + text[match.end():]


def of_rules(text, rules):
    """Each change that the rules make of a text, with its name."""
    for number, (pattern, by) in enumerate(rules):
        for n, new in enumerate(replaced(text, pattern, by)):
            yield f"{number}-{n}", new


# What a buyer changes in a dossier.
BUYER = [
    (r'^(penalite_\w+ = ")([\d ]*)00 €', r"\g<1>\g<2>50 €"),
    (r'^(objet = ")', r"\1L'objet & <b>autre</b> : "),
    (r'^(intitule = ")', r"\1Ensemble, "),
    (r'^(montant = "[\d ]*)0 000 €', r"\g<1>9 000 €"),
    (r'(premier_numero = ")', r"\g<1>3"),
    (r'(ccap = \{ premier_numero = "\d+)"', r'\g<1>.1"'),
    (r'"mensuelle"', '"trimestrielle"'),
    (r'^(\[clause\.[^\n]*\n(?:(?!\[)[^\n]*\n)*)', ""),
    (r'^(\[\[critere\]\]\n(?:(?!\[)[^\n]*\n)*)', ""),
]


def of_stories():
    """Every pair of stories that share a family."""
    texts = stories()
    family = {name: set(re.findall(r'^famille = "(.*)"', text, re.M)) for name, text in texts.items()}
    for a in texts:
        for b in texts:
            if a != b and family[a] & family[b]:
                yield Pair("histoires", f"{a}--{b}", texts[a], texts[b])


def of_buyers():
    """More than sixty dossiers, changed one thing at a time."""
    for name, text in stories().items():
        every = list(of_rules(text, BUYER))
        for change, new in every[::max(1, len(every) // 7)]:
            yield Pair("dossiers", f"{name}-{change}", text, new)


# What a buyer changes in the criteria that the dossier describes.
CRITERIA = [
    # A level more, one less, another text.
    (r'30 = "deux langues", ', r'30 = "deux langues", 10 = "une langue et un lexique de l’accueil", '),
    (r'50 = "la moitié des postes au moins", ', ""),
    (r'60 = "trois langues"', '60 = "trois langues, écrites et parlées"'),
    # Weights and shares.
    (r'(?s)poids = 55(.*)poids = "17,5"', r'poids = 50\1poids = "22,5"'),
    (r'(?s)points = 10\n(.*)points = "12,5"', r'points = "12,5"\n\1points = 10'),
    (r'(?s)part = 60\n(.*)part = 40', r'part = 55\n\1part = 45'),
    # Another method: a scale that becomes levels, levels that become a scale.
    (r'(?s)mode = "echelle"\nunite = "minutes"\nsens = "au-plus"\nzero_a = 120\ntout_a = 30',
     r'mode = "niveaux"\nniveaux = { 100 = "dans la demi-heure", 40 = "dans l’heure", 0 = "plus tard" }'),
    (r'(?s)mode = "niveaux"\nniveaux = \{ 100 = "chaque poste.*?\}',
     r'mode = "echelle"\nunite = "fiches"\nsens = "au-moins"\nzero_a = 2\ntout_a = 8'),
    # A note less, its points given to another; a criterion less.
    (r'(?s)points = 10\n(.*?)\[\[critere\.accueil-du-public\.note\]\]\nnom = "fiches".*?\n\n', r'points = 15\n\1'),
    (r'(?s)poids = "27,5"(.*)(\[critere\.papier.*)\[rendu\]', r'poids = 45\1[rendu]'),
    # Two notes, two criteria in another order.
    (r'(?s)(\[\[critere\.papier-de-l-accueil\.note\]\]\nnom = "feuilles".*?\n\n)(\[\[.*?\n\n)', r'\2\1'),
    (r'(?s)(\[critere\.accueil-du-public\]\n.*?)(\[critere\.papier-de-l-accueil\]\n.*?)(?=\[rendu\])', r'\2\1'),
    # Bounds, penalties, proofs, titles, what is asked for, the table where the values come from.
    (r'zero_a = 120', 'zero_a = 90'),
    (r'penalite = "80 €"\n', ""),
    (r'preuve = "chaque mois, ', 'preuve = "chaque semaine, '),
    (r'titre = "Papier de l’accueil"', 'titre = "Papier de l’accueil et des expositions"'),
    (r'"Fiche technique du papier"\]', '"Fiche technique du papier", "échantillons"]'),
    (r'lignes = \["Plans", ', 'lignes = ["Plans", "Affiches", '),
    (r'lignes = \["Plans", "Billets", ', 'lignes = ["Billets", '),
    (r', "Part recyclée \(%\)"\]', ', "Grammage", "Part recyclée (%)"]'),
    (r'(?s)\n# Le tableau d.où.*?(?=\n\[\[critere\.papier)', "\n"),
]


def of_own_criteria():
    """Each change, and its contrary."""
    text = stories()["accueil-criteres-propres"]
    for change, new in of_rules(text, CRITERIA):
        yield Pair("critères propres", f"criteres-{change}", text, new)
        yield Pair("critères propres", f"criteres-{change}-retour", new, text)


BY_LOT = r'^(\S+ = )\{ 1 = ((?:"[^"]*"|\d+))((?:, \d = (?:"[^"]*"|\d+))+) \}'


def of_lots():
    """A value by lot that becomes one, and back; one of them that changes; one for all that is split."""
    for name, text in stories().items():
        lots = re.findall(r"^\[lot\.(\d+)\]", text, re.M)
        if len(lots) < 2:
            continue
        changes = [("une", new) for new in replaced(text, BY_LOT, r"\1\2")]
        changes += [("autre", new) for new in replaced(text, BY_LOT.replace(r'(\S+ = )', r'(\S+ = )(?=.*"\d+ [%t])'),
                                                      r'\1{ 1 = "11 %"\3 }')]
        split = lambda match: f'{match[1]}{{ {", ".join(f"{lot} = {match[2]}" for lot in lots[:-1])}, {lots[-1]} = "77 €" }}'
        for match in re.finditer(r'^(penalite_\w+ = )("\d+ €")$', text, re.M):
            changes.append(("partagée", text[:match.start()] + split(match) + text[match.end():]))
        for n, (kind, new) in enumerate(changes):
            yield Pair("valeurs par lot", f"{name}-{kind}-{n}", text, new)
            yield Pair("valeurs par lot", f"{name}-{kind}-{n}-retour", new, text)


# The law before and after each date at which it moves in our register.
DATES = ("2025-06-01", "2026-06-07", "2026-08-20", "2026-08-22", "2027-01-01", "2028-07-01", "2030-01-02")


def of_dates():
    """A dossier under another date of law."""
    for name, text in stories().items():
        for date in DATES:
            new = re.sub(r"^lancement = \d{4}-\d\d-\d\d", f"lancement = {date}", text, flags=re.M)
            if new != text:
                yield Pair("dates du droit", f"{name}-au-{date}", text, new, date=date)


# What a jurist changes in a clause file.
JURIST = [
    # Words, numbers.
    (r"^(Le \{\{ titulaire \}\} )", r"\1, dès le premier jour, "),
    (r'^(mise_en_demeure = ")\d+ jours', r"\g<1>21 jours"),
    (r'^(defaut = ")(\d+) (jours|mois)', r"\g<1>1\2 \3"),
    (r'^(preuves = \[)', r'\1"photographies datées", '),
    (r'^(fait = ")', r"\1toute "),
    (r'^(titre = ")(?=.*\n(version|statut))', r"\1Nouveau : "),
    # A paragraph, an item, a whole section that come; a paragraph, an item, a section that go.
    (r"(?s)(^texte = '''\n.*?)(?=^''')", r"\1\nLe {{ titulaire }} remet un compte rendu à chaque réunion.\n"),
    (r"^(- [^\n]*\n)(?!-)", r"\1- un registre tenu sur place ;\n"),
    (r"^(1\. [^\n]*\n)", r"\g<1>1. une rencontre avec le facilitateur ;\n"),
    (r"(?s)^(\[\[section\]\]\npiece = \"(?:ccap|rc)\"\nplace = \"[^\"]*\"\n)(texte = ''')",
     r"\1texte = '''\nLe présent article s’entend sans préjudice du règlement intérieur du site.\n'''\n\n\1\2"),
    (r"^[A-Z][^{}%\n|]*\.\n", ""),
    (r"^- [^{}%\n]* ;\n", ""),
    (r"(?s)^\[\[section\]\]\npiece = \"(?:ccap|rc|note)\"\n.*?'''\n.*?'''\n", ""),
]


def of_libraries():
    """The same dossier under clauses of which one was written otherwise."""
    sources = {path.stem: path for kind in ("social", "environnement", "liaison", "critere")
               for path in Path("clauses", kind).glob("*.toml")}
    for name, text in stories().items():
        for clause in dict.fromkeys(re.findall(r"^\[clause\.([\w-]+)\]|^([\w-]+) = ", text, re.M)):
            path = sources.get(clause[0] or clause[1])
            if path is None:
                continue
            source = path.read_text()
            version = re.search(r"^version = (\S+)", source, re.M)[1]
            for change, former in of_rules(source, JURIST):
                clauses = {f"{path.parent.name}/{path.name}": f'remplace = "{path.stem}@{version}"\n{former}'}
                yield Pair("bibliothèques", f"{name}-{path.stem}-{change}", text, text, clauses=clauses)


def of_locks():
    """A dossier that changed since it was locked."""
    for name, text in stories().items():
        every = list(of_rules(text, BUYER))
        for change, new in every[len(every) // 3::max(1, len(every) // 3)]:
            yield Pair("verrous", f"{name}-verrou-{change}", text, new, lock=True)


FAMILIES = (of_stories, of_buyers, of_own_criteria, of_lots, of_dates, of_libraries, of_locks)
# How many pairs of each family are read: on each change of the program, then when all is asked for.
USUAL = {of_stories: 2, of_buyers: 4, of_own_criteria: 3, of_lots: 1, of_dates: 1, of_libraries: 3, of_locks: 1}
LARGE = {of_libraries: 150, of_lots: 60, of_dates: 40}


def pairs(everything):
    """The pairs to read, spread over each family."""
    out = []
    for family in FAMILIES:
        every = list(family())
        bound = LARGE.get(family, len(every)) if everything else USUAL[family]
        step = max(1, len(every) // bound)
        out += every[step // 2::step][:bound]
    return out
