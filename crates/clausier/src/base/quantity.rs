//! Exact quantities and their French forms.
//!
//! No floating point: a [`Number`] is a rational, rounded once, when it is printed or when a rule says so. Figures are
//! printed with a narrow no-break space between thousands (U+202F), a comma, and a no-break space (U+00A0) before the unit.

mod fraction;
mod serial;
mod time;
mod unit;

pub(crate) use time::MONTHS;
pub use time::{Date, DateError, Duration, TimeUnit};

use crate::base::bytes::kept;
use fraction::Fraction;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;
pub use unit::Quantity;
pub(crate) use unit::{counted_in, ratio_base, show_quantity, singular};

/// Narrow no-break space: between thousands.
pub const FINE: char = '\u{202F}';
/// No-break space: before a unit.
pub const NBSP: char = '\u{A0}';

/// The largest number of digits that a figure in a file may have: far beyond any contract, small enough to stay instant.
const MAX_DIGITS: usize = 18;

/// An exact number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Fraction);

kept! { parts Number { 0 } }

/// The two readings of a figure, each as it may be written.
fn ambiguous(figure: &str) -> String {
    let thousands = figure.replace('.', " ");
    let decimals = figure.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
    format!(
        "« {figure} » est ambigu : le point sépare-t-il des milliers ou des décimales ? Écrivez « {thousands} » ou \
         « {decimals} »"
    )
}

/// Why a figure could not be read; its text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// Not a figure.
    #[error("ce n’est pas un nombre : « {0} »")]
    NotANumber(String),
    /// A point before exactly three digits: decimals or thousands, nobody can tell.
    #[error("{}", ambiguous(.0))]
    AmbiguousPoint(String),
    /// Negative.
    #[error("un nombre négatif n’a pas de sens ici : « {0} »")]
    Negative(String),
    /// Too many digits.
    #[error("nombre trop long : {MAX_DIGITS} chiffres au plus")]
    TooLong,
    /// Too many decimals.
    #[error("{}", too_many_decimals(*.0))]
    Decimals(usize),
    /// The unit is missing or is another one.
    #[error("« {text} » : l’unité attendue est « {expected} » (exemple : « {example} »)")]
    Unit {
        /// What was read.
        text: String,
        /// Unit expected.
        expected: String,
        /// A well-formed example.
        example: String,
    },
}

fn too_many_decimals(most: usize) -> String {
    if most == 0 { "un nombre entier est attendu".to_owned() } else { format!("{most} décimales au plus") }
}

impl Number {
    /// Zero.
    pub fn zero() -> Self {
        Self::from_int(0)
    }

    /// An integer.
    pub fn from_int(value: i64) -> Self {
        Self(Fraction::whole(value))
    }

