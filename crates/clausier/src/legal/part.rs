//! One file of the register: what was read, what is wrong, what it refers to.

use crate::reading::{Problem, Report, Span, Table, parse};
use crate::terms::Certainty;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What an id written in a file designates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Text,
    Source,
    Concept,
}

/// An id that must exist in another file of the register (or further in the same one).
#[derive(Debug)]
pub(super) struct Reference {
    pub(super) span: Span,
    pub(super) target: Target,
    pub(super) id: Box<str>,
}

/// A parsed file. Reading never stops: the value holds what could be read, the problems say what could not.
#[derive(Debug)]
pub(super) struct Part<T> {
    pub(super) value: T,
    pub(super) problems: Vec<Problem>,
    pub(super) references: Vec<Reference>,
}

/// The reader of one file: the references met on the way.
pub(super) struct Reader {
    references: RefCell<Vec<Reference>>,
}

/// Reads a whole file.
pub(super) fn read<T>(source: &str, file: impl FnOnce(&Reader, &Table<'_, '_>) -> T) -> Part<T> {
    let report = Report::new(source);
    let reader = Reader { references: RefCell::default() };
    let root = parse(source, &report);
    let table = Table::root(&root, &report);
    let value = file(&reader, &table);
    table.finish();
    Part { value, problems: report.into_problems(), references: reader.references.into_inner() }
}

impl Reader {
    /// The entries of `[[key]]`, each with its id; an id given twice is noted.
    pub(super) fn entries<T>(
        &self,
        table: &Table<'_, '_>,
        key: &str,
        mut entry: impl FnMut(&Self, &Table<'_, '_>, Box<str>) -> Option<T>,
    ) -> Vec<T> {
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for item in table.tables(key) {
            let id: Box<str> = item.required("id", "\"mon-identifiant\"").into();
            if !id.is_empty() && !seen.insert(id.clone()) {
                item.report.add(
                    item.span_of("id"),
                    format!("l’identifiant « {id} » est déjà pris dans ce fichier"),
                    "un identifiant n’est donné qu’une fois ; une autre version s’ajoute sous la même entrée",
                );
            }
            out.extend(entry(self, &item, id));
            item.finish();
        }
        if out.is_empty() && item_missing(table, key) {
            table.missing(key, &format!("[[{key}]] …"));
        }
        out
    }

    /// An id of another entry.
    pub(super) fn reference(&self, table: &Table<'_, '_>, key: &str, target: Target) -> Option<Box<str>> {
        let id: Box<str> = table.text(key)?.into();
        self.references.borrow_mut().push(Reference { span: table.span_of(key), target, id: id.clone() });
        Some(id)
    }

    /// A list of ids of other entries.
    pub(super) fn references(&self, table: &Table<'_, '_>, key: &str, target: Target) -> Vec<Box<str>> {
        let mut out = Vec::new();
        for (id, span) in table.spanned_texts(key) {
            let id: Box<str> = id.into();
            self.references.borrow_mut().push(Reference { span, target, id: id.clone() });
            out.push(id);
        }
        out
    }

    /// The sources of a fact: at least one.
    pub(super) fn sources(&self, table: &Table<'_, '_>) -> Vec<Box<str>> {
        let sources = self.references(table, "sources", Target::Source);
        if !table.has("sources") {
            table.missing("sources", "[\"legi-2026-08\"]");
        } else if sources.is_empty() {
            table.report.add(
                table.span_of("sources"),
                "un fait sans source n’entre pas dans le registre",
                "donnez au moins une source de sources.toml",
            );
        }
        sources
    }

    /// The certainty of a fact of law; it may not claim more copies or sources than are given.
    pub(super) fn certainty(&self, table: &Table<'_, '_>, sources: &[Box<str>]) -> Option<Certainty> {
        let certainty = table.required_word::<Certainty>("certitude")?;
        let distinct = sources.iter().collect::<BTreeSet<_>>().len();
        let two = matches!(certainty, Certainty::TwoPrimary | Certainty::Secondary);
        if two && (1..2).contains(&distinct) {
            table.report.add(
                table.span_of("certitude"),
                format!("la certitude « {certainty} » suppose deux sources distinctes ; une seule est donnée"),
                "ajoutez la seconde source, ou écrivez \"texte-une-copie\" ou \"a-verifier\"",
            );
        }
        Some(certainty)
    }
}

fn item_missing(table: &Table<'_, '_>, key: &str) -> bool {
    !table.has(key)
}

/// An optional text.
pub(super) fn note(table: &Table<'_, '_>, key: &str) -> Box<str> {
    table.text(key).unwrap_or_default().into()
}
