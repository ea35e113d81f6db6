//! What a dossier could choose: clauses, criteria and liaisons with the reason of each, and by which legal way the social
//! consideration is best carried.
//!
//! A suggestion never decides: it says why, what it would change in hours, and what it asks to be chosen with it.

use crate::base::quantity::{Euros, Hours, Number, Quantity, Rate, ratio_base, show_quantity};
use crate::base::terms::{ContractForm, ContractNature, CriterionNature, Execution, Kind, ReservedTo, Status};
use crate::base::typography::french;
use crate::dossier::consultation::Lot;
use crate::law::{Family, Feasibility};
use crate::library::Library;
use crate::library::clause::{Clause, Criterion, Head, ParameterKind};
use crate::resolution::facts::{Facts, working_time};
use crate::resolution::hours::{Formula, HourlyPrice, HoursRequest, Sourced, Volume};
use crate::resolution::phrases::{enumeration, lot_forms};
use std::collections::{BTreeMap, BTreeSet};

/// Something that a dossier could choose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// Id of the clause or criterion.
    pub id: String,
    /// Its nature.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Lots concerned.
    pub lots: Vec<u32>,
    /// The law of the launch date requires something of this nature, and the dossier has nothing of it.
    pub due: bool,
    /// Why, in French; at least one reason.
    pub reasons: Vec<String>,
    /// Insertion hours that it would set or assign, when they can be told.
    pub hours: Option<Hours>,
    /// Clauses to choose with it, which the dossier has not chosen.
    pub with: Vec<String>,
    /// For a liaison with a known ratio: lot by lot, what its hours would do at the usages, an order of magnitude in French.
    pub reach: Vec<(u32, String)>,
}

/// The legal way by which the social consideration of a lot is best carried.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// Number of the lot.
    pub lot: u32,
    /// The ways, the most fitting first, each with its reason, in French.
    pub ways: Vec<(Way, String)>,
}

/// A legal way of carrying a social consideration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Way {
    /// Execution condition in hours.
    Condition,
    /// Liaison with an environmental clause.
    Liaison,
    /// The lot reserved to insertion or disability structures.
    Reservation,
    /// Award criterion on the quality of insertion.
    Criterion,
    /// Another social consideration than hours (training, information, apprenticeship).
    Other,
}

impl Way {
    /// Its name in French.
    pub fn label(self) -> &'static str {
        match self {
            Self::Condition => "condition d’exécution en heures",
            Self::Liaison => "liaison avec une clause environnementale",
            Self::Reservation => "lot réservé",
            Self::Criterion => "critère d’attribution",
            Self::Other => "autre considération sociale",
        }
    }
}

/// A criterion of a grid to start from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weighing {
    /// Id of the criterion.
    pub id: String,
    /// Points out of 100.
    pub points: i64,
    /// The lots on which it weighs.
    pub lots: Vec<u32>,
}

