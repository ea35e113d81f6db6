//! The insertion hours of a lot, from the social clause that sets them.

use super::*;

/// The hours of a lot.
#[derive(Debug)]
pub(crate) struct HoursFacts<'a> {
    pub(crate) clause: &'a Clause,
    pub(crate) result: Result<HoursResult, HoursError>,
    /// The volume follows what is ordered: it is an estimate.
    pub(crate) estimated: bool,
    /// A factor of the volume comes from a usage that the buyer has not confirmed.
    pub(crate) to_confirm: bool,
}

impl<'a> Facts<'a> {
    /// The clauses that set insertion hours on a lot; one is enough.
    pub(crate) fn hours_clauses(&self, lot: u32) -> impl Iterator<Item = &Selected<'a>> {
        self.selection.on(Kind::Social, lot).filter(|s| s.clause.hours().is_some())
    }
}

/// The hours of a lot, from the social clause that sets them.
pub(super) fn lot_hours<'a>(
    consultation: &Consultation,
    usages: &Usages,
    selection: &Selection<'a>,
    lot: &Lot,
) -> Option<HoursFacts<'a>> {
    let selected = selection.on(Kind::Social, lot.number).find(|s| s.clause.hours().is_some())?;
    let rule = selected.clause.hours()?;
    let (volume, estimated) = volume(consultation, selected, lot, rule)?;
    let mut request = HoursRequest::new(volume, working_time(usages));
    if let HoursRule::Computed { step, .. } = rule
        && let Some(step) = selected.value(lot.number, step).and_then(step_of)
    {
        request.step = step;
    }
    request.periods = consultation.periods(lot);
    let from_usage = |path: &String| consultation.to_confirm.contains(path);
    let to_confirm = lot.factor_paths().iter().any(from_usage)
        || matches!(rule, HoursRule::Computed { rate, .. } if matches!(selected.setting(lot.number, rate), Some(Setting::Default(_))));
    Some(HoursFacts { clause: selected.clause, result: request.computed(), estimated, to_confirm })
}

/// What a day, a week and a year of work make.
pub(crate) fn working_time(usages: &Usages) -> WorkingTime {
    WorkingTime { day: usages.day.clone(), week: usages.week.clone(), year: usages.full_time.clone() }
}

fn step_of(value: &Value) -> Option<RoundingStep> {
    let hours = match value {
        Value::Choice(word) => word.parse().ok(),
        other => other.number().filter(Number::is_whole).and_then(|n| n.to_i64()),
    };
    RoundingStep::new(hours?)
}

/// What the rule computes from; `None` when a factor is missing (a finding says so).
fn volume(consultation: &Consultation, selected: &Selected<'_>, lot: &Lot, rule: &HoursRule) -> Option<(Volume, bool)> {
    let orders = consultation.execution != Execution::Fixed;
    let source = |name: &str| match selected.setting(lot.number, name) {
        Some(Setting::Default(_)) => {
            let parameter = selected.clause.parameter(name);
            let source = parameter.map(|p| p.source.as_str()).filter(|source| !source.is_empty());
            let source = source.map(|source| format!(" ({source})")).unwrap_or_default();
            format!("valeur par défaut, à confirmer{source}")
        }
        _ => "dossier".to_owned(),
    };
    let factor = |path: &String| match consultation.to_confirm.contains(path) {
        true => "usage de la famille, à confirmer",
        false => "dossier",
    };
    let [share_path, price_path] = lot.factor_paths();
    let given_hours = |name: &str| match selected.value(lot.number, name) {
        Some(Value::Hours(hours)) => Some(hours.clone()),
        _ => None,
    };
    match rule {
        HoursRule::Computed { rate, volume, .. } => {
            if let Some(name) = volume.as_deref()
                && let Some(hours) = given_hours(name)
            {
                return Some((Volume::Fixed(Sourced::new(hours, source(name))), orders));
            }
            let Some(Value::Rate(insertion)) = selected.value(lot.number, rate) else { return None };
            let labour = lot.labour.as_ref()?;
            let price = if labour.wage_cost {
                HourlyPrice::WageCost(labour.price.clone())
            } else {
                HourlyPrice::Selling(labour.price.clone())
            };
            let formula = Formula {
                amount: Sourced::new(lot.amount.clone(), "dossier, montant du lot hors taxes"),
                labour_share: Sourced::new(labour.share.clone(), factor(&share_path)),
                insertion_rate: Sourced::new(insertion.clone(), source(rate)),
                hourly_price: Sourced::new(price, factor(&price_path)),
            };
            Some((Volume::Formula(formula), orders))
        }
        HoursRule::Tranche { hours, tranche } => {
            let Some(Value::Amount(amount)) = selected.value(lot.number, tranche) else { return None };
            let rule = InvoiceRule::new(given_hours(hours)?, amount.clone()).ok()?;
            let base = match &lot.maximum {
                Some(maximum) => FrameworkAmount::Maximum(maximum.clone()),
                None => FrameworkAmount::Estimated(lot.amount.clone()),
            };
            let rule = Sourced::new(rule, source(hours));
            Some((Volume::PerTranche { rule, amount: Sourced::new(base, "dossier") }, true))
        }
        HoursRule::Given { volume } => {
            Some((Volume::Fixed(Sourced::new(given_hours(volume)?, source(volume))), orders))
        }
    }
}
