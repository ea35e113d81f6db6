//! `noter`: offers ranked by the published method, each mark with its trace; a model to fill; what is wrong with a file.

use super::*;
use insta::assert_snapshot;

const STREET: &str = "examples/petit-marche/dossier.toml";
const OFFERS: &str = "examples/petit-marche/offres.toml";

#[test]
fn offers_are_ranked_with_the_trace_of_each_mark() {
    let run = clausier(&["noter", STREET, OFFERS]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.shown());
    assert_eq!(clausier(&["score", STREET, OFFERS]).out, run.out);
}

#[test]
fn without_offers_a_model_is_shown_that_reads_once_filled() {
    let run = clausier(&["noter", STREET]);
    assert_eq!(run.code, Some(0));
    assert_snapshot!(run.shown());
    let filled = run
        .out
        .replace("candidat = \"…\"", "candidat = \"A\"")
        .replace("# montant = \"… €\"", "montant = \"50 000 €\"");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offres.toml");
    std::fs::write(&path, filled.replace("# part = \"… %\"", "part = \"30 %\"")).unwrap();
    let run = clausier(&["noter", STREET, path.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("67,50 points"), "{}", run.out);
}

#[test]
fn a_file_of_offers_that_is_wrong_is_told_whole() {
    let run = clausier(&["noter", STREET, &fixture("offres-fautives.toml")]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(english(&run.err), Vec::<&str>::new());
    assert_snapshot!(run.shown());
}

#[test]
fn blocking_findings_are_told_beside_the_marks() {
    let folder = workshop();
    let path = folder.path().join("dossier.toml");
    let text = std::fs::read_to_string(root().join(STREET)).unwrap();
    std::fs::write(&path, text.replace("penalite_point = \"50 €\"", "")).unwrap();
    let offers = root().join(OFFERS);
    let run = clausier(&["noter", path.to_str().unwrap(), offers.to_str().unwrap()]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("bloquant"), "{}", run.err);
    assert!(run.out.contains("points"), "{}", run.out);
}