/// A grid to start from for lots of these families: technical value, the environmental criterion made for each lot, the price
/// for the rest, a hundred points a lot. A criterion that raises what is chosen goes before one that brings other clauses;
/// `chosen` says which are, and everything is where nothing is yet.
pub(crate) fn starting_grid(
    library: &Library,
    families: &[(u32, &Family)],
    chosen: &dyn Fn(&str) -> bool,
) -> Vec<Weighing> {
    let Some((_, first)) = families.first() else { return Vec::new() };
    // No launch is known yet: the usages are those of the last reading of the register.
    let legal = library.legal();
    let Some(usages) = legal.last_reading().and_then(|day| legal.usages(day)) else { return Vec::new() };
    // Within what each criterion advises.
    let proposed = |points: &Number, low: i64, high: i64| points.to_i64().unwrap_or(low).clamp(low, high.max(low));
    let every: Vec<u32> = families.iter().map(|(lot, _)| *lot).collect();
    let mut left = 100;
    let mut out: Vec<Weighing> = Vec::new();
    if let Some((clause, criterion)) = best(library, first, chosen, |c| c.nature == CriterionNature::Technical) {
        let (low, high) = criterion.weight;
        let points = proposed(&usages.technical_points, low, high);
        left -= points;
        out.push(Weighing { id: clause.id.clone(), points, lots: every.clone() });
    }
    // Each lot has the environmental criterion made for it, all with the same weight.
    let mut green: Vec<(&Clause, (i64, i64), Vec<u32>)> = Vec::new();
    for (lot, family) in families {
        let Some((clause, criterion)) = best(library, family, chosen, |c| c.is_environmental() && !c.is_cost()) else {
            continue;
        };
        match green.iter_mut().find(|(known, ..)| known.id == clause.id) {
            Some((.., lots)) => lots.push(*lot),
            None => green.push((clause, criterion.weight, vec![*lot])),
        }
    }
    let (low, high) = green.iter().fold((0, 100), |(low, high), (_, (l, h), _)| (low.max(*l), high.min(*h)));
    let points = proposed(&usages.environmental_points, low, high);
    let bare: Vec<u32> =
        every.iter().copied().filter(|lot| !green.iter().any(|(.., lots)| lots.contains(lot))).collect();
    out.extend(green.into_iter().map(|(clause, _, lots)| Weighing { id: clause.id.clone(), points, lots }));
    let price = best(library, first, chosen, Criterion::is_price).map(|(clause, _)| clause.id.clone());
    let (with, without): (Vec<u32>, Vec<u32>) = every.iter().partition(|lot| !bare.contains(lot));
    for (lots, points) in [(with, left - points), (without, left)].into_iter().filter(|(lots, _)| !lots.is_empty()) {
        out.extend(price.clone().map(|id| Weighing { id, points, lots }));
    }
    out
}

/// The criterion of the library that suits a family best, among those wanted: made for the family first, then the one that brings
/// fewest other clauses, then the one that may weigh most.
fn best<'l>(
    library: &'l Library,
    family: &Family,
    chosen: &dyn Fn(&str) -> bool,
    wanted: fn(&Criterion) -> bool,
) -> Option<(&'l Clause, &'l Criterion)> {
    let fitting = library.clauses().filter(|clause| clause.fits(&family.id) && clause.status == Status::Reviewed);
    let found = fitting.filter_map(|clause| Some((clause, clause.criterion()?)));
    let brought = |clause: &Clause| clause.requires.iter().filter(|id| !chosen(id)).count();
    found
        .filter(|(_, c)| wanted(c))
        .min_by_key(|(clause, c)| (clause.families.is_empty(), brought(clause), -c.weight.1))
}

/// The suggestions for a dossier: what is due first, then liaisons, then the rest, each nature by id.
pub(crate) fn suggest(facts: &Facts<'_>) -> Vec<Suggestion> {
    let mut found: BTreeMap<String, Suggestion> = BTreeMap::new();
    // Read once: each clause asks it of each lot.
    let bare: BTreeSet<u32> = facts.lots_without_social().collect();
    // An environmental clause or a liaison is only proposed to a family for which it is made.
    let families: BTreeSet<&String> = facts.consultation.lots.values().map(|lot| &lot.family).collect();
    // Nor is a criterion, unless an environmental one is due.
    let without = |lot: &u32| !facts.criteria_of(*lot).any(|(_, criterion)| criterion.is_environmental());
    let due = facts.duties.criterion && facts.consultation.lots.keys().any(without);
    let for_any = |head: &Head| head.kind == Kind::Social || (head.kind == Kind::Criterion && due);
    let proposed = |head: &Head| for_any(head) || head.families.iter().any(|family| families.contains(family));
    let reviewed = |head: &Head| head.status == Status::Reviewed && proposed(head);
    let clauses: Vec<&Clause> = facts.library.clauses_headed(reviewed).collect();
    for lot in facts.consultation.lots.values() {
        let Some(family) = facts.law.legal().family(&lot.family) else { continue };
        for clause in clauses.iter().copied() {
            let Some(suggestion) = consider(facts, &bare, lot, family, clause) else { continue };
            match found.get_mut(&clause.id) {
                Some(known) => {
                    known.lots.extend(suggestion.lots);
                    known.due |= suggestion.due;
                    known.hours = known.hours.take().zip(suggestion.hours).map(|(a, b)| Hours(&a.0 + &b.0));
                    known.reasons.extend(suggestion.reasons);
                    known.reach.extend(suggestion.reach);
                }
                None => {
                    found.insert(clause.id.clone(), suggestion);
                }
            }
        }
    }
    let mut out: Vec<Suggestion> = found.into_values().collect();
    for suggestion in &mut out {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        suggestion.reasons.retain(|reason| seen.insert(reason.clone()));
    }
    let rank = |s: &Suggestion| (!s.due, s.kind != Kind::Liaison, s.kind, width(facts, s), !s.with.is_empty());
    out.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.id.cmp(&b.id)));
    out
}

