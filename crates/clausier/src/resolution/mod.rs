//! A dossier against the library and the law of its launch date: choice, hours, liaisons, findings, suggestions.

pub(crate) mod balance;
pub mod checks;
pub(crate) mod completion;
pub(crate) mod duties;
pub(crate) mod examination;
pub(crate) mod facts;
pub mod finding;
pub(crate) mod fixes;
pub mod grid;
pub mod hours;
pub mod ledger;
pub(crate) mod liaisons;
pub(crate) mod notes;
pub(crate) mod offers;
pub(crate) mod own_words;
pub(crate) mod phrases;
pub(crate) mod scope;
pub mod scoring;
pub(crate) mod select;
pub mod simulation;
pub(crate) mod suggest;
