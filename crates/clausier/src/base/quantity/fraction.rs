//! Exact fractions: on machine integers while these suffice, as the figures of a contract do, on unbounded ones beyond.

use crate::base::bytes::{Kept, Reader, Writer};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Rem, Sub};

/// A fraction in lowest terms, its denominator above zero. Only what machine integers cannot hold is `Large`, so that
/// equal fractions are equal values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fraction {
    Small { numerator: i64, denominator: i64 },
    Large(Box<BigRational>),
}

use Fraction::{Large, Small};

impl Kept for Fraction {
    fn keep(&self, out: &mut Writer<'_>) {
        match self {
            Small { numerator, denominator } => {
                denominator.keep(out);
                numerator.keep(out);
            }
            // No denominator is zero.
            Large(_) => {
                0i64.keep(out);
                out.text(&self.to_string());
            }
        }
    }

    fn recall(bytes: &mut Reader<'_>) -> Option<Self> {
        match i64::recall(bytes)? {
            0 => Self::from_exact(bytes.text()?),
            denominator @ 1.. => Some(Small { numerator: i64::recall(bytes)?, denominator }),
            _ => None,
        }
    }
}

impl Fraction {
    /// A whole number.
    pub(super) const fn whole(value: i64) -> Self {
        Small { numerator: value, denominator: 1 }
    }

    /// The fraction in lowest terms; the denominator is not zero.
    pub(super) fn new(numerator: i128, denominator: i128) -> Self {
        // Nearly always: a division of machine integers costs far less.
        if let (Ok(top), Ok(bottom)) = (i64::try_from(numerator), i64::try_from(denominator))
            && top.min(bottom) > i64::MIN
        {
            let divisor = gcd(top.unsigned_abs(), bottom.unsigned_abs()) as i64 * bottom.signum();
            return Small { numerator: top / divisor, denominator: bottom / divisor };
        }
        let sign = denominator.signum();
        // At most 2¹²⁶: the product of two machine integers.
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128 * sign;
        match (i64::try_from(numerator / divisor), i64::try_from(denominator / divisor)) {
            (Ok(numerator), Ok(denominator)) => Small { numerator, denominator },
            _ => Large(Box::new(BigRational::new(numerator.into(), denominator.into()))),
        }
    }

    fn from_big(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(numerator), Some(denominator)) => Small { numerator, denominator },
            _ => Large(Box::new(value)),
        }
    }

    fn to_big(&self) -> BigRational {
        match self {
            Small { numerator, denominator } => BigRational::new_raw((*numerator).into(), (*denominator).into()),
            Large(value) => (**value).clone(),
        }
    }

    /// An operation: on machine integers (numerator and denominator of each side, whose products cannot overflow), or
    /// on unbounded ones.
    fn combine(
        &self,
        other: &Self,
        small: impl Fn([i128; 2], [i128; 2]) -> [i128; 2],
        large: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        match (self, other) {
            (Small { numerator: a, denominator: b }, Small { numerator: c, denominator: d }) => {
                let [numerator, denominator] = small([*a, *b].map(i128::from), [*c, *d].map(i128::from));
                Self::new(numerator, denominator)
            }
            _ => Self::from_big(large(self.to_big(), other.to_big())),
        }
    }

    /// Minus one, zero or one.
    pub(super) fn signum(&self) -> i64 {
        match self {
            Small { numerator, .. } => numerator.signum(),
            Large(value) => {
                if value.is_negative() {
                    -1
                } else {
                    1
                }
            }
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        match self {
            Small { denominator, .. } => *denominator == 1,
            Large(value) => value.is_integer(),
        }
    }

    /// The largest whole number that does not exceed the fraction.
    pub(super) fn floor(&self) -> Self {
        match self {
            Small { numerator, denominator } => Self::whole(numerator.div_euclid(*denominator)),
            Large(value) => Self::from_big(value.floor()),
        }
    }

    /// The smallest whole number that is not below the fraction.
    pub(super) fn ceil(&self) -> Self {
        if self.is_whole() { self.clone() } else { &self.floor() + &Self::whole(1) }
    }

    /// The whole part, decimals dropped, when it fits.
    pub(super) fn to_i64(&self) -> Option<i64> {
        match self {
            Small { numerator, denominator } => Some(numerator / denominator),
            Large(value) => value.to_integer().to_i64(),
        }
    }

    /// Ten to a power.
    pub(super) fn power_of_ten(power: u32) -> Self {
        match 10i64.checked_pow(power) {
            Some(value) => Self::whole(value),
            None => Self::from_big(BigRational::from_integer(BigInt::from(10u8).pow(power))),
        }
    }

    /// Reads « 12.5 », « -3 » or « 4375/9 »; the text is of a bounded length.
    pub(super) fn from_exact(text: &str) -> Option<Self> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (numerator, denominator) = match (unsigned.split_once('/'), unsigned.split_once('.')) {
            (Some((numerator, denominator)), None) if digits(denominator) => {
                (numerator.to_owned(), denominator.parse::<BigInt>().ok()?)
            }
            (None, Some((whole, decimals))) if digits(whole) && digits(decimals) => {
                (format!("{whole}{decimals}"), BigInt::from(10u8).pow(u32::try_from(decimals.len()).ok()?))
            }
            (None, None) => (unsigned.to_owned(), 1.into()),
            _ => return None,
        };
        if !digits(&numerator) || denominator.is_zero() {
            return None;
        }
        Some(Self::from_big(BigRational::new(numerator.parse::<BigInt>().ok()? * sign, denominator)))
    }

    /// The digits of the absolute value times ten to the `decimals`, rounded half up.
    pub(super) fn rounded_digits(&self, decimals: u32) -> String {
        if let (Small { numerator, denominator }, Some(scale)) = (self, 10i128.checked_pow(decimals))
            && let Some(scaled) = i128::from(numerator.unsigned_abs()).checked_mul(scale * 2)
        {
            let denominator = i128::from(*denominator);
            return ((scaled + denominator) / (denominator * 2)).to_string();
        }
        let scaled = (self * &Self::power_of_ten(decimals)).to_big().abs();
        (scaled + BigRational::new(1.into(), 2.into())).to_integer().to_string()
    }
}

