//! The edits that give what a dossier chooses another name.

use super::consultation::{Choice, CriterionChoice, Given, Raw, Weights};
use super::tree::points;
use crate::file::edit::Edit;

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
        Weights::Same(weight) if bare => edits.push(Edit::set(&*path, points(weight))),
        Weights::Same(weight) => edits.push(Edit::set(format!("{path}.poids"), points(weight))),
        Weights::PerLot(weights) => {
            edits.extend(weights.iter().map(|(lot, weight)| Edit::set(format!("{path}.{lot}"), points(weight))));
        }
    }
    if !choice.method.is_empty() {
        edits.push(Edit::set(format!("{path}.methode"), Raw::Text(choice.method.clone())));
    }
    edits.extend(choice.parameters.iter().flat_map(|(name, given)| self::given(&format!("{path}.{name}"), given)));
    edits
}

/// The edits that write a parameter as the dossier gave it.
pub(crate) fn given(path: &str, given: &Given) -> Vec<Edit> {
    match given {
        Given::Same(raw) => vec![Edit::set(path, raw.clone())],
        Given::PerLot(map) => map.iter().map(|(lot, raw)| Edit::set(format!("{path}.{lot}"), raw.clone())).collect(),
    }
}
