//! What the usages answer in place of the buyer: factors of the hours, insertion rate, penalties. Each value is for him to
//! confirm, and says so in the dossier; what only he knows, a stock or a ratio, is left to him and named.

use crate::base::quantity::{Duration, Euros, FINE, NBSP, Number};
use crate::base::terms::Kind;
use crate::dossier::consultation::{CriterionChoice, Given, Lot, TO_CONFIRM, Weights};
use crate::dossier::tree;
use crate::file::edit::{self, Edit, EditError};
use crate::file::reading::Raw;
use crate::law::Family;
use crate::library::clause::{Clause, HoursRule, Parameter, ParameterKind, Penalty, PenaltyObject, leading};
use crate::resolution::facts::{Facts, LinkFacts};
use crate::resolution::liaisons::tariff_range;
use crate::resolution::select::{Selected, Setting};
use std::collections::BTreeMap;
use std::fmt::Display;

/// What the usages give, and what they do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completion {
    /// The values, in the order of the clauses.
    pub usages: Vec<Usage>,
    /// Key paths of what no usage gives.
    pub left: Vec<String>,
}

/// A usual value for a key that the dossier lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Key path.
    pub path: String,
    /// The value, as a dossier writes it.
    pub value: String,
    /// The usage from which it comes, in French.
    pub known: String,
    /// What is to be written before it, for the key to have a place.
    before: Vec<Edit>,
}

impl Completion {
    /// The dossier with the values written in, each marked « à confirmer ».
    ///
    /// # Errors
    /// As [`apply`](crate::edit::apply); a dossier of many lots may lack more values than one call of it writes.
    pub fn written_in(&self, text: &str) -> Result<String, EditError> {
        edit::make(text, &self.edits())
    }

    /// The edits that write the values, each marked « à confirmer ».
    pub fn edits(&self) -> Vec<Edit> {
        let written = |usage: &Usage| {
            let mut edits = usage.before.clone();
            edits.push(Edit::set(&*usage.path, Raw::Text(usage.value.clone())));
            edits.push(Edit::add(TO_CONFIRM, Raw::Text(usage.path.clone())));
            edits
        };
        self.usages.iter().flat_map(written).collect()
    }
}

/// Completes a dossier from the usages.
pub(crate) fn complete(facts: &Facts<'_>) -> Completion {
    let mut out = Completion::default();
    factors(facts, &mut out);
    let priced = priced(facts);
    for selected in facts.selection.all() {
        // What is written once for the table to be there comes before its first value.
        let mut before = place(facts, selected);
        for parameter in &selected.clause.parameters {
            missing(facts, &priced, selected, parameter, &mut before, &mut out);
        }
    }
    out
}

/// The factors of the hours, for the lots that compute some.
fn factors(facts: &Facts<'_>, out: &mut Completion) {
    for lot in facts.consultation.lots.values().filter(|lot| lot.labour.is_none()) {
        if facts.hours_clauses(lot.number).next().is_none() {
            continue;
        }
        let path = format!("lot.{}.calcul", lot.number);
        let Some(family) = facts.law.legal().family(&lot.family) else {
            out.left.push(path);
            continue;
        };
        let known = |range: String| format!("{range} dans la famille « {} »", family.title);
        let mut add = |key: &str, value: String, known: String| {
            let value = plain(value);
            out.usages.push(Usage { path: format!("{path}.{key}"), value, known: plain(known), before: Vec::new() });
        };
        let labour = known(format!("{} à {}", family.labour.low, family.labour.high));
        add("main_oeuvre", family.labour_default.to_string(), labour);
        let price = known(format!("{} à {}", family.hourly_price.low, family.hourly_price.high));
        add("prix_horaire", format!("{}/h", middle(family)), price);
    }
}

