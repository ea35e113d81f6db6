//! The lock that stands beside a dossier.

use crate::report;
use crate::terminal::{Failure, cause};
use clausier::existing::lock::{Drift, Lock, MAX_LOCK};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// Where the lock of a dossier stands: `dossier.toml` has `dossier.lock.json`.
pub(crate) fn path(dossier: &Path) -> PathBuf {
    dossier.with_extension("lock.json")
}

/// The lock of a dossier, when it has one.
pub(crate) fn beside(dossier: &Path) -> Result<Option<Lock>, Failure> {
    let path = path(dossier);
    let name = path.display();
    let remade = |why: String| {
        Failure::new(format!("« {name} » {why}"), "retirez ce fichier, puis « clausier verrouiller » le refait")
    };
    // Nobody would ever write what a pipe of that name waits for.
    if path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        return Err(remade("n’est pas un fichier ordinaire".to_owned()));
    }
    let mut bytes = Vec::new();
    // One byte more than a lock may have, so that a longer one is seen to be.
    match File::open(&path).and_then(|file| file.take(MAX_LOCK as u64 + 1).read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound || dossier == Path::new("-") => return Ok(None),
        Err(error) => return Err(Failure::new(format!("« {name} » ne peut être lu : {}", cause(&error)), "")),
    };
    let text = String::from_utf8(bytes).map_err(|_| remade("n’est pas en UTF-8".to_owned()))?;
    Lock::from_json(&text).map(Some).map_err(|error| remade(format!(": {error}")))
}

/// What moved since a lock, and why.
pub(crate) fn told(drift: &Drift) -> String {
    let message = format!("les pièces ne sont plus celles du verrou : {}", drift.changes.summary());
    report::plain("note", &message, drift.causes.iter().map(|cause| ("cause", cause.as_str())))
}
