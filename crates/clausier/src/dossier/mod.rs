//! What the buyer writes: the consultation, read for its shape only.

pub mod consultation;
mod known;
mod read;

pub use known::{Known, KnownLot};
pub use read::{DossierError, MAX_DOSSIER, Partial};
