//! Reading structured files with places: the only wing that names their parsers.

pub mod edit;
#[cfg(feature = "json")]
pub(crate) mod json;
pub(crate) mod node;
pub mod reading;
pub(crate) mod written;
