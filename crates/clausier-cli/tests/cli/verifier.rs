//! `verifier`: findings shown in the dossier, errors of shape, other launch dates.

use super::*;
use insta::assert_snapshot;

#[test]
fn a_dossier_without_blocking_finding_ends_well() {
    let run = clausier(&["verifier", SCHOOL]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.tally().starts_with(&format!("{SCHOOL} : ")), "{}", run.err);
    let consultation =
        clausier::Consultation::from_toml(&std::fs::read_to_string(root().join(SCHOOL)).unwrap()).unwrap();
    let findings = clausier::Library::embedded().resolve(&consultation).findings().len();
    assert_eq!(run.err.lines().filter(|line| line.trim_start().starts_with("-->")).count(), findings);
}

#[test]
fn findings_point_into_the_dossier() {
    let run = clausier(&["verifier", &fixture("incomplet.toml")]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert_snapshot!(only(&run.err, &["clause-inconnue", "critere-environnemental-absent"]));
    assert!(run.tally().contains(" constats bloquants"), "{}", run.err);
}

#[test]
fn findings_as_json() {
    let run = clausier(&["verifier", "--format", "json", &fixture("incomplet.toml")]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert!(run.out.starts_with("{\n  \"format\": 2,\n  \"clausier\": \""), "{}", run.out);
    let mut json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    json["constats"].as_array_mut().unwrap().retain(|finding| finding["code"] == "critere-environnemental-absent");
    assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn another_launch_date_and_what_it_changes() {
    let run = clausier(&["verifier", &fixture("incomplet.toml"), "--au", "2026-08-20"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(only(&run.err, &["critere-environnemental-absent"]), "");
    let (gone, rest) = run.out.split_once("\nConstats inchangés : ").unwrap();
    assert_snapshot!(gone.replace('\u{A0}', " "));
    let changed = rest.lines().find(|line| line.contains("L.\u{A0}2112-2-1 ")).unwrap_or_default();
    assert_snapshot!(changed.trim().replace('\u{A0}', " "), @"article L. 2112-2-1 du code de la commande publique  version en vigueur depuis le 22 août 2026 → pas en vigueur");
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
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, clausier(&["verifier", SCHOOL]).err.replace(SCHOOL, "entrée standard"));
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

/// What stands in a dossier or on the command line cannot drive the terminal that shows it.
#[test]
fn nothing_that_is_shown_drives_a_terminal() {
    let signs = "\u{9b}31m\u{1b}[31m\u{85}\u{202e}";
    let dossier = std::fs::read_to_string(root().join(SCHOOL))
        .unwrap()
        .replace("intitule = \"", &format!("intitule = \"{signs}\t"));
    let read = clausier_reading(dossier.as_bytes(), &["verifier", "-"]);
    let named = clausier(&["montrer", &format!("x{signs}")]);
    for run in [read, named] {
        assert_eq!(run.code, Some(2));
        let told = run.err + &run.out;
        assert!(!told.contains(|c: char| signs.contains(c) && !c.is_ascii_graphic()), "{told:?}");
        assert!(told.contains("\u{FFFD}31m"), "{told:?}");
    }
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
    assert_eq!(run.code, Some(0));
    assert!(run.tally().starts_with("dossier-\u{FFFD}.toml : "), "{}", run.err);
}

/// What a code-hosting service needs: rules, levels, and a line for each finding.
#[test]
fn findings_as_sarif() {
    let dossier = fixture("incomplet.toml");
    let run = clausier(&["verifier", &dossier, "--format", "sarif"]);
    assert_eq!(run.code, Some(1));
    let log: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(results.iter().any(|result| result["level"] == "error"));
    for result in results {
        let rule = rules.iter().find(|rule| rule["id"] == result["ruleId"]).expect("the rule of a result");
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], dossier.as_str());
        assert!(place["region"].is_null() || place["region"]["startLine"].as_u64() > Some(0));
        let text = result["message"]["text"].as_str().expect("text");
        assert!(text.lines().all(|line| line.ends_with(['.', '?', '…']) && !line.ends_with("?.")), "{text}");
    }
}

/// What the buyer accepts is still told to programs, with his reason, and never as a finding that stands.
#[test]
fn accepted_findings_are_told_to_programs() {
    let story = std::fs::read_to_string(root().join("examples/nettoyage-bureaux/dossier.toml")).unwrap();
    let (code, reason) = ("energie-non-prise-en-compte", "étude du 3 novembre, jointe au dossier");
    let dossier = format!("{story}\n[constats]\n{code} = \"{reason}\"\n");
    let told = |format: &str| -> serde_json::Value {
        let run = clausier_reading(dossier.as_bytes(), &["verifier", "-", "--format", format]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{}", run.out))
    };
    let json = told("json");
    assert!(json["constats"].as_array().unwrap().iter().all(|finding| finding["code"] != code), "{json}");
    let accepted = &json["acceptes"][0];
    assert_eq!(
        (accepted["constat"]["code"].as_str(), accepted["raison"].as_str()),
        (Some(code), Some(reason)),
        "{json}"
    );
    let sarif = told("sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == code).unwrap();
    assert_eq!(result["suppressions"][0]["justification"], reason);
    assert_eq!(result["suppressions"][0]["kind"], "inSource");
}
