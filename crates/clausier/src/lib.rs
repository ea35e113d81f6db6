//! Durable-procurement clauses for French public buyers: social insertion, environment, and the **liaison** clauses that make
//! one carry out the other.
//!
//! Dated law + clause files + a buyer's dossier → findings, one document model per contract piece, any office format. No clock,
//! no network, no environment: the same input gives the same bytes, on any platform, `wasm32-unknown-unknown` included. What
//! buyers read (texts, findings, errors, keys of files) is in French; identifiers and this manual are in English.
//!
//! # In six lines
//!
//! ```
//! use clausier::{Consultation, Format, Library, Piece, write};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let text = std::fs::read_to_string("examples/ecole-rehabilitation/dossier.toml")?;
//! let consultation = Consultation::from_toml(&text)?; // DossierError: every problem of shape, with its place
//! let resolved = Library::embedded().resolve(&consultation); // never fails: a legal problem is a finding
//! for finding in resolved.findings() {
//!     println!("{finding}");
//! }
//! let rc = resolved.document(Piece::Rc)?; // RenderError: blocking findings refuse the piece
//! let bytes = write(&rc, Format::Docx);
//! # assert!(bytes.starts_with(b"PK"));
//! # Ok(())
//! # }
//! ```
//!
//! # Where to start
//!
//! | you want to… | start from |
//! |---|---|
//! | read a dossier, whole or half written | [`Consultation::from_toml`], [`Consultation::from_json`], [`Consultation::partial`] |
//! | build one in code, and write its file | [`Consultation::builder`], [`Consultation::to_toml`] |
//! | change a buyer's file, his comments kept | [`edit`], and [`Finding::fix`] for the edits that mend a finding |
//! | know what the law requires that day | [`Library::duties`], [`Legal`] |
//! | judge, compute, advise | [`Library::resolve`] → [`Resolved`]: findings, hours, liaisons, grids of criteria, suggestions |
//! | write the pieces | [`Resolved::document`], [`Resolved::draft`], [`mod@write`] |
//! | ask a buyer a clause's questions | [`Library::clauses_for`], [`clause::Parameter::check`] for one field |
//! | add clauses of your own | [`Library::with_files`] (from memory), [`Library::with_overlay`] (a folder) |
//! | compare two states, lock what was published | [`existing`] |
//! | speak JSON, from any language | [`json::call`], `clausier json`, and the schemas of [`json`] |
//!
//! Three complete programs stand in `examples/`: `embed`, `build` (a dossier without a line of TOML) and `form` (questions drawn
//! from the catalogue).
//!
//! # Errors
//!
//! Three types for three readers: [`DossierError`] (the buyer's file has a wrong shape), [`LoadErrors`] (an author's clause does
//! not load), [`RenderError`] (nothing can be written). Each tells all its problems at once, in French, with their places. A
//! legal problem is a [`Finding`], never an error.
//!
//! # Features
//!
//! All on by default; each compiles alone. `embedded`: our clauses (the register of law and the frames of the pieces are always
//! there). `docx`, `odt`, `html`: formats beside Markdown and plain text. `json`: dossiers in JSON, the envelope, the protocol,
//! comparison and locks.
#![cfg_attr(
    not(feature = "json"),
    allow(rustdoc::broken_intra_doc_links, reason = "the table names what features bring")
)]

/// The sample of the README is run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

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

pub use base::{quantity, reckoning, terms, typography};
pub use document::write;
pub use dossier::consultation;
pub use file::{edit, reading};
pub use library::{clause, lint, names};
pub use resolution::{checks, finding, grid, hours, ledger, scoring, simulation};

pub use consultation::Consultation;
pub use document::Document;
pub use dossier::{Builder, DossierError, Known, KnownLot, MAX_DOSSIER, Partial};
pub use finding::{Finding, Findings};
pub use law::Legal;
pub use library::sample::Sample;
pub use library::{Library, Overriding};
pub use reading::LoadErrors;
pub use resolution::balance::Situation;
pub use resolution::completion::{Completion, Usage};
pub use resolution::duties::{Duty, DutyObject, DutyState};
pub use resolution::liaisons::LotLiaisons;
pub use resolution::offers::{Offers, OffersError};
pub use resolution::scope::Scope;
pub use resolution::suggest::{Advice, Suggestion, Way, Weighing};
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
            None => resolution::examination::of_fragments(self, partial),
        }
    }

    /// What a dossier could choose, with the reason of each, what it would change in hours and what goes with it.
    pub fn suggest(&self, consultation: &Consultation) -> Vec<Suggestion> {
        self.resolve(consultation).suggestions()
    }

    /// A grid of criteria to start from, for lots of these families: a hundred points a lot.
    pub fn starting_grid(&self, families: &[(u32, &law::Family)]) -> Vec<Weighing> {
        resolution::suggest::starting_grid(self, families, &|_| true)
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
