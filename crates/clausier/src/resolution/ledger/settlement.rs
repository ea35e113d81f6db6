//! What is owed when hours or results lack: one total function, exact.
//!
//! Each breach bears its own tariff, nobody looks for its cause, and the tariffs add up: a missing unit of the result, an
//! hour missing from the volume of the lot, a linked hour missing or worked at other tasks, an hour of training missing.
//! It takes what still lacks after a formal notice without effect. What the written act exonerates and what the joint
//! record finds out of reach are set aside first; then comes the ceiling, one for the lot.

use crate::base::quantity::{Euros, Hours, Number, Rate};

/// Hours of work that one unit of the measure takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// r: the value that the documents publish.
    pub usual: Number,
    /// Lowest known value.
    pub low: Number,
    /// Highest known value.
    pub high: Number,
}

impl Ratio {
    /// A ratio of which nothing else is known.
    pub fn exactly(usual: Number) -> Self {
        Self { low: usual.clone(), high: usual.clone(), usual }
    }
}

/// The result of a measure, and the price of each unit of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Q: quantity owed.
    pub target: Number,
    /// Largest surplus that a criterion may make the contractor owe besides; zero without a criterion.
    pub surplus: Number,
    /// r.
    pub ratio: Ratio,
    /// Tariff of a missing unit.
    pub per_unit: Euros,
    /// Price of the unit, when the price list pays it for itself: what is not delivered is not paid.
    pub unit_price: Option<Euros>,
}

/// The penalty of a missing unit at this tariff, whose own price is not paid: a tenth of the tariff at least.
pub(crate) fn unit_penalty(tariff: &Euros, price: Option<&Euros>) -> Euros {
    let Some(price) = price else { return tariff.clone() };
    Euros(Number::max_of(&(&tariff.0 - &price.0), &(&tariff.0 * &fraction(1, 10))))
}

impl Outcome {
    /// What a missing unit costs in penalty: its tariff less its unpaid price, a tenth of it at least.
    pub fn unit_penalty(&self) -> Euros {
        unit_penalty(&self.per_unit, self.unit_price.as_ref())
    }

    /// What the penalty of a missing unit is relieved of, because its price is not paid.
    pub fn deduction(&self) -> Euros {
        Euros(&self.per_unit.0 - &self.unit_penalty().0)
    }

    /// What a missing unit costs in all: the penalty, and the price that is not paid.
    pub fn unit_loss(&self) -> Euros {
        let price = self.unit_price.clone().unwrap_or_else(Euros::zero);
        Euros(&self.unit_penalty().0 + &price.0)
    }
}

/// What a liaison demands, and what its breaches cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The result; none when the liaison measures none in units.
    pub outcome: Option<Outcome>,
    /// Hl: linked hours, training included.
    pub linked_hours: Hours,
    /// F: hours of training among them.
    pub training: Hours,
    /// Tariff of a linked hour missing, or worked at other tasks.
    pub per_linked_hour: Euros,
    /// Tariff of an hour of training missing.
    pub per_training_hour: Euros,
}

/// What a lot demands, and the price of failing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// H: hours owed.
    pub hours: Hours,
    /// Tariff of an hour missing from the volume.
    pub per_hour: Euros,
    /// The liaisons of the lot.
    pub measures: Vec<Measure>,
    /// Ceiling of the whole as the contract prints it, before unpaid prices are deducted, if any: what the contractor bids for
    /// a unit never makes it bind sooner.
    pub ceiling: Option<Euros>,
}

/// What was done for one measure, in the units of its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Outcome recorded.
    pub delivered: Number,
    /// Outcome that a third party performed at the contractor's cost.
    pub by_third_party: Number,
    /// Surplus engaged with the offer, at most the published one.
    pub surplus: Number,
    /// What the joint record finds to do; none when it changes nothing.
    pub stock: Option<Number>,
    /// Linked hours worked, training left out.
    pub linked_work: Hours,
    /// Hours of training to the linked tasks.
    pub training: Hours,
    /// XL: hours that the written act frees from the link; none leaves them in proportion.
    pub exonerated: Option<Hours>,
}

