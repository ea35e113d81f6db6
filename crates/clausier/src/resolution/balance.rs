//! What it costs a firm to do, and not to do: the table that tells whether a liaison dissuades.

use crate::base::quantity::{Euros, Hours, Number};
use crate::resolution::ledger::{Done, Duty, Economy, Edge, Performance};
use crate::resolution::liaisons::LotLiaisons;

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
        let mut out = Vec::new();
        if duty.measures.iter().any(|measure| measure.outcome.is_some()) {
            out.push(("heures faites, aucune unité", Broken { units: true, ..Broken::default() }));
        }
        out.extend([
            ("résultat obtenu, toutes les heures à d’autres tâches", Broken { link: Some(true), ..Broken::default() }),
            ("résultat obtenu, heures liées non faites", Broken { link: Some(false), ..Broken::default() }),
            ("ni heures liées, ni résultat", Broken { units: true, link: Some(false), other: false }),
            ("rien", Broken { units: true, link: Some(false), other: true }),
        ]);
        out.into_iter().map(|(label, broken)| situation(duty, price, label, &broken.state(duty))).collect()
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

fn situation(duty: &Duty, price: &Euros, label: &'static str, done: &Performance) -> Situation {
    let penalty = duty.settle(done).due;
    let usual = |edge| duty.saving(done, price, edge, &Economy::usual());
    Situation {
        label,
        lost: Euros(&penalty.0 + &duty.unpaid(done).0),
        penalty,
        saved: [usual(Edge::Low), usual(Edge::Usual), duty.worst_saving(done, price)],
    }
}