/// For how many families it is made, and how far down its list the family of a lot stands: what is nearest to the trade comes
/// first. What suits any family comes last.
fn width(facts: &Facts<'_>, suggestion: &Suggestion) -> (usize, usize) {
    let families = facts.library.clause(&suggestion.id).map_or(&[][..], |clause| &clause.families);
    let lots = suggestion.lots.iter().filter_map(|lot| facts.consultation.lots.get(lot));
    let place = lots.filter_map(|lot| families.iter().position(|family| *family == lot.family)).min();
    place.map_or((usize::MAX, 0), |place| (families.len(), place))
}

/// What a clause would bring to a lot; `None` when there is no reason to propose it.
fn consider(
    facts: &Facts<'_>,
    bare: &BTreeSet<u32>,
    lot: &Lot,
    family: &Family,
    clause: &Clause,
) -> Option<Suggestion> {
    let chosen = facts.selection.all().any(|s| s.clause.id == clause.id && s.lots.contains(&lot.number));
    let included = facts.selection.on(clause.kind(), lot.number).any(|s| s.clause.supersedes.contains(&clause.id));
    if chosen || included {
        return None;
    }
    let (mut reasons, due) = match clause.kind() {
        Kind::Social => social(facts, bare, lot, family, clause)?,
        Kind::Environment => environment(facts, lot, family, clause)?,
        Kind::Liaison => (vec![fit(family, lot, clause)?], false),
        Kind::Criterion => criterion(facts, lot, family, clause)?,
    };
    let mut with: Vec<String> = Vec::new();
    let mut hours = None;
    let mut reach = Vec::new();
    match (clause.link(), clause.hours()) {
        (Some(_), _) => {
            let (reason, partners) = pair(facts, lot, clause)?;
            reasons.push(reason);
            with = partners;
            reach.extend(reach_of(facts, lot, family, clause).map(|text| (lot.number, text)));
            hours = facts.hours.get(&lot.number).and_then(|h| h.result.as_ref().ok()).and_then(|result| {
                let share = clause.parameter("affectation").and_then(|p| p.default.as_ref())?.number()?;
                Some(Hours((&result.rounded.0 * &share).floor_to(&Number::from_int(1))))
            });
        }
        (None, Some(_)) => hours = usual_hours(facts, lot, family),
        (None, None) => {}
    }
    if let Some(code) = matching_cpv(facts, lot, clause) {
        reasons.push(format!("le code CPV {code} est de ceux pour lesquels elle est faite"));
    }
    with.extend(clause.requires.iter().filter(|id| facts.selection.get(id).is_none()).cloned());
    Some(Suggestion {
        id: clause.id.clone(),
        kind: clause.kind(),
        title: clause.title.clone(),
        lots: vec![lot.number],
        due,
        reasons,
        hours,
        with,
        reach,
    })
}

