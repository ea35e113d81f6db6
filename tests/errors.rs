//! Bad dossiers and bad clause files: the whole message, with its place, for each.
//!
//! `dossiers/err-*.toml` are dossiers that cannot be read, or that carry a fault of selection. `clauses/err-*.toml` are clause
//! files; their first line says in which folder they stand. What cannot stand in a file of text is made here.

use clausier::reading::locate;
use clausier::{Consultation, DossierError, Library, LoadErrors};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The fixtures of a folder, sorted.
fn fixtures(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut out: Vec<(String, PathBuf)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(stem, _)| stem.starts_with("err-"))
        .collect();
    out.sort();
    out
}

fn refused(bytes: &[u8]) -> DossierError {
    Consultation::from_slice(bytes).expect_err("ce dossier ne se lit pas")
}

#[test]
fn bad_dossiers() {
    let mut out = String::new();
    let fixtures = fixtures("dossiers");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("bibliotheque");
    let library = Library::embedded().with_overlay(own).unwrap_or_else(|errors| panic!("{errors}"));
    for (name, path) in &fixtures {
        let source = fs::read(path).unwrap();
        writeln!(out, "## {name}").unwrap();
        match Consultation::from_slice(&source) {
            Err(error) => write!(out, "{error}").unwrap(),
            Ok(consultation) => {
                let text = String::from_utf8(source).unwrap();
                let resolved = library.resolve(&consultation);
                assert!(resolved.findings().blocking().next().is_some(), "{name} n’a rien de faux");
                for finding in resolved.findings().blocking() {
                    let (line, column, excerpt) = locate(&text, finding.span.start);
                    writeln!(out, "constat, ligne {line}, colonne {column} : {finding}\n    {excerpt}").unwrap();
                }
            }
        }
        out.push('\n');
    }
    assert!(fixtures.len() >= 25);
    insta::assert_snapshot!("bad-dossiers", out);
}

/// Opens a buyer's library that holds these files alone, beside ours.
fn opened(files: &[(&str, &str)]) -> Result<Library, LoadErrors> {
    let folder = tempfile::tempdir().unwrap();
    for (file, source) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source).unwrap();
    }
    Library::embedded().with_overlay(folder.path())
}

#[test]
fn bad_clause_files() {
    let mut out = String::new();
    let fixtures = fixtures("clauses");
    for (name, path) in &fixtures {
        let source = fs::read_to_string(path).unwrap();
        let folder = source.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or("environnement");
        let stem = if name == "err-remplace-absent" { "bat-reemploi-taux" } else { name.as_str() };
        let file = format!("{folder}/{stem}.toml");
        let errors = opened(&[(&file, &source)]).err().unwrap_or_else(|| panic!("{name} n’a rien de faux"));
        writeln!(out, "## {name}\n{errors}").unwrap();
    }
    assert!(fixtures.len() >= 15);
    insta::assert_snapshot!("bad-clauses", out);
}
