//! The values that go beyond what their clause compares them with.

use super::*;

/// A value beyond what it is compared with.
#[derive(Debug)]
pub(crate) struct Excess {
    /// Key path of the value.
    pub(crate) path: String,
    /// Id of its clause.
    pub(crate) clause: String,
    pub(crate) lot: u32,
    /// Its parameter.
    pub(crate) name: String,
    /// As texts print it.
    pub(crate) value: String,
    /// The parameter with which it is compared; empty for another yardstick.
    pub(crate) than: String,
    /// The limit, as texts print it; empty when a check has its own words for it.
    pub(crate) limit: String,
}

impl<'a> Facts<'a> {
    /// Length of the contract on a lot, in months, renewals included unless the lot has its own.
    pub(crate) fn months_of(&self, lot: u32) -> Number {
        let own = self.consultation.lots.get(&lot).and_then(|lot| lot.duration.as_ref());
        own.map_or_else(|| self.consultation.total_months(), Duration::months)
    }

    /// The values that go beyond what their clause compares them with, for some sorts of yardsticks.
    pub(crate) fn beyond(&self, wanted: impl Fn(&Yardstick) -> bool) -> Vec<Excess> {
        let mut out: Vec<Excess> = Vec::new();
        for selected in self.selection.all() {
            for parameter in &selected.clause.parameters {
                let most = parameter.most.as_ref().map(|yardstick| (yardstick, true));
                let least = parameter.least.as_ref().map(|yardstick| (yardstick, false));
                for (yardstick, upper) in most.into_iter().chain(least).filter(|(yardstick, _)| wanted(yardstick)) {
                    let excess = |lot: &u32| self.excess(selected, *lot, parameter, yardstick, upper);
                    for found in selected.lots.iter().filter_map(excess) {
                        let known =
                            |e: &Excess| (&e.path, &e.value, &e.limit) == (&found.path, &found.value, &found.limit);
                        if !out.iter().any(known) {
                            out.push(found);
                        }
                    }
                }
            }
        }
        out
    }

    fn excess(
        &self,
        selected: &Selected<'_>,
        lot: u32,
        parameter: &Parameter,
        yardstick: &Yardstick,
        upper: bool,
    ) -> Option<Excess> {
        let value = selected.value(lot, &parameter.name)?;
        let number = value.number()?;
        let (than, limit, shown) = match yardstick {
            Yardstick::Parameter(name) => {
                let limit = selected.value(lot, name)?;
                (name.clone(), limit.number()?, plain(limit, &parameter.kind))
            }
            Yardstick::Hours => {
                let hours = &self.hours.get(&lot)?.result.as_ref().ok()?.rounded;
                (String::new(), hours.0.clone(), hours.to_string())
            }
            Yardstick::Length => (String::new(), self.months_of(lot), String::new()),
            Yardstick::FullTime => {
                let year = &self.usages.as_ref()?.full_time;
                let limit = (&year.0 * &self.months_of(lot)).over(&Number::from_int(12))?;
                (String::new(), limit, String::new())
            }
        };
        let beyond = match (upper, yardstick) {
            // A delay that lasts as long as the contract never falls due within it.
            (true, Yardstick::Length) => number >= limit,
            (true, _) => number > limit,
            (false, _) => number < limit,
        };
        beyond.then(|| Excess {
            path: format!("{}.{}", selected.path(), parameter.name),
            clause: selected.clause.id.clone(),
            lot,
            name: parameter.name.clone(),
            value: plain(value, &parameter.kind),
            than,
            limit: shown,
        })
    }
}
