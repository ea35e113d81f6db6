//! Do the hours of the lot suffice for the measure, alone and beside the other liaisons of the lot?

use crate::base::quantity::{Hours, NBSP, Number, Quantity, Rate};
use crate::resolution::hours::RoundingStep;
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

/// Limits within which a buyer may move the figures of a liaison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Smallest share of the hours that the measure may take (30 %).
    pub assigned_min: Rate,
    /// Largest share of the hours that the measure may take (100 %).
    pub assigned_max: Rate,
    /// Smallest share of the work that may be entrusted (30 %).
    pub entrusted_min: Rate,
    /// Insertion rate above which a reservation would be more frank (30 %).
    pub insertion_rate_max: Rate,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            assigned_min: Rate::from_percent(30),
            assigned_max: Rate::whole(),
            entrusted_min: Rate::from_percent(30),
            insertion_rate_max: Rate::from_percent(30),
        }
    }
}

/// A liaison between the hours of a lot and a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The measure: two links that name the same one share its work.
    pub measure: String,
    /// a: share of the hours of the lot assigned to the measure.
    pub assigned: Rate,
    /// F: hours of training to the measure, counted in the assigned ones.
    pub training: Hours,
    /// Q.
    pub target: Target,
    /// r: hours of work per unit.
    pub ratio: Number,
    /// Known range of r, lowest and highest.
    pub known_ratio: Option<(Number, Number)>,
    /// s: least share of the measure's work done by eligible people.
    pub entrusted: Rate,
    /// Ceiling of the joint penalty, as a share of the amount of the lot, when the liaison sets one.
    pub ceiling: Option<Rate>,
    /// Limits of the figures.
    pub bounds: Bounds,
}

impl Link {
    /// Q × r: hours of work of the whole measure.
    pub fn work(&self) -> Hours {
        Hours(&self.target.quantity.value * &self.ratio)
    }

    /// Q × r × s: hours of it that eligible people must do.
    pub fn need(&self) -> Hours {
        Hours(&self.work().0 * &self.entrusted.0)
    }

    /// The share s once some linked hours are exonerated: it falls by as much.
    pub fn entrusted_after(&self, exonerated: &Hours) -> Rate {
        let left = (&self.need().0 - &exonerated.0).or_zero();
        Rate(left.over(&self.work().0).unwrap_or_else(Number::zero))
    }
}

/// Whether a × H − F reaches Q × r × s, with the figures of the calculation note.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coherence {
    /// a × H − F: hours that remain for the work; negative when training alone exceeds the assigned hours.
    pub available: Hours,
    /// Q × r × s: hours that the entrusted share takes.
    pub need: Hours,
    /// Q × r: hours that the whole measure takes.
    pub work: Hours,
    /// What to change, when the hours do not suffice; none when the liaison is coherent.
    pub remedies: Option<Remedies>,
    /// More hours than the whole measure takes.
    pub excess: Option<Excess>,
    /// (a × H − F) ÷ (Q × s): the ratio beyond which the hours no longer suffice; none without anything to entrust.
    pub critical_ratio: Option<Number>,
    /// The critical ratio lies in the known range of r: nobody can tell whether the hours will suffice.
    pub doubtful: bool,
}

impl Coherence {
    /// True when the hours suffice.
    pub fn is_coherent(&self) -> bool {
        self.remedies.is_none()
    }
}

/// The four ways of making a liaison coherent, each at the smallest change that suffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedies {
    /// H, at the next step.
    pub raise_hours: Remedy<Hours>,
    /// Q, rounded down to one decimal, or to the unit when it is counted.
    pub lower_target: Remedy<Quantity>,
    /// a, at the next half point.
    pub raise_assigned: Remedy<Rate>,
    /// s, at the half point below.
    pub lower_entrusted: Remedy<Rate>,
}

/// A change that makes a liaison coherent.
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

/// More hours are assigned than the measure can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// The largest useful a: (Q × r + F) ÷ H.
    pub useful_share: Rate,
    /// The target is the whole deposit, so that no larger one can take up the hours.
    pub blocking: bool,
}

