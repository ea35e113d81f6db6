//! What the checks note at the places of a dossier, before it is worded as findings.

use crate::file::edit::Edit;
use crate::resolution::select::{Fault, FaultKind, Selection};

/// What a check notes.
#[derive(Default)]
pub(crate) struct Notes(pub(super) Vec<Note>);

/// A remark at a key path of the dossier.
pub(crate) struct Note {
    pub(super) path: String,
    /// Where it is mended, when that is elsewhere.
    pub(super) field: Option<String>,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) written: String,
    pub(super) texts: Option<&'static [&'static str]>,
    pub(super) fix: Vec<Edit>,
}

impl Note {
    pub(crate) fn new(path: String, message: String, help: String) -> Self {
        Self { field: None, written: String::new(), texts: None, fix: Vec::new(), path, message, help }
    }

    /// Mended elsewhere than where it is seen: at a key that the dossier may not have.
    pub(crate) fn at(&mut self, field: impl Into<String>) -> &mut Self {
        self.field = Some(field.into());
        self
    }

    /// How the help is written in the file of the dossier, or which command helps.
    pub(crate) fn written(&mut self, written: impl Into<String>) -> &mut Self {
        self.written = written.into();
        self
    }

    /// The edits that do what the help says.
    pub(crate) fn fix(&mut self, edits: impl IntoIterator<Item = Edit>) {
        self.fix.extend(edits);
    }
}

impl From<&Fault> for Note {
    fn from(fault: &Fault) -> Self {
        let Fault { path, field, message, help, written, fix, .. } = fault.clone();
        Self { field, written, fix, ..Self::new(path, message, help) }
    }
}

impl Notes {
    /// Notes a remark at a key path of the dossier: what is remarked, and what to do.
    pub(crate) fn add(&mut self, path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) {
        self.note(path, message, help);
    }

    /// The same, for a remark to which more is added.
    pub(crate) fn note(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Note {
        self.push(path.into(), message.into(), help.into(), None)
    }

    fn push(
        &mut self,
        path: String,
        message: String,
        help: String,
        texts: Option<&'static [&'static str]>,
    ) -> &mut Note {
        self.0.push(Note { texts, ..Note::new(path, message, help) });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// The same, on texts that take the place of those of the check.
    pub(crate) fn add_on(
        &mut self,
        texts: &'static [&'static str],
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(path.into(), message.into(), help.into(), Some(texts));
    }

    /// Notes what selection found wrong of one sort.
    pub(super) fn faults(&mut self, selection: &Selection<'_>, kind: FaultKind) {
        for fault in selection.faults.iter().filter(|fault| fault.kind == kind) {
            self.0.push(Note::from(fault));
        }
    }
}
