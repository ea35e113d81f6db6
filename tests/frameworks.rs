//! Framework agreements: carried out by orders or by subsequent contracts, with one holder or several.

use clausier::edit::apply;
use clausier::{Consultation, Format, Library, Piece, write};

fn dossier(execution: &str, holders: &str, amount: &str) -> String {
    format!(
        r#"format = 1
lancement = 2026-12-07
[acheteur]
nom = "Ville d’Essai"
categorie = "collectivite"
[consultation]
objet = "Reprise des pavages"
contrat = "accord-cadre"
execution = "{execution}"
{holders}
nature = "travaux"
procedure = "adaptee"
ccag = "travaux"
duree = "4 ans"
variantes = "interdites"
valeur_estimee = "{amount}"
montant_maximum = "{amount}"
[lot.1]
intitule = "Pavages"
famille = "voirie"
montant = "{amount}"
calcul = {{ main_oeuvre = "40 %", prix_horaire = "40 €/h" }}
[clause.heures-insertion]
taux = "10 %"
penalite_heure = "40 €"
[clause.suivi-insertion]
[clause.difficultes-insertion]
penalite_absence = "200 €"
penalite_document = "100 €"
[clause.vrd-reemploi-paves]
quantite = "60 t"
gisement = "100 t"
[critere]
prix = 60
valeur-technique = 25
materiaux-recycles-voirie = 15
"#
    )
}

fn piece(text: &str, piece: Piece) -> String {
    let consultation = Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let draft = Library::embedded().resolve(&consultation).draft(piece).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(write(&draft, Format::Text)).unwrap().replace(['\u{A0}', '\u{202F}'], " ")
}

fn codes(text: &str) -> Vec<String> {
    let consultation = Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let findings = Library::embedded().resolve(&consultation);
    findings.findings().iter().map(|finding| finding.code.to_owned()).collect()
}

/// Nothing is firm where nothing is ordered yet, whatever the name of the order.
#[test]
fn quantities_follow_what_is_ordered_in_both_executions() {
    for execution in ["bons-de-commande", "marches-subsequents"] {
        let text = dossier(execution, "", "900 000 €");
        for name in [Piece::Rc, Piece::Ccap, Piece::Ae] {
            let text = piece(&text, name);
            assert!(text.contains("(estimation)"), "{execution}, {name}\n{text}");
            assert!(
                text.contains("à proportion de ce que chaque commande fait déposer"),
                "{execution}, {name}\n{text}"
            );
            assert!(!text.contains("au moins les heures"), "{execution}, {name}\n{text}");
        }
    }
}

/// A subsequent contract is an order, and the pieces say so once; orders need no such word.
#[test]
fn a_subsequent_contract_is_said_to_be_an_order() {
    for name in [Piece::Rc, Piece::Ccap] {
        let subsequent = piece(&dossier("marches-subsequents", "", "900 000 €"), name);
        assert!(subsequent.to_lowercase().contains("vaut commande"), "{name}\n{subsequent}");
        let orders = piece(&dossier("bons-de-commande", "", "900 000 €"), name);
        assert!(!orders.contains("subséquent"), "{name}\n{orders}");
    }
}

/// Each of several holders owes what its own orders make due, in every piece; a single one is told nothing of others.
#[test]
fn several_holders_owe_each_their_own_part() {
    let (several, single) =
        (dossier("bons-de-commande", "attributaires = 3", "900 000 €"), dossier("bons-de-commande", "", "900 000 €"));
    for (name, said) in [
        (Piece::Rc, "3 au plus"),
        (Piece::Avis, "peut avoir 3 titulaires"),
        (Piece::Ccap, "peut avoir 3 titulaires"),
        (Piece::Ae, "ses propres commandes"),
        (Piece::Note, "article R. 2162-14"),
    ] {
        let text = piece(&several, name);
        assert!(text.contains(said), "{name}\n{text}");
        assert!(!piece(&single, name).contains("titulaires"), "{name}");
    }
    let note = piece(&dossier("marches-subsequents", "attributaires = 2", "900 000 €"), Piece::Note);
    assert!(note.contains("article R. 2162-10"), "{note}");
}

