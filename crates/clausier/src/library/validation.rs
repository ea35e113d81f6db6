//! What is wrong in a library: each file alone, then what ties the files together.

use super::Library;
use crate::base::terms::{Kind, Piece, Vocabulary};
use crate::file::node::Node;
use crate::file::reading::{self, FileProblem, Problem, Report, Span, nearest, suggestion};
use crate::library::clause::{self, Clause, Criterion, Derogation, ties};
use crate::library::expression::Names;
use crate::library::lint;
use crate::library::markup::{Scrutiny, Text};
use crate::library::names;
use crate::library::rich::Pointed;
use crate::library::trame::{self, Trame};
use std::cell::OnceCell;

impl Library {
    /// What is wrong in the files wanted, each alone, then tied to the others.
    pub(super) fn problems_of(&self, wanted: impl Fn(&str) -> bool) -> Vec<FileProblem> {
        let mut out = Vec::new();
        for (id, entry) in self.entries.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems = match clause::read(id, entry.kind, &entry.source, super::presets(), Scrutiny::Whole) {
                Ok(clause) => {
                    let mut problems = self.known_families(&clause, &entry.source);
                    problems.extend(self.ties(&clause, &entry.source));
                    let noted = clause.criterion().map(|criterion| self.noted(criterion));
                    problems.extend(lint::of_file(self.lint(), &entry.source, noted));
                    problems
                }
                Err(problems) => problems,
            };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: entry.file.to_string(), problem }));
        }
        for (piece, entry) in self.trames.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems = match trame::read(*piece, &entry.source, Scrutiny::Whole) {
                Ok(trame) => {
                    let mut problems = self.trame_ties(*piece, &trame, &entry.source);
                    problems.extend(lint::of_file(self.lint(), &entry.source, None));
                    problems
                }
                Err(problems) => problems,
            };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: entry.file.to_string(), problem }));
        }
        out
    }

    /// As what a criterion is read: the words of one that raises the target of an environmental clause need not say again what
    /// is environmental in it.
    fn noted(&self, criterion: &Criterion) -> lint::Place {
        let environmental = |id: &str| self.clause(id).is_some_and(|clause| clause.kind() == Kind::Environment);
        let raises = criterion.minimums().any(|(id, _)| environmental(id));
        lint::Place::of_criterion(criterion.is_environmental() && !raises)
    }

    /// What no longer holds in the files wanted, which were sound before others took a place beside them.
    pub(super) fn broken(&self, wanted: impl Fn(&str) -> bool) -> Vec<FileProblem> {
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
        let places = Places::new(source);
        for (path, text) in trame.texts() {
            self.check_targets(text, piece, &path, &places);
        }
        for (path, article) in trame.placed() {
            self.check_derogations(&article.derogations, &format!("{path}."), &places);
        }
        places.report.into_problems()
    }

    /// The families of a clause, which must be those of the library.
    fn known_families(&self, clause: &Clause, source: &str) -> Vec<Problem> {
        let places = Places::new(source);
        for (rank, family) in clause.families.iter().enumerate() {
            if self.legal().family(family).is_none() {
                let families = self.legal().families().map(|f| &*f.id);
                places.note(format!("famille.{rank}"), family, "n’est pas une famille d’achat", families);
            }
        }
        places.report.into_problems()
    }

    /// What ties a clause to the rest of the library.
    fn ties(&self, clause: &Clause, source: &str) -> Vec<Problem> {
        let places = Places::new(source);
        for (rank, section) in clause.sections.iter().enumerate() {
            let path = |key| format!("section.{rank}.{key}");
            match self.trame(section.piece) {
                Some(trame) if trame.has_slot(&section.slot) => {}
                Some(trame) => {
                    let slots = lazily(|| trame.slots());
                    places.note(path("place"), &section.slot, "n’est pas une place de la trame", slots);
                }
                None => places.note(path("piece"), section.piece.word(), "n’a pas de trame", []),
            }
            section.text.texts().for_each(|text| self.check_targets(text, section.piece, &path("texte"), &places));
        }
        for (rank, id) in clause.grounds.iter().enumerate() {
            self.check_law(id, &places, format!("fondements.{rank}"));
        }
        for (rank, penalty) in clause.penalties.iter().enumerate() {
            let Some((id, _)) = &penalty.index else { continue };
            if self.legal().parameter(id).is_none() {
                let known = self.legal().parameters().map(|parameter| &*parameter.id);
                places.note(format!("penalite.{rank}.indice"), id, "n’est pas un indice du référentiel", known);
            }
        }
        self.check_derogations(&clause.derogations, "", &places);
        let listed = |ids: &[String], key: &str, kind| {
            for (rank, id) in ids.iter().enumerate() {
                self.check_clause(id, kind, format!("{key}.{rank}"), &places);
            }
        };
        listed(&clause.requires, "requiert", None);
        listed(&clause.supersedes, "inclut", None);
        if let Some(id) = &clause.successor {
            self.check_clause(id, Some(clause.kind()), "successeur".to_owned(), &places);
        }
        if let Some(criterion) = clause.criterion() {
            listed(&criterion.excludes, "critere.exclut", None);
        }
        if let Some(link) = clause.link() {
            listed(&link.social, "lie.social", Some(Kind::Social));
            listed(&link.environment, "lie.environnement", Some(Kind::Environment));
        }
        let frames = ties::frames(clause, |id| self.clause(id));
        for tie in ties::ties(clause, |id| self.clause(id)).into_iter().chain(frames) {
            places.note(tie.path, &tie.what, &tie.message, []);
        }
        self.check_pair_names(clause, &places);
        places.report.into_problems()
    }

    /// A clause that another names, at a key path, must exist and be of the nature wanted.
    fn check_clause(&self, id: &str, kind: Option<Kind>, path: String, places: &Places<'_>) {
        match self.entries.get(id) {
            Some(entry) if kind.is_none_or(|kind| kind == entry.kind) => {}
            Some(entry) => places.note(path, id, &format!("est de nature « {} »", entry.kind), []),
            None => {
                places.note(path, id, "n’est pas une clause de la bibliothèque", self.ids());
            }
        }
    }

    /// The names `social.x` and `environnement.x` of a liaison must exist in every clause that it accepts.
    fn check_pair_names(&self, clause: &Clause, places: &Places<'_>) {
        let Some(link) = clause.link() else { return };
        for (prefix, ids) in [("social", &link.social), ("environnement", &link.environment)] {
            for partner in ids.iter().filter_map(|id| self.clause(id)) {
                let mut names = partner.parameter_names();
                if partner.hours().is_some() {
                    names.extend(names::HOURS.iter().map(|(name, _)| (*name).to_owned()));
                }
                let dotted: Vec<String> = names.iter().map(|name| format!("{prefix}.{name}")).collect();
                let known = Names::new(dotted.iter().map(String::as_str));
                for (path, text) in texts(clause) {
                    for (name, at) in text.names_under(prefix) {
                        if let Some(message) = known.refuses(&name) {
                            let message = format!("{message} (clause « {} »)", partner.id);
                            places.report.add(places.part(&path, at), message, "corrigez le nom");
                        }
                    }
                }
            }
        }
    }

    /// What the references of a text point to must exist.
    fn check_targets(&self, text: &Text, piece: Piece, path: &str, places: &Places<'_>) {
        for (target, at) in text.targets() {
            let ids = |ids: &[String], known: &dyn Fn(&str) -> bool, message: &str, list: &dyn Fn() -> Vec<String>| {
                for (id, at) in ids.iter().zip(&at).filter(|(id, _)| !known(id)) {
                    let list = list();
                    places.note_at(places.part(path, at.clone()), id, message, list.iter().map(String::as_str));
                }
            };
            match target {
                Pointed::Article(anchor) => {
                    let [whole, ..] = &*at else { continue };
                    self.check_anchor(
                        anchor,
                        piece,
                        &|part| places.part(path, whole.start + part.start..whole.start + part.end),
                        places,
                    );
                }
                Pointed::Law(list) => {
                    let all = || self.legal().texts().map(|t| t.id.to_string()).collect();
                    ids(list, &|id| self.legal().text(id).is_some(), UNKNOWN_LAW, &all);
                }
                Pointed::Ccag(list) => {
                    let all = || self.legal().concepts().map(|c| c.id.to_string()).collect();
                    ids(list, &|id| self.legal().concept(id).is_some(), UNKNOWN_CONCEPT, &all);
                }
            }
        }
    }

    /// An anchor, alone or after its piece, must be that of an article.
    fn check_anchor(&self, anchor: &str, piece: Piece, part: &dyn Fn(Span) -> Span, places: &Places<'_>) {
        let (piece, name) = match anchor.split_once('.') {
            Some((word, name)) => match Piece::from_word(word) {
                Some(piece) => (piece, name),
                None => {
                    let pieces = Piece::WORDS.iter().map(|(w, _)| *w);
                    return places.note_at(part(0..word.len()), word, "n’est pas une pièce", pieces);
                }
            },
            None => (piece, anchor),
        };
        let named = anchor.len() - name.len()..anchor.len();
        match self.trame(piece) {
            Some(trame) if trame.has_anchor(name) => {}
            Some(trame) => {
                let anchors = lazily(|| trame.anchors());
                places.note_at(part(named), name, "n’est pas une ancre de la trame", anchors);
            }
            None => places.note_at(part(named), piece.word(), "n’a pas de trame", []),
        }
    }

    fn check_law(&self, id: &str, places: &Places<'_>, path: String) {
        if self.legal().text(id).is_none() {
            places.note(path, id, UNKNOWN_LAW, self.legal().texts().map(|t| &*t.id));
        }
    }

    /// What derogations depart from must be in the table of the CCAG.
    fn check_derogations(&self, derogations: &[Derogation], prefix: &str, places: &Places<'_>) {
        for (rank, derogation) in derogations.iter().enumerate() {
            for (place, concept) in derogation.concepts.iter().enumerate() {
                if self.legal().concept(concept).is_none() {
                    let path = format!("{prefix}derogation.{rank}.concepts.{place}");
                    places.note(path, concept, UNKNOWN_CONCEPT, self.legal().concepts().map(|c| &*c.id));
                }
            }
        }
    }
}

