//! Intervals of validity.

use crate::base::bytes::kept;
use crate::base::quantity::Date;
use crate::file::reading::{Report, Span, Table};

/// When something is in force: both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub from: Date,
    /// Last day; `None` while no end is known.
    pub until: Option<Date>,
}

kept! { parts Interval { from, until } }

impl Interval {
    /// True on a day of the interval.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Reads `depuis` and `jusqu_a`.
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        if !table.has("depuis") {
            table.missing("depuis", "2026-08-22");
        }
        let interval = Self { from: table.date("depuis")?, until: table.date("jusqu_a") };
        if interval.until.is_some_and(|until| until < interval.from) {
            table.report.add(
                table.span_of("jusqu_a"),
                format!("« jusqu_a » précède « depuis » ({})", interval.from),
                "« jusqu_a » est le dernier jour où la version s’applique",
            );
        }
        Some(interval)
    }
}

/// What has an interval.
pub(super) trait Dated {
    fn interval(&self) -> Interval;
}

/// The version in force on a day.
pub(super) fn on<T: Dated>(versions: &[T], date: Date) -> Option<&T> {
    versions.iter().find(|v| v.interval().contains(date))
}

/// Notes every pair of versions that are not in order, overlap, or leave a hole. A repeal is lawful: only the last version
/// may be open, and nothing needs to follow it.
pub(super) fn check_sequence(intervals: &[(Interval, Span)], report: &Report<'_>) {
    for pair in intervals.windows(2) {
        let [(before, _), (after, span)] = pair else { continue };
        if after.from <= before.from {
            report.add(
                span.clone(),
                format!("cette version commence le {}, pas après la précédente ({})", after.from, before.from),
                "rangez les versions de la plus ancienne à la plus récente",
            );
            continue;
        }
        match before.until {
            None => report.add(
                span.clone(),
                format!("la version précédente, depuis le {}, n’a pas de fin", before.from),
                "donnez-lui un « jusqu_a » : la veille du « depuis » de celle-ci",
            ),
            Some(until) if until >= after.from => report.add(
                span.clone(),
                format!("deux versions se chevauchent du {} au {until}", after.from),
                "la précédente finit la veille du « depuis » de celle-ci",
            ),
            Some(until) if until.next() < after.from => report.add(
                span.clone(),
                format!("aucune version ne couvre l’intervalle entre le {until} et le {}", after.from),
                "complétez la version qui manque, ou étendez l’une des deux",
            ),
            Some(_) => {}
        }
    }
}
