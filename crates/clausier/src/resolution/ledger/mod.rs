//! Arithmetic of a liaison: one piece of work, two registers.
//!
//! The linked hours carry out the environmental measure; each hour counts once for insertion, each unit once for the
//! environment, and neither replaces the other. [`coherence`] tells whether the hours suffice for the measure,
//! [`failure`] what is owed when something lacks, [`conversion`] what may make up for the other side where the
//! documents allow it, and [`registers`] keeps the two accounts.
//!
//! The letters are those of the rules: H hours of the lot, a share of them assigned to the measure, F hours of linked
//! training, Q target quantity, r hours per unit, s share of the measure's work entrusted to eligible people. All
//! figures are exact, and none is negative.

pub mod coherence;
pub mod conversion;
pub mod failure;
pub mod registers;

pub use coherence::{Bounds, Coherence, Excess, Link, LotCoherence, LotFault, LotHours, Remedies, Remedy, Target};
pub use conversion::{Conversion, ConversionError, Direction, MadeUp};
pub use failure::{Duty, Excuse, Exposure, Performance, Settlement, Verdict, ceiling};
pub use registers::{HourEntry, RegisterError, Registers, ResultEntry};
