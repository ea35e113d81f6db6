//! A dossier against the library and the law of its launch date.

use crate::base::quantity::Date;
#[cfg(feature = "json")]
use crate::base::terms::Kind;
use crate::base::terms::Piece;
use crate::document::Document;
use crate::dossier::consultation::{Consultation, Layout};
use crate::library::Library;
use crate::library::clause::Clause;
use crate::render::assemble::{self, AssembleError};
use crate::resolution::completion::{self, Completion};
use crate::resolution::examination;
use crate::resolution::facts::Facts;
use crate::resolution::finding::{Finding, Findings};
use crate::resolution::grid::Grid;
use crate::resolution::hours::{HoursError, HoursResult};
use crate::resolution::liaisons::{self, LotLiaisons};
use crate::resolution::offers::{self, Offers, OffersError};
use crate::resolution::scope::{self, Scope};
use crate::resolution::simulation::Simulation;
use crate::resolution::suggest::{self, Advice, Suggestion, Weighing};
use std::collections::BTreeMap;
use std::fmt;

/// A dossier resolved: it always exists and carries its findings.
#[derive(Debug)]
pub struct Resolved<'a> {
    facts: Facts<'a>,
    liaisons: Vec<LotLiaisons>,
    findings: Findings,
    layouts: BTreeMap<Piece, Layout>,
}

/// Why a piece is not rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Findings stand that refuse the piece.
    #[error("{}", refused(.0))]
    Refused(Vec<Finding>),
    /// The dossier gives nothing to write in this piece.
    #[error("rien à écrire dans la pièce « {0} » : aucune clause du dossier n’y a de texte")]
    Empty(Piece),
    /// The dossier asks for more text than its pieces may hold together.
    #[error(
        "les pièces de ce dossier dépassent 8 Mio de texte : décrivez moins de lots, de clauses ou de critères à la fois"
    )]
    TooLong,
    /// The library is at fault: a template runs away, or a reference points to an article that is not there.
    #[error("la bibliothèque est en cause ({file}) : {message}")]
    Library {
        /// File or piece.
        file: String,
        /// What is wrong.
        message: String,
    },
}

fn refused(findings: &[Finding]) -> String {
    let mut out = String::from("pièce refusée : ");
    let list: Vec<String> = findings.iter().map(|f| format!("{} [{}]", f.message, f.code)).collect();
    out.push_str(&list.join(" ; "));
    out
}

impl From<AssembleError> for RenderError {
    fn from(error: AssembleError) -> Self {
        match error {
            AssembleError::Library { file, message } => Self::Library { file, message },
            AssembleError::TooLong => Self::TooLong,
        }
    }
}

/// A clause that applies, with its lots.
#[derive(Debug, Clone)]
pub struct Applied<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// Its lots.
    pub lots: Vec<u32>,
    /// The clause that asked for it, when the dossier does not name it.
    pub implied_by: Option<&'a str>,
}

/// The insertion hours of a lot.
#[derive(Debug, Clone, Copy)]
pub struct LotVolume<'r> {
    /// Number of the lot.
    pub lot: u32,
    /// The computation, or why there is none.
    pub result: Result<&'r HoursResult, &'r HoursError>,
    /// The volume follows what is ordered: it is an estimate.
    pub estimated: bool,
}

impl<'a> Resolved<'a> {
    pub(crate) fn new(library: &'a Library, consultation: &'a Consultation) -> Self {
        let facts = Facts::new(library, consultation);
        let liaisons = liaisons::of(&facts);
        let findings = examination::run(&facts, &liaisons);
        Self { facts, liaisons, findings, layouts: consultation.layout.clone() }
    }

    /// The launch date under which the dossier is resolved.
    pub fn launch(&self) -> Date {
        self.facts.consultation.launch
    }

    /// The findings, gravest first.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What the examination covered: a green light says no more than this.
    pub fn scope(&self) -> Scope {
        scope::scope(&self.facts)
    }

    /// The clauses that apply, those added with the chosen ones included.
    pub fn clauses(&self) -> impl Iterator<Item = Applied<'a>> + '_ {
        self.facts.selection.clauses.iter().map(|s| Applied {
            clause: s.clause,
            lots: s.lots.clone(),
            implied_by: s.implied_by,
        })
    }

