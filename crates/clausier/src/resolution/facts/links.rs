//! The liaisons of a dossier, one by lot: what each ties, and its figures.

use super::*;

/// A liaison on one lot, with its figures. A figure is absent when its mechanism has none, or when the dossier lacks it.
#[derive(Debug)]
pub(crate) struct LinkFacts<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) lot: u32,
    pub(crate) environment: &'a Clause,
    pub(crate) hours: Option<Hours>,
    pub(crate) assigned: Option<Rate>,
    pub(crate) training: Number,
    /// The hours follow what is ordered.
    pub(crate) orders: bool,
    /// The reserved lot that receives what this one hands over.
    pub(crate) reserved_lot: Option<u32>,
    /// Premium when both counters are reached, as a share of the amount of the lot.
    pub(crate) premium: Option<Rate>,
    /// How many people are trained; none when the liaison trains nobody.
    pub(crate) people: Number,
    pub(crate) quantity: Option<Quantity>,
    pub(crate) ratio: Option<Quantity>,
    /// Planned duration of the linked tasks, after the key path where the dossier gives it.
    pub(crate) duration: Option<(String, Duration)>,
    /// Ceiling that the dossier gives.
    pub(crate) ceiling: Option<Rate>,
    pub(crate) conversion: Option<Rate>,
    pub(crate) penalty_hour: Option<Euros>,
    pub(crate) penalty_result: Option<(Euros, String)>,
    /// Price of the unit of that penalty, when the price list pays it for itself.
    pub(crate) unit_price: Option<Euros>,
    pub(crate) penalty_linked: Option<Tariff>,
    pub(crate) penalty_training: Option<Tariff>,
}

/// A tariff of a liaison: given by the dossier, or computed from the other figures and to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tariff {
    pub(crate) value: Euros,
    pub(crate) given: bool,
}

impl<'a> LinkFacts<'a> {
    /// Hl: hours linked to the measure, rounded down to the hour.
    pub(crate) fn linked(&self) -> Option<Hours> {
        Some(linked_hours(self.hours.as_ref()?, self.assigned.as_ref()?))
    }

    /// Linked hours from which training is owed, when they follow the orders: five times the training, so that it never takes
    /// more than a fifth of them. None when it is owed whatever happens.
    pub(crate) fn training_from(&self) -> Option<Hours> {
        let linked = self.linked().filter(|_| self.orders && self.training.is_positive())?;
        Some(Hours(Number::min_of(&(&self.training * &Number::from_int(5)), &linked.0)))
    }

    /// The fact that the tariff of the result sanctions (« tonne non remise au réemploi »).
    pub(crate) fn lacking(&self) -> Option<&'a str> {
        let penalty = self.environment.penalties.iter().find(|p| p.object == PenaltyObject::Result)?;
        self.penalty_result.is_some().then_some(penalty.fact.as_str())
    }

    /// Hours for one unit of the measure: a ratio « h/100 m² » is brought to one m².
    pub(crate) fn hours_per_unit(&self) -> Option<Number> {
        let ratio = self.ratio.as_ref()?;
        let (per, _) = ratio_base(&ratio.unit);
        ratio.value.over(&per)
    }
}

