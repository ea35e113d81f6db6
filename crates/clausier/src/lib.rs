//! Clauses d'achat public durable.
pub mod consultation;
pub mod document;
pub mod hours;
pub mod quantity;
pub mod reading;
pub mod terms;
pub mod typography;
pub mod write;

pub use consultation::{Consultation, DossierError};
