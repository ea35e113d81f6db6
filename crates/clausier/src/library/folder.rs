//! The files of a buyer's own library, within their limits, read from a folder which nothing leaves.

use crate::file::reading::{FileProblem, Report, decode};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Most files that an own library may hold.
const MAX_FILES: usize = 2_000;
/// Largest file of an own library, in bytes: nine times our longest trame.
const MAX_FILE: usize = 256 * 1024;
/// Largest own library, in bytes.
const MAX_LIBRARY: usize = 8 * 1024 * 1024;
/// Folders inside one another that are looked into: files stand in the first ones, deeper ones are told.
const MAX_DEPTH: usize = 3;

/// The files of an own library, each with its text, and what is wrong with them before they are read.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) files: BTreeMap<String, String>,
    pub(super) problems: Vec<FileProblem>,
    bytes: usize,
    full: bool,
}

impl Files {
    /// Takes files that are given, within the same limits as those of a folder.
    pub(super) fn given(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut out = Self::default();
        for (name, text) in files {
            if out.admits(&name, text.len()) && out.files.insert(name.clone(), text).is_some() {
                out.wrong(&name, "ce fichier est donné deux fois", "n’en gardez qu’un");
            }
        }
        out
    }

    /// Reads the files of a folder. Links are not followed: a path stays inside the folder given.
    pub(super) fn read(dir: &Path) -> Self {
        let mut out = Self::default();
        out.folder(dir, "", 0);
        out
    }

    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let mut entries = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten().collect::<Vec<_>>(),
            Err(error) => {
                let name = if prefix.is_empty() { "." } else { prefix };
                return self.wrong(name, format!("dossier illisible : {}", io_message(&error)), "vérifiez le chemin");
            }
        };
        // What is told never depends on the order of the disk.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let base = entry.file_name().to_string_lossy().into_owned();
            let name = format!("{prefix}{base}");
            let toml = base.to_lowercase().ends_with(".toml");
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_symlink() {
                self.wrong(
                    &name,
                    "lien symbolique refusé",
                    "copiez le fichier : une bibliothèque reste dans son dossier",
                );
            } else if kind.is_dir() && base.starts_with('.') {
                // The folders of a versioning tool are no part of a library.
            } else if kind.is_dir() && depth >= MAX_DEPTH {
                self.wrong(
                    &name,
                    "dossier trop profond : il n’est pas lu",
                    "une bibliothèque a un seul niveau de dossiers",
                );
            } else if kind.is_dir() {
                self.folder(&entry.path(), &format!("{name}/"), depth + 1);
            } else if toml && !kind.is_file() {
                self.wrong(&name, "ce n’est pas un fichier ordinaire", "copiez son contenu dans un fichier");
            } else if toml && !base.ends_with(".toml") {
                self.wrong(&name, "l’extension s’écrit .toml, en minuscules", "renommez le fichier");
            } else if toml
                && self.admits(&name, entry.metadata().map_or(0, |m| m.len().try_into().unwrap_or(usize::MAX)))
            {
                self.file(&entry.path(), name);
            }
        }
    }

    fn file(&mut self, path: &Path, name: String) {
        match fs::read(path).map(|bytes| decode(&bytes).map(str::to_owned)) {
            Err(error) => {
                self.wrong(&name, format!("fichier illisible : {}", io_message(&error)), "vérifiez les droits")
            }
            Ok(Ok(text)) => {
                self.files.insert(name, text);
            }
            Ok(Err(found)) => {
                let of_file = |problem| FileProblem { file: name.clone(), problem };
                self.problems.extend(found.into_iter().map(of_file));
            }
        }
    }

    /// Whether one more file of this length may be read; what does not is told, once for the whole library.
    fn admits(&mut self, name: &str, length: usize) -> bool {
        if self.full {
            return false;
        }
        if length > MAX_FILE {
            self.wrong(name, format!("le fichier dépasse {} Kio", MAX_FILE / 1024), "une clause tient en une page");
            return false;
        }
        self.bytes += length;
        self.full = self.bytes > MAX_LIBRARY || self.files.len() >= MAX_FILES;
        if self.full {
            let message = format!("la bibliothèque dépasse {MAX_FILES} fichiers ou {} Mio", MAX_LIBRARY / 1024 / 1024);
            self.wrong(".", message, "retirez ce qui n’est pas une clause ou une trame");
        }
        !self.full
    }

    fn wrong(&mut self, file: &str, message: impl Into<String>, help: &str) {
        let report = Report::new("");
        report.add(0..0, message, help);
        let of_file = |problem| FileProblem { file: file.to_owned(), problem };
        self.problems.extend(report.into_problems().into_iter().map(of_file));
    }
}

/// What the system says, in French where it matters.
fn io_message(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "il n’existe pas",
        std::io::ErrorKind::PermissionDenied => "accès refusé",
        std::io::ErrorKind::NotADirectory => "ce n’est pas un répertoire",
        _ => "lecture impossible",
    }
}