/// Hours enough for one holder may be too few for each of three.
#[test]
fn too_few_hours_are_counted_by_holder() {
    let small = |holders: &str| {
        codes(&dossier("bons-de-commande", holders, "80 000 €")).contains(&"heures-sous-seuil-pratique".to_owned())
    };
    assert!(!small(""));
    assert!(small("attributaires = 3"));
}

/// Several holders are for framework agreements only, and the dossier reads back.
#[test]
fn only_a_framework_agreement_has_several_holders() {
    let text = dossier("bons-de-commande", "attributaires = 3", "900 000 €");
    let consultation = Consultation::from_toml(&text).unwrap();
    assert_eq!(consultation.holders, 3);
    assert_eq!(Consultation::from_toml(&consultation.to_toml()).unwrap(), consultation);
    let market = text.replace("accord-cadre\"\nexecution = \"bons-de-commande\"", "marche\"");
    let error = Consultation::from_toml(&market).unwrap_err().to_string();
    assert!(error.contains("seul un accord-cadre"), "{error}");
}

/// Where quantities follow the orders, no piece makes a minimum of the estimate of a linked quantity.
#[test]
fn an_estimate_is_never_a_minimum() {
    let mut seen = 0;
    for (name, text) in clausier_tests::stories().into_iter().filter(|(_, text)| text.contains("execution = ")) {
        for wanted in [Piece::Rc, Piece::Ae] {
            let read = piece(&text, wanted).replace(['\u{A0}', '\u{202F}'], " ");
            for line in read.lines().filter(|line| line.contains("sur l’estimation")) {
                let quantity = line.split(" liées, et, ").nth(1).or_else(|| line.split("servent à atteindre").nth(1));
                assert!(quantity.is_none_or(|quantity| !quantity.contains(" au moins")), "{name}, {wanted}: {line}");
                seen += usize::from(quantity.is_some());
            }
        }
    }
    assert!(seen >= 2, "{seen}");
}

/// Completing a framework agreement fills the factors and the penalties of what its orders make due, and nothing that only the
/// buyer knows; what is written reads back and is for him to confirm.
#[test]
fn a_framework_agreement_is_completed_from_the_usages() {
    for execution in ["bons-de-commande", "marches-subsequents"] {
        let whole = dossier(execution, "attributaires = 3", "900 000 €");
        let bare: String = whole
            .lines()
            .filter(|line| !["calcul", "taux", "penalite"].iter().any(|key| line.starts_with(key)))
            .map(|line| format!("{line}\n"))
            .collect();
        let bare =
            bare.replace("quantite = \"60 t\"\ngisement = \"100 t\"", "quantite = \"60 m²\"\ngisement = \"100 m²\"");
        let read = |text: &str| Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let consultation = read(&bare);
        let resolved = Library::embedded().resolve(&consultation);
        let completion = resolved.completion();
        let paths: Vec<&str> = completion.usages.iter().map(|usage| usage.path.as_str()).collect();
        for path in [
            "lot.1.calcul.main_oeuvre",
            "lot.1.calcul.prix_horaire",
            "clause.heures-insertion.taux",
            "clause.heures-insertion.penalite_heure",
        ] {
            assert!(paths.contains(&path), "{execution}: {path} ∉ {paths:?}");
        }
        let filled = apply(&bare, &completion.edits()).unwrap_or_else(|error| panic!("{error}\n{bare}"));
        let filled_again = read(&filled);
        let completed = Library::embedded().resolve(&filled_again);
        assert!(completed.completion().usages.is_empty(), "{execution}: {filled}");
        assert!(filled.contains("a_confirmer"), "{filled}");
        let rc = piece(&filled, Piece::Rc);
        assert!(rc.contains("(estimation)") && !rc.contains("au moins les heures"), "{execution}\n{rc}");
        // What a holder owes follows its own orders, and the sentence says what.
        assert!(rc.contains("chacun ne doit ces conditions que sur ce qui lui est commandé"), "{execution}\n{rc}");
        let left: Vec<&str> = completion.left.iter().map(String::as_str).collect();
        let missing: Vec<String> =
            completed.findings().iter().filter(|f| f.code == "valeur-manquante").map(|f| f.path.clone()).collect();
        assert_eq!(missing.iter().filter(|path| !left.contains(&path.as_str())).count(), 0, "{missing:?} {left:?}");
    }
}
