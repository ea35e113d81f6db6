//! `comparer`: what it says of a change, where, and with which exit status.

use super::*;
use insta::assert_snapshot;

/// A penalty of the founding story, and a higher one.
const PENALTY: (&str, &str) = (r#"penalite_heure = "45 €""#, r#"penalite_heure = "50 €""#);

/// The founding story with some of its words replaced, beside the story itself.
fn changed(replacements: &[(&str, &str)]) -> (tempfile::TempDir, String, String) {
    let folder = workshop();
    let before = folder.path().join("dossier.toml");
    let mut text = std::fs::read_to_string(&before).expect("the story");
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let after = folder.path().join("nouveau.toml");
    std::fs::write(&after, text).expect("a dossier");
    let name = |path: &Path| path.display().to_string();
    let names = (name(&before), name(&after));
    (folder, names.0, names.1)
}

#[test]
fn the_same_dossier_changes_nothing() {
    let run = clausier(&["comparer", SCHOOL, SCHOOL]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "aucun changement\n"));
}

#[test]
fn a_change_is_told_by_its_effect_and_shown() {
    let (_folder, before, after) = changed(&[
        PENALTY,
        (r#"quantite = "18 t""#, r#"quantite = "20 t""#),
        (r#"delai_reunion = "15 jours""#, r#"delai_reunion = "10 jours""#),
    ]);
    let run = clausier(&["comparer", &before, &after, "--piece", "ccap"]);
    assert_eq!(run.code, Some(1));
    assert!(!run.out.contains('\u{1B}'), "no colour is needed");
    assert_snapshot!(run.out.replace('\u{A0}', "␣").replace('\u{202F}', "·"));
}

#[test]
fn an_article_that_goes_renumbers_those_after_it() {
    let (_folder, before, after) = changed(&[(r#"premier_numero = "10""#, r#"premier_numero = "11""#)]);
    let run = clausier(&["comparer", &before, &after, "--piece", "ccap"]);
    assert_eq!(run.code, Some(1));
    let first = run.out.lines().next().unwrap_or_default();
    assert_eq!(first, "rien qui oblige ne change : des numéros, des places ou la note seulement");
    assert!(run.out.contains("renumérotés : 10 → 11, 10.1 → 11.1"), "{}", run.out);
}

#[test]
fn the_date_of_launch_moves_the_law() {
    let run = clausier(&["comparer", SCHOOL, "--au", "2026-06-07", "--format", "md"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("# Ce qui change\n"), "{}", run.out);
    assert!(run.out.contains("**7\u{A0}juin**"), "{}", run.out);
}

#[test]
fn the_json_text_says_the_same() {
    let (_folder, before, after) = changed(&[PENALTY]);
    let run = clausier(&["comparer", &before, &after, "--format", "json"]);
    assert_eq!(run.code, Some(1));
    for wanted in
        [r#""egal": false"#, r#""clause": "heures-insertion""#, r#""nom": "penalite_heure""#, "\"de\": \"45\u{A0}€\""]
    {
        assert!(run.out.contains(wanted), "{wanted}\n{}", run.out);
    }
}

#[test]
fn what_cannot_be_read_or_compared_is_said() {
    let missing = clausier(&["comparer", SCHOOL, "nulle-part.toml"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("« nulle-part.toml » ne peut être lu"), "{}", missing.err);
    let alone = clausier(&["comparer", SCHOOL]);
    assert_eq!(alone.code, Some(2));
    assert!(alone.err.contains("il n’y a rien à quoi comparer ce dossier"), "{}", alone.err);
}

#[test]
fn a_lock_keeps_what_was_published() {
    let folder = workshop();
    let dossier = folder.path().join("dossier.toml");
    let lock = folder.path().join("dossier.lock.json");
    let name = dossier.display().to_string();
    let run = clausier(&["verrouiller", &name]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let kept = std::fs::read_to_string(&lock).expect("a lock");
    for wanted in ["\"format\": 1", "\"lancement\": \"2026-12-07\"", "\"id\": \"heures-insertion\"", "\"documents\""] {
        assert!(kept.contains(wanted), "{wanted}");
    }
    // Nothing moved: the same lock, the same pieces.
    assert_eq!(clausier(&["verrouiller", &name]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&lock).expect("a lock"), kept);
    assert_eq!(clausier(&["rediger", &name]).code, Some(0));
    assert_eq!(clausier(&["comparer", &name, "--verrou"]).out, "aucun changement\n");
    // The dossier moves: what changes is said, and nothing is written without being asked for.
    let text = std::fs::read_to_string(&dossier).expect("the story");
    std::fs::write(&dossier, text.replacen(PENALTY.0, PENALTY.1, 1)).expect("written");
    assert_eq!(clausier(&["rediger", &name, "--piece", "rc"]).code, Some(0), "the RC says nothing of penalties");
    let refused = clausier(&["rediger", &name, "--piece", "ccap"]);
    assert!(refused.code == Some(1) && refused.out.is_empty(), "nothing is written");
    for wanted in ["pénalité", "cause : le dossier a changé", "le dossier est verrouillé"] {
        assert!(refused.err.contains(wanted), "{wanted}\n{}", refused.err);
    }
    assert_eq!(clausier(&["comparer", &name, "--verrou"]).code, Some(1));
    assert_eq!(clausier(&["verrouiller", &name]).code, Some(1));
    assert_eq!(std::fs::read_to_string(&lock).expect("a lock"), kept);
    assert_eq!(clausier(&["rediger", &name, "--piece", "ccap", "--mettre-a-jour"]).code, Some(0));
    assert_eq!(clausier(&["verrouiller", &name, "--mettre-a-jour"]).code, Some(0));
    assert_eq!(clausier(&["rediger", &name, "--piece", "ccap"]).code, Some(0));
    // A file that is no lock.
    std::fs::write(&lock, "{}").expect("written");
    let broken = clausier(&["rediger", &name]);
    assert_eq!(broken.code, Some(2));
    assert!(broken.err.contains("n’est pas un verrou"), "{}", broken.err);
    std::fs::write(&lock, b"\xFF").expect("written");
    assert!(clausier(&["rediger", &name]).err.contains("n’est pas en UTF-8"));
    // A pipe in its place: nobody waits for who would write there.
    std::fs::remove_file(&lock).expect("gone");
    if std::process::Command::new("mkfifo").arg(&lock).status().is_ok_and(|made| made.success()) {
        let piped = clausier(&["rediger", &name]);
        assert_eq!(piped.code, Some(2));
        assert!(piped.err.contains("n’est pas un fichier ordinaire"), "{}", piped.err);
    }
}

#[test]
fn a_piece_that_changes_is_written_with_its_revisions() {
    let (folder, before, after) = changed(&[PENALTY]);
    let file = folder.path().join("revisions.docx").display().to_string();
    let run = clausier(&["comparer", &before, &after, "--piece", "ccap", "-o", &file, "--auteur", "Juriste"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(std::fs::read(&file).expect("a file").starts_with(b"PK"));
    assert!(run.err.contains("note : ccap : numéros, renvois et pointillés sont du texte"), "{}", run.err);
    let file = folder.path().join("revisions.odt").display().to_string();
    let run = clausier(&["comparer", &before, &after, "--piece", "ccap", "-o", &file]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let bytes = std::fs::read(&file).expect("a file");
    assert!(bytes.starts_with(b"PK") && bytes.windows(8).any(|word| word == b"mimetype"));
    // What holds of every piece is said once.
    let pieces = folder.path().join("revisions").display().to_string();
    let run = clausier(&["comparer", &before, &after, "--format", "docx", "-o", &pieces]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(std::fs::read_dir(&pieces).expect("a folder").count() > 1, "several pieces");
    assert_eq!(run.err.matches("numéros, renvois et pointillés").count(), 1, "{}", run.err);
    let refused = clausier(&["comparer", &before, &after, "--format", "docx"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("ne se lit pas à l’écran"), "{}", refused.err);
}
