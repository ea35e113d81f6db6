//! Why no volume comes out: a factor out of its range, or hours that rounding would make vanish.

use super::*;

/// Why no volume comes out; its text is French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HoursError {
    /// A factor is negative.
    #[error("{what} ne peut pas être négatif")]
    Negative {
        /// The factor.
        what: &'static str,
    },
    /// A divisor is zero.
    #[error("{what} doit être supérieur à zéro")]
    Zero {
        /// The factor.
        what: &'static str,
    },
    /// A share exceeds the whole.
    #[error("{what} ne peut pas dépasser 100{NBSP}% (ici {rate})")]
    AboveWhole {
        /// The factor.
        what: &'static str,
        /// Its value.
        rate: Rate,
    },
    /// There are hours, but rounding leaves none, in all or in each period.
    #[error("{}", rounded_to_zero(raw, *step, *periods, *proposed))]
    RoundedToZero {
        /// Hours before rounding, over all the periods.
        raw: Hours,
        /// Step asked for.
        step: RoundingStep,
        /// Number of periods.
        periods: u8,
        /// The largest step that leaves hours, if any.
        proposed: Option<RoundingStep>,
    },
}

fn rounded_to_zero(raw: &Hours, step: RoundingStep, periods: u8, proposed: Option<RoundingStep>) -> String {
    let over = if periods > 1 { format!(" sur {periods} périodes") } else { String::new() };
    let advice = match proposed {
        Some(smaller) => format!("retenez un pas de {smaller}"),
        None if periods > 1 => "aucun pas ne convient : réduisez le nombre de périodes ou préférez une autre \
                                considération sociale"
            .to_owned(),
        None => "aucun pas ne convient : préférez une autre considération sociale".to_owned(),
    };
    format!("{raw}{over} : arrondi à zéro au pas de {step} ; {advice}")
}

/// Refuses hours that rounding would make vanish, in all or in each period. A period keeps hours when the whole
/// reaches as many steps as there are periods.
pub(super) fn refuse_zero(raw: &Number, step: RoundingStep, periods: u8) -> Result<(), HoursError> {
    let enough = |step: &RoundingStep| raw >= &(&step.number() * &Number::from_int(periods.into()));
    if raw.is_zero() || enough(&step) {
        return Ok(());
    }
    let proposed = RoundingStep::ALL.into_iter().rev().find(enough);
    Err(HoursError::RoundedToZero { raw: Hours(raw.clone()), step, periods, proposed })
}

pub(super) fn not_negative(what: &'static str, number: &Number) -> Result<(), HoursError> {
    if number.is_negative() { Err(HoursError::Negative { what }) } else { Ok(()) }
}

pub(super) fn positive(what: &'static str, number: &Number) -> Result<(), HoursError> {
    not_negative(what, number)?;
    if number.is_zero() { Err(HoursError::Zero { what }) } else { Ok(()) }
}

pub(super) fn share(what: &'static str, rate: &Rate) -> Result<(), HoursError> {
    not_negative(what, &rate.0)?;
    if rate > &Rate::whole() { Err(HoursError::AboveWhole { what, rate: rate.clone() }) } else { Ok(()) }
}
