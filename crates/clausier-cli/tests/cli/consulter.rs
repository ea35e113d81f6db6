//! The commands that only look: `calculer`, `lister`, `montrer`, `expliquer`, `droit`.

use super::*;
use insta::assert_snapshot;

#[test]
fn the_computation_of_the_school() {
    let run = clausier(&["calculer", SCHOOL]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let told = "  Heures liées par decons-depose-reemploi : 291\u{A0}heures, dont 28\u{A0}heures de formation\n  Liaison decons-depose-reemploi : ";
    let (steps, rest) = run.out.split_once(told).unwrap_or_else(|| panic!("{}", run.out));
    assert_snapshot!(steps.replace(['\u{A0}', '\u{202F}'], " "));
    assert!(rest.starts_with("cohérente : 263\u{A0}heures de travail lié, sur 450\u{A0}heures"), "{rest}");
    assert!(rest.ends_with("Total : 1\u{202F}690\u{A0}heures\n"), "{rest}");
}

#[test]
fn the_computation_of_a_dossier_that_is_not_ready() {
    let run = clausier(&["calculer", &fixture("incomplet.toml")]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("Total : 230\u{A0}heures"), "{}", run.out);
    assert_snapshot!(run.last(), @"  aide : « clausier verifier » les montre");
}

#[test]
fn a_list_is_filtered() {
    let all = clausier(&["lister"]).out;
    for (option, value) in
        [("--nature", "liaison"), ("--famille", "bat-peinture"), ("--niveau", "renforce"), ("--statut", "relu")]
    {
        let some = clausier(&["lister", option, value]);
        assert_eq!(some.code, Some(0));
        assert!(!some.out.is_empty() && some.out.lines().count() <= all.lines().count(), "{option}");
        let known: Vec<String> = all.lines().map(squeezed).collect();
        assert!(some.out.lines().all(|line| known.contains(&squeezed(line))), "{option}");
    }
    let liaisons = clausier(&["lister", "--nature", "liaison"]).out;
    assert!(liaisons.lines().all(|line| squeezed(line).contains(" liaison ")), "{liaisons}");
}

/// A line with single spaces: columns are as wide as what they hold.
fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_is_found_without_its_accents() {
    let plain = clausier(&["lister", "--texte", "REEMPLOI"]).out;
    assert_eq!(plain, clausier(&["lister", "--texte", "réemploi"]).out);
    assert!(plain.contains("bat-reemploi-taux"), "{plain}");
}

#[test]
fn nothing_found_and_nothing_known() {
    let none = clausier(&["lister", "--texte", "hippopotame"]);
    assert_snapshot!(none.shown(), @r#"
    code 0
    --- erreurs
    note : aucune clause ne répond à ces critères
    "#);
    let family = clausier(&["lister", "--famille", "bat-pinture"]);
    assert_snapshot!(family.shown(), @r#"
    code 2
    --- erreurs
    erreur : la famille d’achat « bat-pinture » n’existe pas
      aide : vouliez-vous dire « bat-peinture » ?
    "#);
}

#[test]
fn a_clause_is_shown_whole() {
    let run = clausier(&["montrer", "decons-depose-reemploi"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for part in ["Pourquoi", "Lie", "Paramètres", "Indicateurs", "Texte de la pièce « ccap »", "Points de vigilance"]
    {
        assert!(run.out.lines().any(|line| line == part), "{part}\n{}", run.out);
    }
    assert!(run.out.starts_with("decons-depose-reemploi – "), "{}", run.out);
}

#[test]
fn every_clause_can_be_shown() {
    for id in clausier::Library::embedded().ids() {
        let run = clausier(&["montrer", id]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{id}");
        assert!(run.out.starts_with(&format!("{id} – ")), "{id}");
    }
}

#[test]
fn the_file_of_a_clause_is_printed_as_it_is() {
    let run = clausier(&["montrer", "heures-insertion", "--fichier"]);
    assert_eq!(run.bytes, std::fs::read(root().join("clauses/social/heures-insertion.toml")).unwrap());
}

#[test]
fn an_unknown_clause() {
    assert_snapshot!(clausier(&["montrer", "heure-insertion"]).shown(), @r#"
    code 2
    --- erreurs
    erreur : la clause « heure-insertion » n’existe pas
      aide : vouliez-vous dire « heures-insertion » ?
    "#);
}

#[test]
fn a_check_is_explained() {
    let run = clausier(&["expliquer", "critere-environnemental-absent"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("critere-environnemental-absent (erreur, depuis la version 0.1.0)\n\n"), "{}", run.out);
    assert!(run.out.contains("\nTextes\n  article\u{A0}L.\u{A0}2152-7 du code de la commande publique"), "{}", run.out);
}

#[test]
fn an_unknown_code() {
    assert_snapshot!(clausier(&["expliquer", "critere-environemental-absent"]).shown(), @r#"
    code 2
    --- erreurs
    erreur : le code « critere-environemental-absent » n’existe pas
      aide : vouliez-vous dire « critere-environnemental-absent » ?
    "#);
}

#[test]
fn every_check_can_be_explained() {
    let list = clausier(&["expliquer"]).out;
    assert_eq!(list.lines().count(), clausier::checks::all().count());
    for info in clausier::checks::all() {
        assert!(list.lines().any(|line| line.starts_with(info.code)), "{}", info.code);
        let run = clausier(&["expliquer", info.code]);
        assert!(
            run.code == Some(0) && run.out.contains("\nPourquoi\n") && run.out.contains("\nQue faire\n"),
            "{}",
            run.out
        );
    }
}

#[test]
fn a_text_of_law_with_its_versions() {
    assert_snapshot!(clausier(&["droit", "ccp-l2112-2"]).shown());
    assert_snapshot!(clausier(&["droit", "ccp-l2112-2", "--au", "2026-08-21"]).shown());
}

#[test]
fn what_departs_from_the_ccag_and_what_they_leave_to_the_contract() {
    let ids = ["D-19", "d-21", "D-22", "MUST-04", "must-16"];
    let pages: Vec<String> = ids.iter().map(|id| clausier(&["droit", id]).shown()).collect();
    assert_snapshot!(pages.join("\n"));
    let list = clausier(&["droit"]).out;
    for id in ids {
        let line = format!("\n  {} ", id.to_uppercase());
        assert!(list.contains(&line), "« {id} » n’est pas dans la liste");
    }
}

#[test]
fn what_the_register_does_not_hold() {
    let mut shown = String::new();
    let lines: [&[&str]; 3] = [
        &["droit", "ccp-l2112-22"],
        &["droit", "ccp-l2112-2-1", "--au", "2020-01-01"],
        &["droit", "--au", "2018-01-01"],
    ];
    for line in lines {
        let run = clausier(line);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line:?}");
        shown += &run.err;
    }
    assert_snapshot!(shown);
}

#[test]
fn the_law_of_a_day_holds_one_version_of_each_text() {
    let run = clausier(&["droit", "--au", "2026-08-21"]);
    let mut ids: Vec<&str> = run.out.lines().filter_map(|line| line.trim().split(' ').next()).collect();
    ids.retain(|id| id.contains('-'));
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(count > 50, "{count}");
    assert_eq!(ids.len(), count);
}

#[test]
fn what_is_consulted_is_given_as_json_too() {
    for (line, key) in [
        (vec!["lister", "--famille", "bat-peinture", "--format", "json"], "clauses"),
        (vec!["montrer", "heures-insertion", "--format", "json"], "clauses"),
        (vec!["calculer", SCHOOL, "--format", "json"], "heures"),
        (vec!["proposer", SCHOOL, "--format", "json"], "propositions"),
        (vec!["devoirs", SCHOOL, "--format", "json"], "devoirs"),
    ] {
        let run = clausier(&line);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{line:?}");
        let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        assert!(json[key].as_array().is_some_and(|items| !items.is_empty()), "{line:?}");
    }
}

#[test]
fn duties_are_told_by_lot_even_of_a_half_written_dossier() {
    assert_snapshot!(clausier(&["devoirs", SCHOOL]).shown().replace(['\u{A0}', '\u{202F}'], " "));
    let half = clausier(&["devoirs", &fixture("mal-forme.toml")]);
    assert_eq!(half.code, Some(0));
    assert!(half.out.contains("inconnu"), "{}", half.out);
}

#[test]
fn one_request_has_one_response() {
    let run = clausier_reading(
        b"{\"protocole\": 2, \"demande\": \"catalogue\", \"options\": {\"nature\": \"liaison\"}}",
        &["json"],
    );
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["ok"], true);
    let broken: serde_json::Value = serde_json::from_str(&clausier_reading(b"{", &["json"]).out).expect("JSON");
    assert_eq!((&broken["ok"], &broken["erreurs"][0]["ligne"]), (&false.into(), &1.into()));
}

/// A measure names the liaisons that can tie it.
#[test]
fn a_measure_names_its_liaisons() {
    let run = clausier(&["montrer", "bat-reemploi-taux"]);
    let liaisons = run.out.split("\nLiaisons possibles\n").nth(1).and_then(|rest| rest.split("\n\n").next());
    let liaisons = liaisons.expect("the part of the liaisons");
    assert!(liaisons.lines().any(|line| line.starts_with("  decons-depose-reemploi : ")), "{liaisons}");
    assert!(!clausier(&["montrer", "prix"]).out.contains("Liaisons possibles"));
}

/// The schemas that the command shows are those that the project keeps.
#[test]
fn the_schemas_are_those_that_are_kept() {
    let kept =
        |name: &str| std::fs::read_to_string(root().join("crates/clausier/examples").join(name)).expect("a schema");
    for (arguments, name) in
        [(&["schema"][..], "dossier.schema.json"), (&["schema", "--protocole"], "protocole.schema.json")]
    {
        let run = clausier(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out == kept(name), "{name}");
    }
}
