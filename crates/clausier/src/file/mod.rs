//! Reading TOML with places: the only wing that names the parser.

pub mod reading;