/// What the usual share of the hours of a lot would do of the measure of a liaison, between the two ends of the known ratio:
/// « 261 des 870 heures d’insertion feraient de 130 à 261 services : pesée des restes… ».
fn reach_of(facts: &Facts<'_>, lot: &Lot, family: &Family, clause: &Clause) -> Option<String> {
    let link = clause.link()?;
    let known = link.ratio.as_ref()?;
    let computed = facts.hours.get(&lot.number).and_then(|hours| hours.result.as_ref().ok());
    let all = computed.map_or_else(|| usual_hours(facts, lot, family), |result| Some(result.rounded.clone()))?;
    let share = clause.parameter("affectation").and_then(|p| p.default.as_ref())?.number()?;
    let one = Number::from_int(1);
    let linked = Hours((&all.0 * &share).floor_to(&one));
    let chosen = facts.selection.on(Kind::Environment, lot.number).map(|s| &s.clause.id);
    let measure = chosen.into_iter().find(|id| link.environment.contains(id)).or_else(|| link.environment.first())?;
    let measure = facts.library.clause(measure)?;
    let ParameterKind::Quantity(unit) = &measure.parameter(measure.measure()?)?.kind else { return None };
    let (per, _) = ratio_base(&known.unit);
    let quantity = |ratio: &Number| (&linked.0 * &per).over(ratio).map(|value| two_figures(&value));
    let (least, most) = (quantity(&known.high)?, quantity(&known.low)?);
    if !most.is_positive() {
        return None;
    }
    let counted = show_quantity(&Quantity { value: most.clone(), unit: unit.clone() });
    let counted = if least == most { counted } else { format!("de {} à {counted}", least.french(0)) };
    let tasks = link.tasks.iter().take(3).map(|task| french(task)).collect::<Vec<_>>().join(", ");
    let more = if link.tasks.len() > 3 { "…" } else { "" };
    Some(format!("{} des {} d’insertion feraient {counted} : {tasks}{more}", linked.0.french(0), Hours(all.0.clone())))
}

/// A quantity as an order of magnitude is told: whole, and to two figures.
fn two_figures(value: &Number) -> Number {
    let whole = value.floor_to(&Number::from_int(1));
    let mut step = Number::from_int(1);
    while whole >= &step * &Number::from_int(100) {
        step = &step * &Number::from_int(10);
    }
    whole.floor_to(&step)
}

/// Made for the family of the lot.
fn fit(family: &Family, lot: &Lot, clause: &Clause) -> Option<String> {
    let fits = clause.families.contains(&lot.family);
    fits.then(|| format!("faite pour la famille « {} »", family.title))
}

fn social(
    facts: &Facts<'_>,
    bare: &BTreeSet<u32>,
    lot: &Lot,
    family: &Family,
    clause: &Clause,
) -> Option<(Vec<String>, bool)> {
    // What only accompanies a condition is never what the law asks for.
    let bare = !clause.accompanies() && bare.contains(&lot.number);
    let due = facts.duties.social && bare;
    let orders = facts.consultation.execution != Execution::Fixed;
    let tranche = matches!(clause.hours(), Some(crate::library::clause::HoursRule::Tranche { .. }));
    let mut reasons = Vec::new();
    match clause.hours() {
        // One rule of hours a lot: the one that fits the way the contract is carried out.
        Some(_) if facts.hours.contains_key(&lot.number) || tranche != orders => return None,
        Some(_) => {
            if due {
                reasons.push("la loi impose une condition sociale à ce montant, et le lot n’en porte pas".to_owned());
            }
            if family.feasibility != Feasibility::Low || due {
                reasons.push(format!("métier où l’insertion est praticable ({})", family.title));
            }
        }
        None => reasons.extend(fit(family, lot, clause)),
    }
    (!reasons.is_empty()).then_some((reasons, due))
}

fn environment(facts: &Facts<'_>, lot: &Lot, family: &Family, clause: &Clause) -> Option<(Vec<String>, bool)> {
    let none = !facts.selection.on(Kind::Environment, lot.number).any(|s| !s.clause.restates_law());
    let due = none && facts.duties.environment && !clause.restates_law();
    let reason = fit(family, lot, clause)?;
    let mut reasons = vec![reason];
    if due {
        reasons.push("la loi impose une condition environnementale, et le lot n’en porte pas".to_owned());
    }
    Some((reasons, due))
}

