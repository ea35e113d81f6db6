//! What is owed when hours or results lack: one total function.
//!
//! It takes what still lacks after a formal notice without effect: without that notice, nothing is owed (articles x.1.5
//! and x.2.3 of the CCAG). Buyer's act and force majeure leave no penalty on either side; exonerated hours and the
//! quantity that the deposit does not hold are set aside first; hours and results that lack for one same cause bear the
//! higher of their two penalties, not both; the rest is penalised for itself; then comes the ceiling.

use crate::base::quantity::{Euros, Hours, Number, Rate};
use std::fmt;

/// What the contract demands, and the price of failing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// H: hours owed.
    pub hours: Hours,
    /// a × H: those assigned to the measure.
    pub linked_hours: Hours,
    /// Q: result owed, in the unit of the measure.
    pub target: Number,
    /// r: hours per unit.
    pub ratio: Number,
    /// Penalty per missing hour.
    pub per_hour: Euros,
    /// Penalty per missing unit of result.
    pub per_unit: Euros,
    /// Ceiling of the total, if any.
    pub ceiling: Option<Euros>,
}

/// What was done, and why the rest was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performance {
    /// Linked hours done, training included.
    pub linked_hours: Hours,
    /// Other hours done.
    pub other_hours: Hours,
    /// Result recorded.
    pub result: Number,
    /// Linked hours for which the contractor gave warning and neither buyer nor facilitator found a means.
    pub exonerated_linked: Hours,
    /// Other hours exonerated alike.
    pub exonerated_other: Hours,
    /// Part of the target that deposit, access or diagnosis put out of reach, jointly recorded.
    pub out_of_deposit: Number,
    /// The missing linked hours are the cause of the missing result.
    pub common_cause: bool,
    /// What excuses both sides.
    pub excuse: Option<Excuse>,
}

/// What leaves no penalty on either side; time is extended, quantities fall in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Excuse {
    /// The buyer's own act.
    BuyerAct,
    /// Force majeure.
    ForceMajeure,
}

/// Which case of the matrix applies; its [`Display`](fmt::Display) is the French sentence of the printed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Hours and result are there.
    Performed,
    /// All that lacks is exonerated or out of the deposit.
    Released,
    /// Buyer's act or force majeure.
    Excused(Excuse),
    /// Hours alone lack.
    HoursShort,
    /// The result alone lacks.
    ResultShort,
    /// Both lack, for distinct facts.
    TwoFacts,
    /// Both lack, in part at least for one same fact.
    OneFact,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Performed => "exécution constatée",
            Self::Released => "aucune pénalité : ce qui manque est exonéré ou hors du gisement",
            Self::Excused(Excuse::BuyerAct) => "aucune pénalité : fait de l’acheteur",
            Self::Excused(Excuse::ForceMajeure) => "aucune pénalité : force majeure",
            Self::HoursShort => "pénalité sur les heures manquantes seules",
            Self::ResultShort => "pénalité sur le résultat manquant seul",
            Self::TwoFacts => "deux faits, deux pénalités",
            Self::OneFact => "un même fait, une seule pénalité, la plus élevée ; le surplus pour lui-même",
        })
    }
}

/// What is owed, and how it adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settlement {
    /// Which case applies.
    pub verdict: Verdict,
    /// h: hours that lack to the volume or, if more, to its linked part; exonerated ones set aside.
    pub missing_hours: Hours,
    /// q: result that lacks, the quantity out of the deposit set aside.
    pub missing_result: Number,
    /// hc = min(missing linked hours, q × r), for a common cause.
    pub common_hours: Hours,
    /// qc = hc ÷ r.
    pub common_result: Number,
    /// max(hc × p_h, qc × p_q).
    pub common: Euros,
    /// (h − hc) × p_h.
    pub for_hours: Euros,
    /// (q − qc) × p_q.
    pub for_result: Euros,
    /// The sum, before the ceiling.
    pub before_ceiling: Euros,
    /// What is owed.
    pub due: Euros,
}

/// What doing nothing at all would cost, before any ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    /// Hours and result penalised as distinct facts: the total of the possible penalties.
    pub separate: Euros,
    /// Missing hours taken as the cause of the missing result.
    pub joint: Euros,
}

