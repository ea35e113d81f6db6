//! Documents that exist: what changed between two of them.

pub mod compare;
