//! A dossier in JSON, a dossier half written, and the protocol of other languages: the same answers as from TOML.

use clausier::{Consultation, DutyObject, DutyState, Known, Library, Piece, json, write};
use clausier_tests::{consultation, root, stories};
use serde_json::{Value, json};

/// A dossier in TOML as a program would send it, its keys in the same order.
fn as_json(source: &str) -> String {
    use toml::de::DeValue as T;
    fn of(value: &T<'_>) -> String {
        match value {
            T::String(text) => Value::from(text.as_ref()).to_string(),
            T::Integer(n) => n.as_str().replace('_', ""),
            T::Boolean(yes) => yes.to_string(),
            T::Datetime(date) => format!("\"{date}\""),
            T::Array(items) => {
                format!("[{}]", items.iter().map(|item| of(item.get_ref())).collect::<Vec<_>>().join(","))
            }
            T::Table(table) => {
                let mut fields: Vec<_> = table.iter().collect();
                fields.sort_by_key(|(key, _)| key.span().start);
                let mut out = Vec::new();
                for (key, value) in fields {
                    out.push(format!("{}:{}", Value::from(key.get_ref().as_ref()), of(value.get_ref())));
                }
                format!("{{{}}}", out.join(","))
            }
            T::Float(_) => panic!("a float in a dossier"),
        }
    }
    let (root, errors) = toml::de::DeTable::parse_recoverable(source);
    assert!(errors.is_empty());
    of(&T::Table(root.into_inner()))
}

fn ask(request: &Value) -> Value {
    ask_text(&request.to_string())
}

fn ask_text(request: &str) -> Value {
    serde_json::from_str(&json::call(request)).expect("a response")
}

#[test]
fn a_dossier_in_json_gives_the_same_pieces() {
    for (name, source) in stories() {
        let (toml, json) = (consultation(&name, &source), Consultation::from_json(&as_json(&source)));
        let json = json.unwrap_or_else(|error| panic!("{name}\n{error}"));
        let library = Library::embedded();
        let pieces = |of: &Consultation| {
            let documents = library.resolve(of).documents(false).expect("pieces");
            let text = |document| String::from_utf8(write(document, write::Format::Markdown)).expect("UTF-8");
            documents.iter().map(text).collect::<Vec<_>>()
        };
        assert_eq!(pieces(&toml), pieces(&json), "{name}");
        let said = |of: &Consultation| {
            let resolved = library.resolve(of);
            resolved.findings().iter().map(|f| (f.code, f.path.clone(), f.message.clone())).collect::<Vec<_>>()
        };
        let (mut one, mut other) = (said(&toml), said(&json));
        one.sort();
        other.sort();
        assert_eq!(one, other, "{name}");
    }
}

#[test]
fn a_fault_in_json_has_a_key_path_and_no_line() {
    let (_, source) = stories().remove(0);
    let mut dossier: Value = serde_json::from_str(&as_json(&source)).unwrap();
    dossier["consultation"]["duree"] = json!("longtemps");
    dossier["consultation"]["procedur"] = json!("adaptee");
    dossier["lancement"] = json!("2026-02-30");
    let error = Consultation::from_json(&dossier.to_string()).expect_err("three faults");
    let paths: Vec<&str> = error.problems.iter().map(|problem| problem.path.as_str()).collect();
    let mut sorted = paths.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["consultation.duree", "consultation.procedur", "lancement"], "{error}");
    assert!(error.problems.iter().all(|problem| problem.line == 0 && problem.excerpt.is_empty()));
}

#[test]
fn a_key_written_twice_and_a_broken_json_are_placed() {
    for (source, line, words) in [
        ("{\"format\": 1,\n \"format\": 1}", 2, "écrite deux fois"),
        ("{\"format\": 1,\n \"lancement\": }", 2, "mal formé"),
        ("{\"format\": 1,\n", 2, "s’arrête avant sa fin"),
        (&"[".repeat(4000), 1, "trop imbriquées"),
    ] {
        let error = Consultation::from_json(source).expect_err("ill-formed");
        let problem = &error.problems[0];
        assert_eq!(problem.line, line, "{error}");
        assert!(problem.message.contains(words), "{error}");
    }
}

