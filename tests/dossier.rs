//! A dossier built in code, written back, and edited: the same reader, the same consultation, the buyer's own words kept.

use clausier::consultation::{Buyer, Labour, Lot, Raw};
use clausier::edit::{Edit, apply};
use clausier::quantity::{Date, Duration, Euros, Number, Rate};
use clausier::terms::{
    BuyerCategory, Ccag, ContractForm, ContractNature, Execution, Procedure, ReservedTo, Vocabulary,
};
use clausier::{Builder, Consultation, Library, Piece};
use clausier_tests::{consultation, root, stories};
use proptest::prelude::*;
use std::fs;

/// Every dossier of the suite that reads: the stories, and the two of each check.
fn dossiers() -> Vec<(String, String)> {
    let mut out = stories();
    for entry in fs::read_dir(root().join("tests/dossiers/constats")).unwrap() {
        let path = entry.unwrap().path();
        out.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    out.retain(|(_, text)| Consultation::from_toml(text).is_ok());
    assert!(out.len() > 100);
    out
}

#[test]
fn every_dossier_reads_back_from_what_is_written() {
    for (name, text) in dossiers() {
        let before = consultation(&name, &text);
        let written = before.to_toml();
        let after = Consultation::from_toml(&written).unwrap_or_else(|error| panic!("{name}\n{error}\n{written}"));
        assert_eq!(before, after, "{name}\n{written}");
        assert_eq!(written, after.to_toml(), "{name}");
    }
}

#[test]
fn a_written_dossier_is_commented() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "petit-marche").unwrap();
    insta::assert_snapshot!(consultation(&name, &text).to_toml());
}

fn buyer() -> Buyer {
    Buyer { name: "Ville d’Exemple".into(), category: BuyerCategory::all().next().unwrap() }
}

fn minimal() -> Builder {
    Consultation::builder(Date::new(2026, 12, 7).unwrap(), buyer())
        .object("Nettoyage des écoles")
        .contract(ContractForm::Market, ContractNature::Services, Procedure::Formal, Ccag::Supplies)
        .duration(Duration::parse("4 ans").unwrap())
        .estimated_value(Euros::from_int(900_000))
        .lot(Lot::new(1, "Nettoyage", "nettoyage-locaux", Euros::from_int(900_000)))
}

#[test]
fn a_dossier_is_built_without_a_line_of_toml() {
    let built = minimal()
        .reference("2026-S-04")
        .lot(Lot::new(2, "Vitrerie", "nettoyage-locaux", Euros::from_int(40_000)).reserved(ReservedTo::Insertion))
        .choose("heures-insertion", [("taux", "10 %")])
        .on_lots("heures-insertion", &[1])
        .criterion("prix", 60)
        .criterion_with("qualite-insertion", 40, [("stabilite_notee", "30 %")])
        .build()
        .unwrap();
    assert_eq!(built.criteria[1].weights.of(1), Number::from_int(40));
    assert_eq!(built.lots.len(), 2);
    assert_eq!(built.choices[0].lots, Some(vec![1]));
    let draft = Library::embedded().resolve(&built).draft(Piece::Rc).unwrap();
    assert!(!draft.articles.is_empty());
}

#[test]
fn what_is_built_meets_the_guards_of_the_reader() {
    let bad = minimal().object("a\u{202E}b").set("lot.1.montant", "cher").set("lot.3.intitule", "Seul").set("x", true);
    let error = bad.build().unwrap_err();
    let mut paths: Vec<&str> = error.problems.iter().map(|problem| problem.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths, ["consultation.objet", "lot.1.montant", "lot.3.famille", "lot.3.montant", "x"], "{error}");
    assert!(error.problems.iter().all(|problem| problem.line == 0));
}

/// A field of a form says what the dossier would say of it: the same words, from the same function.
#[test]
fn a_field_alone_is_judged_as_in_a_dossier() {
    let library = Library::embedded();
    let clause = library.clause("heures-insertion").unwrap();
    let rate = clause.parameter("taux").unwrap();
    let mut refused = 0;
    for value in ["10 %", "7,125 %", "10", "0 %", "400 %", "dix", ""] {
        let dossier = minimal().choose("heures-insertion", [("taux", value)]).partial();
        let findings = library.findings(&dossier);
        let said = findings.iter().find(|f| f.path == "clause.heures-insertion.taux" && f.code.starts_with("valeur-"));
        match rate.check(&value.into()) {
            Ok(read) => {
                assert_eq!(said, None, "{value}");
                assert_eq!(read.plain(), value);
            }
            // A blank is refused by the reader before any clause is known.
            Err(error) if value.is_empty() => assert!(!error.out_of_bounds),
            Err(error) => {
                let said = said.unwrap_or_else(|| panic!("{value}"));
                assert_eq!((&said.message, &said.help), (&error.message, &error.help));
                assert_eq!(error.out_of_bounds, said.code == "valeur-hors-bornes");
                refused += 1;
            }
        }
    }
    assert!(refused >= 3);
}

