//! What is wrong with a choice.

use crate::file::edit::Edit;

/// Something wrong with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) path: String,
    /// Where it is mended, when the dossier does not have it yet.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
    pub(crate) help: String,
    /// How the help is written in the file of the dossier; empty when it says so itself.
    pub(crate) written: String,
    /// The edits that do what the help says; empty when the buyer must choose.
    pub(crate) fix: Vec<Edit>,
}

/// What sort of fault; one check each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    UnknownClause,
    UnknownParameter,
    ReplacedParameter,
    WrongValue,
    OutOfBounds,
    MissingValue,
    UnknownCriterion,
    OwnCriterion,
    NoPair,
    AmbiguousPair,
}

impl Fault {
    /// A fault that is mended where it is seen.
    pub(super) fn new(kind: FaultKind, path: String, message: String, help: String) -> Self {
        Self { field: None, written: String::new(), fix: Vec::new(), kind, path, message, help }
    }
}
