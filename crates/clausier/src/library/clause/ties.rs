//! What the scoring of a criterion reads in the parameters of clauses.

use super::{Clause, Parameter, ParameterKind, Value};
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

/// Something that does not hold between a criterion and the clauses.
pub(crate) struct Tie {
    /// Key path of the value at fault.
    pub(crate) path: String,
    /// What is at fault in it: the whole of it, or the clause or the name of « clause.nom ».
    pub(crate) what: String,
    /// The rest of the sentence.
    pub(crate) message: String,
}

/// What is wrong in the scoring of a criterion, given a way to find the clauses that it requires.
pub(crate) fn ties<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Vec<Tie> {
    let mut out = Vec::new();
    let Some(criterion) = clause.criterion() else { return out };
    for (rank, note) in criterion.notes.iter().enumerate() {
        let mut wrong = |key: &str, what: &str, message: &str| {
            let path = format!("critere.note.{rank}.{key}");
            out.push(Tie { path, what: what.to_owned(), message: message.to_owned() });
        };
        if let Some(name) = &note.means
            && !clause.parameter(name).is_some_and(|parameter| parameter.kind == ParameterKind::Amount)
        {
            wrong("penalite", name, "n’est pas un montant que le critère demande");
        }
        let Some(scale) = note.scale() else { continue };
        for (key, bound) in scale.keyed() {
            let Bound::Parameter { clause: holder, name, .. } = bound else { continue };
            let parameter = match holder {
                None => clause.parameter(name),
                Some(id) if !clause.requires.contains(id) => {
                    wrong(key, id, "n’est pas dans « requiert » : la valeur ne serait pas due");
                    continue;
                }
                // An unknown clause is told with « requiert ».
                Some(id) => match other(id) {
                    Some(found) => found.parameter(name),
                    None => continue,
                },
            };
            match parameter {
                None => wrong(key, name, "n’est pas un paramètre que cette note puisse lire"),
                Some(parameter) if !fits(parameter, &scale.unit) => {
                    wrong(key, name, &format!("ne se compte pas en « {} »", scale.unit));
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
                    _ => wrong("penalite", name, "n’est pas un montant que le critère demande"),
                }
            }
            (Some(UnitPenalty::Parameter(name)), _) => {
                wrong("penalite", name, "est de trop : la valeur n’est pas engagée, ou sa clause a déjà sa pénalité");
            }
            (None, None) if scale.engaged => {
                let message = "est engagée et rien ne la rend due : lisez son zéro dans une clause requise, \
                               ou donnez une « penalite » à la note";
                wrong("nom", &note.name, message);
            }
            (None, _) => {}
        }
    }
    out
}

/// What is wrong in the lines of a frame, given a way to find the clauses that the criterion requires.
pub(crate) fn frame<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Option<Tie> {
    let (holder, name) = clause.criterion()?.frame.as_ref()?.lines.as_ref()?;
    let wrong = |what: &str, message: &str| {
        Some(Tie { path: "critere.cadre.lignes".to_owned(), what: what.to_owned(), message: message.to_owned() })
    };
    let parameter = match holder {
        None => clause.parameter(name),
        Some(id) if !clause.requires.contains(id) => {
            return wrong(id, "n’est pas dans « requiert » : ses lignes n’existeraient pas");
        }
        // An unknown clause is told with « requiert ».
        Some(id) => other(id)?.parameter(name),
    };
    match parameter.map(|parameter| &parameter.kind) {
        Some(ParameterKind::List) => None,
        _ => wrong(name, "n’est pas une liste que ce cadre puisse lire"),
    }
}
