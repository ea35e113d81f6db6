//! `nouveau`: a starter dossier that can be read at once, and lacks only what the buyer alone knows.

use super::*;
use clausier::quantity::Number;
use clausier::terms::{ContractNature, Severity, Vocabulary as _};
use clausier::{Consultation, Library};
use insta::assert_snapshot;
use std::collections::BTreeSet;

fn starter(nature: &str, family: &str) -> String {
    let run = clausier(&["nouveau", "--nature", nature, "--famille", family]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{nature} {family}");
    run.out
}

#[test]
fn the_starter_of_a_deconstruction() {
    let text = starter("travaux", "deconstruction-curage");
    let (head, clauses) = text.split_once("\n\n# Heures d'insertion.").unwrap();
    assert_snapshot!(head);
    // The pair, and one of the liaisons that are made for demolition.
    for table in ["heures-insertion] ", "bat-reemploi-taux] ", "decons-"] {
        assert!(clauses.contains(&format!("\n[clause.{table}")), "{table}\n{clauses}");
    }
    assert!(clauses.replace("\n# ", " ").contains("Usage de la famille : de 7 % à 15 %."), "{clauses}");
}

#[test]
fn a_starter_for_every_family_lacks_only_values_to_give() {
    let library = Library::embedded();
    for family in library.legal().families() {
        let division = family.cpv.first().and_then(|prefix| library.legal().division(prefix));
        let nature = division.map_or(ContractNature::Services, |division| division.nature).word();
        let text = starter(nature, &family.id);
        let consultation = Consultation::from_toml(&text).unwrap_or_else(|error| panic!("{}:\n{error}", family.id));
        let resolved = library.resolve(&consultation);
        let blocking = resolved.findings().iter().filter(|finding| finding.severity == Severity::Blocking);
        let codes: BTreeSet<&str> = blocking.map(|finding| finding.code).collect();
        assert!(
            codes.iter().all(|code| ["valeur-manquante", "texte-a-completer"].contains(code)),
            "{nature} {}: {codes:?}\n{text}",
            family.id
        );
        assert_eq!(
            consultation.criteria.iter().map(|c| c.weights.of(1)).sum::<Number>(),
            Number::from_int(100),
            "{}",
            family.id
        );
    }
}

#[test]
fn what_is_offered_can_be_taken_up() {
    // Every line that the starter offers is a line that the dossier reads, once its dots are replaced.
    let text = starter("travaux", "deconstruction-curage");
    let (start, _) = text.split_once("# Autres clauses").unwrap();
    let taken: String = start
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(code)
                if code.starts_with('[') || code.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) =>
            {
                format!("{}\n", code.replacen('…', "2", 2))
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let consultation = Consultation::from_toml(&taken).unwrap_or_else(|error| panic!("{error}\n{taken}"));
    let resolved = Library::embedded().resolve(&consultation);
    let codes: Vec<&str> = resolved.findings().blocking().map(|finding| finding.code).collect();
    assert!(!codes.contains(&"valeur-manquante") && !codes.contains(&"valeur-illisible"), "{codes:?}\n{taken}");
    assert!(consultation.facilitator.is_some());
}

#[test]
fn a_starter_is_written_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let line = ["nouveau", "--nature", "services", "--famille", "nettoyage-locaux", "-o", "dossier.toml"];
    assert_snapshot!(clausier_in(folder.path(), &line).shown(), @r#"
    code 0
    --- erreurs
    note : « dossier.toml » est écrit
    "#);
    assert_eq!(clausier_in(folder.path(), &line).code, Some(2));
    let written = std::fs::read_to_string(folder.path().join("dossier.toml")).unwrap();
    assert_eq!(written, starter("services", "nettoyage-locaux"));
}

#[test]
fn an_unknown_family() {
    let run = clausier(&["nouveau", "--nature", "travaux", "--famille", "bat-peintures"]);
    assert_snapshot!(run.shown(), @r#"
    code 2
    --- erreurs
    erreur : la famille d’achat « bat-peintures » n’existe pas
      aide : vouliez-vous dire « bat-peinture » ?
    "#);
}

#[test]
fn several_families_make_several_lots() {
    let run =
        clausier(&["nouveau", "--nature", "travaux", "--famille", "bat-peinture,voirie", "--contrat", "accord-cadre"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let consultation = Consultation::from_toml(&run.out).unwrap_or_else(|error| panic!("{error}\n{}", run.out));
    assert_eq!(consultation.lots.len(), 2);
    assert!(consultation.maximum.is_some());
    let resolved = Library::embedded().resolve(&consultation);
    let blocking: BTreeSet<&str> = resolved.findings().blocking().map(|finding| finding.code).collect();
    assert!(blocking.iter().all(|code| ["valeur-manquante", "texte-a-completer"].contains(code)), "{blocking:?}");
}

#[test]
fn a_family_of_another_nature_is_refused() {
    let run = clausier(&["nouveau", "--nature", "fournitures", "--famille", "voirie"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("désigne des travaux"), "{}", run.err);
    let none = clausier_reading(b"", &["nouveau"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("lister --familles"), "{}", none.err);
}
