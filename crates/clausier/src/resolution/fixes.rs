//! The edits that do what a finding advises.

use crate::base::quantity::{Euros, FINE, NBSP};
use crate::dossier::consultation::{Choice, Consultation, Given, Lot, Raw};
use crate::file::edit::Edit;
use crate::library::clause::Value;
use crate::library::clause::link::CEILING;
use crate::resolution::facts::Facts;
use crate::resolution::ledger::{Coherence, Remedy};
use crate::resolution::liaisons::{LotLiaisons, PricedUnit};
use std::fmt::Display;
use std::ops::Range;

/// A figure as a dossier writes it, with ordinary spaces.
pub(crate) fn raw(figure: impl Display) -> Raw {
    Raw::Text(figure.to_string().replace([FINE, NBSP], " "))
}

/// Gives a parameter of a chosen clause, or of a criterion, its value on a lot: where the dossier gives it, lot by lot or once.
pub(crate) fn value(consultation: &Consultation, id: &str, name: &str, lot: u32, value: Raw) -> Edit {
    Edit::set(place(consultation, id, name, lot), value)
}

/// Where a dossier writes a parameter for a lot.
fn place(consultation: &Consultation, id: &str, name: &str, lot: u32) -> String {
    let (table, given) = match consultation.criteria.iter().find(|criterion| criterion.id == id) {
        Some(criterion) => ("critere", criterion.parameters.get(name)),
        None => ("clause", consultation.choice(id).and_then(|choice| choice.parameters.get(name))),
    };
    let path = format!("{table}.{id}.{name}");
    match given {
        Some(Given::PerLot(_)) => format!("{path}.{lot}"),
        _ => path,
    }
}

/// As [`value`], from a value as read.
pub(crate) fn setting(consultation: &Consultation, lot: u32, id: &str, name: &str, new: &Value) -> Edit {
    let raw = match new {
        Value::Integer(n) => Raw::Integer(*n),
        Value::Flag(flag) => Raw::Boolean(*flag),
        Value::List(items) => Raw::List(items.clone()),
        other => Raw::Text(other.plain()),
    };
    value(consultation, id, name, lot, raw)
}

/// Takes a parameter of a chosen clause away on a lot.
pub(crate) fn unsetting(consultation: &Consultation, lot: u32, id: &str, name: &str) -> Edit {
    Edit::remove(place(consultation, id, name, lot))
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

/// The edit that raises the tariff of a unit to a figure that a buyer writes.
pub(crate) fn raised(facts: &Facts<'_>, lot: u32, unit: &PricedUnit<'_>, amount: &Euros) -> Edit {
    let (clause, name) = unit.tariff();
    setting(facts.consultation, lot, clause, name, &Value::Amount(unit.at_least(amount)))
}

/// The edit that makes hours and work fit by the share of the hours alone, where it can.
pub(crate) fn assigned(facts: &Facts<'_>, lot: &LotLiaisons, id: &str, coherence: &Coherence) -> Option<Edit> {
    match &coherence.remedies.as_ref()?.assigned {
        Remedy::Possible(share) => {
            Some(setting(facts.consultation, lot.lot, id, "affectation", &Value::Rate(share.clone())))
        }
        Remedy::Impossible(_) => None,
    }
}

/// The edits that leave the ceiling of the liaisons of a lot to the rule, under which nothing is free.
pub(crate) fn without_ceiling(facts: &Facts<'_>, lot: u32) -> Vec<Edit> {
    let given = facts.links.iter().filter(|link| link.lot == lot && link.ceiling.is_some());
    given.map(|link| unsetting(facts.consultation, lot, &link.clause.id, CEILING)).collect()
}
