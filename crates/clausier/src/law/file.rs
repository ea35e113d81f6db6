//! One file of the register: its entries, found by their headers, each parsed when it is asked for.
//!
//! Parsing the whole register takes milliseconds; a command that cites ten articles parses ten entries. Validation parses
//! whole files and checks that the index found what the parser finds.

use crate::base::bytes::{Kept, Reader, Writer, kept_of};
use crate::base::terms::Certainty;
use crate::file::reading::{Problem, Report, Span, Table, nearest, parse};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

/// What the tables of a file hold.
pub(super) trait Recorded: Kept {
    /// Name of the file.
    const FILE: &'static str;
    /// Key of the tables (`[[key]]`).
    const KEY: &'static str;
    /// What stands before the tables, and that reading them needs.
    type Preamble: Kept + std::fmt::Debug;

    /// Reads what stands before the tables.
    fn preamble(reader: &RegisterReader, root: &Table<'_, '_>) -> Self::Preamble;

    /// Reads a table. What is wrong is noted; `None` when too much is wrong to make an entry.
    fn read(reader: &RegisterReader, table: &Table<'_, '_>, id: Box<str>, preamble: &Self::Preamble) -> Option<Self>;
}

/// A file of the register as it is given.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) name: Cow<'static, str>,
    pub(crate) text: Cow<'static, str>,
    /// Its entries read beforehand; empty when they were not.
    pub(crate) packed: &'static [u8],
}

/// A file of the register.
#[derive(Debug)]
pub(super) struct File<T: Recorded> {
    /// Its name as it was given, for messages.
    name: Cow<'static, str>,
    source: Option<Cow<'static, str>>,
    packed: &'static [u8],
    index: OnceLock<Index<T>>,
}

#[derive(Debug)]
struct Index<T: Recorded> {
    preamble: T::Preamble,
    slots: Vec<Slot<T>>,
    /// The ranks of the slots, by id.
    order: Vec<u32>,
}

/// Where an entry stands, and the entry once it has been asked for.
#[derive(Debug)]
struct Slot<T> {
    id: Range<usize>,
    body: Range<usize>,
    packed: &'static [u8],
    value: OnceLock<Option<Box<T>>>,
}