    /// The library against which the dossier is resolved.
    #[cfg(feature = "json")]
    pub(crate) fn library(&self) -> &'a Library {
        self.facts.library
    }

    /// Every clause whose text may stand in the documents, criteria included: id, nature, version.
    #[cfg(feature = "json")]
    pub(crate) fn stamped(&self) -> impl Iterator<Item = (&'a str, Kind, String)> + '_ {
        let clauses = self.facts.selection.all().map(|selected| selected.clause);
        clauses.map(|clause| (clause.id.as_str(), clause.kind(), clause.version.iso()))
    }

    /// The insertion hours, lot by lot.
    pub fn hours(&self) -> impl Iterator<Item = LotVolume<'_>> {
        self.facts.hours.iter().map(|(lot, hours)| LotVolume {
            lot: *lot,
            result: hours.result.as_ref(),
            estimated: hours.estimated,
        })
    }

    /// The liaisons that link hours, lot by lot: whether hours and work fit, what is owed, its ceiling.
    pub fn ledger(&self) -> &[LotLiaisons] {
        &self.liaisons
    }

    /// What notes the offers of a lot: its criteria, the values between which each is noted.
    pub fn grid(&self, lot: u32) -> Grid {
        Grid::new(self.facts.consultation, &self.facts.selection, self.facts.usages.as_ref(), lot)
    }

    /// What the weights of a lot do before any offer comes: what a point is worth, the spread of each criterion on six
    /// invented offers, what breaking a promise costs. `None` for a lot without criteria, or that the dossier has not.
    pub fn simulation(&self, lot: u32) -> Option<Simulation> {
        let lot = self.facts.consultation.lots.get(&lot)?;
        let grid = self.facts.grid(lot.number);
        (!grid.criteria.is_empty()).then(|| grid.simulate(&lot.amount))
    }

    /// The simulation of every lot that has criteria.
    pub fn simulations(&self) -> impl Iterator<Item = Simulation> + '_ {
        self.facts.consultation.lots.keys().filter_map(|lot| self.simulation(*lot))
    }

    /// Reads a file of offers: what each tenderer answers to the notes of its lot.
    ///
    /// # Errors
    /// Everything wrong with the file, each problem with its place.
    pub fn read_offers(&self, text: &str) -> Result<Offers, OffersError> {
        offers::read(text, &self.grids())
    }

    /// A file of offers to fill, for the lots that have criteria.
    pub fn offers_model(&self) -> String {
        offers::model(&self.grids())
    }

    /// The grids of the lots that have criteria.
    pub(crate) fn grids(&self) -> Vec<Grid> {
        let grids = self.facts.consultation.lots.keys().map(|lot| self.grid(*lot));
        grids.filter(|grid| !grid.criteria.is_empty()).collect()
    }

    /// What the dossier could choose besides: what is due first, then liaisons, then the rest.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        suggest::suggest(&self.facts)
    }

    /// What the usages answer in place of the buyer, for him to confirm.
    pub fn completion(&self) -> Completion {
        completion::complete(&self.facts)
    }

    /// A grid of criteria to start from: a hundred points a lot, on what the clauses chosen promise where a criterion raises it.
    pub fn starting_grid(&self) -> Vec<Weighing> {
        let lots = self.facts.consultation.lots.values();
        let families: Vec<_> =
            lots.filter_map(|lot| Some((lot.number, self.facts.law.legal().family(&lot.family)?))).collect();
        let chosen = |id: &str| self.facts.selection.get(id).is_some();
        suggest::starting_grid(self.facts.library, &families, &chosen)
    }

    /// By which legal way the social consideration of each lot is best carried, with the reasons.
    pub fn advice(&self) -> Vec<Advice> {
        suggest::advise(&self.facts)
    }

    /// Changes how a host piece is numbered, in place of what the dossier says.
    #[must_use]
    pub fn with_layout(mut self, piece: Piece, layout: Layout) -> Self {
        self.layouts.insert(piece, layout);
        self
    }

    /// How a host piece is numbered.
    pub fn layout(&self, piece: Piece) -> Layout {
        self.layouts.get(&piece).cloned().unwrap_or_default()
    }

    /// A piece, refused when a blocking finding stands.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn document(&self, piece: Piece) -> Result<Document, RenderError> {
        let blocking: Vec<Finding> = self.findings.blocking().cloned().collect();
        if !blocking.is_empty() {
            return Err(RenderError::Refused(blocking));
        }
        pick(self.assembled(&[piece], false)?, piece)
    }

    /// A piece as a draft: blocking findings stand in a banner, missing values print « [à compléter : …] ».
    ///
    /// # Errors
    /// When there is nothing to write, or when the library is at fault.
    pub fn draft(&self, piece: Piece) -> Result<Document, RenderError> {
        pick(self.assembled(&[piece], true)?, piece)
    }

    /// Every piece for which there is something to write, in the order RC, avis, CCAP, AE, CCTP, note.
    ///
    /// # Errors
    /// As [`Resolved::document`], or [`Resolved::draft`] for a draft.
    pub fn documents(&self, draft: bool) -> Result<Vec<Document>, RenderError> {
        let blocking: Vec<Finding> = self.findings.blocking().cloned().collect();
        if !draft && !blocking.is_empty() {
            return Err(RenderError::Refused(blocking));
        }
        let pieces: Vec<Piece> = self.facts.library.pieces().collect();
        self.assembled(&pieces, draft)
    }

    fn assembled(&self, wanted: &[Piece], draft: bool) -> Result<Vec<Document>, RenderError> {
        Ok({
            let known = assemble::Known { facts: &self.facts, liaisons: &self.liaisons, findings: &self.findings };
            assemble::assemble(known, &self.layouts, wanted, draft)
        }?)
    }
}

fn pick(documents: Vec<Document>, piece: Piece) -> Result<Document, RenderError> {
    documents.into_iter().find(|d| d.piece == piece).ok_or(RenderError::Empty(piece))
}

impl fmt::Display for Applied<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clause.id)
    }
}