    /// A fraction; `None` when the denominator is zero.
    pub fn fraction(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Self(Fraction::new(numerator.into(), denominator.into())))
    }

    /// The quotient; `None` when the divisor is zero.
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// True when the number is zero.
    pub fn is_zero(&self) -> bool {
        self.0.signum() == 0
    }

    /// True when the number is above zero.
    pub fn is_positive(&self) -> bool {
        self.0.signum() > 0
    }

    /// True when the number is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.signum() < 0
    }

    /// The number, or zero when it is negative.
    pub fn or_zero(self) -> Self {
        if self.is_negative() { Self::zero() } else { self }
    }

    /// True when the number is whole.
    pub fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// The largest multiple of `step` that does not exceed the number; the number itself when `step` is zero.
    ///
    /// ```
    /// use clausier::quantity::Number;
    /// let raw = Number::fraction(17_500, 36).unwrap(); // 486,11…
    /// assert_eq!(raw.floor_to(&Number::from_int(5)), Number::from_int(485));
    /// ```
    pub fn floor_to(&self, step: &Self) -> Self {
        if step.is_zero() { self.clone() } else { Self(&(&self.0 / &step.0).floor() * &step.0) }
    }

    /// The smallest multiple of `step` that is not below the number; the number itself when `step` is zero.
    pub fn ceil_to(&self, step: &Self) -> Self {
        if step.is_zero() { self.clone() } else { Self(&(&self.0 / &step.0).ceil() * &step.0) }
    }

    /// The nearest number of so many decimals, half up.
    pub(crate) fn rounded(&self, decimals: u32) -> Self {
        let half = Self(&Fraction::whole(5) / &Fraction::power_of_ten(decimals + 1));
        (self + &half).floor_to(&Self(&Fraction::whole(1) / &Fraction::power_of_ten(decimals)))
    }

    /// The whole part as an integer, when it fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    /// The smaller of two numbers.
    pub fn min_of(a: &Self, b: &Self) -> Self {
        if a <= b { a.clone() } else { b.clone() }
    }

    /// The larger of two numbers.
    pub fn max_of(a: &Self, b: &Self) -> Self {
        if a >= b { a.clone() } else { b.clone() }
    }

    /// Reads a French figure: digits, spaces between thousands, comma or point for decimals.
    ///
    /// # Errors
    /// When the text is no figure, is negative, is too long, or when its point could separate thousands (« 1.250 »).
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim();
        if text.starts_with('-') || text.starts_with('−') {
            return Err(QuantityError::Negative(text.to_owned()));
        }
        let wrong = || QuantityError::NotANumber(text.to_owned());
        let parted = text.split_once([',', '.']);
        let (whole, decimals) = parted.unwrap_or((text, ""));
        if parted.is_some() && decimals.is_empty() {
            return Err(wrong());
        }
        let before = count_digits(whole).ok_or_else(wrong)?;
        if !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        if text.contains('.') && decimals.len() == 3 && (1..=3).contains(&before) && !whole.starts_with('0') {
            return Err(QuantityError::AmbiguousPoint(text.to_owned()));
        }
        if before + decimals.len() > MAX_DIGITS {
            return Err(QuantityError::TooLong);
        }
        let digits = whole.bytes().chain(decimals.bytes()).filter(u8::is_ascii_digit);
        let value = digits.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
        Ok(Self(&Fraction::whole(value) / &Fraction::power_of_ten(decimals.len() as u32)))
    }

    /// The French form with at most `decimals` decimals, rounded half up, no trailing zero.
    ///
    /// ```
    /// use clausier::quantity::Number;
    /// assert_eq!(Number::fraction(17_500, 36).unwrap().french(2), "486,11");
    /// assert_eq!(Number::from_int(1_820).french(2), "1\u{202F}820");
    /// ```
    pub fn french(&self, decimals: u32) -> String {
        let mut text = self.fixed(decimals);
        if decimals > 0 {
            text.truncate(text.trim_end_matches('0').trim_end_matches(',').len());
        }
        text
    }

    /// The French form with exactly `decimals` decimals, rounded half up.
    pub fn fixed(&self, decimals: u32) -> String {
        let mut digits = self.0.rounded_digits(decimals);
        let decimals = decimals as usize;
        if digits.len() <= decimals {
            digits.insert_str(0, &"0".repeat(decimals + 1 - digits.len()));
        }
        let mut out = String::with_capacity(digits.len() * 2);
        if self.is_negative() && digits.bytes().any(|b| b != b'0') {
            out.push('−');
        }
        for (i, digit) in digits.chars().enumerate() {
            match (digits.len() - i).checked_sub(decimals) {
                Some(0) => out.push(','),
                Some(whole) if i > 0 && whole.is_multiple_of(3) => out.push(FINE),
                _ => {}
            }
            out.push(digit);
        }
        out
    }

    /// The exact form for programs: a decimal with a point when eighteen decimals are enough, an
    /// irreducible fraction otherwise.
    ///
    /// ```
    /// use clausier::quantity::Number;
    /// assert_eq!(Number::fraction(1, 4).unwrap().exact(), "0.25");
    /// assert_eq!(Number::fraction(17_500, 36).unwrap().exact(), "4375/9");
    /// ```
    pub fn exact(&self) -> String {
        // Without spaces the French form with enough decimals is the exact one, but for its signs.
        self.exact_decimals(MAX_DIGITS as u32).map_or_else(
            || self.0.to_string(),
            |decimals| self.fixed(decimals).replace(FINE, "").replace(',', ".").replace('−', "-"),
        )
    }

    /// Reads what [`Number::exact`] writes.
    pub(crate) fn from_exact(text: &str) -> Option<Self> {
        /// Far beyond any figure of a contract, and instant to read.
        const LONGEST: usize = 400;
        if text.len() > LONGEST {
            return None;
        }
        Fraction::from_exact(text).map(Self)
    }

    /// The French form as contracts print it: all its decimals when they are six at most, two otherwise. What a buyer wrote
    /// is never rounded, what was computed is.
    pub(crate) fn printed(&self) -> String {
        self.french(self.exact_decimals(6).unwrap_or(2))
    }

    /// The number of decimals needed to print the number exactly, when it is finite and at most `most`.
    pub fn exact_decimals(&self, most: u32) -> Option<u32> {
        (0..=most).find(|decimals| (&self.0 * &Fraction::power_of_ten(*decimals)).is_whole())
    }
}

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        Number(&self.0 + &other.0)
    }
}

impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        Number(&self.0 - &other.0)
    }
}