impl<'a> Facts<'a> {
    pub(super) fn link(&self, selected: &Selected<'a>, lot: u32) -> Option<LinkFacts<'a>> {
        let (social, environment) = selected.pairs.get(&lot)?;
        let (social, environment) = (self.selection.get(social)?, self.selection.get(environment)?);
        let rate = |name: &str| match selected.value(lot, name) {
            Some(Value::Rate(rate)) => Some(rate.clone()),
            _ => None,
        };
        let number = |name: &str| selected.value(lot, name).and_then(Value::number).unwrap_or_else(Number::zero);
        let amount = |name: &str| match selected.value(lot, name) {
            Some(Value::Amount(amount)) => Some(amount.clone()),
            _ => None,
        };
        let given = |name: &str| amount(name).map(|value| Tariff { value, given: true });
        let per_hour = penalty(self.law, social, lot, PenaltyObject::Hours).map(|(amount, _)| amount);
        let measure = environment.clause.measure();
        let quantity = match measure.and_then(|name| environment.value(lot, name)) {
            Some(Value::Quantity(quantity)) => Some(quantity.clone()),
            _ => None,
        };
        let ratio = match selected.value(lot, "ratio") {
            Some(Value::Quantity(ratio)) => Some(ratio.clone()),
            _ => None,
        };
        Some(LinkFacts {
            clause: selected.clause,
            lot,
            environment: environment.clause,
            hours: self.hours.get(&lot).and_then(|h| h.result.as_ref().ok()).map(|r| r.rounded.clone()),
            assigned: rate("affectation"),
            training: &number("formation_heures") * &number("formation_personnes"),
            orders: self.hours.get(&lot).is_some_and(|hours| hours.estimated),
            people: number("formation_personnes"),
            reserved_lot: number(link::RESERVED_LOT).to_i64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            premium: rate(link::PREMIUM).filter(|rate| rate.0.is_positive()),
            quantity,
            duration: self.duration(selected, environment, lot),
            ratio,
            ceiling: rate(link::CEILING),
            conversion: rate("plafond_conversion"),
            penalty_result: penalty(self.law, environment, lot, PenaltyObject::Result),
            unit_price: amount(link::UNIT_PRICE),
            penalty_linked: given(link::LINKED_HOUR)
                .or_else(|| Some(part_of(per_hour.as_ref()?, self.usages.as_ref()?))),
            penalty_training: given(link::TRAINING_HOUR).or_else(|| {
                // Without the price of an hour, an hour of training is worth an hour that was not worked.
                let price = self.consultation.lots.get(&lot).and_then(|lot| lot.labour.as_ref()).map(|l| &l.price);
                price.or(per_hour.as_ref()).map(|price| Tariff { value: price.clone(), given: false })
            }),
            penalty_hour: per_hour,
        })
    }

    /// Planned duration of the linked tasks: the one that the liaison names, in the measure it ties or its own.
    fn duration(&self, selected: &Selected<'a>, measure: &Selected<'a>, lot: u32) -> Option<(String, Duration)> {
        let name = selected.clause.link()?.duration.as_deref()?;
        [selected, measure].into_iter().find_map(|clause| match clause.value(lot, name) {
            Some(Value::Duration(duration)) => Some((format!("{}.{name}", clause.path()), duration.clone())),
            _ => None,
        })
    }

    /// A liaison on a lot.
    pub(crate) fn link_of(&self, lot: u32, id: &str) -> Option<&LinkFacts<'a>> {
        self.links.iter().find(|link| link.lot == lot && link.clause.id == id)
    }

    /// What a missing insertion hour costs on a lot; none when the dossier does not say.
    pub(crate) fn hour_tariff(&self, lot: u32) -> Option<Euros> {
        let selected = self.selection.get(&self.hours.get(&lot)?.clause.id)?;
        penalty(self.law, selected, lot, PenaltyObject::Hours).map(|(amount, _)| amount)
    }
}

/// A part of the tariff of an hour, rounded down to 5 €: lying is the rival of doing otherwise.
fn part_of(per_hour: &Euros, usages: &Usages) -> Tariff {
    let part = &per_hour.0 * &usages.linked_part.0;
    Tariff { value: Euros(part.floor_to(&Number::from_int(5))), given: false }
}

/// Amount and unit of a penalty of a clause on a lot; none when an index that sets it is unknown that day.
pub(super) fn penalty(
    law: InForce<'_>,
    selected: &Selected<'_>,
    lot: u32,
    object: PenaltyObject,
) -> Option<(Euros, String)> {
    let penalty = selected.clause.penalties.iter().find(|p| p.object == object)?;
    if let Some((id, times)) = &penalty.index {
        let unit = law.parameter(id).ok()?.euros()?;
        return Some((Euros(&unit.0 * times), penalty.unit.clone()));
    }
    match selected.value(lot, &penalty.amount) {
        Some(Value::Amount(amount)) => Some((amount.clone(), penalty.unit.clone())),
        _ => None,
    }
}