/// What was done on a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performance {
    /// Hours of eligible people worked at other tasks.
    pub other_hours: Hours,
    /// X: hours that the written act exonerates, suspends or annuls.
    pub exonerated: Hours,
    /// One entry for each measure of the duty, in its order; one that is absent was not performed at all.
    pub measures: Vec<Done>,
    /// What excuses everything.
    pub excuse: Option<Excuse>,
}

/// What leaves no penalty; time is extended, quantities fall in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Excuse {
    /// The buyer's own act.
    BuyerAct,
    /// Force majeure.
    ForceMajeure,
}

/// What lacks to one measure, and its price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortfall {
    /// q: units of the result.
    pub units: Number,
    /// gL: linked hours.
    pub linked_hours: Hours,
    /// gF: hours of training.
    pub training: Hours,
    /// q × p_u + gL × p_l + gF × p_f.
    pub due: Euros,
}

/// What is owed, and how it adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settlement {
    /// gT: hours that lack to the volume.
    pub missing_hours: Hours,
    /// gT × p_h.
    pub for_hours: Euros,
    /// What lacks to each measure.
    pub measures: Vec<Shortfall>,
    /// The sum, before the ceiling.
    pub before_ceiling: Euros,
    /// What is owed.
    pub due: Euros,
}

impl Done {
    /// Nothing at all, with a surplus engaged.
    pub fn nothing(surplus: Number) -> Self {
        Self {
            delivered: Number::zero(),
            by_third_party: Number::zero(),
            surplus,
            stock: None,
            linked_work: Hours::zero(),
            training: Hours::zero(),
            exonerated: None,
        }
    }
}

impl Measure {
    /// What the penalty of a missing unit is relieved of.
    fn deduction(&self) -> Number {
        self.outcome.as_ref().map_or_else(Number::zero, |result| result.deduction().0)
    }

    /// Q′: what is owed once the surplus is engaged and the stock recorded.
    fn owed(&self, done: &Done) -> Number {
        let Some(result) = &self.outcome else { return Number::zero() };
        let engaged = &result.target + &Number::min_of(&done.surplus, &result.surplus);
        done.stock.as_ref().map_or(engaged.clone(), |stock| Number::min_of(&engaged, stock))
    }

    /// Hl′: the linked hours once the quantity is reduced and some of them are freed.
    fn linked_after(&self, done: &Done, freed: &Number) -> Number {
        let target = self.outcome.as_ref().map(|result| &result.target);
        let part = target.and_then(|target| self.owed(done).over(target)).unwrap_or_else(|| Number::from_int(1));
        let part = Number::min_of(&part, &Number::from_int(1));
        let reduced = (&self.linked_hours.0 * &part).floor_to(&Number::from_int(1));
        (&reduced - freed).or_zero()
    }

    fn shortfall(&self, done: &Done, duty: &Duty, exonerated: &Hours) -> Shortfall {
        let freed = match &done.exonerated {
            Some(freed) => freed.0.clone(),
            None => {
                let share = self.linked_hours.0.over(&duty.hours.0).unwrap_or_else(Number::zero);
                (&exonerated.0 * &share).floor_to(&Number::from_int(1))
            }
        };
        let linked = self.linked_after(done, &freed);
        let training = Number::min_of(&self.training.0, &linked);
        let units = (&(&self.owed(done) - &done.delivered) - &done.by_third_party).or_zero();
        let linked_gap = (&(&linked - &done.linked_work.0) - &done.training.0).or_zero();
        let training_gap = (&training - &done.training.0).or_zero();
        let per_unit = self.outcome.as_ref().map_or_else(Euros::zero, Outcome::unit_penalty);
        let due =
            [&units * &per_unit.0, &linked_gap * &self.per_linked_hour.0, &training_gap * &self.per_training_hour.0];
        Shortfall {
            units,
            linked_hours: Hours(linked_gap),
            training: Hours(training_gap),
            due: Euros(due.into_iter().sum()),
        }
    }
}

