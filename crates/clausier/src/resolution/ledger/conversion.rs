//! Making up for a missing result with more hours of the linked task, where the documents publish a rate, a cap and the
//! buyer's written decision. Nothing makes up for a missing hour.

use crate::base::quantity::{Number, Rate};

/// A published conversion of hours done beyond the whole volume into units of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    cap: Rate,
    hours_per_unit: Number,
}

/// Why a conversion cannot be published; its text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// The cap is above the highest one.
    #[error("le plafond de conversion, {cap}, dépasse le maximum de {}", Conversion::highest_cap())]
    Cap {
        /// Cap asked for.
        cap: Rate,
    },
    /// The rate of exchange is not above zero.
    #[error("le taux de conversion doit être un nombre d’heures par unité supérieur à zéro")]
    Exchange,
}

/// What a conversion gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeUp {
    /// Units of the result that are made up for.
    pub made_up: Number,
    /// Hours that it takes.
    pub spent: Number,
    /// Units that still lack.
    pub missing: Number,
}

impl Conversion {
    /// The highest cap that the documents may set, as a share of the result owed.
    pub fn highest_cap() -> Rate {
        Rate::from_percent(10)
    }

    /// A conversion at so many hours per unit of result.
    ///
    /// # Errors
    /// When the cap exceeds [`Conversion::highest_cap`] or the rate is not above zero.
    pub fn new(cap: Rate, hours_per_unit: Number) -> Result<Self, ConversionError> {
        if cap > Self::highest_cap() {
            Err(ConversionError::Cap { cap })
        } else if !hours_per_unit.is_positive() {
            Err(ConversionError::Exchange)
        } else {
            Ok(Self { cap, hours_per_unit })
        }
    }

    /// Makes up for what lacks of the result `due` with the hours done beyond the whole volume (`surplus`).
    /// What must really be done never falls below `legal_floor`, the part of `due` that the law itself demands.
    pub fn make_up(&self, due: &Number, done: &Number, legal_floor: &Number, surplus: &Number) -> MadeUp {
        let lacking = (due - done).or_zero();
        let worth = surplus.over(&self.hours_per_unit).unwrap_or_else(Number::zero);
        let limits = [worth, due * &self.cap.0, due - legal_floor];
        let made_up = limits.iter().fold(lacking.clone(), |least, limit| Number::min_of(&least, limit)).or_zero();
        MadeUp { missing: &lacking - &made_up, spent: &made_up * &self.hours_per_unit, made_up }
    }
}
