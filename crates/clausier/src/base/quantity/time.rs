//! Durations and dates.

use super::{NBSP, Number, QuantityError, split_unit};
use crate::base::bytes::{Kept, Reader, Writer, kept};
use std::fmt;
use std::str::FromStr;

/// A duration, as contracts write them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: TimeUnit,
}

/// Unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Calendar days.
    Days,
    /// Weeks.
    Weeks,
    /// Months, from date to date.
    Months,
    /// Years.
    Years,
}

impl Duration {
    /// Reads « 16 mois », « 15 jours », « 4 ans ».
    ///
    /// # Errors
    /// Without a known unit, with decimals, or when it is no figure.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let (figure, unit) = split_unit(text);
        let unit = match unit {
            "jour" | "jours" => TimeUnit::Days,
            "semaine" | "semaines" => TimeUnit::Weeks,
            "mois" => TimeUnit::Months,
            "an" | "ans" | "année" | "années" => TimeUnit::Years,
            _ => {
                let (text, expected, example) = (text.to_owned(), "mois".to_owned(), "16 mois".to_owned());
                return Err(QuantityError::Unit { text, expected, example });
            }
        };
        let number = Number::parse(figure)?;
        if !number.is_whole() {
            return Err(QuantityError::Decimals(0));
        }
        let count = number.to_i64().and_then(|n| u32::try_from(n).ok()).ok_or(QuantityError::TooLong)?;
        Ok(Self { count, unit })
    }

    /// The duration in months; weeks and days are converted at 12 months for 52 weeks or 365 days.
    pub fn months(&self) -> Number {
        let count = Number::from_int(self.count.into());
        let per = match self.unit {
            TimeUnit::Days => Number::fraction(12, 365),
            TimeUnit::Weeks => Number::fraction(12, 52),
            TimeUnit::Months => Number::fraction(1, 1),
            TimeUnit::Years => Number::fraction(12, 1),
        };
        per.map_or_else(Number::zero, |per| &count * &per)
    }
}

impl FromStr for Duration {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        Self::parse(text)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.count >= 2 { "s" } else { "" };
        let count = Number::from_int(self.count.into()).french(0);
        match self.unit {
            TimeUnit::Days => write!(f, "{count}{NBSP}jour{s}"),
            TimeUnit::Weeks => write!(f, "{count}{NBSP}semaine{s}"),
            TimeUnit::Months => write!(f, "{count}{NBSP}mois"),
            TimeUnit::Years => write!(f, "{count}{NBSP}an{s}"),
        }
    }
}

/// Months, as dates write them.
pub(crate) const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A date of the calendar; `None` when it does not exist.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=last).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads « 2026-12-07 », as files write it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || (y.len(), m.len(), d.len()) != (4, 2, 2) || ![y, m, d].into_iter().all(digits) {
            return None;
        }
        Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The ISO form (« 2026-12-07 »).
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The same day a year later; the 1st of March after a 29th of February.
    #[must_use]
    pub fn year_later(self) -> Self {
        let year = self.year.saturating_add(1);
        Self::new(year, self.month, self.day).or_else(|| Self::new(year, 3, 1)).unwrap_or(self)
    }

    /// The day after.
    pub fn next(self) -> Self {
        Self::new(self.year, self.month, self.day + 1)
            .or_else(|| Self::new(self.year, self.month + 1, 1))
            .or_else(|| Self::new(self.year.saturating_add(1), 1, 1))
            .unwrap_or(self)
    }
}

impl Kept for Date {
    fn keep(&self, out: &mut Writer<'_>) {
        out.number(usize::from(self.year) << 9 | usize::from(self.month) << 5 | usize::from(self.day));
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        let parts = bytes.number()?;
        Self::new((parts >> 9).try_into().ok()?, (parts >> 5 & 0xf) as u8, (parts & 0x1f) as u8)
    }
}

kept! { parts Duration { count, unit } }
kept! { variants TimeUnit { 0 = Days {}, 1 = Weeks {}, 2 = Months {}, 3 = Years {} } }

/// A text that is no date of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("« {0} » n’est pas une date : écrivez-la par exemple 2026-12-07")]
pub struct DateError(pub(super) String);

impl FromStr for Date {
    type Err = DateError;

    /// Reads « 2026-12-07 », and « 7 décembre 2026 » as it is printed.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let spelt = || {
            let words: Vec<&str> = text.split_whitespace().collect();
            let [day, month, year] = words.as_slice() else { return None };
            let month = MONTHS.iter().position(|name| name == month)?;
            let day = day.strip_suffix("er").filter(|day| *day == "1").unwrap_or(day);
            Self::new(year.parse().ok()?, u8::try_from(month + 1).ok()?, day.parse().ok()?)
        };
        Self::parse(text)
            .or_else(spelt)
            .ok_or_else(|| DateError(text.chars().filter(|c| !c.is_control()).take(60).collect()))
    }
}

impl fmt::Display for Date {
    /// « 7 décembre 2026 », « 1er août 2026 ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = if self.day == 1 { "er" } else { "" };
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"");
        write!(f, "{}{first}{NBSP}{month} {}", self.day, self.year)
    }
}
