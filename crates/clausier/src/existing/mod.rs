//! Documents that exist: what changed between two of them, and what was published.

pub mod compare;
pub mod lock;