#[test]
fn duties_are_told_of_what_is_written() {
    let library = Library::embedded();
    let state = |source: &str, object: DutyObject| {
        let partial = Consultation::partial(source);
        let duties = library.duties(&partial.known);
        duties.into_iter().find(|duty| duty.object == object).map(|duty| (duty.state, duty.reason))
    };
    let dated = "format = 1\nlancement = 2026-12-07\n[consultation]\ncontrat = \"marche\"\n";
    let (environment, _) = state(dated, DutyObject::EnvironmentCondition).unwrap();
    assert_eq!(environment, DutyState::Due);
    let (social, reason) = state(dated, DutyObject::SocialCondition).unwrap();
    assert_eq!(social, DutyState::Unknown);
    for key in ["acheteur.categorie", "consultation.nature", "consultation.valeur_estimee"] {
        assert!(reason.contains(key), "{reason}");
    }
    // Each duty waits only for what it depends on.
    let waits = |key: &str| -> Vec<DutyObject> {
        let duties = library.duties(&Consultation::partial("format = 1\n[consultation]\ncontrat = \"marche\"\n").known);
        duties.into_iter().filter(|duty| duty.reason.contains(key)).map(|duty| duty.object).collect()
    };
    let by_amount = [DutyObject::SocialCondition, DutyObject::Energy];
    for key in ["acheteur.categorie", "consultation.nature", "consultation.valeur_estimee"] {
        assert!(waits(key).iter().all(|object| by_amount.contains(object)) && waits(key).len() == 2, "{key}");
    }
    assert_eq!(waits("consultation.procedure"), [DutyObject::EnvironmentCriterion]);
    assert!(waits("lancement").len() > 3);
    // A word that does not exist is not the usual one.
    let (misread, _) = state(&format!("{dated}regime = \"ordinair\"\n"), DutyObject::EnvironmentCondition).unwrap();
    assert_eq!(misread, DutyState::Unknown);
    let (before, _) = state(&dated.replace("2026-12-07", "2026-08-20"), DutyObject::EnvironmentCondition).unwrap();
    assert_eq!(before, DutyState::NotDue);
    let (undated, _) = state("format = 1\n", DutyObject::EnvironmentCondition).unwrap();
    assert_eq!(undated, DutyState::Unknown);
}

#[test]
fn duties_of_a_whole_dossier_agree_with_what_is_known_of_it() {
    for (name, source) in stories() {
        let partial = Consultation::partial(&source);
        assert_eq!(partial.known, Known::from(&consultation(&name, &source)), "{name}");
    }
}

#[test]
fn a_half_written_dossier_is_never_a_final_piece() {
    let (name, source) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").unwrap();
    let whole = consultation(&name, &source);
    for line in source.lines().filter(|line| line.contains('=') && !line.starts_with(['#', '['])) {
        let shorter = source.replacen(&format!("{line}\n"), "", 1);
        let partial = Consultation::partial(&shorter);
        if partial.problems.is_empty() {
            continue;
        }
        let findings = Library::embedded().findings(&partial);
        assert!(findings.blocking().any(|f| f.code == "dossier-incomplet"), "{line}");
        if let Some(consultation) = &partial.consultation {
            let resolved = Library::embedded().resolve(consultation);
            assert!(resolved.document(Piece::Rc).is_err(), "{line}");
            let draft = resolved.draft(Piece::Rc).unwrap_or_else(|error| panic!("{line}\n{error}"));
            assert!(!draft.draft.is_empty(), "{line}");
        }
        assert_ne!(partial.known, Known::default(), "{line}");
    }
    assert!(whole.unread().is_empty());
}

