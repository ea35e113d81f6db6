//! The clause library: the embedded one, or a buyer's own.
//!
//! The embedded library is validated whole by the test suite and parsed on demand, so that a command starts in a
//! millisecond; any other library is validated whole when it is opened, and shows everything wrong at once.

mod folder;

use crate::clause::{self, Clause};
use crate::legal::Legal;
use crate::lint::{self, Lint};
use crate::markup::Target;
use crate::names;
use crate::reading::{FileProblem, LoadErrors, Problem, Report, suggestion};
use crate::template::{Names, Scrutiny};
use crate::terms::{Kind, Piece, Vocabulary};
use crate::trame::{self, Trame};
use folder::read_folder;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// Files of the embedded library: path inside `clauses/`, and text.
static TREE: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tree.rs"));

/// The file of the purchase families, the only one of the register that an own library may replace.
const FAMILIES: &str = "referentiel/familles.toml";

/// A clause library.
///
/// ```
/// use clausier::Library;
/// let library = Library::embedded();
/// let clause = library.clause("heures-insertion").expect("the library has it");
/// assert_eq!(clause.kind.to_string(), "social");
/// ```
#[derive(Debug)]
pub struct Library {
    entries: BTreeMap<String, Entry>,
    trames: BTreeMap<Piece, TrameEntry>,
    law: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    legal: OnceLock<Legal>,
    lint: OnceLock<Lint>,
    overridden: Vec<Overriding>,
}

/// A clause of a buyer's own library that takes the place of one of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overriding {
    /// File of the own library.
    pub file: String,
    /// What it takes the place of (« bat-reemploi-taux@2026-12-01 », « trame rc »).
    pub replaced: String,
}

#[derive(Debug)]
struct Entry {
    kind: Kind,
    file: String,
    source: Cow<'static, str>,
    parsed: OnceLock<Option<Box<Clause>>>,
}

#[derive(Debug)]
struct TrameEntry {
    file: String,
    source: Cow<'static, str>,
    parsed: OnceLock<Option<Box<Trame>>>,
}

impl Entry {
    fn clause(&self, id: &str) -> Option<&Clause> {
        self.parsed
            .get_or_init(|| clause::read(id, self.kind, &self.source, Scrutiny::Trusting).ok().map(Box::new))
            .as_deref()
    }
}

impl TrameEntry {
    fn trame(&self, piece: Piece) -> Option<&Trame> {
        self.parsed.get_or_init(|| trame::read(piece, &self.source, Scrutiny::Trusting).ok().map(Box::new)).as_deref()
    }
}

/// One file of a library, by its role.
enum Role<'f> {
    Clause(Kind, &'f str),
    Trame(Piece),
    Law,
    Families,
    Unknown,
}

fn role(file: &str) -> Role<'_> {
    let Some((folder, stem)) = file.strip_suffix(".toml").and_then(|f| f.split_once('/')) else { return Role::Unknown };
    match (folder, Kind::from_word(folder)) {
        (_, Some(kind)) if !stem.contains('/') => Role::Clause(kind, stem),
        ("trames", _) => Piece::from_word(stem).map_or(Role::Unknown, Role::Trame),
        ("referentiel", _) if stem == "familles" => Role::Families,
        ("referentiel", _) => Role::Law,
        _ => Role::Unknown,
    }
}