impl Duty {
    /// The penalty for a performance.
    pub fn settle(&self, done: &Performance) -> Settlement {
        // A linked hour that lacks is a missing hour even where the whole volume is done, and lacks only once.
        let linked_gap = lacking(&self.linked_hours.0, &[&done.linked_hours.0]);
        let volume_gap = lacking(&self.hours.0, &[&done.linked_hours.0, &done.other_hours.0]);
        let hours_gap = Number::max_of(&volume_gap, &linked_gap);
        let result_gap = lacking(&self.target, &[&done.result]);
        if let Some(excuse) = done.excuse.filter(|_| hours_gap.is_positive() || result_gap.is_positive()) {
            return self.add_up(Verdict::Excused(excuse), Missing::none());
        }
        let linked = lacking(&linked_gap, &[&done.exonerated_linked.0]);
        let volume = lacking(&volume_gap, &[&done.exonerated_linked.0, &done.exonerated_other.0]);
        let hours = Number::max_of(&volume, &linked);
        let result = lacking(&result_gap, &[&done.out_of_deposit]);
        let common_hours = match done.common_cause {
            true => Number::min_of(&linked, &(&result * &self.ratio)).or_zero(),
            false => Number::zero(),
        };
        let verdict = match (hours.is_positive(), result.is_positive()) {
            (false, false) if hours_gap.is_positive() || result_gap.is_positive() => Verdict::Released,
            (false, false) => Verdict::Performed,
            (true, false) => Verdict::HoursShort,
            (false, true) => Verdict::ResultShort,
            (true, true) if common_hours.is_positive() => Verdict::OneFact,
            (true, true) => Verdict::TwoFacts,
        };
        self.add_up(verdict, Missing { hours, result, common_hours })
    }

    fn add_up(&self, verdict: Verdict, missing: Missing) -> Settlement {
        let Missing { hours, result, common_hours } = missing;
        let common_result = common_hours.over(&self.ratio).unwrap_or_else(Number::zero);
        let common = Number::max_of(&(&common_hours * &self.per_hour.0), &(&common_result * &self.per_unit.0));
        let for_hours = &(&hours - &common_hours) * &self.per_hour.0;
        let for_result = &(&result - &common_result) * &self.per_unit.0;
        let before_ceiling = &(&common + &for_hours) + &for_result;
        let due = match &self.ceiling {
            Some(ceiling) => Number::min_of(&before_ceiling, &ceiling.0),
            None => before_ceiling.clone(),
        };
        Settlement {
            verdict,
            missing_hours: Hours(hours),
            missing_result: result,
            common_hours: Hours(common_hours),
            common_result,
            common: Euros(common),
            for_hours: Euros(for_hours),
            for_result: Euros(for_result),
            before_ceiling: Euros(before_ceiling),
            due: Euros(due),
        }
    }

    /// What doing nothing at all would cost, before the ceiling.
    pub fn exposure(&self) -> Exposure {
        let nothing = |common_cause| Performance {
            linked_hours: Hours::zero(),
            other_hours: Hours::zero(),
            result: Number::zero(),
            exonerated_linked: Hours::zero(),
            exonerated_other: Hours::zero(),
            out_of_deposit: Number::zero(),
            common_cause,
            excuse: None,
        };
        let cost = |common_cause| self.settle(&nothing(common_cause)).before_ceiling;
        Exposure { separate: cost(false), joint: cost(true) }
    }

    /// True when the ceiling is below the total of the possible penalties: doing nothing becomes a price.
    pub fn ceiling_becomes_a_price(&self) -> bool {
        self.ceiling.as_ref().is_some_and(|ceiling| *ceiling < self.exposure().separate)
    }
}

/// The ceiling of the penalties of a lot: a share of its amount, excluding tax, amendments included, price revision and
/// penalties for absence or documents aside (of the invoiced amount in a framework agreement). One per lot.
pub fn ceiling(lot_amount: &Euros, share: &Rate) -> Euros {
    Euros(&lot_amount.0 * &share.0)
}

/// What lacks, once everything is set aside.
struct Missing {
    hours: Number,
    result: Number,
    common_hours: Number,
}

impl Missing {
    fn none() -> Self {
        Self { hours: Number::zero(), result: Number::zero(), common_hours: Number::zero() }
    }
}

/// What remains of `due` once `parts` are taken off; never below zero.
fn lacking(due: &Number, parts: &[&Number]) -> Number {
    parts.iter().fold(due.clone(), |left, part| &left - part).or_zero()
}