#[test]
fn the_protocol_answers_as_the_library() {
    let (name, source) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").unwrap();
    let rc = Library::embedded().render(&consultation(&name, &source), Piece::Rc).unwrap();
    let expected = write(&rc, write::Format::Docx);
    for dossier in [format!("\"texte\":{}", json!(source)), format!("\"dossier\":{}", as_json(&source))] {
        let options = r#""options":{"piece":"rc","format":"docx"}"#;
        let response = ask_text(&format!(r#"{{"protocole":2,"demande":"rediger",{dossier},{options}}}"#));
        assert_eq!(response["ok"], true, "{response}");
        let document = &response["resultat"]["documents"][0];
        assert_eq!(document["nom"], "rc.docx");
        let bytes = base64(document["base64"].as_str().unwrap());
        assert!(bytes == expected, "the bytes differ from the library's");
    }
    for (asked, key) in [
        ("verifier", "constats"),
        ("calculer", "heures"),
        ("proposer", "propositions"),
        ("devoirs", "devoirs"),
        ("catalogue", "clauses"),
    ] {
        let response = ask(&json!({"protocole": 2, "demande": asked, "texte": source}));
        assert_eq!((&response["ok"], &response["demande"]), (&json!(true), &json!(asked)), "{response}");
        assert!(response["resultat"][key].is_array(), "{asked}");
    }
}

/// Every dossier of the suite, those that do not read included.
fn dossiers() -> Vec<(String, String)> {
    fn walk(folder: &std::path::Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                out.push((path.display().to_string(), text));
            }
        }
    }
    let mut out = stories();
    walk(&root().join("tests/dossiers"), &mut out);
    assert!(out.len() > 300);
    out
}

/// A typed reading of a response loses and adds nothing.
fn reads_back<R: serde::de::DeserializeOwned + serde::Serialize>(name: &str, request: &Value) -> json::Response<R> {
    let said = json::call(&request.to_string());
    let read: json::Response<R> =
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{name} : {error}\n{said}"));
    assert_eq!(serde_json::to_string_pretty(&read).unwrap() + "\n", said, "{name}");
    read
}

#[test]
fn every_response_reads_back_to_what_it_says() {
    for (name, text) in dossiers() {
        for asked in ["verifier", "lire"] {
            let request = json!({"protocole": 2, "demande": asked, "texte": text, "partiel": asked == "lire"});
            let response = reads_back::<json::Results>(&name, &request);
            let partial = Consultation::partial(&text);
            let expected = Library::embedded().findings(&partial);
            match response.result.and_then(|result| result.findings) {
                Some(findings) => assert_eq!(findings, expected, "{name}"),
                None => assert!(!partial.problems.is_empty(), "{name}"),
            }
        }
    }
    for (name, text) in stories() {
        for asked in ["calculer", "proposer", "devoirs", "simuler", "rediger"] {
            let request = json!({"protocole": 2, "demande": asked, "texte": text, "options": {"format": "md"}});
            let response = reads_back::<json::Results>(&name, &request);
            let Some(documents) = response.result.and_then(|result| result.documents) else { continue };
            let made = Library::embedded().resolve(&consultation(&name, &text)).documents(false).expect("pieces");
            assert_eq!(documents.into_iter().map(|file| file.document).collect::<Vec<_>>(), made, "{name}");
        }
    }
    reads_back::<json::Catalogue>("catalogue", &json!({"protocole": 2, "demande": "catalogue"}));
}

#[test]
fn a_finding_of_no_check_is_not_read() {
    let (_, text) = stories().remove(0);
    let mut request =
        json!({"protocole": 2, "demande": "verifier", "texte": text.replace("[critere]", "[critere]\nx = 5")});
    let said = ask(&request)["resultat"]["constats"][0].clone();
    assert!(serde_json::from_value::<clausier::Finding>(said.clone()).is_ok());
    request = said;
    request["code"] = json!("code-de-rien");
    assert!(serde_json::from_value::<clausier::Finding>(request).is_err());
}

fn base64(text: &str) -> Vec<u8> {
    let sextet = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    for group in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = group.iter().fold(0u32, |bits, c| bits << 6 | u32::from(sextet(*c))) << (6 * (4 - group.len()));
        out.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    out
}

