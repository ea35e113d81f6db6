//! The clause library: the embedded one, or a buyer's own.
//!
//! The embedded library is validated whole by the test suite and parsed on demand, so that a command starts in a
//! millisecond; any other library is validated whole when it is opened, and shows everything wrong at once.

pub mod clause;
mod embedded;
pub(crate) mod expression;
mod folder;
pub(crate) mod frame;
mod kept;
pub mod lint;
pub(crate) mod marking;
pub(crate) mod markup;
pub mod names;
mod prepared;
pub(crate) mod rich;
pub(crate) mod sample;
pub(crate) mod trame;
mod validation;

use crate::base::bytes::{Kept as _, Reader};
use crate::base::terms::{Kind, Piece, Status, Vocabulary};
use crate::file::reading::{FileProblem, LoadErrors, Report};
use crate::law::{Legal, Written};
use crate::library::clause::{Clause, Head};
use crate::library::lint::Lint;
use crate::library::markup::Scrutiny;
use crate::library::trame::Trame;
use embedded::{PRESETS, Source, TREE};
use folder::Files;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

/// The presets, always ours: an own clause may use them too.
fn presets() -> &'static [clause::Parameter] {
    static READ: OnceLock<Vec<clause::Parameter>> = OnceLock::new();
    READ.get_or_init(|| clause::presets(&presets_source()).0)
}

fn presets_source() -> Source {
    let found = TREE.iter().find(|(file, _)| *file == PRESETS);
    found.map_or_else(|| String::new().into(), |(_, source)| Source::from(*source))
}

/// The file of the purchase families, the only one of the register that an own library may replace.
const FAMILIES: &str = "referentiel/familles.toml";

/// A clause library.
///
/// ```
/// use clausier::Library;
/// let library = Library::embedded();
/// let clause = library.clause("heures-insertion").expect("the library has it");
/// assert_eq!(clause.kind().to_string(), "social");
/// ```
#[derive(Debug)]
pub struct Library {
    entries: BTreeMap<Cow<'static, str>, Filed>,
    trames: BTreeMap<Piece, TrameEntry>,
    law: Vec<Written>,
    legal: OnceLock<Legal>,
    overridden: Vec<Overriding>,
    /// The last texts of buyers read by the rules of wording.
    pub(crate) read: lint::Memory,
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
struct Filed {
    kind: Kind,
    file: Cow<'static, str>,
    source: Source,
    packed: &'static [u8],
    head: OnceLock<Option<Box<Head>>>,
    parsed: OnceLock<Option<Box<Clause>>>,
}

#[derive(Debug)]
struct TrameEntry {
    file: Cow<'static, str>,
    source: Source,
    packed: &'static [u8],
    parsed: OnceLock<Option<Box<Trame>>>,
}

impl Filed {
    fn new(kind: Kind, file: Cow<'static, str>, source: Source, packed: &'static [u8]) -> Self {
        Self { kind, file, source, packed, head: OnceLock::new(), parsed: OnceLock::new() }
    }

    /// What has been kept of its head and of the whole, if anything.
    fn kept(&self) -> Option<[&'static [u8]; 2]> {
        let mut bytes = Reader::new(self.packed);
        Some([bytes.bytes()?, bytes.bytes()?])
    }

    fn clause(&self, id: &str) -> Option<&Clause> {
        let read = || clause::read(id, self.kind, &self.source, presets(), Scrutiny::Trusting).ok();
        let known = || self.kept().and_then(|[_, whole]| Clause::of(&self.source, whole));
        let clause = || known().or_else(read);
        self.parsed.get_or_init(|| clause().map(Box::new)).as_deref()
    }

