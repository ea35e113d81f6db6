//! What the buyer writes: the consultation, read for its shape only.

pub mod consultation;