const UNKNOWN_LAW: &str = "n’est pas un texte du référentiel";
const UNKNOWN_CONCEPT: &str = "n’est pas une notion de la table des CCAG";

/// Every text of a clause that holds code, with its key path.
fn texts(clause: &Clause) -> Vec<(String, &Text)> {
    let duty = clause.obligation().map(|obligation| ("obligation".to_owned(), &obligation.0));
    let mut out: Vec<(String, &Text)> = duty.into_iter().collect();
    for (rank, indicator) in clause.indicators.iter().enumerate() {
        let path = |key| format!("indicateur.{rank}.{key}");
        out.extend(indicator.duty.iter().map(|text| (path("obligation"), text)));
        out.extend([(path("cible"), &indicator.target), (path("frequence"), &indicator.frequency)]);
    }
    for (rank, section) in clause.sections.iter().enumerate() {
        out.extend(section.when.iter().map(|text| (format!("section.{rank}.quand"), text)));
        out.extend(section.text.texts().map(|text| (format!("section.{rank}.texte"), text)));
    }
    out
}

/// The places of a file, found in its tree, with what is wrong at them.
struct Places<'s> {
    source: &'s str,
    report: Report<'s>,
    /// The tree, read when something is wrong.
    root: OnceCell<Node<'s>>,
}