/// The key paths of the single values of a dossier, with the line of each; the tables of a list are told by their rank.
fn values(text: &str) -> Vec<String> {
    let mut table = String::new();
    let mut out = Vec::new();
    let mut ranks: std::collections::BTreeMap<&str, usize> = Default::default();
    for line in text.lines() {
        if let Some(header) = line.strip_prefix("[[").and_then(|line| line.strip_suffix("]]")) {
            let rank = ranks.entry(header).or_default();
            table = format!("{header}.{rank}.");
            *rank += 1;
        } else if let Some(header) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
            table = format!("{header}.");
        } else if let Some((key, value)) = line.split_once(" = ")
            && !key.starts_with('#')
            && value.starts_with('"')
        {
            out.push(format!("{table}{}", key.trim()));
        }
    }
    out
}

#[test]
fn an_edit_changes_one_value_and_nothing_else() {
    for (name, text) in stories() {
        for path in values(&text) {
            let edited = apply(&text, &[Edit::set(&*path, Raw::from("valeur d’essai"))]).unwrap();
            let changed: Vec<(&str, &str)> = text.lines().zip(edited.lines()).filter(|(a, b)| a != b).collect();
            assert_eq!((changed.len(), text.lines().count()), (1, edited.lines().count()), "{name} {path}");
            let comment = |line: &str| line.rsplit_once("\" #").map(|(_, comment)| comment.to_owned());
            assert_eq!(comment(changed[0].0), comment(changed[0].1), "{name} {path}");
            assert!(changed[0].1.contains("\"valeur d’essai\""), "{name} {path}");
            let removed = apply(&text, &[Edit::remove(&*path)]).unwrap();
            let at = text.lines().zip(edited.lines()).position(|(a, b)| a != b).unwrap();
            let kept: Vec<&str> = text.lines().enumerate().filter(|(n, _)| *n != at).map(|(_, line)| line).collect();
            assert_eq!(removed.lines().collect::<Vec<_>>(), kept, "{name} {path}");
        }
        assert_eq!(apply(&text, &[]).unwrap(), text, "{name}");
    }
}

#[test]
fn an_edit_adds_what_is_not_there() {
    let (name, text) = stories().into_iter().find(|(name, _)| name == "petit-marche").unwrap();
    let edits = [
        Edit::set("clause.heures-insertion.taux", Raw::from("10 %")),
        Edit::set("clause.heures-insertion.nouveau.1", Raw::from("7 %")),
        Edit::set("consultation.groupement", Raw::from("solidaire")),
        Edit::add("lot.1.reserve", Raw::from("iae")),
        Edit::add("lot.1.reserve", Raw::from("iae")),
        Edit::set("critere.prix-global", Raw::from(40)),
    ];
    let edited = apply(&text, &edits).unwrap();
    let known: Vec<&str> = text.lines().collect();
    let added: Vec<&str> = edited.lines().filter(|line| !known.contains(line)).collect();
    insta::assert_snapshot!(added.join("\n"));
    let lost: Vec<&str> = known.iter().copied().filter(|line| !edited.lines().any(|kept| kept == *line)).collect();
    assert_eq!(lost, Vec::<&str>::new(), "{name}");
    let read = Consultation::partial(&edited);
    assert!(read.problems.is_empty(), "{:?}\n{edited}", read.problems);
}

#[test]
fn line_ends_and_the_mark_of_the_file_are_kept() {
    let (_, text) = stories().remove(0);
    let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let edits = [Edit::set("consultation.reference", Raw::from("X")), Edit::set("clause.z.a", Raw::from("1 %"))];
    let edited = apply(&windows, &edits).unwrap();
    assert!(edited.starts_with('\u{FEFF}'));
    assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
    assert_eq!(edited.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"), apply(&text, &edits).unwrap());
}

#[test]
fn what_cannot_be_edited_is_said_and_nothing_is_changed() {
    let (_, text) = stories().remove(0);
    let value = || Raw::from("x");
    let mut out = String::new();
    for edit in [
        Edit::set("", value()),
        Edit::set("consultation..objet", value()),
        Edit::set("a.b.c.d.e.f.g.h", value()),
        Edit::set("consultation", value()),
        Edit::set("consultation.objet.suite", value()),
        Edit::add("consultation.objet", value()),
        Edit::remove("consultation.absente"),
        Edit::remove("absente.cle"),
    ] {
        out += &format!("{edit} : {}\n", apply(&text, std::slice::from_ref(&edit)).unwrap_err());
    }
    out += &format!("texte mal formé : {}\n", apply("a = [", &[]).unwrap_err());
    insta::assert_snapshot!(out);
}

/// Words that a file could trip over.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zéèœ’'\"\\\\#=\\[\\]{}% €\n\t.,;«»0-9]{1,40}".prop_filter("says something", |text| !text.trim().is_empty())
}

