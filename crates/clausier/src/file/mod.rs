//! Reading structured files with places: the only wing that names their parsers.

pub(crate) mod node;
pub mod reading;