impl<T: Recorded> File<T> {
    /// Picks its file among those given.
    pub(super) fn among(files: &mut Vec<Written>) -> Self {
        let found = files.iter().position(|file| file.name.rsplit('/').next() == Some(T::FILE));
        let index = OnceLock::new();
        match found.map(|i| files.swap_remove(i)) {
            Some(Written { name, text, packed }) => Self { name, source: Some(text), packed, index },
            None => Self { name: Cow::Borrowed(T::FILE), source: None, packed: &[], index },
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    fn source(&self) -> &str {
        self.source.as_deref().unwrap_or_default()
    }

    fn index(&self) -> &Index<T> {
        self.index.get_or_init(|| self.recalled().unwrap_or_else(|| self.found()))
    }

    /// What stands before the entries, and where each stands.
    fn found(&self) -> Index<T> {
        let source = self.source();
        let header = format!("[[{}]]", T::KEY);
        let mut starts: Vec<usize> = source.match_indices(&header).map(|(i, _)| i).collect();
        starts.retain(|i| *i == 0 || source[..*i].ends_with('\n'));
        let ends = starts.iter().skip(1).copied().chain([source.len()]);
        let slots = starts.iter().zip(ends).map(|(start, end)| Slot {
            id: id_of(source, *start..end),
            body: *start..end,
            packed: &[],
            value: OnceLock::new(),
        });
        let slots: Vec<Slot<T>> = slots.collect();
        let mut order: Vec<u32> = (0..).take(slots.len()).collect();
        order.sort_by_key(|rank| self.id(&slots, *rank));
        let before = &source[..starts.first().copied().unwrap_or(source.len())];
        let report = Report::new(before);
        let root = parse(before, &report);
        let preamble = T::preamble(&RegisterReader::default(), &Table::root(&root, &report));
        Index { preamble, slots, order }
    }

    /// The same, read beforehand.
    fn recalled(&self) -> Option<Index<T>> {
        let source = self.source();
        let mut bytes = Reader::new(self.packed);
        let before = bytes.bytes()?;
        let mut at = bytes.number()?;
        let preamble = T::Preamble::recall(&mut Reader::of(source.get(..at)?, before))?;
        let slots = bytes.list(|bytes| {
            let id = at.checked_add(bytes.number()?)?;
            let id = id..id.checked_add(bytes.number()?)?;
            let body = at..at.checked_add(bytes.number()?)?;
            at = body.end;
            source.get(id.clone()).and(source.get(body.clone()))?;
            Some(Slot { id, body, packed: bytes.bytes()?, value: OnceLock::new() })
        })?;
        Some(Index { preamble, slots, order: Vec::recall(&mut bytes)? })
    }

    /// What [`Self::recalled`] reads.
    pub(super) fn pack(&self) -> Vec<u8> {
        let source = self.source();
        let Index { preamble, slots, order } = self.index();
        let start = slots.first().map_or(source.len(), |slot| slot.body.start);
        let mut out = Writer::default();
        out.bytes(&kept_of(preamble, &source[..start]));
        out.number(start);
        out.list(slots, |out, slot| {
            let Slot { id, body, .. } = slot;
            out.number(id.start - body.start);
            out.number(id.len());
            out.number(body.len());
            out.bytes(&self.value(slot).map(|value| kept_of(value, &source[body.clone()])).unwrap_or_default());
        });
        order.keep(&mut out);
        out.finish()
    }

    /// What stands before the entries.
    pub(super) fn preamble(&self) -> &T::Preamble {
        &self.index().preamble
    }

    /// The ids, in the order of the file; nothing is parsed.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.index().slots.iter().map(|slot| &self.source()[slot.id.clone()])
    }

    fn id(&self, slots: &[Slot<T>], rank: u32) -> &str {
        slots.get(rank as usize).map_or("", |slot| &self.source()[slot.id.clone()])
    }

    /// An entry.
    pub(super) fn get(&self, id: &str) -> Option<&T> {
        let Index { slots, order, .. } = self.index();
        let place = order.partition_point(|rank| self.id(slots, *rank) < id);
        let rank = order.get(place).filter(|rank| self.id(slots, **rank) == id)?;
        self.value(slots.get(*rank as usize)?)
    }

    /// Every entry, in the order of the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.index().slots.iter().filter_map(|slot| self.value(slot))
    }

    fn value<'f>(&'f self, slot: &'f Slot<T>) -> Option<&'f T> {
        let body = || &self.source()[slot.body.clone()];
        let read = || {
            let report = Report::new(body());
            let root = parse(body(), &report);
            let tables = Table::root(&root, &report).tables(T::KEY);
            let table = tables.first()?;
            T::read(&RegisterReader::default(), table, self.source()[slot.id.clone()].into(), self.preamble())
        };
        let known = || T::of(body(), slot.packed).or_else(read);
        slot.value.get_or_init(|| known().map(Box::new)).as_deref()
    }

    /// Parses the whole file: everything wrong in it, in the order of the lines.
    pub(super) fn check(&self, known: &Known<'_>) -> Vec<Problem> {
        let source = self.source();
        let report = Report::new(source);
        if self.source.is_none() {
            report.add(0..0, format!("le fichier « {} » manque au référentiel", T::FILE), "");
            return report.into_problems();
        }
        let root = parse(source, &report);
        let root = Table::root(&root, &report);
        let reader = RegisterReader::default();
        let preamble = T::preamble(&reader, &root);
        let indexed: BTreeSet<&str> = self.ids().collect();
        let mut seen = BTreeSet::new();
        for table in root.tables(T::KEY) {
            let id: Box<str> = table.required("id", "\"mon-identifiant\"").into();
            if !id.is_empty() && !indexed.contains(&*id) {
                report.add(
                    table.span_of("id"),
                    format!("l’identifiant « {id} » n’est pas écrit comme le registre l’attend"),
                    format!("écrivez la ligne id = \"{id}\" juste sous [[{}]]", T::KEY),
                );
            }
            if !id.is_empty() && !seen.insert(id.clone()) {
                report.add(
                    table.span_of("id"),
                    format!("l’identifiant « {id} » est déjà pris dans ce fichier"),
                    "un identifiant n’est donné qu’une fois ; une autre version s’ajoute sous la même entrée",
                );
            }
            T::read(&reader, &table, id, &preamble);
            table.finish();
        }
        if !root.has(T::KEY) {
            root.missing(T::KEY, &format!("[[{}]] …", T::KEY));
        }
        root.finish();
        for reference in reader.references.into_inner() {
            known.check(&reference, &report);
        }
        report.into_problems()
    }
}

