//! The figures of practice on which hypotheses, proposals and remarks stand: data of `parametres.toml`, never rules of law.

use super::parameters::{DatedFigure, Figure, Measure, Unit};
use super::{Dated, Legal, on};
use crate::base::quantity::{Date, Duration, Euros, Hours, Number, Rate};
use std::collections::BTreeSet;

/// Declares a usage for each parameter that the program asks for.
macro_rules! usages {
    ($($(#[doc = $doc:literal])+ $field:ident: $kind:ident = $id:literal,)+) => {
        /// The usages on a launch date.
        ///
        /// Each figure has its source and its certainty in the register ([`Legal::parameter`]).
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Usages {
            $($(#[doc = $doc])+ pub $field: $kind,)+
            /// Units that are measured; the others are counted whole.
            pub measured: Vec<Box<str>>,
        }

        /// The parameters that the usages read, with their units.
        pub(super) const IDS: &[(&str, Unit)] = &[$(($id, Unit::$kind)),+];

        impl Usages {
            /// The usages on a date; `None` when the register lacks one of them.
            fn on(legal: &Legal, date: Date) -> Option<Self> {
                Some(Self {
                    $($field: match &figure(legal.parameter($id)?, date)?.value {
                        Measure::$kind(value) => value.clone(),
                        _ => return None,
                    },)+
                    measured: legal.measured_units().to_vec(),
                })
            }
        }
    };
}

usages! {
    /// Share of the selling price of an hour that is saved when the work is not done (κ).
    avoidable: Rate = "part-evitable",
    /// Lowest known extra cost of an insertion hour.
    extra_low: Euros = "surcout-heure-bas",
    /// Usual extra cost of an ordinary insertion hour (σ_o).
    extra: Euros = "surcout-heure",
    /// Usual extra cost of a linked hour (σ_ℓ), and the highest known of any.
    extra_high: Euros = "surcout-heure-haut",
    /// What an hour of training costs beyond the hour itself.
    trainer: Euros = "formateur-heure",
    /// Tariff of a unit over the work that it saves, under which not doing may pay.
    margin: Number = "marge-tarif",
    /// Part of the work at the highest known ratio that the tariff of a unit covers at least.
    margin_high: Rate = "marge-ratio-haut",
    /// Tariff of a unit over the work that it saves, beyond which a judge may moderate.
    excessive: Number = "tarif-excessif",
    /// Top of the range proposed for the tariff of a unit, over its floor.
    tariff_range: Number = "fourchette-tarif",
    /// Floor of the tariff of an insertion hour.
    hour_floor: Euros = "plancher-heure",
    /// Floor of the tariff of a linked hour.
    linked_floor: Euros = "plancher-heure-liee",
    /// Part of the trainer in the floor of the tariff of an hour of training.
    training_floor: Euros = "plancher-formation",
    /// Tariff proposed for a linked hour.
    linked_tariff: Euros = "tarif-heure-liee",
    /// Tariff of a linked hour of which the dossier says nothing, as a part of that of an hour.
    linked_part: Rate = "part-heure-liee",
    /// Share of the hours under which a liaison ties next to nothing, when its clause does not say it.
    assigned_low: Rate = "affectation-basse",
    /// Share of the work under which a liaison is thin.
    thin: Rate = "part-mince",
    /// Share of the work under which a reservation would be franker.
    very_thin: Rate = "part-tres-mince",
    /// Insertion rate beyond which a reservation would be franker.
    insertion_high: Rate = "taux-insertion-haut",
    /// Most of the linked hours that training takes.
    training_part: Rate = "part-formation",
    /// Length of the linked tasks under which their meetings have no room.
    linked_length: Duration = "duree-taches-liees",
    /// Least linked hours of a person trained, by year.
    hours_by_person: Hours = "heures-par-personne",
    /// Penalties possible on a lot, as a share of its amount, beyond which they weigh on prices.
    exposure_high: Rate = "exposition-haute",
    /// Share of the need left to options and rounding when lots are described.
    undescribed: Rate = "part-non-decrite",
    /// Gap between two honest prices.
    price_gap: Rate = "ecart-de-prix",
    /// Points proposed for the technical value.
    technical_points: Number = "points-technique",
    /// Points proposed for an environmental criterion.
    environmental_points: Number = "points-environnement",
    /// Yearly hours of a full-time equivalent.
    full_time: Hours = "etp-annuel",
    /// Hours of a day.
    day: Hours = "jour",
    /// Hours of a week.
    week: Hours = "semaine",
    /// Hours under which a volume gives no post.
    least_hours: Hours = "volume-minimal",
}

/// The usages of all times, read once: the first day of each time, then what they are.
#[derive(Debug)]
pub(super) struct Times(Vec<(Date, Option<Usages>)>);

impl Times {
    pub(super) fn of(legal: &Legal) -> Self {
        let figures = IDS.iter().filter_map(|(id, _)| legal.parameter(id));
        let intervals = figures.flat_map(|figure| &figure.values).map(Dated::interval);
        let days = intervals.flat_map(|interval| [Some(interval.from), interval.until.map(Date::next)]);
        let days: BTreeSet<Date> = days.flatten().collect();
        Self(days.into_iter().map(|day| (day, Usages::on(legal, day))).collect())
    }

    /// The usages on a date; before the first day, they are those of that day.
    pub(super) fn on(&self, date: Date) -> Option<&Usages> {
        let started = self.0.partition_point(|(day, _)| *day <= date);
        self.0.get(started.saturating_sub(1))?.1.as_ref()
    }
}

impl Usages {
    /// True for a unit that is counted whole.
    pub fn countable(&self, unit: &str) -> bool {
        !self.measured.iter().any(|measured| **measured == *unit)
    }
}

/// The value on a day. Before the first one it is the first: a usage does not wait for the register.
fn figure(figure: &Figure, date: Date) -> Option<&DatedFigure> {
    on(&figure.values, date).or_else(|| figure.values.first().filter(|first| date < first.interval().from))
}
