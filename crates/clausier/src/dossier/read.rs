//! Reads a dossier: whole, or what there is of it.

mod choices;
mod contract;
mod lots;

use super::consultation::*;
use super::criteria::read_criteria;
use super::known::{Known, KnownLot};
use crate::base::quantity::{Date, Duration, Euros, Number, QuantityError, Rate};
use crate::base::terms::*;
use crate::file::node::{Field, Node, NodeValue};
use crate::file::reading::{self, Problem, Report, Span, Table};
pub(super) use choices::read_given;
use choices::{read_acknowledged, read_choices, read_layout, read_set_aside};
use contract::{read_buyer, read_contract, read_facilitator};
use lots::read_lots;
pub(super) use lots::{lot_number, no_such_lot};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Largest dossier read, in bytes.
pub const MAX_DOSSIER: usize = 1 << 20;

/// Everything wrong with the shape of a dossier: French, with places, all at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DossierError {
    /// The problems, in the order of the file; at least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problems.iter().try_for_each(|problem| write!(f, "{problem}"))
    }
}

/// A dossier of which some may be missing or ill-formed: what can be said of it as it stands.
///
/// A page that shows duties and findings while the buyer types stands on this; a final pièce does not.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Partial {
    /// What is readable, when the frame is: launch, buyer, contract, one lot at least. A lot or a clause that cannot be read
    /// is left out, a missing text reads « [à compléter : …] », and resolving gives each problem as a blocking finding.
    pub consultation: Option<Consultation>,
    /// Everything missing or ill-formed, in the order of the file; empty when the dossier is whole.
    pub problems: Vec<Problem>,
    /// The facts on which duties depend, each by itself.
    pub known: Known,
    /// What is chosen, when there is no consultation.
    pub(crate) fragments: Fragments,
}

impl Consultation {
    /// Reads a dossier.
    ///
    /// # Errors
    /// [`DossierError`] with every problem of shape at once.
    pub fn from_toml(source: &str) -> Result<Self, DossierError> {
        whole(Self::partial(source))
    }

    /// Reads a dossier from bytes, as a file holds them.
    ///
    /// # Errors
    /// When the bytes are not UTF-8 (with the line), and as [`Consultation::from_toml`].
    pub fn from_slice(bytes: &[u8]) -> Result<Self, DossierError> {
        whole(Self::partial_slice(bytes)?)
    }

    /// Reads a dossier written in JSON: the same keys, dates as texts (`"2026-12-07"`). Its problems have a key path, no line.
    ///
    /// # Errors
    /// [`DossierError`] with every problem of shape at once, or with the place at which the JSON is ill-formed.
    #[cfg(feature = "json")]
    pub fn from_json(source: &str) -> Result<Self, DossierError> {
        whole(Self::partial_json(source))
    }

    /// Reads what there is of a dossier in TOML.
    pub fn partial(source: &str) -> Partial {
        let report = Report::new(source);
        if too_long(source, &report) {
            return nothing(report.into_problems());
        }
        let root = reading::parse(source, &report);
        Self::partial_node(&root, report)
    }

    /// Reads what there is of a dossier from bytes, as a file holds them.
    ///
    /// # Errors
    /// When the bytes are not UTF-8, with the line.
    pub fn partial_slice(bytes: &[u8]) -> Result<Partial, DossierError> {
        reading::decode(bytes).map(Self::partial).map_err(|problems| DossierError { problems })
    }

    /// Reads what there is of a dossier in JSON.
    #[cfg(feature = "json")]
    pub fn partial_json(source: &str) -> Partial {
        let report = Report::new(source);
        if too_long(source, &report) {
            return nothing(report.into_problems());
        }
        match crate::file::json::parse(source) {
            Ok(root) => Self::partial_node(&root, Report::without_text()),
            Err(problems) => nothing(problems),
        }
    }

    pub(crate) fn partial_node(root: &Node<'_>, report: Report<'_>) -> Partial {
        if root.fields().is_empty() {
            report.add(0..0, "le dossier est vide", "partez d’un dossier commenté : clausier nouveau");
            return nothing(report.into_problems());
        }
        let (consultation, known, fragments) = read(root, &report);
        let problems = report.into_problems_of(root);
        let consultation = consultation.map(|mut consultation| {
            consultation.unread.clone_from(&problems);
            consultation
        });
        Partial { consultation, problems, known, fragments }
    }
}

fn too_long(source: &str, report: &Report<'_>) -> bool {
    let long = source.len() > MAX_DOSSIER;
    if long {
        let help = "un dossier tient en quelques pages : vérifiez que c’est le bon fichier";
        report.add(0..0, "le dossier dépasse 1 Mio", help);
    }
    long
}

