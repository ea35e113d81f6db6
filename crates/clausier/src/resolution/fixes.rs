//! The edits that do what a finding advises.

use crate::base::quantity::{FINE, NBSP};
use crate::dossier::consultation::{Choice, Consultation, CriterionChoice, Given, Lot, Raw, Weights};
use crate::file::edit::Edit;
use std::fmt::Display;
use std::ops::Range;

/// A figure as a dossier writes it, with ordinary spaces.
pub(crate) fn raw(figure: impl Display) -> Raw {
    Raw::Text(figure.to_string().replace([FINE, NBSP], " "))
}

/// Gives a parameter of a chosen clause, or of a criterion, its value on a lot: where the dossier gives it, lot by lot or once.
pub(crate) fn value(consultation: &Consultation, id: &str, name: &str, lot: u32, value: Raw) -> Edit {
    let (table, given) = match consultation.criteria.iter().find(|criterion| criterion.id == id) {
        Some(criterion) => ("critere", criterion.parameters.get(name)),
        None => ("clause", consultation.choice(id).and_then(|choice| choice.parameters.get(name))),
    };
    let path = format!("{table}.{id}.{name}");
    match given {
        Some(Given::PerLot(_)) => Edit::set(format!("{path}.{lot}"), value),
        _ => Edit::set(path, value),
    }
}

/// Limits a clause to some lots.
pub(crate) fn lots(choice: &Choice, kept: &[u32]) -> Vec<Edit> {
    let path = format!("clause.{}.lots", choice.id);
    let old = choice.lots.is_some().then(|| Edit::remove(&*path));
    old.into_iter().chain(kept.iter().map(|lot| Edit::add(&*path, Raw::Integer(i64::from(*lot))))).collect()
}

/// Takes some operators out of the reservation of a lot.
pub(crate) fn reservation(lot: &Lot, kept: impl Fn(&str) -> bool) -> Edit {
    let path = format!("lot.{}.reserve", lot.number);
    let kept: Vec<String> = lot.reserved_to.iter().map(ToString::to_string).filter(|word| kept(word)).collect();
    if kept.is_empty() { Edit::remove(path) } else { Edit::set(path, Raw::List(kept)) }
}

/// Gives a clause another name, with all that the dossier says of it.
pub(crate) fn renamed_clause(choice: &Choice, all: impl IntoIterator<Item = u32>, new: &str) -> Vec<Edit> {
    let path = format!("clause.{new}");
    let mut edits = vec![Edit::remove(format!("clause.{}", choice.id))];
    // A bare table cannot be made: the lots say the same.
    let bare = choice.pair.is_empty() && choice.parameters.is_empty();
    let lots = choice.lots.clone().or_else(|| bare.then(|| all.into_iter().collect()));
    edits.extend(lots.into_iter().flatten().map(|lot| Edit::add(format!("{path}.lots"), Raw::Integer(lot.into()))));
    if !choice.pair.is_empty() {
        edits.push(Edit::set(format!("{path}.lie"), Raw::List(choice.pair.clone())));
    }
    edits.extend(choice.parameters.iter().flat_map(|(name, given)| self::given(&format!("{path}.{name}"), given)));
    edits
}

/// Gives a criterion another name, with its weight and its values.
pub(crate) fn renamed_criterion(choice: &CriterionChoice, new: &str) -> Vec<Edit> {
    let path = format!("critere.{new}");
    let bare = choice.method.is_empty() && choice.parameters.is_empty();
    let mut edits = vec![Edit::remove(format!("critere.{}", choice.id))];
    match &choice.weights {
        Weights::Same(weight) if bare => edits.push(Edit::set(&*path, Raw::Integer(*weight))),
        Weights::Same(weight) => edits.push(Edit::set(format!("{path}.poids"), Raw::Integer(*weight))),
        Weights::PerLot(weights) => {
            edits.extend(weights.iter().map(|(lot, weight)| Edit::set(format!("{path}.{lot}"), Raw::Integer(*weight))));
        }
    }
    if !choice.method.is_empty() {
        edits.push(Edit::set(format!("{path}.methode"), Raw::Text(choice.method.clone())));
    }
    edits.extend(choice.parameters.iter().flat_map(|(name, given)| self::given(&format!("{path}.{name}"), given)));
    edits
}

/// Puts other words in place of some of a text of the buyer's own: alone at its key path, or in a list.
pub(crate) fn reworded(
    consultation: &Consultation,
    path: &str,
    text: &str,
    words: &Range<usize>,
    new: &str,
) -> Option<Edit> {
    let (before, after) = (text.get(..words.start)?, text.get(words.end..)?);
    let mended = format!("{before}{new}{after}");
    let mut steps = path.split('.');
    let (table, id, name) = (steps.next()?, steps.next()?, steps.next());
    let choice = consultation.choice(id).filter(|_| table == "clause");
    let given = choice.and_then(|choice| choice.parameters.get(name?));
    let raw = match given {
        Some(Given::Same(raw)) => Some(raw),
        Some(Given::PerLot(map)) => map.get(&steps.next()?.parse().ok()?),
        None => None,
    };
    let value = match raw {
        Some(Raw::List(items)) => {
            Raw::List(items.iter().map(|item| if item == text { mended.clone() } else { item.clone() }).collect())
        }
        _ => Raw::Text(mended),
    };
    Some(Edit::set(path, value))
}

/// The edits that write a parameter as the dossier gave it.
pub(crate) fn given(path: &str, given: &Given) -> Vec<Edit> {
    match given {
        Given::Same(raw) => vec![Edit::set(path, raw.clone())],
        Given::PerLot(map) => map.iter().map(|(lot, raw)| Edit::set(format!("{path}.{lot}"), raw.clone())).collect(),
    }
}
