//! The spaces of French typography, for editors that lack some of them.

use crate::base::quantity::{FINE, NBSP};
use crate::base::terms::{Vocabulary, vocabulary};
use crate::document::Document;

vocabulary! {
    /// Which no-break spaces a document carries.
    Spaces, "les espaces" {
        /// Narrow (U+202F) and full (U+00A0) no-break spaces, as French typography has them.
        Fine = "fine",
        /// Full no-break spaces only, for editors and fonts that lack the narrow one.
        NoBreak = "insecable",
        /// Plain spaces only.
        Ascii = "ascii",
    }
}

impl Document {
    /// The same document with these no-break spaces. Only U+202F and U+00A0 change.
    pub fn with_spaces(mut self, spaces: Spaces) -> Self {
        let replacement = match spaces {
            Spaces::Fine => return self,
            Spaces::NoBreak => "\u{A0}",
            Spaces::Ascii => " ",
        };
        self.each_text(&mut |text| *text = text.replace([FINE, NBSP], replacement));
        self
    }
}