fn lots() -> impl Strategy<Value = Vec<Lot>> {
    let lot = (words(), 1i64..9_999_999, 0i64..100, 1i64..90, any::<bool>(), any::<bool>());
    prop::collection::vec(lot, 1..6).prop_map(|lots| {
        let numbered = lots.into_iter().zip(1..);
        let made = |((title, amount, share, price, wage_cost, reserved), number)| {
            let lot = Lot::new(number, title, "nettoyage-locaux", Euros::from_int(amount));
            let share = Rate::from_percent(share);
            let lot = lot.with_labour(Labour { share, price: Euros::from_int(price), wage_cost });
            if reserved { lot.reserved(ReservedTo::Insertion) } else { lot }
        };
        numbered.map(made).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    /// A dossier built from anything reads back equal, from TOML and after an edit that says the same.
    #[test]
    fn a_built_dossier_reads_back(
        object in words(), reference in words(), method in words(), value in words(), lots in lots(), weight in 1i64..100,
        name in "[a-z_]{1,12}", months in 1u32..90,
    ) {
        let months = Duration::parse(&format!("{months} mois")).unwrap();
        let mut builder = minimal().object(&*object).reference(&*reference).duration(months);
        for lot in lots {
            builder = builder.lot(lot);
        }
        let built = builder
            .execution(Execution::Fixed)
            .choose("heures-insertion", [(format!("p{name}"), Raw::List(vec![value.clone(), method.clone()]))])
            .criterion("prix", weight)
            .set("critere.autre.poids", 5)
            .set("critere.autre.methode", method)
            .build();
        let built = built.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let written = built.to_toml();
        let read = Consultation::from_toml(&written).map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        prop_assert_eq!(&read, &built);
        let edited = apply(&written, &[Edit::set("consultation.reference", Raw::Text(value.clone()))]).unwrap();
        prop_assert_eq!(&Consultation::from_toml(&edited).unwrap().reference, &value);
        let back = apply(&edited, &[Edit::set("consultation.reference", Raw::Text(reference))]).unwrap();
        prop_assert_eq!(back, written);
    }

    /// Whatever the text, the path and the value: an answer, never a panic.
    #[test]
    fn an_edit_never_panics(text in "[a-z.\\[\\]=\"{}\n 0-9#]{0,60}", path in "[a-z.\"\\[ ]{0,20}", value in words()) {
        let _ = apply(&text, &[Edit::set(&*path, Raw::Text(value.clone())), Edit::add(&*path, Raw::Text(value)), Edit::remove(path)]);
    }
}

/// Every key has its meaning, and the example that the reference gives of it is read.
#[test]
fn every_key_is_explained_by_an_example_that_is_read() {
    let schema: serde_json::Value = serde_json::from_str(&clausier::json::schema(Library::embedded())).unwrap();
    let base = "format = 1\nlancement = 2026-12-07\n[acheteur]\nnom = \"Ville\"\ncategorie = \"collectivite\"\n[consultation]\n\
                objet = \"Essai\"\ncontrat = \"accord-cadre\"\nexecution = \"bons-de-commande\"\nnature = \"services\"\n\
                procedure = \"adaptee\"\nccag = \"fcs\"\nduree = \"1 an\"\nvaleur_estimee = \"900 000 €\"\n[lot.1]\n\
                intitule = \"Lot\"\nfamille = \"voirie\"\nmontant = \"900 000 €\"\n";
    let mut tried = 0;
    let tables = [
        ("acheteur", "/properties/acheteur"),
        ("consultation", "/properties/consultation"),
        ("facilitateur", "/properties/facilitateur"),
        ("lot.1", "/properties/lot/patternProperties/^[1-9][0-9]{0,2}$"),
        ("lot.1.calcul", "/properties/lot/patternProperties/^[1-9][0-9]{0,2}$/properties/calcul"),
        ("clause_sociale_ecartee", "/properties/clause_sociale_ecartee"),
    ];
    for (path, pointer) in tables {
        let table = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
        for (name, key) in table["properties"].as_object().unwrap() {
            assert!(key["description"].as_str().is_some_and(|text| text.ends_with('.')), "{path}.{name} : {key}");
            let words = key["enum"].as_array().into_iter().flatten();
            let examples = key["examples"].as_array().into_iter().flatten().take(3);
            for value in words.chain(examples).filter_map(serde_json::Value::as_str) {
                let key = format!("{path}.{name}");
                // The length of a renewal supposes renewals.
                let edited = apply(base, &[Edit::set(&*key, value.into())]).unwrap();
                let edited = match name.as_str() {
                    "duree_reconduction" => {
                        apply(&edited, &[Edit::set("consultation.reconductions", 1.into())]).unwrap()
                    }
                    _ => edited,
                };
                let problems = Consultation::partial(&edited).problems;
                let about = problems.iter().find(|problem| problem.path == key);
                assert!(about.is_none(), "{key} = {value} : {about:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "{tried}");
}
