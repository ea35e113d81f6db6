//! Arithmetic of a liaison: one piece of work, two counters.
//!
//! The linked hours carry out the environmental measure; each hour counts once for insertion, each unit once for the
//! environment, and neither replaces the other. [`coherence`] tells whether the hours fit the measure, [`settlement`]
//! what is owed when something lacks, and [`dissuasion`] whether it would pay to leave it undone.
//!
//! The letters are those of the rules: H hours of the lot, a share of them linked to the measure, Hl = a × H rounded
//! down, F hours of linked training among them, Q target quantity, r hours per unit, P selling price of an hour, M
//! amount of the lot, c ceiling. All figures are exact, and none is negative.

pub mod coherence;
pub mod dissuasion;
pub mod settlement;

pub use coherence::{
    Bounds, Coherence, Link, LotCoherence, LotFault, LotHours, Misfit, Remedies, Remedy, Target, linked_hours,
};
pub use dissuasion::{Economy, Edge, Floors};
pub use settlement::{Done, Duty, Excuse, Measure, Outcome, Performance, Ratio, Settlement, Shortfall, ceiling};