impl Duty {
    /// The penalty for a performance.
    pub fn settle(&self, done: &Performance) -> Settlement {
        let excused = done.excuse.is_some();
        let nothing = Done::nothing(Number::zero());
        let each = |i: usize| done.measures.get(i).unwrap_or(&nothing);
        let linked: Number = (0..self.measures.len()).map(|i| &each(i).linked_work.0 + &each(i).training.0).sum();
        let worked = &linked + &done.other_hours.0;
        let missing = (&(&self.hours.0 - &done.exonerated.0) - &worked).or_zero();
        let missing = if excused { Number::zero() } else { missing };
        let for_hours = &missing * &self.per_hour.0;
        let measures: Vec<Shortfall> = if excused {
            Vec::new()
        } else {
            self.measures.iter().enumerate().map(|(i, m)| m.shortfall(each(i), self, &done.exonerated)).collect()
        };
        let linked_due: Number = measures.iter().map(|shortfall| shortfall.due.0.clone()).sum();
        let before_ceiling = &for_hours + &linked_due;
        let deducted: Number = self.measures.iter().zip(&measures).map(|(m, s)| &s.units * &m.deduction()).sum();
        let due = match &self.ceiling {
            Some(ceiling) => &Number::min_of(&(&before_ceiling + &deducted), &ceiling.0) - &deducted,
            None => before_ceiling.clone(),
        };
        Settlement {
            missing_hours: Hours(missing),
            for_hours: Euros(for_hours),
            measures,
            before_ceiling: Euros(before_ceiling),
            due: Euros(due),
        }
    }

    /// Doing nothing at all, every surplus being engaged.
    pub fn nothing(&self) -> Performance {
        let surplus = |m: &Measure| m.outcome.as_ref().map_or_else(Number::zero, |result| result.surplus.clone());
        Performance {
            other_hours: Hours::zero(),
            exonerated: Hours::zero(),
            measures: self.measures.iter().map(|m| Done::nothing(surplus(m))).collect(),
            excuse: None,
        }
    }

    /// E: what doing nothing at all costs before the ceiling, which is the greatest penalty that may ever be owed.
    pub fn exposure(&self) -> Euros {
        self.settle(&self.nothing()).before_ceiling
    }

    /// The ceiling that the contract prints: so much of penalties, and the unpaid prices that may be deducted from them.
    pub fn printed_ceiling(&self, penalties: &Euros) -> Euros {
        let deducted = |m: &Measure| {
            let units = m.outcome.as_ref().map_or_else(Number::zero, |result| &result.target + &result.surplus);
            &units * &m.deduction()
        };
        Euros(&penalties.0 + &self.measures.iter().map(deducted).sum::<Number>())
    }

    /// The smallest ceiling, in whole per cent of the amount of the lot, under which nothing is free: E ÷ M, upwards.
    /// None when the amount is zero.
    pub fn exact_ceiling(&self, lot_amount: &Euros) -> Option<Rate> {
        Some(Rate(self.exposure().0.over(&lot_amount.0)?.ceil_to(&fraction(1, 100))))
    }
}

/// The most that the penalties of the liaisons of a lot may come to: a share of its estimated amount, excluding tax. The contract
/// prints it in euros, for the quantities published: a low bid does not lower it.
pub fn ceiling(lot_amount: &Euros, share: &Rate) -> Euros {
    Euros(&lot_amount.0 * &share.0)
}

/// A fraction whose denominator is not zero.
pub(super) fn fraction(numerator: i64, denominator: i64) -> Number {
    Number::fraction(numerator, denominator).unwrap_or_else(Number::zero)
}
