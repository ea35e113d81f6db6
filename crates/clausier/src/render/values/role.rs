//! What a value of a clause does in the contract.

use super::*;

/// What a value of a clause does in the contract.
pub(super) fn role(clause: &Clause, name: &str) -> Role {
    let penalty = |penalty: &Penalty| penalty.amount == name;
    let ceiling = name == "plafond_penalites" || (clause.kind() == Kind::Liaison && name == "plafond");
    if clause.penalties.iter().any(penalty) || name.starts_with("penalite") || ceiling {
        return Role::Penalty;
    }
    let of_hours = match clause.hours() {
        Some(HoursRule::Computed { rate, volume, .. }) => rate == name || volume.as_deref() == Some(name),
        Some(HoursRule::Tranche { hours, .. }) => hours == name,
        Some(HoursRule::Given { volume }) => volume == name,
        None => false,
    };
    let Some(parameter) = clause.parameter(name) else {
        let owed = matches!(name, "heures" | "heures_periodes" | "heures_liees" | "quantite");
        return if owed { Role::Commitment } else { Role::Number };
    };
    match parameter.kind {
        ParameterKind::Date | ParameterKind::Duration => Role::Deadline,
        ParameterKind::Text | ParameterKind::List | ParameterKind::Choice(_) | ParameterKind::Flag => Role::Words,
        _ => {
            let targets = clause.indicators.iter().map(|indicator| &indicator.target);
            let printing = targets.filter(|target| target.names().iter().any(|known| **known == *name));
            let targeted = printing.map(Text::written).find_map(|target| targeted(target, name));
            let owed = of_hours || clause.measure() == Some(name);
            targeted.unwrap_or(if owed { Role::Commitment } else { Role::Number })
        }
    }
}

/// What a value does in a target that prints it: it bounds what is owed when the nearest words of its part of the target, those
/// that follow first, say « au plus ».
fn targeted(target: &str, name: &str) -> Option<Role> {
    let (before, after) = target.match_indices(name).find_map(|(at, _)| {
        let (before, after) = (target.get(..at)?, target.get(at + name.len()..)?);
        (before.trim_end().ends_with("{{") && after.trim_start().starts_with("}}")).then_some((before, after))
    })?;
    if !target.contains(MOST) {
        return Some(Role::Commitment);
    }
    let before = before.rsplit(" ; ").next().unwrap_or(before);
    let after = after.split(" ; ").next().unwrap_or(after);
    let nearest = |text: &str, last: bool| {
        let place = |words: &str| if last { text.rfind(words) } else { text.find(words) };
        match (place(MOST), place("au moins")) {
            (Some(most), Some(least)) => Some((most > least) == last),
            (most, least) => most.or(least).map(|_| most.is_some()),
        }
    };
    let limit = nearest(after, false).or_else(|| nearest(before, true)) == Some(true);
    Some(if limit { Role::Limit } else { Role::Commitment })
}

/// Words of a value that bounds what is owed.
const MOST: &str = "au plus";
