//! The liaisons of a dossier as the ledger sees them, lot by lot, and what the calculation note says of them.

use crate::base::quantity::{Euros, Hours, NBSP, Number, Quantity, Rate, counted_in, ratio_base};
use crate::library::clause::Value;
use crate::resolution::facts::{Facts, LinkFacts};
use crate::resolution::ledger::{
    Bounds, Coherence, Duty, Excess, Link, LotCoherence, LotHours, Remedy, Target, ceiling,
};
use crate::resolution::phrases::{enumeration, show_quantity};

/// The computed liaisons of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LotLiaisons {
    /// Number of the lot.
    pub lot: u32,
    /// Ids of the liaisons, in the order of [`LotCoherence::links`].
    pub ids: Vec<String>,
    /// The hours of the lot.
    pub hours: LotHours,
    /// The figures of each liaison.
    pub links: Vec<Link>,
    /// Whether the hours suffice, each for itself and together.
    pub coherence: LotCoherence,
    /// What each liaison demands and the price of failing it; absent when an amount is missing.
    pub duties: Vec<Option<Duty>>,
}

impl LotLiaisons {
    /// Each liaison in words: its id, whether its hours suffice, and what would make them suffice.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, String, Vec<String>)> {
        self.ids.iter().zip(&self.coherence.links).map(|(id, c)| (id.as_str(), verdict(c), remedies(c)))
    }
}

/// Units that are measured; the others are counted whole.
const MEASURED: [&str; 12] = ["t", "kg", "m²", "m³", "m", "ml", "km", "l", "h", "ha", "kWh", "MWh"];

