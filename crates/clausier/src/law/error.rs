//! Why the register does not answer.

use crate::base::quantity::Date;
use crate::law::dated::Interval;

/// Why a text or a value cannot be used on a date. The texts are French and complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LegalError {
    /// No such id.
    #[error("« {id} » n’est pas au registre du droit{}", near.as_ref().map_or_else(String::new, |n| format!(" ; vouliez-vous dire « {n} » ?")))]
    Unknown {
        /// The id asked for.
        id: String,
        /// The nearest id, when one is near.
        near: Option<String>,
    },
    /// The register knows it, but not on that date.
    #[error("{name} ({id}) n’est pas en vigueur au {date} : {}", when(.validity, *.date))]
    NotInForce {
        /// The id asked for.
        id: String,
        /// What the id designates, in words.
        name: String,
        /// The date asked for.
        date: Date,
        /// From the first day of the first version to the last day of the last one.
        validity: Interval,
    },
    /// The fact is stored but nobody has confirmed it.
    #[error(
        "{name} ({id}) n’est pas confirmé dans le registre au {date} (certitude « a-verifier ») : ni cité dans une pièce, ni base d’un constat bloquant"
    )]
    NotConfirmed {
        /// The id asked for.
        id: String,
        /// What the id designates, in words.
        name: String,
        /// The date asked for.
        date: Date,
    },
    /// The text does not apply to that kind of contract.
    #[error("{name} ({id}) ne s’applique pas à {contract}")]
    Elsewhere {
        /// The id asked for.
        id: String,
        /// What the id designates, in words.
        name: String,
        /// The kind of contract, in words.
        contract: &'static str,
    },
    /// The date precedes the register.
    #[error("le registre du droit commence le {first_day} : rien ne peut être dit du droit au {date}")]
    BeforeFirstDay {
        /// The date asked for.
        date: Date,
        /// First day that the register covers.
        first_day: Date,
    },
}

fn when(validity: &Interval, date: Date) -> String {
    match validity.until {
        Some(until) if until < date => format!("plus en vigueur depuis le {}", until.next()),
        _ => format!("en vigueur à compter du {}", validity.from),
    }
}
