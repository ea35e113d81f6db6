//! The ground floor: words, folding, quantities, typography and the zip container. Names nothing else of the library.

pub(crate) mod bytes;
pub(crate) mod fold;
pub(crate) mod hash;
pub mod quantity;
pub mod reckoning;
pub mod terms;
pub mod typography;
#[cfg(any(feature = "docx", feature = "odt", feature = "xlsx", feature = "json"))]
pub(crate) mod zip;