/// The computed liaisons of every lot that has some.
pub(crate) fn of(facts: &Facts<'_>) -> Vec<LotLiaisons> {
    let mut out = Vec::new();
    for (number, hours) in &facts.hours {
        let Ok(result) = &hours.result else { continue };
        let lot_hours = LotHours { hours: result.rounded.clone(), step: result.step, labour: result.labour.clone() };
        let here = facts.links.iter().filter(|l| l.lot == *number);
        let computed: Vec<(&LinkFacts<'_>, Link)> = here.filter_map(|l| link(facts, l).map(|link| (l, link))).collect();
        if computed.is_empty() {
            continue;
        }
        let links: Vec<Link> = computed.iter().map(|(_, link)| link.clone()).collect();
        out.push(LotLiaisons {
            lot: *number,
            ids: computed.iter().map(|(l, _)| l.clause.id.clone()).collect(),
            coherence: lot_hours.together(&links),
            duties: computed.iter().map(|(l, _)| duty(facts, l)).collect(),
            hours: lot_hours,
            links,
        });
    }
    out
}

/// The figures of a liaison that computes: an assignment, a quantity, a ratio and a share.
fn link(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<Link> {
    let quantity = link.quantity.clone()?;
    let deposit =
        facts.selection.get(&link.environment.id).and_then(|s| s.value(link.lot, "gisement")).and_then(Value::number);
    let known = link.clause.link.as_ref().and_then(|l| l.ratio.as_ref()).map(|r| (r.low.clone(), r.high.clone()));
    let per_unit = link.hours_per_unit()?;
    // The known range is written in the clause's unit, as the ratio is: both are brought to one unit of the measure.
    let scale = link.ratio.as_ref().and_then(|r| per_unit.over(&r.value));
    let known = known.zip(scale).map(|((low, high), scale)| (&low * &scale, &high * &scale));
    let least = |name: &str| match link.clause.parameter(name).and_then(|p| p.bounds.as_ref()) {
        Some((Value::Rate(low), _)) => Some(low.clone()),
        _ => None,
    };
    let usual = Bounds::default();
    let bounds = Bounds {
        assigned_min: least("affectation").unwrap_or(usual.assigned_min),
        entrusted_min: least("part_confiee").unwrap_or(usual.entrusted_min),
        ..Bounds::default()
    };
    Some(Link {
        measure: link.environment.id.clone(),
        assigned: link.assigned.clone()?,
        training: Hours(link.training.clone()),
        target: Target {
            countable: !MEASURED.contains(&quantity.unit.as_str()),
            whole_deposit: deposit.is_some_and(|d| quantity.value >= d),
            quantity,
        },
        ratio: per_unit,
        known_ratio: known,
        entrusted: link.share.clone()?,
        ceiling: link.ceiling.clone(),
        bounds,
    })
}

fn duty(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<Duty> {
    let quantity = link.quantity.as_ref()?;
    let (amount, unit) = link.penalty_result.as_ref()?;
    let per = counted_in(unit, &quantity.unit)?;
    let lot = facts.consultation.lots.get(&link.lot)?;
    Some(Duty {
        hours: link.hours.clone()?,
        linked_hours: Hours(link.linked()?),
        target: quantity.value.clone(),
        ratio: link.hours_per_unit()?,
        per_hour: link.penalty_hour.clone()?,
        per_unit: Euros(amount.0.over(&per)?),
        ceiling: link.ceiling.as_ref().map(|rate| ceiling(&lot.amount, rate)),
    })
}

/// The four remedies, each possible one with its value, each impossible one with its reason.
pub(crate) fn remedies(coherence: &Coherence) -> Vec<String> {
    fn say<T: std::fmt::Display>(verb: &str, what: &str, remedy: &Remedy<T>) -> String {
        match remedy {
            Remedy::Possible(value) => format!("{verb} {what} à {value}"),
            Remedy::Impossible(reason) => format!("changer {what} : impossible, {reason}"),
        }
    }
    let Some(remedies) = &coherence.remedies else { return Vec::new() };
    vec![
        say("porter", "le volume d’insertion", &remedies.raise_hours),
        say("ramener", "la quantité", &remedies.lower_target),
        say("porter", "l’affectation", &remedies.raise_assigned),
        say("ramener", "la part confiée", &remedies.lower_entrusted),
    ]
}

/// The rows « coherences » of the note: the fields of each, with their texts.
pub(crate) fn rows(facts: &Facts<'_>, title: impl Fn(u32) -> String) -> Vec<Vec<(&'static str, String)>> {
    let computed = of(facts);
    let mut out = Vec::new();
    for link in &facts.links {
        let lot = computed.iter().find(|l| l.lot == link.lot);
        let position = lot.and_then(|l| l.ids.iter().position(|id| *id == link.clause.id));
        let found = lot.zip(position).and_then(|(l, i)| Some((l, l.coherence.links.get(i)?)));
        let mut fields = vec![("lots", title(link.lot)), ("titre", link.clause.title.clone()), ("plage", range(link))];
        match found {
            Some((lot, coherence)) => {
                let share = lot.hours.reserved_share(&lot.links).map(|s| rounded(&s));
                fields.extend([
                    ("besoin", coherence.need.to_string()),
                    ("disponible", usable(coherence).to_string()),
                    ("verdict", verdict(coherence)),
                    ("critique", critical(link, coherence).unwrap_or_default()),
                    ("remedes", enumeration(remedies(coherence))),
                    ("part_du_lot", share.unwrap_or_default()),
                ]);
            }
            None => {
                fields.push(("verdict", "sans objet : cette liaison ne se calcule pas".to_owned()));
                let empty = ["besoin", "disponible", "critique", "remedes", "part_du_lot"];
                fields.extend(empty.map(|name| (name, String::new())));
            }
        }
        out.push(fields);
    }
    out
}

/// The ratio beyond which a liaison no longer holds, in the unit in which the clause writes its ratio.
pub(crate) fn critical(link: &LinkFacts<'_>, coherence: &Coherence) -> Option<String> {
    let (critical, ratio) = coherence.critical_ratio.as_ref().zip(link.ratio.as_ref())?;
    let (per, _) = ratio_base(&ratio.unit);
    Some(show_quantity(&Quantity { value: critical * &per, unit: ratio.unit.clone() }))
}

/// The hours that remain for the work; none when training alone takes more than the assigned ones.
pub(crate) fn usable(coherence: &Coherence) -> Hours {
    Hours(coherence.available.0.clone().or_zero())
}

/// The largest assignment that is of use, rounded down so that it is of use.
fn useful(excess: &Excess) -> String {
    let grain = Number::fraction(1, 1000).unwrap_or_else(Number::zero);
    rounded(&Rate(excess.useful_share.0.floor_to(&grain)))
}

/// How to leave fewer hours without a linked task.
pub(crate) fn fewer_hours(excess: &Excess, bounds: &Bounds) -> String {
    let (useful, least) = (useful(excess), &bounds.assigned_min);
    if excess.useful_share < *least {
        format!("réduisez les heures du lot : l’affectation utile tomberait à {useful}, sous son minimum de {least}")
    } else {
        format!("ramenez l’affectation à {useful} au plus")
    }
}

/// A rate to one decimal, as findings and the note print it.
pub(crate) fn rounded(rate: &Rate) -> String {
    format!("{}{NBSP}%", rate.percent().french(1))
}

fn verdict(coherence: &Coherence) -> String {
    let (available, need) = (usable(coherence), &coherence.need);
    if !coherence.is_coherent() {
        return format!("incohérente : {available} pour un besoin de {need}");
    }
    let mut out = format!("cohérente : {available} pour un besoin de {need}");
    if let Some(excess) = &coherence.excess {
        out.push_str(&format!(
            " ; plus d’heures que toute la mesure n’en demande ({}), l’affectation utile ne dépasse pas {}",
            coherence.work,
            useful(excess)
        ));
    }
    if coherence.doubtful {
        out.push_str(" ; le ratio critique tombe dans la plage connue : à vérifier avec le facilitateur");
    }
    out
}

fn range(link: &LinkFacts<'_>) -> String {
    let Some(range) = link.clause.link.as_ref().and_then(|l| l.ratio.as_ref()) else { return String::new() };
    let figure = |n: &Number| n.french(2);
    format!(
        "de {} à {} {} (certitude {} ; {})",
        figure(&range.low),
        figure(&range.high),
        range.unit,
        crate::base::terms::Vocabulary::word(range.confidence),
        range.source
    )
}
