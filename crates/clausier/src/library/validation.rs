//! What is wrong in a library: each file alone, then what ties the files together.

use super::Library;
use crate::base::terms::{Kind, Piece, Vocabulary};
use crate::file::reading::{FileProblem, Problem, Report, nearest, suggestion};
use crate::library::clause::{self, Clause, Criterion, ties};
use crate::library::lint;
use crate::library::markup::Pointed;
use crate::library::names;
use crate::library::template::{Names, Scrutiny};
use crate::library::trame::{self, Trame};

impl Library {
    /// What is wrong in the files wanted, each alone, then tied to the others.
    pub(super) fn problems_of(&self, wanted: impl Fn(&str) -> bool) -> Vec<FileProblem> {
        let mut out = Vec::new();
        for (id, entry) in self.entries.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems =
                match clause::read(id, entry.kind, entry.source.as_ref().into(), super::presets(), Scrutiny::Whole) {
                    Ok(clause) => {
                        let mut problems = self.known_families(&clause, &entry.source);
                        problems.extend(self.ties(&clause, &entry.source));
                        let noted = clause.criterion.as_ref().map(|criterion| self.noted(criterion));
                        problems.extend(lint::of_file(self.lint(), &entry.source, noted));
                        problems
                    }
                    Err(problems) => problems,
                };
            out.extend(problems.into_iter().map(|problem| FileProblem { file: entry.file.to_string(), problem }));
        }
        for (piece, entry) in self.trames.iter().filter(|(_, e)| wanted(&e.file)) {
            let problems = match trame::read(*piece, entry.source.as_ref().into(), Scrutiny::Whole) {
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
        let environmental = |id: &str| self.clause(id).is_some_and(|clause| clause.kind == Kind::Environment);
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
                let families = self.legal().families().map(|f| &*f.id);
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
                Some(trame) if trame.has_slot(&section.slot) => {}
                Some(trame) => {
                    self.note(&report, &section.slot, "n’est pas une place de la trame", lazily(|| trame.slots()))
                }
                None => self.note(&report, section.piece.word(), "n’a pas de trame", []),
            }
            section.text.targets().for_each(|target| self.check_target(target, section.piece, &report));
        }
        for id in &clause.grounds {
            self.check_law(id, &report);
        }
        for (id, _) in clause.penalties.iter().filter_map(|penalty| penalty.index.as_ref()) {
            if self.legal().parameter(id).is_none() {
                let known = self.legal().parameters().map(|parameter| &*parameter.id);
                self.note(&report, id, "n’est pas un indice du référentiel", known);
            }
        }
        for derogation in &clause.derogations {
            self.check_concepts(&derogation.concepts, &report);
        }
        let successor: Vec<String> = clause.successor.iter().cloned().collect();
        let mut pairs = vec![(&clause.requires, None), (&clause.supersedes, None), (&successor, Some(clause.kind))];
        if let Some(criterion) = &clause.criterion {
            pairs.push((&criterion.excludes, None));
        }
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
        let frames = ties::frames(clause, |id| self.clause(id));
        for (what, message) in ties::ties(clause, |id| self.clause(id)).into_iter().chain(frames) {
            self.note(&report, &what, &message, []);
        }
        self.check_pair_names(clause, &report);
        report.into_problems()
    }

    /// The names `social.x` and `environnement.x` of a liaison must exist in every clause that it accepts.
    fn check_pair_names(&self, clause: &Clause, report: &Report<'_>) {
        let Some(link) = &clause.link else { return };
        for (prefix, ids) in [("social", &link.social), ("environnement", &link.environment)] {
            for partner in ids.iter().filter_map(|id| self.clause(id)) {
                let mut names = partner.parameter_names();
                if partner.hours.is_some() {
                    names.extend(names::HOURS.iter().map(|(name, _)| (*name).to_owned()));
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
        report.add_with(report.find(what), || {
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

    fn check_target(&self, target: &Pointed, piece: Piece, report: &Report<'_>) {
        match target {
            Pointed::Article(anchor) => {
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
                    Some(trame) if trame.has_anchor(name) => {}
                    Some(trame) => {
                        self.note(report, name, "n’est pas une ancre de la trame", lazily(|| trame.anchors()))
                    }
                    None => self.note(report, piece.word(), "n’a pas de trame", []),
                }
            }
            Pointed::Law(ids) => ids.iter().for_each(|id| self.check_law(id, report)),
            Pointed::Ccag(concepts) => self.check_concepts(concepts, report),
        }
    }

    fn check_law(&self, id: &str, report: &Report<'_>) {
        if self.legal().text(id).is_none() {
            let ids = self.legal().texts().map(|t| &*t.id);
            self.note(report, id, "n’est pas un texte du référentiel", ids);
        }
    }

    fn check_concepts(&self, concepts: &[String], report: &Report<'_>) {
        for concept in concepts {
            if self.legal().concept(concept).is_none() {
                let ids = self.legal().concepts().map(|c| &*c.id);
                self.note(report, concept, "n’est pas une notion de la table des CCAG", ids);
            }
        }
    }
}

/// Names that are listed only when they are wanted.
fn lazily<'t>(names: impl FnOnce() -> Vec<&'t str>) -> impl Iterator<Item = &'t str> {
    std::iter::once_with(names).flatten()
}