/// The value of the line `id = "…"` under a header; empty when the line is not there.
fn id_of(source: &str, body: Range<usize>) -> Range<usize> {
    const START: &str = "\nid = \"";
    let text = &source[body.clone()];
    let header_end = text.find('\n').unwrap_or(text.len());
    let Some(rest) = text[header_end..].strip_prefix(START) else { return body.start..body.start };
    let start = body.start + header_end + START.len();
    start..start + rest.find('"').unwrap_or(0)
}

/// What an id written in a file designates.
#[derive(Debug, Clone, Copy)]
pub(super) enum Referent {
    Text,
    Source,
    Concept,
}

/// An id that must exist in another file of the register.
#[derive(Debug)]
struct Reference {
    span: Span,
    target: Referent,
    id: Box<str>,
}

/// The ids that files refer to.
pub(super) struct Known<'l> {
    pub(super) texts: BTreeSet<&'l str>,
    pub(super) sources: BTreeSet<&'l str>,
    pub(super) concepts: BTreeSet<&'l str>,
}

impl Known<'_> {
    fn check(&self, reference: &Reference, report: &Report<'_>) {
        let (what, known) = match reference.target {
            Referent::Text => ("aucun texte de textes.toml", &self.texts),
            Referent::Source => ("aucune source de sources.toml", &self.sources),
            Referent::Concept => ("aucun concept de ccag.toml", &self.concepts),
        };
        if !known.contains(&*reference.id) {
            let help = match nearest(&reference.id, known.iter().copied()) {
                Some(near) => format!("vouliez-vous dire « {near} » ?"),
                None => "ajoutez-le, ou corrigez".to_owned(),
            };
            let message = format!("« {} » : {what} ne porte cet identifiant", reference.id);
            report.add(reference.span.clone(), message, help);
        }
    }
}

/// Reads what several files have in common, and gathers the ids that they refer to.
#[derive(Debug, Default)]
pub(super) struct RegisterReader {
    references: RefCell<Vec<Reference>>,
}

impl RegisterReader {
    /// The id of another entry.
    pub(super) fn reference(&self, table: &Table<'_, '_>, key: &'static str, target: Referent) -> Option<Box<str>> {
        let id: Box<str> = table.text(key)?.into();
        self.references.borrow_mut().push(Reference { span: table.span_of(key), target, id: id.clone() });
        Some(id)
    }

    /// A list of ids of other entries.
    pub(super) fn references(&self, table: &Table<'_, '_>, key: &'static str, target: Referent) -> Vec<Box<str>> {
        let ids = table.spanned_texts(key).into_iter().map(|(id, span)| {
            let id: Box<str> = id.into();
            self.references.borrow_mut().push(Reference { span, target, id: id.clone() });
            id
        });
        ids.collect()
    }

    /// The sources of a fact: at least one.
    pub(super) fn sources(&self, table: &Table<'_, '_>) -> Vec<Box<str>> {
        let sources = self.references(table, "sources", Referent::Source);
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
        if distinct == 1 && matches!(certainty, Certainty::TwoPrimary | Certainty::Secondary) {
            table.report.add(
                table.span_of("certitude"),
                format!("la certitude « {certainty} » suppose deux sources distinctes ; une seule est donnée"),
                "ajoutez la seconde source, ou écrivez \"texte-une-copie\" ou \"a-verifier\"",
            );
        }
        Some(certainty)
    }
}

/// An optional text; empty when absent.
pub(super) fn note(table: &Table<'_, '_>, key: &'static str) -> Box<str> {
    table.text(key).unwrap_or_default().into()
}
