//! The embedded library read beforehand: what its files say, as bytes that a program keeps.

use super::clause::{Clause, Head};
use super::embedded::{Source, TREE};
use super::{Library, Role, role};
use crate::base::bytes::{Reader, Writer, kept_of};
use std::sync::OnceLock;

/// What the program has kept of each file, by rank.
static PREPARED: OnceLock<Vec<&'static [u8]>> = OnceLock::new();

/// What is known beforehand of a file of the embedded library; empty when nothing is.
pub(super) fn file(rank: usize) -> &'static [u8] {
    PREPARED.get().and_then(|files| files.get(rank).copied()).unwrap_or_default()
}

/// What tells our files from those of another version.
fn stamp() -> String {
    let bytes: usize = TREE.iter().map(|(_, source)| source.size()).sum();
    format!("{} {} {bytes}", env!("CARGO_PKG_VERSION"), TREE.len())
}

impl Library {
    /// The embedded library read whole, as bytes for [`Library::start_from`]: a program that starts often, like a command,
    /// makes them when it is built and keeps them.
    pub fn prepared() -> Vec<u8> {
        let library = Library::ours(|_| true);
        let law = library.legal().pack();
        let mut out = Writer::default();
        out.text(&stamp());
        out.list(TREE, |out, (file, source)| {
            out.bytes(&match role(file) {
                Role::Clause(_, id) => {
                    let kept = |clause: &Clause| {
                        let mut out = Writer::default();
                        out.bytes(&Head::of(clause).keep());
                        out.bytes(&kept_of(clause, &Source::from(*source)));
                        out.finish()
                    };
                    library.clause(id).map(kept).unwrap_or_default()
                }
                Role::Trame(piece) => {
                    library.trame(piece).map(|trame| kept_of(trame, &Source::from(*source))).unwrap_or_default()
                }
                Role::Law | Role::Families => {
                    law.iter().find(|(name, _)| name == file).map(|(_, bytes)| bytes.clone()).unwrap_or_default()
                }
                Role::Unknown => Vec::new(),
            });
        });
        out.finish()
    }

    /// Makes [`Library::embedded`] start from what [`Library::prepared`] gave, in place of reading its files. To be called
    /// before anything else; what was made by another version is left aside. True when it is used.
    pub fn start_from(prepared: &'static [u8]) -> bool {
        let read = || {
            let mut bytes = Reader::new(prepared);
            let ours = bytes.text()? == stamp();
            let files = bytes.list(Reader::bytes)?;
            ours.then_some(files)
        };
        read().is_some_and(|read| PREPARED.set(read).is_ok())
    }
}