impl Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        Number(&self.0 * &other.0)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(iter: I) -> Number {
        iter.fold(Number::zero(), |a, b| &a + &b)
    }
}

/// The number of digits of « 1 250 000 »: groups of three after the first, or no space at all.
fn count_digits(text: &str) -> Option<usize> {
    let mut groups = text.split([' ', NBSP, FINE]);
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().filter(digits)?.len();
    groups.try_fold(first, |count, group| (first <= 3 && group.len() == 3 && digits(&group)).then_some(count + 3))
}

/// Splits « 350 000 € » into its figure and its unit.
fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '-' | '−') || *c == NBSP || *c == FINE))
        .map_or(text.len(), |(i, _)| i);
    let (figure, unit) = text.split_at(end);
    (figure.trim(), unit.trim())
}

/// Reads a figure followed by `unit` or one of its `synonyms`, such a figure as `example`; `bare` when the unit may be left
/// out.
fn with_unit(text: &str, unit: &str, synonyms: &[&str], example: &str, bare: bool) -> Result<Number, QuantityError> {
    let (figure, written) = split_unit(text);
    if figure.is_empty() {
        Err(QuantityError::NotANumber(text.to_owned()))
    } else if written == unit || synonyms.contains(&written) || (bare && written.is_empty()) {
        Number::parse(figure)
    } else {
        let (text, expected, example) = (text.to_owned(), unit.to_owned(), format!("{example} {unit}"));
        Err(QuantityError::Unit { text, expected, example })
    }
}

/// Declares a newtype of [`Number`].
macro_rules! measure {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "json", derive(schemars::JsonSchema))]
        pub struct $name(pub Number);

        kept! { parts $name { 0 } }

        impl $name {
            /// Nothing at all.
            pub fn zero() -> Self {
                Self(Number::zero())
            }
        }

        impl FromStr for $name {
            type Err = QuantityError;

            /// Reads what a dossier writes, and what is printed.
            fn from_str(text: &str) -> Result<Self, QuantityError> {
                Self::parse(text)
            }
        }
    };
}

measure! {
    /// An amount in euros, excluding tax unless the text says otherwise; two decimals at most when read from a file.
    Euros
}
measure! {
    /// A rate: 1 is 100 %.
    Rate
}
measure! {
    /// Hours of work.
    Hours
}

impl Euros {
    /// A whole number of euros.
    pub fn from_int(value: i64) -> Self {
        Self(Number::from_int(value))
    }

    /// Reads « 350 000 € ».
    ///
    /// # Errors
    /// Without the unit, with more than two decimals, or when it is no figure.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let number = with_unit(text, "€", &["euros", "€ HT"], "350 000", false)?;
        // Counted as written: « 350,000 € » is more likely an English three hundred and fifty thousand than 350 euros.
        let written = split_unit(text).0.split_once([',', '.']).map_or(0, |(_, decimals)| decimals.len());
        if written > 2 { Err(QuantityError::Decimals(2)) } else { Ok(Self(number)) }
    }
}

impl Rate {
    /// Reads « 7,5 % ».
    ///
    /// # Errors
    /// Without the sign, or when it is no figure.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let number = with_unit(text, "%", &[], "10", false)?;
        Ok(Self(number.over(&Number::from_int(100)).unwrap_or_else(Number::zero)))
    }

    /// The rate in percent, as a number (7.5 for 7,5 %).
    pub fn percent(&self) -> Number {
        &self.0 * &Number::from_int(100)
    }

    /// The whole: 100 %.
    pub fn whole() -> Self {
        Self::from_percent(100)
    }

    /// A rate from a whole percentage.
    pub fn from_percent(percent: i64) -> Self {
        Self(Number::fraction(percent, 100).unwrap_or_else(Number::zero))
    }
}

impl Hours {
    /// A whole number of hours.
    pub fn from_int(value: i64) -> Self {
        Self(Number::from_int(value))
    }

    /// Reads « 35 h », « 35 heures » or a bare figure.
    ///
    /// # Errors
    /// With another unit, or when it is no figure.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        Ok(Self(with_unit(text, "h", &["heures", "heure"], "35", true)?))
    }
}

impl fmt::Display for Euros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = if self.0.is_whole() { 0 } else { 2 };
        write!(f, "{}{NBSP}€", self.0.fixed(decimals))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{NBSP}%", self.percent().printed())
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In French the plural starts at two.
        let plural = if self.0 >= Number::from_int(2) { "s" } else { "" };
        write!(f, "{}{NBSP}heure{plural}", self.0.printed())
    }
}

kept! { parts Quantity { value, unit } }
