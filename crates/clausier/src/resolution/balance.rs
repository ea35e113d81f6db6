//! What it costs a firm to do, and not to do; the picture of the balance between linked hours and work.

use crate::base::quantity::{Euros, Hours, NBSP, Number, ratio_base};
use crate::law::Usages;
use crate::resolution::facts::LinkFacts;
use crate::resolution::ledger::{Coherence, Done, Duty, Economy, Edge, Link, LotHours, Performance, Ratio};
use crate::resolution::liaisons::{self, LotLiaisons, in_clause_unit};

/// A way of breaking the liaisons of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Situation {
    /// What is left undone, in French.
    pub label: &'static str,
    /// Penalty owed, ceiling included.
    pub penalty: Euros,
    /// The penalty, and the price of the units that are not paid.
    pub lost: Euros,
    /// What leaving it undone saves at the lowest known ratio, at the published one, and in the worst case: the highest
    /// known ratio and the dearest hours.
    pub saved: [Euros; 3],
}

impl Situation {
    /// What is lost for each euro saved; none when nothing is saved.
    pub fn ratio(&self, saved: &Euros) -> Option<Number> {
        if saved.0.is_positive() { self.lost.0.over(&saved.0) } else { None }
    }
}

impl LotLiaisons {
    /// The ways of breaking the liaisons of the lot, from the least to the whole; empty without a price of an hour.
    pub fn situations(&self) -> Vec<Situation> {
        let (Some(duty), Some(price)) = (&self.duty, &self.price) else { return Vec::new() };
        // A liaison that measures no unit has no result of its own to miss.
        let units = duty.measures.iter().any(|measure| measure.outcome.is_some());
        let linked = |moved| Broken { link: Some(moved), ..Broken::default() };
        let mut out = Vec::new();
        if units {
            out.push(("heures faites, aucune unité", Broken { units, ..Broken::default() }));
        }
        out.push(("résultat obtenu, toutes les heures à d’autres tâches", linked(true)));
        out.push(("résultat obtenu, heures liées non faites", linked(false)));
        if units {
            out.push(("ni heures liées, ni résultat", Broken { units, ..linked(false) }));
        }
        out.push(("rien", Broken { units: true, link: Some(false), other: true }));
        out.into_iter()
            .map(|(label, broken)| situation(duty, price, &self.usages, label, &broken.state(duty)))
            .collect()
    }
}

/// What a state leaves out.
#[derive(Default)]
struct Broken {
    /// Every unit.
    units: bool,
    /// Every linked hour: worked at other tasks when true, not worked when false.
    link: Option<bool>,
    /// Every other hour.
    other: bool,
}

impl Broken {
    fn state(&self, duty: &Duty) -> Performance {
        let whole = duty.whole();
        let measures = whole.measures.iter().map(|done| Done {
            delivered: if self.units { Number::zero() } else { done.delivered.clone() },
            linked_work: if self.link.is_some() { Hours::zero() } else { done.linked_work.clone() },
            training: if self.link.is_some() { Hours::zero() } else { done.training.clone() },
            ..done.clone()
        });
        let other = match (self.link, self.other) {
            (_, true) => Hours::zero(),
            (Some(true), _) => duty.hours.clone(),
            _ => whole.other_hours.clone(),
        };
        Performance { other_hours: other, measures: measures.collect(), ..whole }
    }
}

fn situation(duty: &Duty, price: &Euros, usages: &Usages, label: &'static str, done: &Performance) -> Situation {
    let penalty = duty.settle(done).due;
    let usual = |edge| duty.saving(done, price, edge, &Economy::usual(usages));
    Situation {
        label,
        lost: Euros(&penalty.0 + &duty.unpaid(done).0),
        penalty,
        saved: [usual(Edge::Low), usual(Edge::Usual), duty.worst_saving(done, price, usages)],
    }
}

/// A bar of the balance of a liaison, in figures and in words.
pub(crate) struct Drawn {
    pub(crate) label: &'static str,
    pub(crate) total: String,
    pub(crate) words: String,
    /// Label, width in thousandths, drawn darker.
    pub(crate) parts: Vec<(String, u16, bool)>,
    /// Label, place in thousandths.
    pub(crate) marks: Vec<(String, u16)>,
}

