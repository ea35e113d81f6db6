//! What the scoring of a criterion reads in the parameters of clauses.

use super::{Clause, Frame, Lines, Parameter, ParameterKind, Value};
use crate::base::quantity::Number;
use crate::library::marking::{Bound, UnitPenalty};

/// The value of a parameter as a number of the unit of a scale; `None` when the two do not compare.
pub(crate) fn in_unit(value: &Value, unit: &str) -> Option<Number> {
    let months = |number: i64| Number::from_int(number);
    match (value, unit) {
        (Value::Rate(rate), "%") => Some(rate.percent()),
        (Value::Amount(amount), "€") => Some(amount.0.clone()),
        (Value::Hours(hours), "h") => Some(hours.0.clone()),
        (Value::Duration(duration), "mois") => Some(duration.months()),
        (Value::Duration(duration), "ans") => duration.months().over(&months(12)),
        (Value::Quantity(quantity), unit) if quantity.unit == unit => Some(quantity.value.clone()),
        (Value::Integer(n), _) => Some(Number::from_int(*n)),
        _ => None,
    }
}

/// True when a parameter can stand at an end of a scale in this unit.
pub(crate) fn fits(parameter: &Parameter, unit: &str) -> bool {
    match (&parameter.kind, unit) {
        (ParameterKind::Rate, "%") | (ParameterKind::Amount, "€") | (ParameterKind::Hours, "h") => true,
        (ParameterKind::Duration, "mois" | "ans") | (ParameterKind::Integer, _) => true,
        (ParameterKind::Quantity(own), unit) => own == unit,
        _ => false,
    }
}

/// What is wrong in the scoring of a criterion, given a way to find the clauses that it requires: message and place word.
pub(crate) fn ties<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let Some(criterion) = &clause.criterion else { return out };
    for note in &criterion.notes {
        if let Some(UnitPenalty::Parameter(name)) = &note.means
            && !clause.parameter(name).is_some_and(|parameter| parameter.kind == ParameterKind::Amount)
        {
            out.push((name.clone(), "n’est pas un montant que le critère demande".to_owned()));
        }
        let Some(scale) = note.scale() else { continue };
        for (_, bound) in scale.keyed() {
            let Bound::Parameter { clause: holder, name, .. } = bound else { continue };
            let parameter = match holder {
                None => clause.parameter(name),
                Some(id) if !clause.requires.contains(id) => {
                    out.push((id.clone(), "n’est pas dans « requiert » : la valeur ne serait pas due".to_owned()));
                    continue;
                }
                // An unknown clause is told with « requiert ».
                Some(id) => match other(id) {
                    Some(found) => found.parameter(name),
                    None => continue,
                },
            };
            match parameter {
                None => out.push((name.clone(), "n’est pas un paramètre que cette note puisse lire".to_owned())),
                Some(parameter) if !fits(parameter, &scale.unit) => {
                    out.push((name.clone(), format!("ne se compte pas en « {} »", scale.unit)));
                }
                Some(_) => {}
            }
        }
        match (&scale.penalty, note.raises()) {
            // A clause file has no amount of its own: it names a parameter.
            (Some(UnitPenalty::Amount(_)), _) => {}
            (Some(UnitPenalty::Parameter(name)), None) if scale.engaged => {
                match clause.parameter(name).map(|parameter| &parameter.kind) {
                    Some(ParameterKind::Amount) => {}
                    _ => out.push((name.clone(), "n’est pas un montant que le critère demande".to_owned())),
                }
            }
            (Some(UnitPenalty::Parameter(name)), _) => {
                let message = "est de trop : la valeur n’est pas engagée, ou sa clause a déjà sa pénalité";
                out.push((name.clone(), message.to_owned()));
            }
            (None, None) if scale.engaged => {
                let message = "est engagée et rien ne la rend due : lisez son zéro dans une clause requise, \
                               ou donnez une « penalite » à la note";
                out.push((note.name.clone(), message.to_owned()));
            }
            (None, _) => {}
        }
    }
    out
}

/// What is wrong in the lines of the frames of a clause, given a way to find the clauses that it requires.
pub(crate) fn frames<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Vec<(String, String)> {
    let own = clause.criterion.iter().filter_map(|criterion| criterion.frame.as_ref());
    own.chain(&clause.frames).filter_map(|frame| lines(clause, frame, &other)).collect()
}

fn lines<'c>(clause: &Clause, frame: &Frame, other: impl Fn(&str) -> Option<&'c Clause>) -> Option<(String, String)> {
    let Lines::Listed { clause: holder, name } = &frame.lines else { return None };
    let parameter = match holder {
        None => clause.parameter(name),
        Some(id) if !clause.requires.contains(id) => {
            return Some((id.clone(), "n’est pas dans « requiert » : ses lignes n’existeraient pas".to_owned()));
        }
        // An unknown clause is told with « requiert ».
        Some(id) => other(id)?.parameter(name),
    };
    match parameter.map(|parameter| &parameter.kind) {
        Some(ParameterKind::List) => None,
        _ => Some((name.clone(), "n’est pas une liste que ce cadre puisse lire".to_owned())),
    }
}
