//! What was published, kept: the documents themselves, and what they were made from.
//!
//! A lock stands beside its dossier. What is rendered later is compared with it: a text that is no longer the one that
//! was published is said, with its cause, before it is written.

use super::compare::{Changes, CompareError, compare_documents};
use crate::base::hash::sha256;
use crate::base::terms::{Kind, Vocabulary as _};
use crate::document::Document;
use crate::resolve::{RenderError, Resolved};
use serde::{Deserialize, Serialize};

/// Version of the file.
const FORMAT: u32 = 1;
/// Largest lock read, in bytes: the largest set of pieces and the largest library, written as JSON, are well below.
pub const MAX_LOCK: usize = 64 << 20;
/// Causes told one by one: those beyond are counted.
const MAX_CAUSES: usize = 100;

/// A lock: one JSON file, keys in French and in order, the same bytes for the same dossier and library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    format: u32,
    clausier: String,
    #[serde(rename = "lancement")]
    launch: String,
    /// Fingerprint of the dossier.
    #[serde(rename = "dossier")]
    dossier: String,
    clauses: Vec<LockedClause>,
    documents: Vec<Document>,
}

/// A clause as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LockedClause {
    id: String,
    nature: String,
    version: String,
    /// Its file, whole.
    #[serde(rename = "texte")]
    text: String,
}

/// Why a text is not a lock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// It is not the JSON text of a lock.
    #[error("ce fichier n’est pas un verrou : {0}")]
    Unreadable(String),
    /// It is larger than [`MAX_LOCK`].
    #[error("ce fichier n’est pas un verrou : il dépasse {} Mio", MAX_LOCK >> 20)]
    TooLong,
    /// A later version of the library wrote it.
    #[error("ce verrou est d’un format ({0}) que cette version de clausier ne connaît pas")]
    Unknown(u32),
}

/// What moved since a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Why, one sentence each: the dossier, the date, the library, its clauses; a hundred at most, then how many others.
    pub causes: Vec<String>,
    /// What changes in the documents.
    pub changes: Changes,
}

impl Lock {
    /// Locks a dossier that can be published; `dossier` is its text, as it was read.
    ///
    /// # Errors
    /// As [`Resolved::documents`]: what cannot be published cannot be locked.
    pub fn new(resolved: &Resolved<'_>, dossier: &[u8]) -> Result<Self, RenderError> {
        Ok(Self {
            format: FORMAT,
            clausier: env!("CARGO_PKG_VERSION").to_owned(),
            launch: resolved.launch().iso(),
            dossier: sha256(dossier),
            clauses: clauses(resolved),
            documents: resolved.documents(false)?,
        })
    }

    /// The lock as a file holds it.
    pub fn to_json(&self) -> String {
        // Texts, integers and lists: writing them cannot fail.
        let mut out = serde_json::to_string_pretty(self).unwrap_or_default();
        out.push('\n');
        out
    }

    /// Reads a lock.
    ///
    /// # Errors
    /// [`LockError`]: the text is not a lock, or not one that this version knows.
    pub fn from_json(text: &str) -> Result<Self, LockError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let unreadable = |error: serde_json::Error| {
            LockError::Unreadable(format!("ligne {}, colonne {}", error.line(), error.column()))
        };
        if text.len() > MAX_LOCK {
            return Err(LockError::TooLong);
        }
        let head: Head = serde_json::from_str(text).map_err(unreadable)?;
        if head.format != FORMAT {
            return Err(LockError::Unknown(head.format));
        }
        serde_json::from_str(text).map_err(unreadable)
    }

    /// The documents that were published.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What moved since the lock. Nothing in the documents when [`Changes::is_empty`], whatever moved around them.
    ///
    /// # Errors
    /// [`CompareError`]: the library is at fault.
    pub fn drift(&self, resolved: &Resolved<'_>, dossier: &[u8]) -> Result<Drift, CompareError> {
        let mut causes = Vec::new();
        if sha256(dossier) != self.dossier {
            causes.push("le dossier a changé".to_owned());
        }
        let launch = resolved.launch().iso();
        if launch != self.launch {
            causes.push(format!("le lancement passe du {} au {launch}", self.launch));
        }
        if env!("CARGO_PKG_VERSION") != self.clausier {
            causes.push(format!("clausier passe de la version {} à {}", self.clausier, env!("CARGO_PKG_VERSION")));
        }
        let now = clauses(resolved);
        for locked in &self.clauses {
            let id = &locked.id;
            match now.iter().find(|clause| clause.id == *id) {
                None => causes.push(format!("la clause « {id} » n’est plus retenue")),
                Some(clause) if clause.version != locked.version => {
                    causes.push(format!(
                        "la clause « {id} » passe de la version {} à {}",
                        locked.version, clause.version
                    ));
                }
                Some(clause) if clause.text != locked.text => {
                    let version = &locked.version;
                    causes.push(format!("le texte de la clause « {id} » a changé sous la même version ({version})"));
                }
                Some(_) => {}
            }
        }
        let new = now.iter().filter(|clause| self.clauses.iter().all(|locked| locked.id != clause.id));
        causes.extend(new.map(|clause| format!("la clause « {} » est ajoutée", clause.id)));
        if causes.len() > MAX_CAUSES {
            let others = causes.split_off(MAX_CAUSES).len();
            causes.push(format!("et {others} autre{}", if others == 1 { "" } else { "s" }));
        }
        let draft = resolved.findings().blocking().next().is_some();
        let changes = compare_documents(&self.documents, &resolved.documents(draft)?)?;
        Ok(Drift { causes, changes })
    }
}

fn clauses(resolved: &Resolved<'_>) -> Vec<LockedClause> {
    let locked = |(id, kind, version): (&str, Kind, String)| LockedClause {
        id: id.to_owned(),
        nature: kind.word().to_owned(),
        version,
        text: resolved.library().source(id).map(|(_, text)| text.to_owned()).unwrap_or_default(),
    };
    resolved.stamped().map(locked).collect()
}
