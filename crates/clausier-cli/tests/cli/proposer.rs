//! `proposer`: what could be chosen, and a copy of the dossier with what is taken up.

use super::*;
use clausier::Consultation;

#[test]
fn a_starter_is_told_what_goes_with_what() {
    let starter = clausier(&["nouveau", "--nature", "services", "--famille", "nettoyage-locaux"]).out;
    let folder = tempfile::tempdir().unwrap();
    let dossier = folder.path().join("dossier.toml");
    std::fs::write(&dossier, starter).unwrap();
    let run = clausier(&["proposer", dossier.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("Par quelle voie porter la considération sociale"), "{}", run.out);
    assert!(run.out.contains("condition d’exécution en heures"), "{}", run.out);
}

#[test]
fn what_is_taken_up_is_written_in_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.toml");
    let copy = copy.to_str().unwrap();
    let run = clausier(&["proposer", SCHOOL, "--ajouter", "formation-tache,qualite-insertion", "-o", copy]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let (before, after) =
        (std::fs::read_to_string(root().join(SCHOOL)).unwrap(), std::fs::read_to_string(copy).unwrap());
    assert!(after.starts_with(before.trim_end()), "the dossier is kept as it stands");
    let consultation = Consultation::from_toml(&after).unwrap();
    assert!(consultation.choice("formation-tache").is_some());
    assert!(
        after.contains("# [critere.qualite-insertion]"),
        "the criterion is left to the buyer, who keeps 100 points"
    );
    let again = clausier(&["proposer", SCHOOL, "--ajouter", "formation-tache", "-o", copy]);
    assert_eq!(again.code, Some(2), "an existing file is not overwritten");
}

#[test]
fn an_unknown_clause_is_refused_with_the_near_one() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.toml");
    let run = clausier(&["proposer", SCHOOL, "--ajouter", "formation-tach", "-o", copy.to_str().unwrap()]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("formation-tache"), "{}", run.err);
    assert!(!copy.exists());
}

#[test]
fn what_is_there_already_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.toml");
    let run = clausier(&["proposer", SCHOOL, "--ajouter", "prix,suivi-insertion", "-o", copy.to_str().unwrap()]);
    let said: Vec<&str> = run.err.lines().take(2).collect();
    assert_eq!(
        said,
        ["note : « prix » est déjà dans le dossier", "note : « suivi-insertion » est déjà dans le dossier"]
    );
    assert_eq!(std::fs::read(copy).unwrap(), std::fs::read(root().join(SCHOOL)).unwrap());
}

#[test]
fn a_copy_ends_its_lines_as_the_dossier_does() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.toml");
    let dossier = std::fs::read_to_string(root().join(SCHOOL)).unwrap().replace('\n', "\r\n");
    let line = ["proposer", "-", "--ajouter", "formation-tache", "-o", copy.to_str().unwrap()];
    assert_eq!(clausier_reading(dossier.as_bytes(), &line).code, Some(0));
    let copy = std::fs::read_to_string(copy).unwrap();
    assert!(copy.contains("\r\n[clause.formation-tache]"));
    assert_eq!(copy.matches('\n').count(), copy.matches("\r\n").count());
}
