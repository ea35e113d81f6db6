//! Does it pay to break? What an omission saves, against what it costs.
//!
//! The floors come from the work itself: a missing unit saves `r` hours at the selling price `P`, of which a share `κ` is
//! avoidable; an hour of insertion saves its extra cost `σ`; an hour of training saves `τ = κ × P + trainer`. The figures of
//! [`Economy`] are those of practice, not of law ([`Usages`], given by the caller): they are printed as hypotheses, and no
//! blocking rule stands on the extra costs.

use crate::base::quantity::{Euros, Hours, Number, Rate};
use crate::law::Usages;
use crate::resolution::ledger::settlement::{Done, Duty, Measure, Outcome, Performance, Ratio};

/// What a firm saves by not doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Economy {
    /// κ: avoidable share of the selling price of an hour.
    pub avoidable: Rate,
    /// σ_o: extra cost of an ordinary insertion hour.
    pub ordinary_hour: Euros,
    /// σ_ℓ: extra cost of a linked hour.
    pub linked_hour: Euros,
    /// What an hour of training costs beyond the avoidable price of an hour: the trainer.
    pub trainer: Euros,
}

impl Economy {
    /// The usual case.
    pub fn usual(usages: &Usages) -> Self {
        Self::new(usages, &usages.extra, &usages.extra_high)
    }

    /// The corners of the known range of extra costs: the worst of them is the worst case of all, since a saving grows in a
    /// straight line with each of its figures.
    pub fn corners(usages: &Usages) -> [Self; 3] {
        let Usages { extra_low: low, extra_high: high, .. } = usages;
        [Self::new(usages, low, low), Self::new(usages, low, high), Self::new(usages, high, high)]
    }

    fn new(usages: &Usages, ordinary: &Euros, linked: &Euros) -> Self {
        Self {
            avoidable: usages.avoidable.clone(),
            ordinary_hour: ordinary.clone(),
            linked_hour: linked.clone(),
            trainer: usages.trainer.clone(),
        }
    }

    /// τ: cost of an hour of training, at the selling price of an hour.
    pub fn training_hour(&self, price: &Euros) -> Euros {
        Euros(&(&self.avoidable.0 * &price.0) + &self.trainer.0)
    }
}

/// At which edge of the known range the true ratio lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The lowest known.
    Low,
    /// The published one.
    Usual,
    /// The highest known.
    High,
}

impl Ratio {
    /// The ratio at an edge.
    pub fn at(&self, edge: Edge) -> &Number {
        match edge {
            Edge::Low => &self.low,
            Edge::Usual => &self.usual,
            Edge::High => &self.high,
        }
    }
}

/// The three prices of a unit against which its penalty is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Floors {
    /// r × P: under it, not doing pays.
    pub work: Euros,
    /// max(margin × r ; part × r_high) × P: under it, the last units may pay.
    pub margin: Euros,
    /// A few times r × P: beyond it, a judge may moderate.
    pub most: Euros,
}

impl Outcome {
    /// The floors of the tariff, at the selling price of an hour.
    pub fn floors(&self, price: &Euros, usages: &Usages) -> Floors {
        self.ratio.floors(price, usages)
    }
}

impl Ratio {
    /// The floors of the tariff of a unit, at the selling price of an hour.
    pub fn floors(&self, price: &Euros, usages: &Usages) -> Floors {
        let Self { usual, high, .. } = self;
        let times = |ratio: &Number, by: &Number| Euros(&(ratio * by) * &price.0);
        let margin = Number::max_of(&times(usual, &usages.margin).0, &times(high, &usages.margin_high.0).0);
        Floors { work: Euros(usual * &price.0), margin: Euros(margin), most: times(usual, &usages.excessive) }
    }
}

impl Duty {
    /// What the whole performance costs, at the selling price of an hour: negative where unit prices pay more.
    fn cost(&self, done: &Performance, price: &Euros, edge: Edge, economy: &Economy) -> Number {
        let training = economy.training_hour(price);
        let each = |(measure, done): (&Measure, &Done)| {
            let result = measure.outcome.as_ref().map_or_else(Number::zero, |result| {
                let work = &(&economy.avoidable.0 * &price.0) * result.ratio.at(edge);
                &work * &done.delivered
            });
            [result, &economy.linked_hour.0 * &done.linked_work.0, &training.0 * &done.training.0].into_iter().sum()
        };
        let measures: Number = self.measures.iter().zip(&done.measures).map(each).sum::<Number>();
        &measures + &(&economy.ordinary_hour.0 * &done.other_hours.0)
    }

    /// What a performance saves against the whole, the unpaid price of the units left aside.
    pub fn saving(&self, done: &Performance, price: &Euros, edge: Edge, economy: &Economy) -> Euros {
        let whole = self.cost(&self.whole(), price, edge, economy);
        Euros(&whole - &self.cost(done, price, edge, economy))
    }

    /// The greatest saving over the corners of the known extra costs.
    pub fn worst_saving(&self, done: &Performance, price: &Euros, usages: &Usages) -> Euros {
        let savings = Economy::corners(usages).map(|economy| self.saving(done, price, Edge::High, &economy).0);
        Euros(savings.into_iter().reduce(|a, b| Number::max_of(&a, &b)).unwrap_or_else(Number::zero))
    }

    /// The price of the units that a performance leaves out, which is not paid either.
    pub fn unpaid(&self, done: &Performance) -> Euros {
        let settled = self.settle(done);
        let unpaid = self.measures.iter().zip(&settled.measures).map(|(measure, shortfall)| {
            let price = measure.outcome.as_ref().and_then(|result| result.unit_price.as_ref());
            price.map_or_else(Number::zero, |price| &price.0 * &shortfall.units)
        });
        Euros(unpaid.sum())
    }

    /// All that is owed, without any surplus.
    pub fn whole(&self) -> Performance {
        let linked: Number = self.measures.iter().map(|m| m.linked_hours.0.clone()).sum();
        let measures = self.measures.iter().map(|m| Done {
            delivered: m.outcome.as_ref().map_or_else(Number::zero, |result| result.target.clone()),
            linked_work: Hours((&m.linked_hours.0 - &m.training.0).or_zero()),
            training: m.training.clone(),
            ..Done::nothing(Number::zero())
        });
        Performance {
            other_hours: Hours((&self.hours.0 - &linked).or_zero()),
            exonerated: Hours::zero(),
            measures: measures.collect(),
            excuse: None,
        }
    }

    /// The ceiling under which « do nothing » becomes a price: margin × (Q × max(0, r × P − u) + σ × H + F × P), summed.
    pub fn least_ceiling(&self, price: &Euros, usages: &Usages) -> Euros {
        let extra = &usages.extra_high.0 * &self.hours.0;
        let measures: Number = self.measures.iter().map(|m| &work_saved(m, price) + &(&m.training.0 * &price.0)).sum();
        Euros(&usages.margin * &(&extra + &measures))
    }
}

/// Q × max(0, r × P − u).
fn work_saved(measure: &Measure, price: &Euros) -> Number {
    let Some(result) = &measure.outcome else { return Number::zero() };
    let unit = result.unit_price.clone().unwrap_or_else(Euros::zero);
    let saved = (&(&result.ratio.usual * &price.0) - &unit.0).or_zero();
    &result.target * &saved
}
