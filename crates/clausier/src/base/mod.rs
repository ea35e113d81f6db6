//! The ground floor: words, quantities, typography and the zip container. Names nothing else of the library.

pub(crate) mod hash;
pub mod quantity;
pub mod terms;
pub mod typography;
pub(crate) mod zip;