/// The middle of the usual prices of an hour.
fn middle(family: &Family) -> Euros {
    let sum = &family.hourly_price.low.0 + &family.hourly_price.high.0;
    sum.over(&Number::from_int(2)).map_or_else(|| family.hourly_price.low.clone(), Euros)
}

/// A parameter that the dossier does not give, on some lots or on all.
fn missing(
    facts: &Facts<'_>,
    priced: &Priced<'_, '_>,
    selected: &Selected<'_>,
    parameter: &Parameter,
    before: &mut Vec<Edit>,
    out: &mut Completion,
) {
    let clause = selected.clause;
    let consultation = facts.consultation;
    let given = match clause.kind() {
        Kind::Criterion => weighed(facts, clause).and_then(|choice| choice.parameters.get(&parameter.name)),
        _ => consultation.choice(&clause.id).and_then(|choice| choice.parameters.get(&parameter.name)),
    };
    let lacks = |lot: &&u32| {
        let written = match given {
            Some(Given::PerLot(map)) => map.contains_key(lot),
            Some(Given::Same(_)) => true,
            None => false,
        };
        !written && selected.setting(**lot, &parameter.name) == Some(&Setting::Missing)
    };
    let lots: Vec<u32> = selected.lots.iter().filter(lacks).copied().collect();
    if lots.is_empty() {
        return;
    }
    let table = if clause.kind() == Kind::Criterion { "critere" } else { "clause" };
    let path = format!("{table}.{}.{}", clause.id, parameter.name);
    let found: Vec<Option<(String, String)>> = lots
        .iter()
        .map(|lot| consultation.lots.get(lot).and_then(|lot| usage(facts, priced, clause, parameter, lot)))
        .collect();
    let mut add = |path: String, found: &Option<(String, String)>| match found {
        Some((value, known)) => {
            let (value, known) = (value.clone(), known.clone());
            out.usages.push(Usage { path, value, known, before: std::mem::take(before) });
        }
        None => out.left.push(path),
    };
    match found.first() {
        // One value for all the lots, when it is the same and none has its own.
        Some(first) if given.is_none() && found.iter().all(|other| other == first) => add(path, first),
        _ => lots.iter().zip(&found).for_each(|(lot, found)| add(format!("{path}.{lot}"), found)),
    }
}

/// The choice of a criterion.
fn weighed<'f>(facts: &'f Facts<'_>, clause: &Clause) -> Option<&'f CriterionChoice> {
    facts.consultation.criteria.iter().find(|choice| choice.id == clause.id)
}

/// What makes room for the values of a clause: one that another brought has its lots written, which would otherwise be all the
/// lots; a criterion that is a bare weight becomes a table.
fn place(facts: &Facts<'_>, selected: &Selected<'_>) -> Vec<Edit> {
    let clause = selected.clause;
    if clause.kind() == Kind::Criterion {
        let path = format!("critere.{}", clause.id);
        return match weighed(facts, clause) {
            Some(CriterionChoice { weights: Weights::Same(points), method, parameters, .. })
                if method.is_empty() && parameters.is_empty() =>
            {
                vec![Edit::remove(&*path), Edit::set(format!("{path}.poids"), tree::points(points))]
            }
            _ => Vec::new(),
        };
    }
    let all = selected.lots.len() == facts.consultation.lots.len();
    if selected.implied_by.is_none() || all {
        return Vec::new();
    }
    let path = format!("clause.{}.lots", clause.id);
    selected.lots.iter().map(|lot| Edit::add(&*path, Raw::Integer(i64::from(*lot)))).collect()
}