fn criterion(facts: &Facts<'_>, lot: &Lot, family: &Family, clause: &Clause) -> Option<(Vec<String>, bool)> {
    let criterion: &Criterion = clause.criterion()?;
    let environmental = facts.environmental_criterion(lot.number);
    let due = criterion.is_environmental() && !environmental && facts.duties.criterion;
    let mut reasons: Vec<String> = fit(family, lot, clause).into_iter().collect();
    if due {
        reasons.push("un critère environnemental est dû, et le lot n’en a pas".to_owned());
    }
    if criterion.is_environmental() && environmental {
        return None;
    }
    (!reasons.is_empty()).then_some((reasons, due))
}

/// The pair that a liaison would tie: what is chosen already, and what is to be chosen with it.
fn pair(facts: &Facts<'_>, lot: &Lot, clause: &Clause) -> Option<(String, Vec<String>)> {
    let link = clause.link()?;
    let chosen = |ids: &[String], kind: Kind| -> Option<String> {
        facts.selection.on(kind, lot.number).map(|s| s.clause.id.clone()).find(|id| ids.contains(id))
    };
    let social = chosen(&link.social, Kind::Social);
    let environment = chosen(&link.environment, Kind::Environment);
    let missing: Vec<String> = [(&social, &link.social), (&environment, &link.environment)]
        .into_iter()
        .filter(|(found, _)| found.is_none())
        .filter_map(|(_, accepted)| accepted.first().cloned())
        .collect();
    let reason = match (&social, &environment) {
        (Some(social), Some(environment)) => {
            format!("« {social} » et « {environment} », déjà choisies, s’exécuteraient l’une par l’autre")
        }
        (Some(one), None) | (None, Some(one)) => {
            format!("« {one} », déjà choisie, s’exécuterait avec « {} »", missing.join(" et "))
        }
        (None, None) => format!("« {} » s’exécuteraient l’une par l’autre", missing.join(" » et « ")),
    };
    Some((reason, missing))
}

fn matching_cpv(facts: &Facts<'_>, lot: &Lot, clause: &Clause) -> Option<String> {
    let code = if lot.cpv.is_empty() { &facts.consultation.cpv } else { &lot.cpv };
    let prefix = |wanted: &String| {
        let wanted = wanted.trim_end_matches('0');
        wanted.len() >= 2 && code.starts_with(wanted)
    };
    (!code.is_empty() && clause.cpv.iter().any(prefix)).then(|| code.clone())
}

/// Hours at the low end of the family's usual rate, with the lot's own factors where it has some.
fn usual_hours(facts: &Facts<'_>, lot: &Lot, family: &Family) -> Option<Hours> {
    let rate = family.usual_rate.as_ref()?.low.clone();
    hours_at(facts, lot, family, rate)
}

fn hours_at(facts: &Facts<'_>, lot: &Lot, family: &Family, rate: Rate) -> Option<Hours> {
    let share = lot.labour.as_ref().map_or_else(|| family.labour_default.clone(), |l| l.share.clone());
    let middle = Euros((&family.hourly_price.low.0 + &family.hourly_price.high.0).over(&Number::from_int(2))?);
    let price = lot.labour.as_ref().map_or(middle, |l| l.price.clone());
    let sourced = "usage de la famille";
    let formula = Formula {
        amount: Sourced::new(lot.amount.clone(), sourced),
        labour_share: Sourced::new(share, sourced),
        insertion_rate: Sourced::new(rate, sourced),
        hourly_price: Sourced::new(HourlyPrice::Selling(price), sourced),
    };
    HoursRequest::new(Volume::Formula(formula), working_time(facts.usages.as_ref()?))
        .computed()
        .ok()
        .map(|result| result.rounded)
}

/// By which way the social consideration of each lot is best carried.
pub(crate) fn advise(facts: &Facts<'_>) -> Vec<Advice> {
    let liaison = |head: &&Head| head.kind == Kind::Liaison && head.status == Status::Reviewed;
    let liaisons: Vec<&Head> = facts.library.heads().filter(liaison).collect();
    let family = |lot: &Lot| facts.law.legal().family(&lot.family);
    let lots = facts.consultation.lots.values();
    lots.filter_map(|lot| family(lot).map(|family| advice(facts, &liaisons, lot, family))).collect()
}

