//! Clauses d'achat public durable.
pub mod clause;
pub mod consultation;
pub mod document;
pub mod hours;
pub mod legal;
mod markup;
mod names;
pub mod quantity;
pub mod reading;
mod template;
pub mod terms;
mod trame;
pub mod typography;
pub mod write;

pub use consultation::{Consultation, DossierError};
