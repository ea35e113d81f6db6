//! What changed between two dossiers, or between two documents: structure first, then words.
//!
//! Every comparison is proved before it is given: rejecting all that it shows prints the old document, accepting all of it
//! the new one.

mod align;
mod effect;
mod html;
mod json;
mod lexicon;
mod redline;
mod report;
mod structure;
mod words;

pub use effect::{Effect, Kind};
pub use html::review;
pub use structure::{ArticleShift, Edit, Element, Shift};

use crate::base::terms::Piece;
use crate::document::Document;
use crate::document::revision::{Mark, Redline};
use crate::document::write::lines;
use crate::resolve::{RenderError, Resolved};

/// What changed between two dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Every piece that one of them has, in the order of the pieces.
    pub pieces: Vec<PieceChanges>,
}

/// What changed in a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PieceChanges {
    /// Which piece.
    pub piece: Piece,
    /// In which dossier the piece stands.
    pub mark: Mark,
    /// The two documents as one.
    pub redline: Redline,
    /// The articles added, removed, moved, renumbered.
    pub articles: Vec<ArticleShift>,
    /// The lines that changed, in reading order.
    pub edits: Vec<Edit>,
}

/// Why two dossiers cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// A side cannot be rendered.
    #[error("{0}")]
    Render(#[from] RenderError),
    /// The proof of the comparison fails: nothing is shown rather than something false.
    #[error("la comparaison de la pièce « {0} » ne rend pas exactement les deux textes : elle n’est pas donnée")]
    Unfaithful(Piece),
}

/// Compares two dossiers, piece by piece. A side on which a blocking finding stands is compared as a draft.
///
/// # Errors
/// [`CompareError`]: the library of a side is at fault.
pub fn compare(old: &Resolved<'_>, new: &Resolved<'_>) -> Result<Changes, CompareError> {
    let documents = |side: &Resolved<'_>| side.documents(side.findings().blocking().next().is_some());
    compare_documents(&documents(old)?, &documents(new)?)
}

/// Compares two sets of documents, piece by piece.
///
/// # Errors
/// [`CompareError::Unfaithful`], which no pair of documents is known to give.
pub fn compare_documents(old: &[Document], new: &[Document]) -> Result<Changes, CompareError> {
    let mut pieces: Vec<Piece> = old.iter().chain(new).map(|document| document.piece).collect();
    pieces.sort_unstable();
    pieces.dedup();
    let of = |documents: &'_ [Document], piece: Piece| documents.iter().find(|d| d.piece == piece).cloned();
    let pieces = pieces.into_iter().filter_map(|piece| {
        let (mark, before, after) = match (of(old, piece), of(new, piece)) {
            (Some(old), Some(new)) => (Mark::Kept, lines(&old), lines(&new)),
            (None, Some(new)) => (Mark::Inserted, nothing(&lines(&new)), lines(&new)),
            (Some(old), None) => (Mark::Deleted, lines(&old), nothing(&lines(&old))),
            (None, None) => return None,
        };
        Some(piece_changes(piece, mark, &before, &after))
    });
    Ok(Changes { pieces: pieces.collect::<Result<_, _>>()? })
}

/// The lines of a piece that is not there.
fn nothing(other: &Redline) -> Redline {
    Redline { parts: Vec::new(), footer: Vec::new(), ..other.clone() }
}

fn piece_changes(piece: Piece, mark: Mark, old: &Redline, new: &Redline) -> Result<PieceChanges, CompareError> {
    let redline = redline::redline(old, new);
    if !redline.leads(old, new) {
        return Err(CompareError::Unfaithful(piece));
    }
    Ok(PieceChanges {
        piece,
        mark,
        articles: structure::articles(old, new),
        edits: structure::edits(&redline),
        redline,
    })
}

impl Changes {
    /// True when every piece prints the same on both sides.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.redline.is_empty())
    }
}
