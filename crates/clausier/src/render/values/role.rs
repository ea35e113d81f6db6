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
            let texts = targets.chain(clause.obligation().map(|obligation| &obligation.0));
            let printing = texts.filter(|text| text.names().iter().any(|known| **known == *name));
            let owed = of_hours || clause.measure() == Some(name);
            match printing.map(Text::written).find_map(|text| targeted(text, name)) {
                Some(Role::Number) | None if owed => Role::Commitment,
                found => found.unwrap_or(Role::Number),
            }
        }
    }
}

/// What a value does in a text that prints it as something owed: what one of its places says, a base or an estimate last.
fn targeted(text: &str, name: &str) -> Option<Role> {
    let places = text.match_indices(name).filter_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + name.len()..)?);
        Some((before.trim_end().strip_suffix("{{")?, after.trim_start().strip_prefix("}}")?))
    });
    let mut roles = places.map(|(before, after)| {
        // What is only aimed at is not owed.
        if text.contains("sans pénalité") {
            Role::Number
        } else {
            at_place(&said(before), after, text.contains(MOST))
        }
    });
    let first = roles.next()?;
    Some(if first == Role::Number { roles.find(|role| *role != Role::Number).unwrap_or(first) } else { first })
}

/// What a value does between the words of a text: it bounds what is owed when the nearest words of its part of the text, those
/// that follow first, say « au plus », or those just before « plus de »; it is a base when it is what the rest is reckoned on.
fn at_place(before: &str, after: &str, bounded: bool) -> Role {
    const BASES: [&str; 7] = ["sur", "pour", "contre", "tranche de", "référence de", "départ de", "au-delà de"];
    let ends = |words: &str| before.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphabetic));
    let estimated = before.rsplit_once('(').is_some_and(|(_, open)| !open.contains(')') && open.contains("estimation"));
    if estimated || BASES.iter().any(|base| ends(base)) {
        return Role::Number;
    }
    if ["plus de", "dépasser"].iter().any(|limit| ends(limit)) {
        return Role::Limit;
    }
    if !bounded {
        return Role::Commitment;
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
    if limit { Role::Limit } else { Role::Commitment }
}

/// A text without its conditions, whatever they choose.
fn said(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((words, code)) = rest.split_once("{%") {
        out.extend([words, " "]);
        rest = code.split_once("%}").map_or("", |(_, after)| after);
    }
    (out + rest).trim_end().to_owned()
}

/// Words of a value that bounds what is owed.
const MOST: &str = "au plus";
