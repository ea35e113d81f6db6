#![doc = include_str!("../README.md")]
//!
//! # How it is built
//!
//! Dated law + clause files + a buyer's dossier → findings, one document model per contract piece, any office format.
//!
//! [`Consultation`] reads the dossier (shape only). [`Library`] holds the clauses, the trames and the register of law
//! ([`Legal`]). [`Library::resolve`] brings them together: choice of clauses, insertion hours, liaisons, checks. A
//! [`Resolved`] gives one [`Document`] per [`Piece`], which [`write()`] puts in any [`Format`].
mod base;
pub mod document;
mod dossier;
#[cfg(feature = "json")]
pub mod existing;
mod file;
#[cfg(feature = "json")]
pub mod json;
pub mod law;
mod library;
mod render;
mod resolution;
mod resolve;

pub use base::{quantity, terms, typography};
pub use document::write;
pub use dossier::consultation;
pub use file::{edit, reading};
pub use library::{clause, lint, names};
pub use resolution::{checks, finding, grid, hours, ledger, scoring};

pub use consultation::Consultation;
pub use document::Document;
pub use dossier::{Builder, DossierError, Known, KnownLot, MAX_DOSSIER, Partial};
pub use finding::{Finding, Findings};
pub use law::Legal;
pub use library::sample::Sample;
pub use library::{Library, Overriding};
pub use reading::LoadErrors;
pub use resolution::balance::Situation;
pub use resolution::duties::{Duty, DutyObject, DutyState};
pub use resolution::liaisons::LotLiaisons;
pub use resolution::offers::{Offers, OffersError};
pub use resolution::scope::Scope;
pub use resolution::suggest::{Advice, Suggestion, Way};
pub use resolve::{Applied, LotVolume, RenderError, Resolved};
pub use terms::Piece;
pub use write::{Format, write};

impl Library {
    /// Resolves a dossier against the library and the law of its launch date. Never fails: what is wrong is a finding.
    pub fn resolve<'a>(&'a self, consultation: &'a Consultation) -> Resolved<'a> {
        Resolved::new(self, consultation)
    }

    /// What the law requires of a contract, lot by lot, from what is known of it: a whole dossier
    /// (`&Known::from(&consultation)`) or a [`Partial`] one (`&partial.known`).
    pub fn duties(&self, known: &Known) -> Vec<Duty> {
        resolution::duties::of(self.legal(), known)
    }

    /// The findings of a partial reading: what is missing, and all that can already be said of the rest.
    pub fn findings(&self, partial: &Partial) -> Findings {
        match &partial.consultation {
            Some(consultation) => self.resolve(consultation).findings().clone(),
            None => checks::of_fragments(self, partial),
        }
    }

    /// What a dossier could choose, with the reason of each, what it would change in hours and what goes with it.
    pub fn suggest(&self, consultation: &Consultation) -> Vec<Suggestion> {
        self.resolve(consultation).suggestions()
    }

    /// Renders one piece of a dossier.
    ///
    /// # Errors
    /// [`RenderError`]: blocking findings, nothing to write, or a library at fault.
    pub fn render(&self, consultation: &Consultation, piece: Piece) -> Result<Document, RenderError> {
        self.resolve(consultation).document(piece)
    }
}

/// What an embedder shares between threads.
const _: fn() = || {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Consultation>();
    shared::<Library>();
    shared::<Findings>();
    shared::<Document>();
};