/// The liaisons of a lot, each for itself and all together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LotCoherence {
    /// Σ a.
    pub assigned: Rate,
    /// Σ (a × H) − Σ F.
    pub available: Hours,
    /// Σ (Q × r × s).
    pub need: Hours,
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
    #[error("les liaisons du lot affectent ensemble {total} de ses heures d’insertion : 100{NBSP}% au plus")]
    Assigned {
        /// Σ a.
        total: Rate,
    },
    /// Σ s > 100 % for one measure.
    #[error("les liaisons confient ensemble {total} du travail de la mesure « {measure} » : 100{NBSP}% au plus")]
    Entrusted {
        /// The measure.
        measure: String,
        /// Σ s.
        total: Rate,
    },
    /// Σ (a × H) − Σ F < Σ (Q × r × s).
    #[error("les liaisons du lot demandent ensemble {need} et n’en ont que {available}")]
    Short {
        /// What they have.
        available: Hours,
        /// What they need.
        need: Hours,
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
    /// Whether the hours suffice for one liaison.
    pub fn coherence(&self, link: &Link) -> Coherence {
        self.coherence_within(link, &link.bounds.assigned_max)
    }

    fn coherence_within(&self, link: &Link, assigned_max: &Rate) -> Coherence {
        let available = Hours(&(&link.assigned.0 * &self.hours.0) - &link.training.0);
        let (work, need) = (link.work(), link.need());
        let short = Short { lot: self, link, available: &available, need: &need, assigned_max };
        let remedies = (available < need).then(|| short.remedies());
        let excess = (available > work).then(|| Excess {
            useful_share: Rate((&work.0 + &link.training.0).over(&self.hours.0).unwrap_or_else(Number::zero)),
            blocking: link.target.whole_deposit,
        });
        let critical_ratio = available.0.over(&(&link.target.quantity.value * &link.entrusted.0));
        let doubtful = match (&critical_ratio, &link.known_ratio) {
            (Some(ratio), Some((lowest, highest))) => (lowest..=highest).contains(&ratio),
            _ => false,
        };
        Coherence { available, need, work, remedies, excess, critical_ratio, doubtful }
    }

    /// Whether the hours suffice for all the liaisons of the lot, each for itself and together.
    pub fn together(&self, links: &[Link]) -> LotCoherence {
        let assigned: Number = links.iter().map(|link| link.assigned.0.clone()).sum();
        let alone: Vec<Coherence> = links
            .iter()
            .map(|link| {
                let left = (&Rate::whole().0 - &(&assigned - &link.assigned.0)).or_zero();
                self.coherence_within(link, &Rate(Number::min_of(&left, &link.bounds.assigned_max.0)))
            })
            .collect();
        let available: Number = alone.iter().map(|link| link.available.0.clone()).sum();
        let need: Number = alone.iter().map(|link| link.need.0.clone()).sum();
        let (assigned, available, need) = (Rate(assigned), Hours(available), Hours(need));

        let mut faults = Vec::new();
        if assigned > Rate::whole() {
            faults.push(LotFault::Assigned { total: assigned.clone() });
        }
        let mut measures: BTreeMap<&str, Number> = BTreeMap::new();
        for link in links {
            let total = measures.entry(&link.measure).or_insert_with(Number::zero);
            *total = &*total + &link.entrusted.0;
        }
        for (measure, total) in measures {
            if total > Rate::whole().0 {
                faults.push(LotFault::Entrusted { measure: measure.to_owned(), total: Rate(total) });
            }
        }
        if available < need {
            faults.push(LotFault::Short { available: available.clone(), need: need.clone() });
        }
        let mut ceilings: Vec<Rate> = links.iter().filter_map(|link| link.ceiling.clone()).collect();
        ceilings.sort();
        ceilings.dedup();
        if ceilings.len() > 1 {
            faults.push(LotFault::Ceilings { ceilings });
        }
        LotCoherence { assigned, available, need, links: alone, faults }
    }

    /// Part of the lot's labour that eligible people must do: the larger of the hours owed and of what the liaisons
    /// entrust. Above one half, the lot is reserved without saying so. None when the labour is unknown.
    pub fn reserved_share(&self, links: &[Link]) -> Option<Rate> {
        let need: Number = links.iter().map(|link| link.need().0).sum();
        Number::max_of(&self.hours.0, &need).over(&self.labour.as_ref()?.0).map(Rate)
    }

    /// True for a reservation in disguise: more than half of the lot's labour.
    pub fn is_reserved_in_disguise(&self, links: &[Link]) -> bool {
        self.reserved_share(links).is_some_and(|share| share > Rate::from_percent(50))
    }

    /// Part of the lot's labour that the hours owed represent. None when the labour is unknown.
    pub fn insertion_rate(&self) -> Option<Rate> {
        self.hours.0.over(&self.labour.as_ref()?.0).map(Rate)
    }
}

