//! `verifier`: findings shown in the dossier, errors of shape, other launch dates.

use super::*;
use insta::assert_snapshot;

#[test]
fn a_sound_dossier_has_nothing_to_say() {
    assert_snapshot!(clausier(&["verifier", SCHOOL]).shown(), @r#"
    code 0
    --- erreurs
    examples/ecole-rehabilitation/dossier.toml : aucun constat
    "#);
}

#[test]
fn findings_point_into_the_dossier() {
    assert_snapshot!(clausier(&["verifier", &fixture("incomplet.toml")]).shown());
}

#[test]
fn findings_as_json() {
    let run = clausier(&["verifier", "--format", "json", &fixture("incomplet.toml")]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert_snapshot!(run.out);
}

#[test]
fn another_launch_date_and_what_it_changes() {
    let before = clausier(&["verifier", &fixture("incomplet.toml"), "--au", "2026-08-20"]);
    assert_snapshot!(before.shown());
}

#[test]
fn every_error_of_shape_is_shown_at_once() {
    let run = clausier(&["verifier", &fixture("mal-forme.toml")]);
    assert_eq!(english(&run.err), Vec::<&str>::new());
    assert_snapshot!(run.shown());
}

#[test]
fn the_standard_input_is_a_dossier_too() {
    let dossier = std::fs::read(root().join(SCHOOL)).unwrap();
    let run = clausier_reading(&dossier, &["verifier", "-"]);
    assert_snapshot!(run.shown(), @r#"
    code 0
    --- erreurs
    entrée standard : aucun constat
    "#);
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let dossier = std::fs::read(root().join(fixture("mal-forme.toml"))).unwrap();
    let marked = [b"\xEF\xBB\xBF".as_slice(), &dossier].concat();
    assert_eq!(clausier_reading(&dossier, &["verifier", "-"]).err, clausier_reading(&marked, &["verifier", "-"]).err);
}

#[test]
fn unreadable_dossiers() {
    let mut shown = String::new();
    let inputs: [&[u8]; 4] =
        [b"", b"format = 1\nlancement = 2026-12-07\nobjet = \"caf\xE9\"\n", b"\0\x1B[31mformat", b"= = ="];
    for input in inputs {
        let run = clausier_reading(input, &["verifier", "-"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(!run.err.contains('\x1B'), "no escape sequence reaches the terminal");
        shown += &format!("$ {}\n{}\n", String::from_utf8_lossy(input).escape_debug(), run.err);
    }
    assert_snapshot!(shown);
}

#[test]
fn a_dossier_too_large_is_refused() {
    let run = clausier_reading(&vec![b'#'; (1 << 20) + 1], &["verifier", "-"]);
    assert_snapshot!(run.shown(), @r#"
    code 2
    --- erreurs
    erreur : le dossier dépasse 1 Mio
    --> entrée standard
     = aide : un dossier tient en quelques pages : vérifiez que c’est le bon fichier
    "#);
}

#[test]
fn paths_that_are_no_dossier() {
    let mut shown = String::new();
    for path in ["examples/absent.toml", "examples", "examples/ecole-rehabilitation"] {
        let run = clausier(&["verifier", path]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{path}");
        shown += &run.err;
    }
    assert_snapshot!(shown);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_read_all_the_same() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = workshop();
    let name = OsStr::from_bytes(b"dossier-\xFF.toml");
    std::fs::rename(folder.path().join("dossier.toml"), folder.path().join(name)).unwrap();
    let run = clausier_in(folder.path(), &[OsStr::new("verifier"), name]);
    assert_snapshot!(run.shown(), @r#"
    code 0
    --- erreurs
    dossier-�.toml : aucun constat
    "#);
}
