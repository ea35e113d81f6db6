//! Do the linked hours and the work of the measure fit each other, alone and beside the other liaisons of the lot?
//!
//! Eligible people do part of the measure's work: their linked hours, training left out, are a share of it. Above the
//! whole, some hours have no linked task; under three tenths, the tie is thin. The ratio of hours by unit is badly known:
//! a remedy leaves its figure right at both ends of the known range, when one figure can.

use crate::base::quantity::{Hours, NBSP, Number, Quantity, Rate};
use crate::resolution::hours::RoundingStep;
use crate::resolution::ledger::settlement::{Ratio, fraction};
use std::collections::BTreeMap;

/// The insertion hours of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotHours {
    /// H: hours that the lot owes.
    pub hours: Hours,
    /// Step to which they are rounded.
    pub step: RoundingStep,
    /// All the labour of the lot, when it is known.
    pub labour: Option<Hours>,
}

/// What the environmental clause demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Q, with its unit.
    pub quantity: Quantity,
    /// The unit is counted whole (doors, meals), rather than measured to one decimal (tonnes, square metres).
    pub countable: bool,
    /// Q is all there is: it cannot be raised to occupy more hours.
    pub whole_deposit: bool,
}

/// Limits within which a buyer may move the figures of a liaison; practice sets them, and the caller gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Smallest share of the hours that the measure may take.
    pub assigned_min: Rate,
    /// Largest share of the hours that the measure may take.
    pub assigned_max: Rate,
    /// Insertion rate above which a reservation would be more frank.
    pub insertion_rate_max: Rate,
    /// Share of the measure's work under which the tie is thin.
    pub share_min: Rate,
}

/// A liaison between the hours of a lot and a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The measure; two liaisons of a lot never tie the same one.
    pub measure: String,
    /// a: share of the hours of the lot linked to the measure.
    pub assigned: Rate,
    /// F: hours of training to the measure, counted in the linked ones.
    pub training: Hours,
    /// Q.
    pub target: Target,
    /// r: hours of work per unit, with its known range.
    pub ratio: Ratio,
    /// Limits of the figures.
    pub bounds: Bounds,
}

impl Link {
    /// Q × r: hours of work of the whole measure.
    pub fn work(&self) -> Hours {
        self.work_at(&self.ratio.usual)
    }

    /// Q × a ratio.
    pub fn work_at(&self, ratio: &Number) -> Hours {
        Hours(&self.target.quantity.value * ratio)
    }

    /// Hl = a × H, rounded down to the hour.
    pub fn linked_hours(&self, hours: &Hours) -> Hours {
        linked_hours(hours, &self.assigned)
    }
}

/// Hl = a × H, rounded down to the hour.
pub fn linked_hours(hours: &Hours, assigned: &Rate) -> Hours {
    Hours((&hours.0 * &assigned.0).floor_to(&fraction(1, 1)))
}

/// Whether Hl − F fits Q × r, with the figures of the calculation note.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coherence {
    /// Hl: linked hours, training included.
    pub linked_hours: Hours,
    /// Hl − F: hours that remain for the work; none when training takes more than the linked hours.
    pub available: Hours,
    /// Q × r: hours that the whole measure takes.
    pub work: Hours,
    /// (Hl − F) ÷ (Q × r): share of the work that eligible people do; none without any work.
    pub share: Option<Rate>,
    /// (Hl − F) ÷ Q: the ratio under which some linked hours have no work; none without any quantity.
    pub full_ratio: Option<Number>,
    /// (Hl − F) ÷ (Q × 30 %): the ratio beyond which eligible people do less than three tenths of the work.
    pub thin_ratio: Option<Number>,
    /// What does not fit, if anything.
    pub misfit: Option<Misfit>,
    /// What to change; none when everything fits.
    pub remedies: Option<Remedies>,
}

/// What does not fit between the linked hours and the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Misfit {
    /// More linked hours than the whole measure takes.
    Excess,
    /// The same, if the true ratio is the lowest known.
    ExcessAtLowest,
    /// Less than three tenths of the work.
    Thin,
}

impl Coherence {
    /// True unless some linked hours have no work at the published ratio.
    pub fn is_coherent(&self) -> bool {
        self.misfit != Some(Misfit::Excess)
    }
}

/// The three ways of making hours and work fit, each at the smallest change that suffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedies {
    /// They suffice at both ends of the known range of the ratio, and not at the published ratio only.
    pub for_whole_range: bool,
    /// H, at a multiple of the step.
    pub hours: Remedy<Hours>,
    /// Q, to one decimal, or to the unit when it is counted.
    pub target: Remedy<Quantity>,
    /// a, at a half point.
    pub assigned: Remedy<Rate>,
}