impl<'s> Places<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, report: Report::new(source), root: OnceCell::new() }
    }

    /// A part of the text that stands at a key path; the start of the file when there is none.
    fn part(&self, path: &str, part: Span) -> Span {
        let root = self.root.get_or_init(|| reading::parse(self.source, &Report::new(self.source)));
        root.at(path).map_or(0..0, |node| self.report.inside(&node.span, part))
    }

    /// Notes what is wrong in the value of a key path, or in one side of « clause.nom ».
    fn note<'a>(&self, path: String, what: &str, message: &str, known: impl IntoIterator<Item = &'a str>) {
        let root = self.root.get_or_init(|| reading::parse(self.source, &Report::new(self.source)));
        let Some(written) = root.at(&path).and_then(Node::as_text) else {
            return self.note_at(0..0, what, message, known);
        };
        let part = match written.split_once('.') {
            Some((clause, _)) if clause == what => 0..clause.len(),
            Some((clause, name)) if name == what => clause.len() + 1..written.len(),
            _ => 0..written.len(),
        };
        self.note_at(self.part(&path, part), what, message, known);
    }

    /// Notes what is wrong at a place.
    fn note_at<'a>(&self, span: Span, what: &str, message: &str, known: impl IntoIterator<Item = &'a str>) {
        self.report.add_with(span, || {
            let known: Vec<&str> = known.into_iter().collect();
            let help = match nearest(what, known.iter().copied()) {
                Some(near) => format!("vouliez-vous dire « {near} » ?"),
                None if known.is_empty() => String::new(),
                None if known.len() <= 12 => suggestion(what, known.iter().copied()),
                None => "voyez le catalogue des clauses".to_owned(),
            };
            (format!("« {what} » {message}"), help)
        });
    }
}

/// Names that are listed only when they are wanted.
fn lazily<'t>(names: impl FnOnce() -> Vec<&'t str>) -> impl Iterator<Item = &'t str> {
    std::iter::once_with(names).flatten()
}