#[test]
fn what_is_wrong_with_a_request_is_in_the_response() {
    for (request, code, words) in [
        (json!("verifier"), "requete", "objet JSON"),
        (json!({"demande": "verifier", "texte": ""}), "requete", "protocole"),
        (json!({"protocole": 3, "demande": "verifier", "texte": ""}), "requete", "protocole 2, non 3"),
        (json!({"protocole": 2, "demande": "verifie", "texte": ""}), "requete", "verifie"),
        (json!({"protocole": 2, "demande": "verifier"}), "requete", "dossier"),
        (json!({"protocole": 2, "demande": "verifier", "texte": "", "dossier": {}}), "requete", "tous deux"),
        (json!({"protocole": 2, "demande": "verifier", "texte": "", "autre": 1}), "requete", "clé inconnue"),
        (json!({"protocole": 2, "demande": "verifier", "texte": "format = 1\n"}), "dossier", "lancement"),
        (
            json!({"protocole": 2, "demande": "catalogue", "bibliotheque": [{"chemin": "social/x.toml", "texte": "a = 1"}]}),
            "bibliotheque",
            "",
        ),
    ] {
        let response = ask(&request);
        assert_eq!(response["ok"], false, "{response}");
        let errors = response["erreurs"].as_array().unwrap();
        assert!(
            errors.iter().any(|e| e["code"] == code && e["message"].as_str().unwrap().contains(words)),
            "{response}"
        );
    }
    let not_text: Value = serde_json::from_str(&json::call_bytes(b"{\"protocole\": \xFF}")).unwrap();
    assert_eq!(not_text["ok"], false);
}

/// A blocking finding refuses the piece, and still says why; a draft is given.
#[test]
fn a_refused_piece_carries_its_findings() {
    let (_, source) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").unwrap();
    let source = source.replace("[critere]", "[critere]\n\"critere-de-rien\" = 5");
    let mut request = json!({"protocole": 2, "demande": "rediger", "texte": source, "options": {"piece": "rc"}});
    let refused = ask(&request);
    assert_eq!(refused["erreurs"][0]["code"], "refus", "{}", refused["erreurs"]);
    assert!(refused["resultat"]["constats"].as_array().unwrap().iter().any(|f| f["gravite"] == "bloquant"));
    request["options"]["brouillon"] = json!(true);
    let draft = ask(&request);
    assert_eq!(draft["ok"], true);
    assert!(!draft["resultat"]["documents"][0]["document"]["projet"].as_array().unwrap().is_empty());
}

#[test]
fn edits_go_through_the_protocol() {
    let text = "format = 1 # gardé\n[lot.1]\nmontant = \"1 €\"\n";
    let edit = |operation: &str, path: &str, value: Value| {
        let mut edit = json!({"operation": operation, "chemin": path, "valeur": value});
        if value.is_null() {
            edit.as_object_mut().unwrap().remove("valeur");
        }
        ask(&json!({"protocole": 2, "demande": "appliquer", "texte": text, "edits": [edit]}))
    };
    let set = edit("poser", "lot.1.montant", json!("2 €"));
    assert_eq!(set["resultat"]["texte"], text.replace("1 €", "2 €"));
    assert_eq!(edit("retirer", "lot.1.montant", Value::Null)["resultat"]["texte"], "format = 1 # gardé\n[lot.1]\n");
    let refused = edit("retirer", "lot.2.montant", Value::Null);
    assert_eq!((&refused["ok"], &refused["erreurs"][0]["code"]), (&json!(false), &json!("edition")));
    assert_eq!(edit("effacer", "lot.1", Value::Null)["erreurs"][0]["code"], "requete");
}

/// Hostile or huge values come back as text, bounded.
#[test]
fn a_request_is_bounded() {
    let long = format!("{{\"protocole\": 2, \"x\": \"{}\"}}", "a".repeat(json::MAX_REQUEST));
    let response: Value = serde_json::from_str(&json::call(&long)).unwrap();
    assert!(response["erreurs"][0]["message"].as_str().unwrap().contains("8 Mio"));
}

/// A story's text once changed.
fn edited(text: &str, edits: &Value) -> Value {
    ask(&json!({"protocole": 2, "demande": "appliquer", "texte": text, "edits": edits}))
}

#[test]
fn a_value_put_where_it_already_stands_changes_nothing() {
    fn values(prefix: &str, tree: &Value, out: &mut Vec<(String, Value)>) {
        for (key, value) in tree.as_object().into_iter().flatten() {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                Value::Object(_) => values(&path, value, out),
                Value::Array(_) => {}
                plain => out.push((path, plain.clone())),
            }
        }
    }
    for (name, source) in stories() {
        let read = ask(&json!({"protocole": 2, "demande": "lire", "texte": source}));
        let mut found = Vec::new();
        values("", &read["resultat"]["dossier"], &mut found);
        assert!(found.len() > 15, "{name}");
        let same = |(path, value)| json!({"operation": "poser", "chemin": path, "valeur": value});
        let edits: Vec<Value> = found.into_iter().map(same).collect();
        for some in edits.chunks(200) {
            assert_eq!(edited(&source, &some.into())["resultat"]["texte"], source, "{name}");
        }
    }
}