fn advice(facts: &Facts<'_>, liaisons: &[&Head], lot: &Lot, family: &Family) -> Advice {
    let mut ways: Vec<(Way, String)> = Vec::new();
    let computed = facts.hours.get(&lot.number).and_then(|h| h.result.as_ref().ok());
    let hours = computed.map(|r| r.rounded.clone()).or_else(|| usual_hours(facts, lot, family));
    let least = facts.usages.as_ref().map(|usages| &usages.least_hours);
    let small = hours.as_ref().zip(least).is_none_or(|(hours, least)| hours < least);
    let [_, the_lot, ..] = lot_forms(&[lot.number], facts.consultation);
    if !lot.reserved_to.is_empty() {
        let who: Vec<String> = lot.reserved_to.iter().map(|r| who(*r).to_owned()).collect();
        ways.push((Way::Reservation, format!("{the_lot} est déjà réservé : {}", enumeration(who))));
    }
    let usual_high = family.usual_rate.as_ref().map(|range| range.high.clone());
    // Above that rate, a reservation is more frank than hours.
    let frank = facts.usages.as_ref().map(|usages| &usages.insertion_high);
    let above = |rate: &Rate| frank.is_some_and(|frank| rate > frank);
    if let Some(frank) = frank.filter(|_| usual_high.as_ref().is_some_and(above) && lot.reserved_to.is_empty()) {
        let reason = format!(
            "les usages y dépassent {frank} du temps de travail : réserver le lot est plus franc que d’y fixer des heures"
        );
        ways.push((Way::Reservation, reason));
    }
    let tied = liaisons.iter().find(|liaison| liaison.families.contains(&lot.family));
    if small {
        let reason = match hours.as_ref().zip(least) {
            Some((hours, least)) => format!("le volume serait de {hours} : sous {least}, il ne donne pas un poste"),
            None => "le travail du lot se prête mal à un volume d’heures".to_owned(),
        };
        ways.push((Way::Other, reason));
    } else if let Some(hours) = &hours {
        if let Some(liaison) = tied {
            let reason = format!("« {} » donne à ces heures une tâche environnementale de la prestation", liaison.id);
            ways.push((Way::Liaison, reason));
        }
        let base = if computed.is_some() { "d’après le dossier" } else { "aux usages de la famille" };
        ways.push((Way::Condition, format!("{hours} {base}, la même condition pour tous les candidats")));
    }
    let quality = match family.feasibility {
        Feasibility::VeryHigh | Feasibility::High => {
            "le métier permet de comparer l’encadrement et la formation offerts"
        }
        Feasibility::Medium => "à ajouter à la condition si l’encadrement fait la différence entre les offres",
        Feasibility::Low => {
            "les heures y sont peu praticables : comparer les actions offertes peut suffire sous les seuils"
        }
        Feasibility::Constrained => "la profession est encadrée : comparer les parcours vers l’habilitation",
    };
    ways.push((Way::Criterion, quality.to_owned()));
    let full_employment = "près du plein emploi, élargir les publics (travailleurs handicapés, alternants, plus de 50 ans, réfugiés), \
                           étaler les heures et former : le plein emploi n’est pas un motif d’écarter la clause";
    if facts.consultation.form != ContractForm::Concession
        && facts.consultation.nature != ContractNature::Supplies
        && !small
    {
        ways.push((Way::Other, full_employment.to_owned()));
    }
    Advice { lot: lot.number, ways }
}

fn who(reserved: ReservedTo) -> &'static str {
    match reserved {
        ReservedTo::Insertion => "insertion par l’activité économique",
        ReservedTo::Disability => "entreprises adaptées et ESAT",
        ReservedTo::Prison => "production en détention",
        ReservedTo::SocialEconomy => "économie sociale et solidaire",
    }
}
