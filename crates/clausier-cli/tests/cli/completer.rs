//! `completer`: what the usages know is written, marked to be confirmed; the rest is named.

use super::*;
use clausier::{Consultation, Library};

/// Every family: the starter, completed, lacks neither a factor nor a penalty whose usage is an amount.
#[test]
fn a_starter_completed_lacks_only_what_the_buyer_knows() {
    let library = Library::embedded();
    for family in ["bat-peinture", "nettoyage-locaux", "espaces-verts-entretien", "deconstruction-curage"] {
        let division = library.legal().family(family).and_then(|f| library.legal().division(f.cpv.first()?)).unwrap();
        let nature = division.nature.to_string();
        let starter = clausier(&["nouveau", "--nature", &nature, "--famille", family]).out;
        let folder = tempfile::tempdir().unwrap();
        let dossier = folder.path().join("dossier.toml");
        std::fs::write(&dossier, &starter).unwrap();
        let run = clausier(&["completer", dossier.to_str().unwrap()]);
        assert_eq!(run.code, Some(0), "{family} {}", run.err);
        let missing = |text: &str| {
            let consultation = Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
            let resolved = library.resolve(&consultation);
            resolved.findings().iter().filter(|f| f.code == "valeur-manquante").count()
        };
        let (before, after) = (missing(&starter), missing(&run.out));
        assert!(after < before, "{family}: {before} → {after}\n{}", run.err);
        assert!(run.out.contains("a_confirmer = ["), "{}", run.out);
        assert!(run.err.contains("à confirmer"), "{}", run.err);
        // What is written once is not written twice.
        let twice = clausier_reading(run.out.as_bytes(), &["completer", "-"]);
        assert_eq!(twice.out, run.out);
    }
}

#[test]
fn nothing_that_the_buyer_wrote_is_touched() {
    let before = std::fs::read_to_string(root().join(SCHOOL)).unwrap();
    let run = clausier(&["completer", SCHOOL]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for line in before.lines().filter(|line| !line.trim_start().starts_with('#')) {
        assert!(run.out.contains(line), "{line}");
    }
}
