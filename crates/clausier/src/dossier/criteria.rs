//! The award criteria of a dossier: those of the library, by their name, and those that the dossier describes itself.

use super::consultation::{CriterionChoice, OwnCriterion, Weights};
use super::read::{Numbers, lot_number, no_such_lot, read_given};
use crate::base::quantity::Number;
use crate::file::node::NodeValue;
use crate::file::reading::{self, Table};
use crate::library::marking::{self, Author, figure};
use std::collections::BTreeMap;

/// Any of these makes a criterion the dossier's own: no criterion of the library asks for a value of such a name.
const OWN: [&str; 3] = ["titre", "nature", "note"];

pub(super) fn read_criteria(top: &Table<'_, '_>, lots: &Numbers) -> Vec<CriterionChoice> {
    let Some(table) = top.table("critere") else { return Vec::new() };
    let mut out = Vec::new();
    for field in table.all() {
        let id = field.key.to_string();
        if let NodeValue::Table(_) = field.node.value {
            let inner = Table::new(table.at(&id), field.key_span.clone(), &field.node, table.report);
            out.extend(described(id, &inner, lots));
        } else if let Some(weight) = figure(&table, &field.key, 1) {
            let (weights, method, parameters) = (Weights::Same(weight), String::new(), BTreeMap::new());
            out.push(CriterionChoice { id, weights, method, parameters, own: None });
        }
    }
    out
}

/// A criterion with its table.
fn described(id: String, table: &Table<'_, '_>, lots: &Numbers) -> Option<CriterionChoice> {
    let method = table.optional("methode");
    let same = figure(table, "poids", 1);
    let is_own = OWN.iter().any(|key| table.has(key));
    let own = if is_own { Some(read_own(&id, table, same.as_ref())) } else { None };
    let (mut weights, mut parameters) = (BTreeMap::new(), BTreeMap::new());
    for entry in table.rest() {
        match lot_number(&entry.key) {
            Some(number) if lots.contains(&number) => {
                weights.extend(figure(table, &entry.key, 0).map(|weight| (number, weight)));
            }
            Some(number) => no_such_lot(table.report, entry.key_span.clone(), number, lots),
            None => match reading::nearest(&entry.key, known(is_own)) {
                Some(near) => unknown(table, entry, format!("vouliez-vous dire « {near} » ?")),
                None if is_own => {
                    unknown(table, entry, format!("clés connues : {}", known(true).collect::<Vec<_>>().join(", ")))
                }
                // Whether the criterion has such a parameter is known with the library.
                None => {
                    let given = read_given(table, entry, lots);
                    parameters.extend(given.map(|given| (entry.key.to_string(), given)));
                }
            },
        }
    }
    let weights = match (same, weights.is_empty()) {
        (Some(weight), true) => Weights::Same(weight),
        (Some(_), false) => {
            let message = "poids est donné pour tous les lots et par lot";
            table.report.add(table.span.clone(), message, "gardez l’un ou l’autre");
            return None;
        }
        (None, false) => Weights::PerLot(weights),
        (None, true) => {
            if !table.has("poids") {
                table.missing("poids", "15");
            }
            return None;
        }
    };
    // What a criterion of one's own lacks has been noted.
    let own = match own {
        Some(read) => Some(read?),
        None => None,
    };
    Some(CriterionChoice { id, weights, method, parameters, own })
}

/// The keys that a criterion may have besides the numbers of lots, its own or what the library's asks for.
fn known(own: bool) -> impl Iterator<Item = &'static str> + Clone {
    let described = ["titre", "nature", "note", "cadre", "elements", "lien_avec_l_objet", "cycle_de_vie"];
    ["poids", "methode"].into_iter().chain(described.into_iter().filter(move |_| own))
}

fn unknown(table: &Table<'_, '_>, entry: &crate::file::node::Field<'_>, help: String) {
    let message = format!("clé inconnue « {} » dans [{}]", entry.key, table.path);
    table.report.add(entry.key_span.clone(), message, help);
}

/// A criterion that the dossier describes.
fn read_own(id: &str, table: &Table<'_, '_>, weight: Option<&Number>) -> Option<OwnCriterion> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if !id.bytes().all(plain) {
        let help = "minuscules sans accent, chiffres et tirets, par exemple [critere.accueil-des-usagers]";
        table.report.add(table.span.clone(), format!("« {id} » n’est pas un identifiant de critère"), help);
    }
    let title = table.required("titre", "\"Accueil des usagers\"");
    let criterion = marking::read(table, Author::Dossier(weight));
    Some(OwnCriterion { title, criterion: criterion? })
}