/// A change that makes hours and work fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy<T> {
    /// Taking this value suffices.
    Possible(T),
    /// The change would leave its bounds: the reason, in French.
    Impossible(String),
}

impl<T> From<Result<T, String>> for Remedy<T> {
    fn from(result: Result<T, String>) -> Self {
        result.map_or_else(Self::Impossible, Self::Possible)
    }
}

/// The liaisons of a lot, each for itself and all together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LotCoherence {
    /// Σ a.
    pub assigned: Rate,
    /// Each liaison, in the order given; its remedies leave the others their share.
    pub links: Vec<Coherence>,
    /// What the liaisons cannot have together.
    pub faults: Vec<LotFault>,
}

/// What several liaisons of a lot cannot have together; the text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LotFault {
    /// Σ a > 100 %.
    #[error("les liaisons du lot lient ensemble {total} de ses heures d’insertion : 100{NBSP}% au plus")]
    Assigned {
        /// Σ a.
        total: Rate,
    },
    /// Two liaisons for one measure.
    #[error("deux liaisons du lot lient la même mesure, « {measure} » : une unité n’est due et pénalisée qu’une fois")]
    Measure {
        /// The measure.
        measure: String,
    },
    /// Several ceilings on one lot.
    #[error("les liaisons du lot fixent des plafonds de pénalités différents ({}) : un seul par lot", list(ceilings))]
    Ceilings {
        /// The ceilings, without repetition.
        ceilings: Vec<Rate>,
    },
}

fn list(rates: &[Rate]) -> String {
    rates.iter().map(Rate::to_string).collect::<Vec<_>>().join(", ")
}

impl LotHours {
    /// Whether the hours fit one liaison.
    pub fn coherence(&self, link: &Link) -> Coherence {
        self.coherence_within(link, &link.bounds.assigned_max)
    }

    fn coherence_within(&self, link: &Link, assigned_max: &Rate) -> Coherence {
        let linked = link.linked_hours(&self.hours);
        let net = &linked.0 - &link.training.0;
        let available = Hours(net.clone().or_zero());
        let work = link.work();
        let share = available.0.over(&work.0).map(Rate);
        let misfit = if net > work.0 {
            Some(Misfit::Excess)
        } else if net > link.work_at(&link.ratio.low).0 {
            Some(Misfit::ExcessAtLowest)
        } else if share.as_ref().is_some_and(|share| *share < link.bounds.share_min) {
            Some(Misfit::Thin)
        } else {
            None
        };
        let remedies = misfit.map(|misfit| Change::new(self, link, assigned_max, &net, misfit).remedies());
        let quantity = &link.target.quantity.value;
        Coherence {
            full_ratio: available.0.over(quantity),
            thin_ratio: available.0.over(&(quantity * &link.bounds.share_min.0)),
            linked_hours: linked,
            available,
            work,
            share,
            misfit,
            remedies,
        }
    }

    /// Whether the hours fit all the liaisons of the lot, each for itself and together; `others` is the share of the
    /// hours that the liaisons without figures take.
    pub fn together(&self, links: &[Link], others: &Rate) -> LotCoherence {
        let assigned: Number = links.iter().map(|link| link.assigned.0.clone()).sum();
        let assigned = &assigned + &others.0;
        let alone = links.iter().map(|link| {
            let left = (&Rate::whole().0 - &(&assigned - &link.assigned.0)).or_zero();
            self.coherence_within(link, &Rate(Number::min_of(&left, &link.bounds.assigned_max.0)))
        });
        let alone = alone.collect();
        let mut faults = Vec::new();
        if assigned > Rate::whole().0 {
            faults.push(LotFault::Assigned { total: Rate(assigned.clone()) });
        }
        let mut measures: BTreeMap<&str, usize> = BTreeMap::new();
        for link in links {
            *measures.entry(&link.measure).or_default() += 1;
        }
        let twice = measures.into_iter().filter(|(_, times)| *times > 1);
        faults.extend(twice.map(|(measure, _)| LotFault::Measure { measure: measure.to_owned() }));
        LotCoherence { assigned: Rate(assigned), links: alone, faults }
    }

    /// Part of the lot's labour that the hours owed represent. None when the labour is unknown.
    pub fn insertion_rate(&self) -> Option<Rate> {
        self.hours.0.over(&self.labour.as_ref()?.0).map(Rate)
    }
}

/// The change that a liaison whose hours and work do not fit needs.
struct Change<'a> {
    lot: &'a LotHours,
    link: &'a Link,
    assigned_max: &'a Rate,
    /// Hl − F, negative when training takes more than the linked hours.
    net: &'a Number,
    /// Hours are in excess; otherwise they are too few.
    excess: bool,
    /// The ratio at which the change is judged.
    ratio: &'a Number,
    for_whole_range: bool,
}