impl Library {
    /// The library that travels inside the crate.
    pub fn embedded() -> &'static Library {
        static EMBEDDED: OnceLock<Library> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let mut library = Library::empty();
            for (file, source) in TREE {
                library.take(file, Cow::Borrowed(source));
            }
            library
        })
    }

    fn empty() -> Self {
        Self {
            entries: BTreeMap::new(),
            trames: BTreeMap::new(),
            law: Vec::new(),
            legal: OnceLock::new(),
            lint: OnceLock::new(),
            overridden: Vec::new(),
        }
    }

    fn take(&mut self, file: &str, source: Cow<'static, str>) {
        let file_name = file.to_owned();
        match role(file) {
            Role::Clause(kind, id) => {
                let entry = Entry { kind, file: file_name, source, parsed: OnceLock::new() };
                self.entries.insert(id.to_owned(), entry);
            }
            Role::Trame(piece) => {
                self.trames.insert(piece, TrameEntry { file: file_name, source, parsed: OnceLock::new() });
            }
            Role::Law | Role::Families => self.law.push((Cow::Owned(file_name), source)),
            Role::Unknown => {}
        }
    }

    /// A buyer's own library, alone: its clauses, and its trames where it has some. The legal register is always ours.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file.
    pub fn from_dir(dir: impl AsRef<Path>) -> Result<Library, LoadErrors> {
        let mut library = Library::empty();
        for (file, source) in TREE {
            if !matches!(role(file), Role::Clause(..)) {
                library.take(file, Cow::Borrowed(source));
            }
        }
        let (files, problems) = read_folder(dir.as_ref());
        library.add(files, problems, true)
    }

    /// This library with a buyer's own clauses beside it: they add, or override by saying `remplace = "id@version"`.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file of the folder.
    pub fn with_overlay(&self, dir: impl AsRef<Path>) -> Result<Library, LoadErrors> {
        let (files, problems) = read_folder(dir.as_ref());
        self.twin().add(files, problems, false)
    }

    /// The same as [`Library::with_overlay`], from files kept elsewhere than in a folder (a data base, a browser): the path
    /// of each inside the library (`social/id.toml`), and its text.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file.
    pub fn with_files(&self, files: impl IntoIterator<Item = (String, String)>) -> Result<Library, LoadErrors> {
        self.twin().add(files.into_iter().collect(), Vec::new(), false)
    }

    /// A library of the same files, to add to.
    fn twin(&self) -> Library {
        let mut library = Library::empty();
        library.overridden.clone_from(&self.overridden);
        for entry in self.entries.values() {
            library.take(&entry.file, entry.source.clone());
        }
        for entry in self.trames.values() {
            library.take(&entry.file, entry.source.clone());
        }
        library.law.clone_from(&self.law);
        library
    }

    fn add(
        mut self,
        files: Vec<(String, String)>,
        mut problems: Vec<FileProblem>,
        alone: bool,
    ) -> Result<Library, LoadErrors> {
        let mut own = Vec::new();
        for (file, source) in files {
            let mut wrong = |message: String, help: &str| {
                let report = Report::new(&source);
                report.add(0..0, message, help);
                problems.extend(
                    report.into_problems().into_iter().map(|problem| FileProblem { file: file.clone(), problem }),
                );
            };
            match role(&file) {
                Role::Clause(_, id) => {
                    if let Some(existing) = self.entries.get(id) {
                        match self.check_overriding(id, existing, &source) {
                            Ok(replaced) => self.overridden.push(Overriding { file: file.clone(), replaced }),
                            Err(message) => wrong(message, "changez l’id du fichier, ou dites ce qu’il remplace"),
                        }
                    }
                    own.push(file.clone());
                    self.take(&file, Cow::Owned(source));
                }
                Role::Trame(piece) => {
                    self.overridden.push(Overriding { file: file.clone(), replaced: format!("trame {piece}") });
                    own.push(file.clone());
                    self.take(&file, Cow::Owned(source));
                }
                Role::Families => {
                    self.law.retain(|(name, _)| name != FAMILIES);
                    self.overridden.push(Overriding { file: file.clone(), replaced: "familles d’achat".to_owned() });
                    own.push(file.clone());
                    self.law.push((Cow::Owned(file), Cow::Owned(source)));
                }
                Role::Law => wrong(
                    "le référentiel de droit ne se remplace pas".to_owned(),
                    "proposez la correction à la bibliothèque, ou retirez ce fichier",
                ),
                Role::Unknown => wrong(
                    "ce fichier n’a pas sa place dans une bibliothèque".to_owned(),
                    "dossiers admis : social, environnement, liaison, critere, trames ; et referentiel/familles.toml",
                ),
            }
        }
        if own.is_empty() && problems.is_empty() {
            let report = Report::new("");
            report.add(
                0..0,
                "aucun fichier de clause dans ce dossier",
                "une bibliothèque a des dossiers social/, environnement/, liaison/…",
            );
            problems.extend(
                report.into_problems().into_iter().map(|problem| FileProblem { file: ".".to_owned(), problem }),
            );
        }
        let own = |file: &String| own.contains(file);
        if own(&FAMILIES.to_owned()) {
            problems.extend(self.legal().validate().into_iter().filter(|problem| problem.file == FAMILIES));
        }
        problems.extend(self.problems_of(|file| alone || own(file)));
        if !self.overridden.is_empty() {
            problems.extend(self.broken(|file| !own(file)));
        }
        problems.sort_by(|a, b| (&a.file, a.problem.span.start).cmp(&(&b.file, b.problem.span.start)));
        if problems.is_empty() { Ok(self) } else { Err(LoadErrors { problems }) }
    }

    /// What an own clause overrides, or why it may not.
    fn check_overriding(&self, id: &str, existing: &Entry, source: &str) -> Result<String, String> {
        let current = existing.clause(id).map(|c| format!("{id}@{}", c.version.iso())).unwrap_or_default();
        let declared = clause::read(id, existing.kind, source, Scrutiny::Whole).ok().and_then(|c| c.overrides);
        match declared {
            Some(declared) if declared == current => Ok(current),
            Some(declared) => Err(format!("« {declared} » n’est pas la version en place (« {current} »)")),
            None => Err(format!("la clause « {id} » existe déjà : ajoutez remplace = \"{current}\"")),
        }
    }

    /// Everything wrong in the library: each file alone, then what ties the files together. Empty for a sound library.
    pub fn validate(&self) -> Result<(), LoadErrors> {
        let mut problems = self.problems_of(|_| true);
        problems.extend(self.legal().validate());
        problems.extend(self.wording().into_iter().flat_map(|(file, source)| lint::problems(file, source)));
        if problems.is_empty() { Ok(()) } else { Err(LoadErrors { problems }) }
    }

    /// What is wrong in the files wanted, each alone, then tied to the others.
    fn problems_of(&self, wanted: impl Fn(&String) -> bool) -> Vec<FileProblem> {
        let mut out = Vec::new();
        for (id, entry) in self.entries.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems = match clause::read(id, entry.kind, &entry.source, Scrutiny::Whole) {
                Ok(clause) => {
                    let mut problems = self.known_families(&clause, &entry.source);
                    problems.extend(self.ties(&clause, &entry.source));
                    problems.extend(lint::of_file(self.lint(), &entry.source));
                    problems
                }
                Err(problems) => problems,
            };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: entry.file.clone(), problem }));
        }
        for (piece, entry) in self.trames.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems = match trame::read(*piece, &entry.source, Scrutiny::Whole) {
                Ok(trame) => {
                    let mut problems = self.trame_ties(*piece, &trame, &entry.source);
                    problems.extend(lint::of_file(self.lint(), &entry.source));
                    problems
                }
                Err(problems) => problems,
            };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: entry.file.clone(), problem }));
        }
        out
    }

    /// What no longer holds in the files wanted, which were sound before others took a place beside them.
    fn broken(&self, wanted: impl Fn(&String) -> bool) -> Vec<FileProblem> {
        let clauses = self
            .entries
            .iter()
            .filter(|(_, e)| wanted(&e.file))
            .filter_map(|(id, entry)| Some((&entry.file, self.ties(entry.clause(id)?, &entry.source))));
        let trames = self.trames.iter().filter(|(_, e)| wanted(&e.file)).filter_map(|(piece, entry)| {
            Some((&entry.file, self.trame_ties(*piece, entry.trame(*piece)?, &entry.source)))
        });
        let mut out = Vec::new();
        for (file, problems) in clauses.chain(trames) {
            let report = Report::new("");
            for problem in problems {
                let message = format!("un fichier remplacé manque à « {file} » : {}", problem.message);
                report.add(0..0, message, "gardez ce nom dans le fichier qui remplace, ou remplacez aussi celui-ci");
            }
            let whole = |problem| FileProblem { file: ".".to_owned(), problem };
            out.extend(report.into_problems().into_iter().map(whole));
        }
        out
    }

    /// What ties a trame to the rest of the library.
    fn trame_ties(&self, piece: Piece, trame: &Trame, source: &str) -> Vec<Problem> {
        let report = Report::new(source);
        let targets = trame.texts().into_iter().flat_map(|t| t.targets.iter());
        targets.for_each(|target| self.check_target(target, piece, &report));
        for (_, derogation) in trame.derogations() {
            self.check_concepts(&derogation.concepts, &report);
        }
        report.into_problems()
    }

    /// The families of a clause, which must be those of the library.
    fn known_families(&self, clause: &Clause, source: &str) -> Vec<Problem> {
        let report = Report::new(source);
        for family in &clause.families {
            if self.legal().family(family).is_none() {
                let families = self.legal().families().map(|f| &*f.id).collect::<Vec<_>>();
                self.note(&report, family, "n’est pas une famille d’achat", families);
            }
        }
        report.into_problems()
    }

    /// What ties a clause to the rest of the library.
    fn ties(&self, clause: &Clause, source: &str) -> Vec<Problem> {
        let report = Report::new(source);
        for section in &clause.sections {
            match self.trame(section.piece) {
                Some(trame) if trame.slots().contains(&section.slot.as_str()) => {}
                Some(trame) => self.note(&report, &section.slot, "n’est pas une place de la trame", trame.slots()),
                None => self.note(&report, section.piece.word(), "n’a pas de trame", []),
            }
            for text in section.blocks.iter().flat_map(|b| b.texts()) {
                text.targets.iter().for_each(|target| self.check_target(target, section.piece, &report));
            }
        }
        for id in &clause.grounds {
            self.check_law(id, &report);
        }
        for derogation in &clause.derogations {
            self.check_concepts(&derogation.concepts, &report);
        }
        let mut pairs = vec![(&clause.requires, None), (&clause.supersedes, None)];
        if let Some(link) = &clause.link {
            pairs.push((&link.social, Some(Kind::Social)));
            pairs.push((&link.environment, Some(Kind::Environment)));
        }
        for (ids, kind) in pairs {
            for id in ids {
                match self.entries.get(id) {
                    Some(entry) if kind.is_none_or(|kind| kind == entry.kind) => {}
                    Some(entry) => self.note(&report, id, &format!("est de nature « {} »", entry.kind), []),
                    None => self.note(
                        &report,
                        id,
                        "n’est pas une clause de la bibliothèque",
                        self.entries.keys().map(String::as_str),
                    ),
                }
            }
        }
        self.check_pair_names(clause, &report);
        report.into_problems()
    }

    /// The names `social.x` and `environnement.x` of a liaison must exist in every clause that it accepts.
    fn check_pair_names(&self, clause: &Clause, report: &Report<'_>) {
        let Some(link) = &clause.link else { return };
        for (prefix, ids) in [("social", &link.social), ("environnement", &link.environment)] {
            for partner in ids.iter().filter_map(|id| self.clause(id)) {
                let mut names: Vec<&str> = partner.parameters.iter().map(|p| p.name.as_str()).collect();
                if partner.hours.is_some() {
                    names.extend(names::HOURS.iter().map(|(name, _)| *name));
                }
                let dotted: Vec<String> = names.iter().map(|name| format!("{prefix}.{name}")).collect();
                let known = Names::new(dotted.iter().map(String::as_str));
                for template in clause.all_templates() {
                    for name in clause.templates.names_under(template, prefix) {
                        if let Some(message) = known.refuses(&name) {
                            let message = format!("{message} (clause « {} »)", partner.id);
                            report.add(report.find(&name), message, "corrigez le nom");
                        }
                    }
                }
            }
        }
    }

    fn note<'a>(&self, report: &Report<'_>, what: &str, message: &str, known: impl IntoIterator<Item = &'a str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = if known.is_empty() {
            String::new()
        } else {
            match crate::reading::nearest(what, known.iter().copied()) {
                Some(near) => format!("vouliez-vous dire « {near} » ?"),
                None if known.len() <= 12 => suggestion(what, known.iter().copied()),
                None => "voyez le catalogue des clauses".to_owned(),
            }
        };
        report.add(report.find(what), format!("« {what} » {message}"), help);
    }

    fn check_target(&self, target: &Target, piece: Piece, report: &Report<'_>) {
        match target {
            Target::Article(anchor) => {
                let (piece, name) = match anchor.split_once('.') {
                    Some((word, name)) => match Piece::from_word(word) {
                        Some(piece) => (piece, name),
                        None => {
                            return self.note(
                                report,
                                word,
                                "n’est pas une pièce",
                                Piece::WORDS.iter().map(|(w, _)| *w),
                            );
                        }
                    },
                    None => (piece, anchor.as_str()),
                };
                match self.trame(piece) {
                    Some(trame) if trame.anchors().contains(&name) => {}
                    Some(trame) => self.note(report, name, "n’est pas une ancre de la trame", trame.anchors()),
                    None => self.note(report, piece.word(), "n’a pas de trame", []),
                }
            }
            Target::Law(ids) => ids.iter().for_each(|id| self.check_law(id, report)),
            Target::Ccag(concepts) => self.check_concepts(concepts, report),
        }
    }

    fn check_law(&self, id: &str, report: &Report<'_>) {
        if self.legal().text(id).is_none() {
            let ids: Vec<&str> = self.legal().texts().map(|t| &*t.id).collect();
            self.note(report, id, "n’est pas un texte du référentiel", ids);
        }
    }

    fn check_concepts(&self, concepts: &[String], report: &Report<'_>) {
        for concept in concepts {
            if self.legal().concept(concept).is_none() {
                let ids: Vec<&str> = self.legal().concepts().map(|c| &*c.id).collect();
                self.note(report, concept, "n’est pas une notion de la table des CCAG", ids);
            }
        }
    }

    /// A clause by id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.entries.get(id).and_then(|entry| entry.clause(id))
    }

    /// Every clause, by id.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.entries.iter().filter_map(|(id, entry)| entry.clause(id))
    }

    /// Ids with the nature of each.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.entries.iter().map(|(id, entry)| (id.as_str(), entry.kind))
    }

    /// The ids of the clauses, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The file of a clause and its text, as a jurist wrote it.
    pub fn source(&self, id: &str) -> Option<(&str, &str)> {
        self.entries.get(id).map(|entry| (entry.file.as_str(), entry.source.as_ref()))
    }

    /// What an own library overrides; empty for the embedded one.
    pub fn overridden(&self) -> &[Overriding] {
        &self.overridden
    }

    /// The legal register.
    pub fn legal(&self) -> &Legal {
        self.legal.get_or_init(|| Legal::unchecked(self.law.clone()))
    }

    /// The rules of wording.
    pub fn lint(&self) -> &Lint {
        self.lint.get_or_init(|| Lint::new(self.wording().map_or("", |(_, source)| source), self.legal()))
    }

    /// The file of the rules of wording.
    fn wording(&self) -> Option<(&str, &str)> {
        let found = self.law.iter().find(|(file, _)| file == "referentiel/redaction.toml");
        found.map(|(file, source)| (file.as_ref(), source.as_ref()))
    }

    pub(crate) fn trame(&self, piece: Piece) -> Option<&Trame> {
        self.trames.get(&piece).and_then(|entry| entry.trame(piece))
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.trames.keys().copied()
    }
}
