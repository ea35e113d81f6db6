//! What the buyer writes: the consultation, read for its shape only.

mod build;
pub mod consultation;
mod criteria;
mod known;
mod read;
pub(crate) mod renaming;
pub(crate) mod tree;

pub use build::Builder;
pub use known::{Known, KnownLot};
pub use read::{DossierError, MAX_DOSSIER, Partial};
