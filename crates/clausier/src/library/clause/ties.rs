//! What the scoring of a criterion reads in the parameters of clauses.

use super::{Clause, Frame, Lines, Parameter, ParameterKind, Value};
use crate::base::quantity::Number;
use crate::base::terms::Sense;
use crate::library::marking::{Bound, Scale, UnitPenalty};

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

/// The words of the indicator whose target a scale raises, when the target is that value itself: what is noted, what is due
/// and the minimum are then measured alike.
fn measured<'c>(holder: &'c Clause, scale: &Scale) -> Option<&'c str> {
    let Bound::Parameter { name, .. } = &scale.none_at else { return None };
    let bound = if scale.sense == Sense::AtLeast { "au moins" } else { "au plus" };
    let target = format!("{{{{ {name} }}}} {bound}");
    let found = holder.indicators.iter().find(|indicator| holder.target_of(indicator).starts_with(&target))?;
    Some(&found.name)
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
        if let Some(UnitPenalty::Parameter(name)) = &note.means
            && !clause.parameter(name).is_some_and(|parameter| parameter.kind == ParameterKind::Amount)
        {
            wrong("penalite", name, "n’est pas un montant que le critère demande");
        }
        let Some(scale) = note.scale() else { continue };
        if let Some(words) = scale.none_at.clause().and_then(&other).and_then(|holder| measured(holder, scale))
            && !note.title.starts_with(words)
        {
            let message = format!("se mesure comme l’indicateur de sa clause : commencez son titre par « {words} »");
            wrong("titre", &note.name, &message);
        }
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

/// What is wrong in the lines of the frames of a clause, given a way to find the clauses that it requires.
pub(crate) fn frames<'c>(clause: &Clause, other: impl Fn(&str) -> Option<&'c Clause>) -> Vec<Tie> {
    let own = clause.criterion().and_then(|criterion| criterion.frame.as_ref());
    let own = own.into_iter().filter_map(|frame| lines(clause, frame, "critere.cadre.lignes".to_owned(), &other));
    let announced = clause.frames.iter().enumerate();
    own.chain(announced.filter_map(|(rank, frame)| lines(clause, frame, format!("cadre.{rank}.lignes"), &other)))
        .collect()
}

fn lines<'c>(clause: &Clause, frame: &Frame, path: String, other: impl Fn(&str) -> Option<&'c Clause>) -> Option<Tie> {
    let Lines::Listed { clause: holder, name } = &frame.lines else { return None };
    let wrong = |what: &str, message: &str| Some(Tie { path, what: what.to_owned(), message: message.to_owned() });
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