fn nothing(problems: Vec<Problem>) -> Partial {
    Partial { consultation: None, problems, known: Known::default(), fragments: Fragments::default() }
}

/// A whole dossier, or its problems.
pub(super) fn whole(partial: Partial) -> Result<Consultation, DossierError> {
    let Partial { consultation, problems, .. } = partial;
    if problems.is_empty() { consultation.ok_or(DossierError { problems }) } else { Err(DossierError { problems }) }
}

/// Numbers of the lots that the dossier names, those that cannot be read included.
pub(super) type Numbers = BTreeSet<u32>;

fn read(root: &Node<'_>, report: &Report<'_>) -> (Option<Consultation>, Known, Fragments) {
    let top = Table::root(root, report);
    match top.integer("format", 0..=i64::MAX) {
        Some(1) => {}
        Some(other) => report.add(
            top.span_of("format"),
            format!("ce dossier est au format {other}"),
            "cette version de clausier lit le format 1",
        ),
        None if !top.has("format") => top.missing("format", "1"),
        None => {}
    }
    if !top.has("lancement") {
        top.missing("lancement", "2026-12-07");
    }
    let mut known = Known { launch: top.date("lancement"), ..Known::default() };
    let buyer = section(&top, "acheteur").and_then(|t| read_buyer(&t));
    known.category = buyer.as_ref().map(|buyer| buyer.category);
    let contract = section(&top, "consultation");
    let (lots, numbers) = read_lots(&top, &mut known);
    let choices = read_choices(&top, &numbers);
    let criteria = read_criteria(&top, &numbers);
    let set_aside = top.table("clause_sociale_ecartee").map(|t| read_set_aside(&t, &numbers));
    let facilitator = top.table("facilitateur").map(|t| read_facilitator(&t));
    let acknowledged = top.table("constats").map(|t| read_acknowledged(&t, &numbers)).unwrap_or_default();
    let to_confirm = top.key_paths(TO_CONFIRM).into_iter().collect();
    let layout = top.table("rendu").map(|t| read_layout(&t)).unwrap_or_default();
    let contract = contract.and_then(|t| read_contract(&t, &mut known));
    top.finish();
    let frame = contract.zip(known.launch).zip(buyer).filter(|_| !lots.is_empty());
    let Some(((mut contents, launch), buyer)) = frame else {
        let lots = numbers.into_iter().collect();
        return (None, known, Fragments { choices, criteria, lots, to_confirm, places: Places::of(root, report) });
    };
    let consultation = {
        contents.launch = launch;
        contents.buyer = buyer;
        contents.choices = choices.into_iter().filter_map(|choice| on_lots(choice, &lots)).collect();
        contents.lots = lots;
        contents.criteria = criteria;
        contents.set_aside = set_aside;
        contents.facilitator = facilitator;
        contents.acknowledged = acknowledged;
        contents.to_confirm = to_confirm;
        contents.layout = layout;
        Consultation { contents, places: Places::of(root, report), unread: Vec::new() }
    };
    (Some(consultation), known, Fragments::default())
}

/// A choice without the lots that could not be read; `None` when none is left.
fn on_lots(mut choice: Choice, lots: &BTreeMap<u32, Lot>) -> Option<Choice> {
    if let Some(chosen) = &mut choice.lots {
        chosen.retain(|lot| lots.contains_key(lot));
        if chosen.is_empty() {
            return None;
        }
    }
    for given in choice.parameters.values_mut() {
        if let Given::PerLot(map) = given {
            map.retain(|lot, _| lots.contains_key(lot));
        }
    }
    Some(choice)
}

/// A text that must be there; a partial reading shows its place.
fn required_text(table: &Table<'_, '_>, key: &'static str, example: &str) -> String {
    let text = table.required(key, example);
    if text.trim().is_empty() { format!("[à compléter : {key}]") } else { text }
}

/// A word with a usual value when it is not given; `None` when it is given and is no such word.
fn word_or<V: Vocabulary>(table: &Table<'_, '_>, key: &'static str, usual: V) -> Option<V> {
    if table.has(key) { table.word(key) } else { Some(usual) }
}

fn section<'d, 's>(top: &Table<'d, 's>, key: &'static str) -> Option<Table<'d, 's>> {
    if !top.has(key) {
        top.report.add_absent(
            0..0,
            key,
            format!("la table [{key}] manque"),
            format!("ajoutez une table [{key}] ; « clausier nouveau » en montre une"),
        );
    }
    top.table(key)
}

fn required_measure<T>(
    table: &Table<'_, '_>,
    key: &'static str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Option<T> {
    if !table.has(key) {
        table.missing(key, example);
    }
    table.measure(key, parse)
}