    fn head(&self, id: &str) -> Option<&Head> {
        let head = || {
            let known = self.parsed.get().and_then(Option::as_deref).map(Head::of);
            known
                .or_else(|| self.kept().and_then(|[head, _]| Head::recall(id, self.kind, head)))
                .or_else(|| Head::read(id, self.kind, &self.source))
                .or_else(|| self.clause(id).map(Head::of))
        };
        self.head.get_or_init(|| head().map(Box::new)).as_deref()
    }
}

impl TrameEntry {
    fn trame(&self, piece: Piece) -> Option<&Trame> {
        let read = || trame::read(piece, &self.source, Scrutiny::Trusting).ok();
        let trame = || Trame::of(&self.source, self.packed).or_else(read);
        self.parsed.get_or_init(|| trame().map(Box::new)).as_deref()
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

impl Clone for Library {
    /// The same files; what has been parsed of them is parsed again when asked.
    fn clone(&self) -> Self {
        let mut library = Library::empty();
        library.overridden.clone_from(&self.overridden);
        for entry in self.entries.values() {
            library.take(entry.file.clone(), entry.source.clone(), entry.packed);
        }
        for entry in self.trames.values() {
            library.take(entry.file.clone(), entry.source.clone(), entry.packed);
        }
        library.law.clone_from(&self.law);
        library
    }
}

impl Library {
    /// The library that travels inside the crate.
    pub fn embedded() -> &'static Library {
        static EMBEDDED: OnceLock<Library> = OnceLock::new();
        EMBEDDED.get_or_init(|| Library::ours(|_| true))
    }

    /// The files wanted of the embedded library.
    fn ours(wanted: impl Fn(&str) -> bool) -> Self {
        let mut library = Library::empty();
        let mut clauses = Vec::with_capacity(TREE.len());
        for (at, (file, source)) in TREE.iter().enumerate().filter(|(_, (file, _))| wanted(file)) {
            let (written, source, packed) = (Cow::Borrowed(*file), Source::from(*source), prepared::file(at));
            match role(file) {
                Role::Clause(kind, id) => clauses.push((Cow::Borrowed(id), Filed::new(kind, written, source, packed))),
                _ => library.take(written, source, packed),
            }
        }
        // All at once: inserted one by one, they cost a command a fifth of a millisecond.
        library.entries = clauses.into_iter().collect();
        library
    }

    fn empty() -> Self {
        Self {
            entries: BTreeMap::new(),
            trames: BTreeMap::new(),
            law: Vec::new(),
            legal: OnceLock::new(),
            overridden: Vec::new(),
            read: lint::Memory::default(),
        }
    }

    fn take(&mut self, file: Cow<'static, str>, source: Source, packed: &'static [u8]) {
        match role(&file) {
            Role::Clause(kind, id) => {
                let id = Cow::Owned(id.to_owned());
                self.entries.insert(id, Filed::new(kind, file, source, packed));
            }
            Role::Trame(piece) => {
                self.trames.insert(piece, TrameEntry { file, source, packed, parsed: OnceLock::new() });
            }
            Role::Law | Role::Families => self.law.push(Written { name: file, text: source.into(), packed }),
            Role::Unknown => {}
        }
    }

    /// A buyer's own library, alone: its clauses, and its trames where it has some. The legal register is always ours.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file.
    pub fn from_dir(dir: impl AsRef<Path>) -> Result<Library, LoadErrors> {
        let library = Library::ours(|file| !matches!(role(file), Role::Clause(..)));
        library.add(Files::read(dir.as_ref()), true)
    }

    /// This library with a buyer's own clauses beside it: they add, or override by saying `remplace = "id@version"`.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file of the folder.
    pub fn with_overlay(&self, dir: impl AsRef<Path>) -> Result<Library, LoadErrors> {
        self.clone().add(Files::read(dir.as_ref()), false)
    }

    /// The same as [`Library::with_overlay`], from files kept elsewhere than in a folder (a data base, a browser): the path
    /// of each inside the library (`social/id.toml`), and its text.
    ///
    /// # Errors
    /// [`LoadErrors`] with everything wrong in every file.
    pub fn with_files(&self, files: impl IntoIterator<Item = (String, String)>) -> Result<Library, LoadErrors> {
        self.clone().add(Files::given(files), false)
    }

    fn add(mut self, own: Files, alone: bool) -> Result<Library, LoadErrors> {
        let Files { files, mut problems, .. } = own;
        let mut own = BTreeSet::new();
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
                            Ok(replaced) => {
                                let file = file.clone();
                                self.overridden.extend(replaced.map(|replaced| Overriding { file, replaced }));
                            }
                            Err(message) => wrong(message, "changez l’id du fichier, ou dites ce qu’il remplace"),
                        }
                    }
                    own.insert(file.clone());
                    self.take(Cow::Owned(file), source.into(), &[]);
                }
                Role::Trame(piece) => {
                    self.overridden.push(Overriding { file: file.clone(), replaced: format!("trame {piece}") });
                    own.insert(file.clone());
                    self.take(Cow::Owned(file), source.into(), &[]);
                }
                Role::Families => {
                    self.law.retain(|law| law.name != FAMILIES);
                    self.overridden.push(Overriding { file: file.clone(), replaced: "familles d’achat".to_owned() });
                    own.insert(file.clone());
                    self.law.push(Written { name: Cow::Owned(file), text: Cow::Owned(source), packed: &[] });
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
        let own = |file: &str| own.contains(file);
        if own(FAMILIES) {
            problems.extend(self.legal().validate().into_iter().filter(|problem| problem.file == FAMILIES));
        }
        problems.extend(self.problems_of(|file| alone || own(file)));
        // Own files that cannot be read would be missed by all those that they tie.
        if !self.overridden.is_empty() && problems.is_empty() {
            problems.extend(self.broken(|file| !own(file)));
        }
        LoadErrors::of(problems).map(|()| self)
    }