fn gcd<N: Copy + Zero + Rem<Output = N>>(mut a: N, mut b: N) -> N {
    while !b.is_zero() {
        (a, b) = (b, a % b);
    }
    a
}

impl Add for &Fraction {
    type Output = Fraction;
    fn add(self, other: &Fraction) -> Fraction {
        self.combine(other, |[a, b], [c, d]| [a * d + c * b, b * d], |a, b| a + b)
    }
}

impl Sub for &Fraction {
    type Output = Fraction;
    fn sub(self, other: &Fraction) -> Fraction {
        self.combine(other, |[a, b], [c, d]| [a * d - c * b, b * d], |a, b| a - b)
    }
}

impl Mul for &Fraction {
    type Output = Fraction;
    fn mul(self, other: &Fraction) -> Fraction {
        self.combine(other, |[a, b], [c, d]| [a * c, b * d], |a, b| a * b)
    }
}

impl Div for &Fraction {
    type Output = Fraction;
    /// The divisor is not zero.
    fn div(self, other: &Fraction) -> Fraction {
        self.combine(other, |[a, b], [c, d]| [a * d, b * c], |a, b| a / b)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Small { numerator: a, denominator: b }, Small { numerator: c, denominator: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_big().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fractions of both sizes, at the edges of the machine integers and on either side of zero.
    fn fractions() -> Vec<Fraction> {
        let whole = [0, 1, -1, 7, i64::MAX, i64::MIN, i64::MAX - 1, 1_000_000_007].map(Fraction::whole);
        let huge = &Fraction::power_of_ten(40) + &Fraction::new(1, 3);
        let mut all = whole.to_vec();
        for (numerator, denominator) in [(1, 3), (-7, 2), (5, i64::MAX), (i64::MIN, 3), (i64::MAX, i64::MAX - 1)] {
            all.push(Fraction::new(numerator.into(), denominator.into()));
        }
        all.push(&Fraction::whole(0) - &huge);
        all.push(huge);
        all
    }

    #[test]
    fn machine_integers_and_unbounded_ones_agree() {
        for a in fractions() {
            assert_eq!(a.floor().to_big(), a.to_big().floor(), "{a}");
            assert_eq!(a.ceil().to_big(), a.to_big().ceil(), "{a}");
            assert_eq!(a.to_i64(), a.to_big().to_integer().to_i64(), "{a}");
            for b in fractions() {
                let (x, y) = (a.to_big(), b.to_big());
                assert_eq!(&a + &b, Fraction::from_big(&x + &y), "{a} + {b}");
                assert_eq!(&a - &b, Fraction::from_big(&x - &y), "{a} - {b}");
                assert_eq!(&a * &b, Fraction::from_big(&x * &y), "{a} × {b}");
                assert_eq!(a.cmp(&b), x.cmp(&y), "{a} <=> {b}");
                if b.signum() != 0 {
                    assert_eq!(&a / &b, Fraction::from_big(&x / &y), "{a} ÷ {b}");
                }
            }
        }
    }

    #[test]
    fn rounding_is_half_up_at_any_size() {
        assert_eq!(Fraction::new(5, 2).rounded_digits(0), "3");
        assert_eq!(Fraction::new(-1, 3).rounded_digits(3), "333");
        assert_eq!(Fraction::whole(i64::MIN).rounded_digits(30), format!("9223372036854775808{}", "0".repeat(30)));
        let huge = &Fraction::power_of_ten(40) + &Fraction::new(1, 2);
        assert_eq!(huge.rounded_digits(0), format!("1{}1", "0".repeat(39)));
    }
}