impl<'a> Change<'a> {
    fn new(lot: &'a LotHours, link: &'a Link, assigned_max: &'a Rate, net: &'a Number, misfit: Misfit) -> Self {
        let Ratio { usual, low, high } = &link.ratio;
        let excess = misfit != Misfit::Thin;
        // One figure suits the whole range when three tenths of the most work are no more than the least.
        let for_whole_range = &link.bounds.share_min.0 * high <= *low;
        let edge = if excess { low } else { high };
        let ratio = if for_whole_range || misfit == Misfit::ExcessAtLowest { edge } else { usual };
        Self { lot, link, assigned_max, net, excess, ratio, for_whole_range }
    }

    fn remedies(&self) -> Remedies {
        Remedies {
            for_whole_range: self.for_whole_range,
            hours: self.hours().into(),
            target: self.target().into(),
            assigned: self.assigned().into(),
        }
    }

    /// Linked hours, training included, that the work asks for: at most in excess, at least otherwise.
    fn wanted(&self) -> Number {
        let work = self.link.work_at(self.ratio).0;
        if self.excess {
            &work + &self.link.training.0
        } else {
            (&(&work * &self.link.bounds.share_min.0) + &self.link.training.0).ceil_to(&fraction(1, 1))
        }
    }

    fn hours(&self) -> Result<Hours, String> {
        let wanted = self.wanted().over(&self.link.assigned.0).ok_or(NOTHING_LINKED)?;
        if self.excess {
            let hours = Hours(wanted.floor_to(&self.lot.step.number()));
            return if hours.0.is_positive() {
                Ok(hours)
            } else {
                Err(format!("il n’en resterait aucune au pas de {}", self.lot.step))
            };
        }
        let hours = Hours(wanted.ceil_to(&self.lot.step.number()));
        let raised = LotHours { hours: hours.clone(), ..self.lot.clone() };
        match raised.insertion_rate() {
            Some(rate) if rate > self.link.bounds.insertion_rate_max => Err(format!(
                "{hours} porteraient le taux d’insertion à {}{NBSP}%, au-delà de {} : une réservation serait plus franche",
                rate.percent().french(1),
                self.link.bounds.insertion_rate_max
            )),
            _ => Ok(hours),
        }
    }

    fn target(&self) -> Result<Quantity, String> {
        let target = &self.link.target;
        if self.excess && target.whole_deposit {
            return Err("elle est déjà tout le gisement".to_owned());
        }
        let grain = fraction(1, if target.countable { 1 } else { 10 });
        let share = if self.excess { fraction(1, 1) } else { self.link.bounds.share_min.0.clone() };
        let exact = if self.net.is_positive() { self.net.over(&(self.ratio * &share)) } else { None };
        let exact = exact.ok_or_else(|| self.nothing_left())?;
        let value = if self.excess { exact.ceil_to(&grain) } else { exact.floor_to(&grain) };
        let quantity = Quantity { value, unit: target.quantity.unit.clone() };
        if quantity.value.is_positive() { Ok(quantity) } else { Err(format!("elle tomberait à {quantity}")) }
    }

    fn assigned(&self) -> Result<Rate, String> {
        let (wanted, hours) = (self.wanted(), &self.lot.hours);
        let exact = wanted.over(&hours.0).ok_or("le lot n’a aucune heure d’insertion")?;
        if self.excess {
            let share = Rate(exact.floor_to(&fraction(1, HALF_POINT)));
            let least = &self.link.bounds.assigned_min;
            return if share < *least {
                Err(format!("elle tomberait à {share}, sous son minimum de {least}"))
            } else {
                Ok(share)
            };
        }
        if wanted > hours.0 {
            let wanted = Hours(wanted);
            return Err(format!("il faut {wanted}, plus que toutes les heures du lot ({hours})"));
        }
        let share = Rate(exact.ceil_to(&fraction(1, HALF_POINT)));
        if share > *self.assigned_max {
            Err(format!("il faudrait lier {share} des heures, au-delà de {}", self.assigned_max))
        } else {
            Ok(share)
        }
    }

    fn nothing_left(&self) -> String {
        if self.link.training.0.is_zero() {
            NOTHING_LINKED.to_owned()
        } else {
            format!("la formation ({}) ne laisse aucune heure liée au travail", self.link.training)
        }
    }
}

const NOTHING_LINKED: &str = "aucune heure du lot n’est liée à la mesure";

/// Half a percentage point is one two-hundredth.
const HALF_POINT: i64 = 200;