#[test]
fn a_new_dossier_grows_from_its_first_line() {
    let changed = edited(
        "# Le mien.\nformat = 1\n",
        &json!([
            {"operation": "poser", "chemin": "consultation.objet", "valeur": "Ménage"},
            {"operation": "poser", "chemin": "lancement", "valeur": "2026-12-07"},
            {"operation": "poser", "chemin": "lot.1.famille", "valeur": "nettoyage-locaux"},
            {"operation": "ajouter", "chemin": "clause.heures-insertion.lots", "valeur": 1},
            {"operation": "poser", "chemin": "clause.heures-insertion.taux.1", "valeur": "10 %"},
        ]),
    );
    let text = changed["resultat"]["texte"].as_str().expect("a text");
    assert_eq!(
        text,
        "# Le mien.\nformat = 1\nlancement = 2026-12-07\n\n[consultation]\nobjet = \"Ménage\"\n\n[lot.1]\nfamille = \
         \"nettoyage-locaux\"\n\n[clause.heures-insertion]\nlots = [1]\ntaux = { 1 = \"10 %\" }\n"
    );
}

#[test]
fn a_text_whose_syntax_is_not_whole_holds_nothing_that_can_be_changed() {
    let read = |text: &str| ask(&json!({"protocole": 2, "demande": "lire", "texte": text, "partiel": true}));
    let broken = read("format = 1\n[acheteur\n");
    assert_eq!(broken["resultat"]["dossier"], Value::Null);
    assert_eq!(broken["resultat"]["constats"][0]["lieux"][0]["ligne"], 2);
    let begun = read("format = 1\nlancement = 2026-12-07\n");
    assert_eq!(begun["resultat"]["dossier"], json!({"format": 1, "lancement": "2026-12-07"}));
    assert!(!begun["resultat"]["devoirs"].as_array().expect("duties").is_empty());
}

#[test]
fn every_question_says_who_usually_answers() {
    let catalogue = ask(&json!({"protocole": 2, "demande": "catalogue"}));
    let clauses = catalogue["resultat"]["clauses"].as_array().expect("clauses");
    let who = |clause: &str, parameter: &str| {
        let clause = clauses.iter().find(|c| c["id"] == clause).expect("a clause");
        let found = clause["parametres"].as_array().expect("parameters").iter().find(|p| p["nom"] == parameter);
        found.expect("a parameter")["qui"].clone()
    };
    assert_eq!(who("heures-insertion", "taux"), "facilitateur");
    assert_eq!(who("heures-insertion", "penalite_heure"), "juriste");
    assert_eq!(who("bat-reemploi-taux", "quantite"), "technique");
}

/// The place of a missing key is its own path, for whoever draws a form from it.
#[test]
fn a_missing_key_is_named_by_its_whole_path() {
    let (_, source) = stories().into_iter().find(|(name, _)| name == "ecole-rehabilitation").unwrap();
    for (line, path) in [
        ("duree = ", "consultation.duree"),
        ("ccag = ", "consultation.ccag"),
        ("montant = \"350 000 €\"", "lot.1.montant"),
        ("categorie = ", "acheteur.categorie"),
        ("lancement = ", "lancement"),
    ] {
        let cut: String = source.lines().filter(|l| !l.starts_with(line)).map(|l| format!("{l}\n")).collect();
        assert_ne!(cut, source, "{line}");
        let partial = Consultation::partial(&cut);
        let findings = Library::embedded().findings(&partial);
        assert!(
            findings.blocking().any(|f| f.code == "dossier-incomplet" && f.path == path),
            "{path}\n{:?}",
            partial.problems
        );
        let from_json = Consultation::partial_json(&as_json(&cut)).problems;
        assert!(from_json.iter().any(|problem| problem.path == path), "{path} in JSON\n{from_json:?}");
    }
    let nothing = Consultation::partial("format = 1\n").problems;
    let paths: Vec<&str> = nothing.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["lancement", "acheteur", "consultation", "lot"]);
}

