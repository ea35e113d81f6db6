//! `--bibliotheque`: a buyer's own clauses, what they override, and what is wrong with them.

use super::*;
use insta::assert_snapshot;

#[test]
fn an_own_clause_overrides_ours_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("maison/social");
    std::fs::create_dir_all(&own).unwrap();
    let ours = clausier::Library::embedded();
    let (_, source) = ours.source("formation-tache").unwrap();
    let version = ours.clause("formation-tache").unwrap().version.iso();
    let head = format!("remplace = \"formation-tache@{version}\"\n");
    std::fs::write(own.join("formation-tache.toml"), head + source).unwrap();
    let run = clausier_in(folder.path(), &["montrer", "formation-tache", "--bibliotheque", "maison"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains(&format!("\nRemplace\n  formation-tache@{version}\n")), "{}", run.out);
    assert_snapshot!(run.err.replace(&version, "VERSION"), @"note : maison/social/formation-tache.toml remplace « formation-tache@VERSION »");
}

#[test]
fn everything_wrong_in_an_own_library_is_shown_at_once() {
    let library = fixture("bibliotheque-fautive");
    let run = clausier(&["lister", "--bibliotheque", &library]);
    assert_eq!(english(&run.err), Vec::<&str>::new());
    assert_snapshot!(run.shown());
}

#[test]
fn a_library_that_is_not_there() {
    let run = clausier(&["lister", "--bibliotheque", "absente"]);
    assert_snapshot!(run.shown(), @r#"
    code 2
    --- erreurs
    erreur : dossier illisible : il n’existe pas
    --> absente
     = aide : vérifiez le chemin
    "#);
}