/// The usual value of a parameter on a lot as a dossier writes it, and the usage; `None` for what only the buyer knows.
fn usage(
    facts: &Facts<'_>,
    priced: &Priced<'_, '_>,
    clause: &Clause,
    parameter: &Parameter,
    lot: &Lot,
) -> Option<(String, String)> {
    let inside = |number: &Number| {
        let bounds = parameter.bounds.as_ref();
        let bounds = bounds.and_then(|(low, high)| Some((low.number()?, high.number()?)));
        bounds.is_none_or(|(low, high)| low <= *number && *number <= high)
    };
    match (parameter.kind.clone(), clause.hours()) {
        (ParameterKind::Amount, _) => {
            let told = || {
                let amount = first_amount(&parameter.range).or_else(|| share(facts, &parameter.range, lot))?;
                Some((amount, parameter.range.clone()))
            };
            // What a unit of a liaison costs follows from its work: until that is known, no usage says it.
            let owed = |p: &Penalty| p.object == PenaltyObject::Result && p.amount == parameter.name;
            let link =
                clause.penalties.iter().any(owed).then(|| priced.get(&(lot.number, clause.id.as_str()))).flatten();
            let (amount, known) = match link {
                Some(link) => tariff(facts, link)?,
                None => told()?,
            };
            inside(&amount.0).then(|| (plain(&amount), plain(known)))
        }
        (ParameterKind::Duration, _) => {
            let told = parameter.range.trim_end_matches('.');
            Duration::parse(told).is_ok().then(|| (plain(told), plain(&parameter.range)))
        }
        (ParameterKind::Rate, Some(HoursRule::Computed { rate, .. })) if *rate == parameter.name => {
            let family = facts.law.legal().family(&lot.family)?;
            let usual = family.usual_rate.as_ref()?;
            let known = format!("{} à {} dans la famille « {} »", usual.low, usual.high, family.title);
            inside(&usual.low.0).then(|| (plain(&usual.low), plain(known)))
        }
        _ => None,
    }
}

/// The liaison that prices the unit of a measure, by lot and measure.
type Priced<'f, 'a> = BTreeMap<(u32, &'a str), &'f LinkFacts<'a>>;

/// The liaisons that price the unit of their measure: the first one of each measure on each lot.
fn priced<'f, 'a>(facts: &'f Facts<'a>) -> Priced<'f, 'a> {
    let mut out = BTreeMap::new();
    for link in facts.links.iter().filter(|link| link.clause.link().is_some_and(|link| link.ratio.is_some())) {
        out.entry((link.lot, link.environment.id.as_str())).or_insert(link);
    }
    out
}

/// The least tariff under which leaving the unit of a liaison aside would pay.
fn tariff(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<(Euros, String)> {
    let (low, high) = tariff_range(facts, link)?;
    Some((round_up(&low), format!("de {low} à {high}, d’après le travail qu’une unité demande")))
}

/// The first amount of a usage told in euros (« 30 à 60 € par heure »).
fn first_amount(range: &str) -> Option<Euros> {
    Some(Euros(leading(range, "€")?))
}

/// The first amount of a usage told as a share of what the lot costs (« 0,1 à 0,3 % du montant annuel par point »).
fn share(facts: &Facts<'_>, range: &str, lot: &Lot) -> Option<Euros> {
    let percent = leading(range, "%")?;
    let after = range.split_once('%')?.1.trim_start_matches([' ', FINE, NBSP]);
    let mut amount = (&lot.amount.0 * &percent).over(&Number::from_int(100))?;
    if after.starts_with("du montant annuel") {
        let months = lot.duration.as_ref().unwrap_or(&facts.consultation.duration).months();
        amount = (&amount * &Number::from_int(12)).over(&Number::max_of(&months, &Number::from_int(12)))?;
    } else if !(after.starts_with("du lot") || after.starts_with("du montant du lot")) {
        return None;
    }
    Some(round_up(&Euros(amount)))
}

/// To the ten euros above; to the euro under a hundred.
fn round_up(amount: &Euros) -> Euros {
    let step = if amount.0 < Number::from_int(100) { 1 } else { 10 };
    Euros(amount.0.ceil_to(&Number::from_int(step)))
}

fn plain(text: impl Display) -> String {
    text.to_string().replace([FINE, NBSP], " ")
}