/// A liaison whose hours do not suffice.
struct Short<'a> {
    lot: &'a LotHours,
    link: &'a Link,
    available: &'a Hours,
    need: &'a Hours,
    assigned_max: &'a Rate,
}

impl Short<'_> {
    fn remedies(&self) -> Remedies {
        Remedies {
            raise_hours: self.raise_hours().into(),
            lower_target: self.lower_target().into(),
            raise_assigned: self.raise_assigned().into(),
            lower_entrusted: self.lower_entrusted().into(),
        }
    }

    /// Hours that the assignment must bring: the need, and the training.
    fn wanted(&self) -> Hours {
        Hours(&self.need.0 + &self.link.training.0)
    }

    fn raise_hours(&self) -> Result<Hours, String> {
        let least = self.wanted().0.over(&self.link.assigned.0).ok_or(NOTHING_ASSIGNED)?;
        let hours = Hours(least.ceil_to(&self.lot.step.number()));
        let raised = LotHours { hours: hours.clone(), ..self.lot.clone() };
        match raised.insertion_rate() {
            Some(rate) if rate > self.link.bounds.insertion_rate_max => Err(format!(
                "{hours} porteraient le taux d’insertion à {rate}, au-delà de {} : une réservation serait plus franche",
                self.link.bounds.insertion_rate_max
            )),
            _ => Ok(hours),
        }
    }

    fn lower_target(&self) -> Result<Quantity, String> {
        let per_unit = &self.link.ratio * &self.link.entrusted.0;
        let most = self.left()?.over(&per_unit).ok_or_else(|| self.nothing_left())?;
        let target = &self.link.target;
        let value = most.floor_to(&grain(if target.countable { 1 } else { 10 }));
        let quantity = Quantity { value, unit: target.quantity.unit.clone() };
        if quantity.value.is_positive() { Ok(quantity) } else { Err(format!("la quantité tomberait à {quantity}")) }
    }

    fn raise_assigned(&self) -> Result<Rate, String> {
        let (wanted, hours) = (self.wanted(), &self.lot.hours);
        if wanted > *hours {
            return Err(format!("il faut {wanted}, plus que toutes les heures du lot ({hours})"));
        }
        let least = wanted.0.over(&hours.0).ok_or("le lot n’a aucune heure d’insertion")?;
        let share = Rate(least.ceil_to(&grain(HALF_POINT)));
        if share > *self.assigned_max {
            Err(format!("il faudrait affecter {share} des heures, au-delà de {}", self.assigned_max))
        } else {
            Ok(share)
        }
    }

    fn lower_entrusted(&self) -> Result<Rate, String> {
        let most = self.left()?.over(&self.link.work().0).ok_or_else(|| self.nothing_left())?;
        let share = Rate(most.floor_to(&grain(HALF_POINT)));
        let least = &self.link.bounds.entrusted_min;
        if share < *least {
            Err(format!("la part confiée tomberait à {share}, sous son minimum de {least}"))
        } else {
            Ok(share)
        }
    }

    /// Hours left for the work, when there are any.
    fn left(&self) -> Result<&Number, String> {
        if self.available.0.is_positive() { Ok(&self.available.0) } else { Err(self.nothing_left()) }
    }

    fn nothing_left(&self) -> String {
        if self.link.training.0.is_zero() {
            NOTHING_ASSIGNED.to_owned()
        } else {
            format!("la formation ({}) ne laisse aucune heure affectée au travail", self.link.training)
        }
    }
}

const NOTHING_ASSIGNED: &str = "aucune heure du lot n’est affectée à la mesure";

/// Half a percentage point is one two-hundredth.
const HALF_POINT: i64 = 200;

/// The fraction 1 ÷ `parts`, to which a figure is rounded.
fn grain(parts: i64) -> Number {
    Number::fraction(1, parts).unwrap_or_else(Number::zero)
}