    /// What an own clause overrides, or why it may not; `None` for a file that cannot be read, which has its own problems.
    fn check_overriding(&self, id: &str, existing: &Filed, source: &str) -> Result<Option<String>, String> {
        let current = existing.clause(id).map(|c| format!("{id}@{}", c.version.iso())).unwrap_or_default();
        let Ok(own) = clause::read(id, existing.kind, source, presets(), Scrutiny::Trusting) else {
            return Ok(None);
        };
        match own.overrides {
            Some(declared) if declared == current => Ok(Some(current)),
            Some(declared) => Err(format!("« {declared} » n’est pas la version en place (« {current} »)")),
            None => Err(format!("la clause « {id} » existe déjà : ajoutez remplace = \"{current}\"")),
        }
    }

    /// Everything wrong in the library: each file alone, then what ties the files together. Empty for a sound library.
    pub fn validate(&self) -> Result<(), LoadErrors> {
        let mut problems = self.problems_of(|_| true);
        let of_presets = clause::presets(&presets_source()).1;
        problems.extend(of_presets.into_iter().map(|problem| FileProblem { file: PRESETS.to_owned(), problem }));
        problems.extend(self.legal().validate());
        LoadErrors::of(problems)
    }

    /// A clause by id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.entries.get(id).and_then(|entry| entry.clause(id))
    }

    /// Every clause, by id.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.entries.iter().filter_map(|(id, entry)| entry.clause(id))
    }

    /// The reviewed clauses made for a purchase, by id: those of a family, or of the families and codes that a CPV code belongs
    /// to, general ones included. An empty family or an empty code restricts nothing.
    pub fn clauses_for(&self, family: &str, cpv: &str) -> impl Iterator<Item = &Clause> {
        let code = cpv.split('-').next().unwrap_or_default().trim_end_matches('0').to_owned();
        // A family of buildings names 45; a purchase of 4521 belongs to it, and a purchase of 45 covers it.
        let related = move |prefix: &str| prefix.starts_with(&code) || code.starts_with(prefix);
        let of_code: Option<Vec<&str>> = (!cpv.is_empty()).then(|| {
            let fits = |family: &&crate::law::Family| family.cpv.iter().any(|prefix| related(prefix));
            self.legal().families().filter(fits).map(|family| &*family.id).collect()
        });
        let family = family.to_owned();
        self.clauses().filter(move |clause| {
            let by_family = family.is_empty() || clause.fits(&family);
            let by_code = of_code
                .as_ref()
                .is_none_or(|families| clause.families.is_empty() || families.iter().any(|family| clause.fits(family)));
            clause.status == Status::Reviewed && by_family && by_code
        })
    }

    /// What a list shows of every clause, by id: the files are not read whole.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        self.entries.iter().filter_map(|(id, entry)| entry.head(id))
    }

    /// The clauses whose head is wanted, by id: the others are not read whole.
    pub fn clauses_headed(&self, wanted: impl Fn(&Head) -> bool) -> impl Iterator<Item = &Clause> {
        self.heads().filter(move |head| wanted(head)).filter_map(|head| self.clause(&head.id))
    }

    /// Ids with the nature of each.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.entries.iter().map(|(id, entry)| (id.as_ref(), entry.kind))
    }

    /// The ids of the clauses, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(AsRef::as_ref)
    }

    /// The file of a clause and its text, as a jurist wrote it.
    pub fn source(&self, id: &str) -> Option<(&str, &str)> {
        self.entries.get(id).map(|entry| (entry.file.as_ref(), &*entry.source))
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
    pub fn lint(&self) -> Lint<'_> {
        Lint::new(self.legal())
    }

    pub(crate) fn trame(&self, piece: Piece) -> Option<&Trame> {
        self.trames.get(&piece).and_then(|entry| entry.trame(piece))
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.trames.keys().copied()
    }
}
