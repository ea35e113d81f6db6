//! The edits that do what a finding advises.

use crate::base::quantity::{FINE, NBSP};
use crate::dossier::consultation::{Choice, Given, Lot, Raw};
use crate::file::edit::Edit;
use crate::library::clause::Value;
use crate::resolution::facts::Facts;
use std::fmt::Display;
use std::ops::Range;

/// A figure as a dossier writes it, with ordinary spaces.
pub(crate) fn raw(figure: impl Display) -> Raw {
    Raw::Text(figure.to_string().replace([FINE, NBSP], " "))
}

/// Gives a parameter of a chosen clause, or of a criterion, its value on a lot: where the dossier gives it, lot by lot or once.
pub(crate) fn value(facts: &Facts<'_>, id: &str, name: &str, lot: u32, value: Raw) -> Edit {
    Edit::set(place(facts, id, name, lot), value)
}

/// Where a dossier writes a parameter for a lot.
fn place(facts: &Facts<'_>, id: &str, name: &str, lot: u32) -> String {
    let (table, given) = match facts.consultation.criteria.iter().find(|criterion| criterion.id == id) {
        Some(criterion) => ("critere", criterion.parameters.get(name)),
        None => ("clause", facts.consultation.choice(id).and_then(|choice| choice.parameters.get(name))),
    };
    let path = format!("{table}.{id}.{name}");
    match given {
        Some(Given::PerLot(_)) => format!("{path}.{lot}"),
        _ => path,
    }
}

/// As [`value`], from a value as read.
pub(crate) fn setting(facts: &Facts<'_>, lot: u32, id: &str, name: &str, new: &Value) -> Edit {
    let raw = match new {
        Value::Integer(n) => Raw::Integer(*n),
        Value::Flag(flag) => Raw::Boolean(*flag),
        Value::List(items) => Raw::List(items.clone()),
        other => Raw::Text(other.plain()),
    };
    value(facts, id, name, lot, raw)
}

/// Takes a parameter of a chosen clause away on a lot.
pub(crate) fn unsetting(facts: &Facts<'_>, lot: u32, id: &str, name: &str) -> Edit {
    Edit::remove(place(facts, id, name, lot))
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

/// Puts other words in place of some of a text of the buyer's own: alone at its key path, or in a list.
pub(crate) fn reworded(facts: &Facts<'_>, path: &str, text: &str, words: &Range<usize>, new: &str) -> Option<Edit> {
    let (before, after) = (text.get(..words.start)?, text.get(words.end..)?);
    let mended = format!("{before}{new}{after}");
    let mut steps = path.split('.');
    let (table, id, name) = (steps.next()?, steps.next()?, steps.next());
    let choice = facts.consultation.choice(id).filter(|_| table == "clause");
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