/// What a dossier chooses is judged even while its frame cannot be read.
#[test]
fn clauses_are_read_without_a_frame() {
    let source = "format = 1\n[lot.1]\nintitule = \"Curage\"\n[lot.2]\n[clause.heures-insertio]\n[clause.heures-insertion]\n\
                  lots = [1]\ntaux = \"10\"\nsurprise = 1\n[clause.bat-reemploi-taux]\nlots = [1]\n[critere]\nprixx = 40\n";
    let partial = Consultation::partial(source);
    assert!(partial.consultation.is_none());
    let findings = Library::embedded().findings(&partial);
    let said =
        |code: &str| findings.iter().filter(|f| f.code == code).map(|f| (f.path.as_str(), f.line)).collect::<Vec<_>>();
    assert_eq!(said("clause-inconnue"), [("clause.heures-insertio", 5)]);
    assert_eq!(said("valeur-incorrecte"), [("clause.heures-insertion.taux", 8)]);
    assert_eq!(said("parametre-inconnu"), [("clause.heures-insertion.surprise", 9)]);
    assert_eq!(said("critere-inconnu"), [("critere.prixx", 13)]);
    assert!(said("valeur-manquante").contains(&("clause.bat-reemploi-taux.quantite", 10)), "{findings:?}");
    assert!(findings.iter().any(|f| f.code == "dossier-incomplet" && f.path == "lot.1.montant"));
    // The same through the protocol, with its corrections.
    let read = ask(&json!({"protocole": 2, "demande": "verifier", "partiel": true, "texte": source}));
    assert_eq!(read["resultat"]["constats"].as_array().map(Vec::len), Some(findings.len()));
    // Without a lot, what holds for all is still judged.
    let bare = Consultation::partial("format = 1\n[clause.heures-insertion]\ntaux = \"abc\"\n");
    assert!(Library::embedded().findings(&bare).iter().any(|f| f.code == "valeur-incorrecte"));
}

#[test]
fn weights_are_simulated_and_offers_noted_by_the_protocol() {
    let (_, source) = stories().into_iter().find(|(name, _)| name == "petit-marche").expect("a story");
    let answer = ask(&json!({"protocole": 2, "demande": "simuler", "texte": source}));
    let lot = &answer["resultat"]["simulations"][0];
    assert_eq!((&lot["point"], &lot["points_du_prix"]), (&json!("932"), &json!("60")));
    assert_eq!(lot["offres"].as_array().map(Vec::len), Some(6));
    let promise = &lot["promesses"][0];
    assert_eq!(
        (&promise["vaut"], &promise["rompue"], &promise["releve"]),
        (&json!("18333"), &json!("1000"), &json!("vrd-enrobes-recycles"))
    );
    assert!(answer["resultat"]["modele"].as_str().is_some_and(|model| model.contains("[offre.agregats-recycles]")));

    // The same offers, in TOML and as an object.
    let toml = "format = 1\n[[offre]]\ncandidat = \"A\"\nprix = { montant = \"50 000 €\" }\nagregats-recycles = { part = \"30 %\" }\n";
    let object = json!({"format": 1, "offre": [{"candidat": "A", "prix": {"montant": "50 000 €"}, "agregats-recycles": {"part": "30 %"}}]});
    let note = |offers: Value| ask(&json!({"protocole": 2, "demande": "noter", "texte": source, "offres": offers}));
    let ranking = note(json!(toml));
    assert_eq!(ranking, note(object));
    assert_eq!(ranking["resultat"]["lancement"], answer["resultat"]["lancement"]);
    assert!(ranking["resultat"]["lancement"].is_string());
    let offer = &ranking["resultat"]["classements"][0]["offres"][0];
    assert_eq!((&offer["total"], &offer["rang"]), (&json!("67.5"), &json!(1)));
    assert_eq!(offer["notes"][4]["du"], json!("30"));

    let wrong = note(json!({"format": 1, "offre": [{"candidat": "A", "delais": {}}]}));
    assert_eq!((&wrong["ok"], &wrong["erreurs"][0]["code"]), (&json!(false), &json!("offres")));
    assert_eq!(wrong["erreurs"][0]["chemin"], json!("offre.0.delais"));
}
