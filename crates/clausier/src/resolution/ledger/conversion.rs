//! Making up for one side with the other, where the documents publish a rate, a cap and the buyer's written decision.

use crate::base::quantity::{Number, Rate};

/// Which side makes up for which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Missing result, made up by more hours of the environmental task, and of it only (departs from x.2.3).
    ResultByHours,
    /// Missing hours, made up by more result: it eats into the floor of hours (departs from x.1.2 and x.1.5).
    HoursByResult,
}

impl Direction {
    /// The cap when the documents set none.
    pub fn default_cap(self) -> Rate {
        match self {
            Self::ResultByHours => Rate::from_percent(20),
            Self::HoursByResult => Rate::zero(),
        }
    }

    /// The highest cap that the documents may set, as a share of what is owed.
    pub fn highest_cap(self) -> Rate {
        match self {
            Self::ResultByHours => Rate::from_percent(20),
            Self::HoursByResult => Rate::from_percent(10),
        }
    }
}

/// A published conversion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    direction: Direction,
    cap: Rate,
    hours_per_unit: Number,
}

/// Why a conversion cannot be published; its text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// The cap is above the highest one.
    #[error("le plafond de conversion, {cap}, dépasse le maximum de {}", direction.highest_cap())]
    Cap {
        /// Cap asked for.
        cap: Rate,
        /// Which way the conversion goes.
        direction: Direction,
    },
    /// The rate of exchange is not above zero.
    #[error("le taux de conversion doit être un nombre d’heures par unité supérieur à zéro")]
    Exchange,
}

/// What a conversion gives, in the unit of the side that lacks unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeUp {
    /// What is made up for.
    pub made_up: Number,
    /// What the other side spends for it, in its own unit.
    pub spent: Number,
    /// What still lacks.
    pub missing: Number,
}

impl Conversion {
    /// A conversion at so many hours per unit of result.
    ///
    /// # Errors
    /// When the cap exceeds [`Direction::highest_cap`] or the rate is not above zero.
    pub fn new(direction: Direction, cap: Rate, hours_per_unit: Number) -> Result<Self, ConversionError> {
        if cap > direction.highest_cap() {
            Err(ConversionError::Cap { cap, direction })
        } else if !hours_per_unit.is_positive() {
            Err(ConversionError::Exchange)
        } else {
            Ok(Self { direction, cap, hours_per_unit })
        }
    }

    /// Makes up for what lacks of `due` with the `surplus` of the other side (in its own unit, beyond what it owes).
    /// What must really be done never falls below `legal_floor`, the part of `due` that the law itself demands.
    pub fn make_up(&self, due: &Number, done: &Number, legal_floor: &Number, surplus: &Number) -> MadeUp {
        let lacking = (due - done).or_zero();
        let worth = match self.direction {
            Direction::ResultByHours => surplus.over(&self.hours_per_unit).unwrap_or_else(Number::zero),
            Direction::HoursByResult => surplus * &self.hours_per_unit,
        };
        let limits = [worth, due * &self.cap.0, due - legal_floor];
        let made_up = limits.iter().fold(lacking.clone(), |least, limit| Number::min_of(&least, limit)).or_zero();
        let spent = match self.direction {
            Direction::ResultByHours => &made_up * &self.hours_per_unit,
            Direction::HoursByResult => made_up.over(&self.hours_per_unit).unwrap_or_else(Number::zero),
        };
        MadeUp { missing: &lacking - &made_up, made_up, spent }
    }
}
