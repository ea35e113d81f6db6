//! How a document is written.

use super::Spaces;
use crate::base::terms::{Vocabulary, vocabulary};
use crate::document::Document;

vocabulary! {
    /// Where the list of what remains to be settled stands.
    Sheet, "la place de la feuille « À confirmer »" {
        /// After the text: on a last page of its own in an office file.
        Last = "fin",
        /// Before the text: on a first page of its own in an office file.
        First = "debut",
        /// Nowhere; the values stay between square brackets in the text.
        Absent = "sans",
    }
}

/// How a document is written. [`WriteOptions::default`] is a whole piece, its sheet last, its spaces those of French
/// typography.
///
/// ```
/// use clausier::write::{Sheet, WriteOptions};
/// let options = WriteOptions { sheet: Sheet::Absent, ..WriteOptions::default() };
/// assert!(!options.block);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// The block alone, to be pasted into a host piece ([`Document::bare`]): it has neither title nor sheet.
    pub block: bool,
    /// Where the list of what remains to be settled stands.
    pub sheet: Sheet,
    /// Which no-break spaces the file carries.
    pub spaces: Spaces,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { block: false, sheet: Sheet::Last, spaces: Spaces::Fine }
    }
}

impl WriteOptions {
    /// The document with what these options change in it, whatever the format: a program that reads it as JSON has it so.
    #[must_use]
    pub fn apply(&self, document: Document) -> Document {
        let document = if self.block { document.bare() } else { document };
        document.with_spaces(self.spaces)
    }
}