/// The bars of a liaison: the hours of the lot, the work of the measure, the known range of the ratio with the two needles
/// between which the tie holds.
pub(crate) fn bars(link: &LinkFacts<'_>, lot: &LotHours, figures: &Link, coherence: &Coherence) -> Vec<Drawn> {
    let mut out = vec![two("Heures d’insertion", &lot.hours, (&coherence.linked_hours, "liées"), "non liées")];
    let done = Hours(Number::min_of(&coherence.available.0, &coherence.work.0));
    out.push(two(
        "Travail de la mesure",
        &coherence.work,
        (&done, "en insertion, hors formation"),
        "par d’autres mains",
    ));
    out.extend(needles(link, figures, coherence));
    out
}

fn two(label: &'static str, whole: &Hours, (part, name): (&Hours, &str), rest: &str) -> Drawn {
    let left = Hours((&whole.0 - &part.0).or_zero());
    let width = thousandths(&part.0, &whole.0);
    let parts = [(part, name, width, true), (&left, rest, 1_000 - width, false)]
        .map(|(hours, name, width, strong)| (format!("{hours} {name}"), width, strong));
    let percent = Number::from_int(width.into()).over(&Number::from_int(10)).unwrap_or_else(Number::zero);
    Drawn {
        label,
        total: whole.to_string(),
        words: format!("{} ({}{NBSP}%), {}", parts[0].0, percent.french(1), parts[1].0),
        parts: parts.into(),
        marks: Vec::new(),
    }
}

fn needles(link: &LinkFacts<'_>, figures: &Link, coherence: &Coherence) -> Option<Drawn> {
    let (full, thin) = (coherence.full_ratio.as_ref()?, coherence.thin_ratio.as_ref()?);
    let Ratio { usual, low, high } = &figures.ratio;
    let most = &Number::max_of(high, thin) * &Number::fraction(11, 10)?;
    let at = |ratio: &Number| thousandths(ratio, &most);
    let shown = |ratio: &Number| in_clause_unit(link, ratio);
    let (full_at, thin_at) = (at(full), at(thin));
    Some(Drawn {
        label: "Ratio",
        total: liaisons::landmark(link)?,
        words: format!("le lien tient de {} à {}", shown(full)?, shown(thin)?),
        parts: vec![
            ("trop d’heures liées".to_owned(), full_at, false),
            ("le lien tient".to_owned(), thin_at.saturating_sub(full_at), true),
            ("lien mince".to_owned(), 1_000 - thin_at.max(full_at), false),
        ],
        marks: [low, usual, high].into_iter().filter_map(|ratio| Some((figure(link, ratio)?, at(ratio)))).collect(),
    })
}

/// A ratio by unit of the measure as a bare figure, in the unit in which the clause writes its own.
fn figure(link: &LinkFacts<'_>, ratio: &Number) -> Option<String> {
    let (per, _) = ratio_base(&link.ratio.as_ref()?.unit);
    Some((ratio * &per).french(2))
}

fn thousandths(part: &Number, whole: &Number) -> u16 {
    let exact = part.over(whole).map(|share| &share * &Number::from_int(1_000));
    let rounded = exact.and_then(|n| n.floor_to(&Number::from_int(1)).to_i64());
    rounded.and_then(|n| u16::try_from(n).ok()).unwrap_or(1_000).min(1_000)
}

/// « 29,1 heures par semaine pendant 10 semaines », and for each person trained.
pub(crate) fn pace(link: &LinkFacts<'_>) -> Option<String> {
    let (_, duration) = link.duration.as_ref()?;
    let weeks = &duration.months() * &Number::fraction(52, 12)?;
    let by_week = link.linked()?.0.over(&weeks)?;
    let each = by_week.over(&link.people).filter(|_| link.people > Number::from_int(1));
    let each = each.map(|each| format!(", soit {} par personne formée", each.french(1))).unwrap_or_default();
    Some(format!("{} par semaine pendant {duration}{each}", Hours(by_week.rounded(1))))
}
