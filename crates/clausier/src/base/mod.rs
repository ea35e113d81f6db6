//! The ground floor: words, folding, quantities, typography and the zip container. Names nothing else of the library.

pub(crate) mod fold;
pub mod quantity;
pub mod terms;
pub mod typography;
pub(crate) mod zip;
