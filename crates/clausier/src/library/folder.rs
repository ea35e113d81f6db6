//! The files of a buyer's own library, read from a folder which nothing leaves.

use crate::file::reading::{FileProblem, Report, decode};
use std::fs;
use std::path::Path;

/// Most files that an own library may hold.
const MAX_FILES: usize = 5_000;
/// Largest file of an own library, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// Reads the files of an own library. Links are not followed: a path stays inside the folder given.
pub(super) fn read_folder(dir: &Path) -> (Vec<(String, String)>, Vec<FileProblem>) {
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    let mut undecoded = Vec::new();
    let mut queue = vec![(dir.to_path_buf(), String::new())];
    let mut wrong = |file: &str, message: String, help: &str| {
        let report = Report::new("");
        report.add(0..0, message, help);
        problems
            .extend(report.into_problems().into_iter().map(|problem| FileProblem { file: file.to_owned(), problem }));
    };
    while let Some((folder, prefix)) = queue.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                let name = if prefix.is_empty() { "." } else { &prefix };
                wrong(name, format!("dossier illisible : {}", io_message(&error)), "vérifiez le chemin");
                continue;
            }
        };
        for entry in entries.flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_symlink() {
                wrong(
                    &name,
                    "lien symbolique refusé".to_owned(),
                    "copiez le fichier : une bibliothèque reste dans son dossier",
                );
            } else if kind.is_dir() && prefix.matches('/').count() < 3 {
                queue.push((entry.path(), format!("{name}/")));
            } else if kind.is_file() && name.ends_with(".toml") {
                if out.len() >= MAX_FILES {
                    wrong(&name, format!("plus de {MAX_FILES} fichiers"), "une bibliothèque est plus petite");
                    return (out, problems);
                }
                if entry.metadata().is_ok_and(|m| m.len() > MAX_FILE) {
                    wrong(&name, "le fichier dépasse 1 Mio".to_owned(), "une clause tient en une page");
                    continue;
                }
                let bytes = match fs::read(entry.path()) {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        wrong(&name, format!("fichier illisible : {}", io_message(&error)), "vérifiez les droits");
                        continue;
                    }
                };
                match decode(&bytes) {
                    Ok(text) => out.push((name, text.to_owned())),
                    Err(found) => {
                        let of_file = |problem| FileProblem { file: name.clone(), problem };
                        undecoded.extend(found.into_iter().map(of_file));
                    }
                }
            }
        }
    }
    problems.extend(undecoded);
    out.sort();
    (out, problems)
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
