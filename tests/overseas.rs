//! Overseas: the shares of food are those of the territory and of the day.

use clausier::{Consultation, Format, Library, Piece, write};

fn findings(launch: &str, place: &str, quality: &str, organic: &str) -> Vec<(String, String)> {
    let text = format!(
        r#"format = 1
lancement = {launch}
[acheteur]
nom = "Ville d’Essai"
categorie = "collectivite"
[consultation]
objet = "Repas des écoles"
contrat = "marche"
nature = "services"
procedure = "formalisee"
ccag = "fcs"
duree = "3 ans"
variantes = "interdites"
valeur_estimee = "900 000 €"
{place}
[lot.1]
intitule = "Repas"
famille = "restauration-collective"
montant = "900 000 €"
[clause.restauration-egalim]
part_durable = "{quality}"
part_bio = "{organic}"
penalite_point = "500 €"
"#
    );
    let consultation = Consultation::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let resolved = Library::embedded().resolve(&consultation);
    let plain = |text: &str| text.replace(['\u{A0}', '\u{202F}'], " ");
    resolved.findings().iter().map(|finding| (finding.code.to_owned(), plain(&finding.message))).collect()
}

/// The floors told on a day in a place, for shares that are under all of them.
fn floors(launch: &str, place: &str) -> Vec<String> {
    let low = findings(launch, place, "5 %", "2 %");
    let low = low.into_iter().filter(|(code, _)| code == "cible-sous-plancher");
    low.filter_map(|(_, text)| Some(text.split_once(" est de ")?.1.split_once(" au moins")?.0.to_owned())).collect()
}

#[test]
fn each_territory_has_its_shares_and_its_calendar() {
    let territory = |word: &str| format!("territoire = \"{word}\"");
    for (launch, place, quality, organic) in [
        ("2026-12-07", String::new(), "50 %", "20 %"),
        ("2025-12-31", territory("la-reunion"), "20 %", "5 %"),
        ("2026-01-01", territory("guadeloupe"), "35 %", "10 %"),
        ("2026-12-07", territory("saint-martin"), "35 %", "10 %"),
        ("2030-01-01", territory("guyane"), "50 %", "20 %"),
        ("2026-12-07", territory("mayotte"), "15 %", "5 %"),
        ("2034-12-31", territory("mayotte"), "30 %", "10 %"),
        ("2026-12-07", territory("saint-pierre-et-miquelon"), "30 %", "10 %"),
    ] {
        assert_eq!(floors(launch, &place), [quality, organic], "{launch} {place}");
    }
}

/// What is enough there is no finding, and where the territory is not said nothing is assumed.
#[test]
fn an_unsaid_territory_is_asked_for() {
    assert!(floors("2026-12-07", "outre_mer = true").is_empty());
    let said = findings("2026-12-07", "outre_mer = true", "35 %", "10 %");
    assert!(said.iter().any(|(code, text)| code == "outre-mer-a-adapter" && text.contains("territoire")), "{said:?}");
    let enough = findings("2026-12-07", "territoire = \"martinique\"", "35 %", "10 %");
    assert!(enough.iter().all(|(code, _)| code != "cible-sous-plancher"), "{enough:?}");
    assert!(enough.iter().all(|(_, text)| !text.contains("ne nomme pas")), "{enough:?}");
    assert!(floors("2026-12-07", "territoire = \"nouvelle-caledonie\"").is_empty());
}

/// The pieces say in which territory the contract is carried out, and reserve what applies locally where the law does.
#[test]
fn the_pieces_name_the_territory() {
    let text = |category: &str, territory: &str, piece: Piece| {
        let dossier = format!(
            "format = 1\nlancement = 2026-12-07\n[acheteur]\nnom = \"Service d’Essai\"\ncategorie = \"{category}\"\n\
             [consultation]\nobjet = \"Nettoyage\"\ncontrat = \"marche\"\nnature = \"services\"\nprocedure = \"formalisee\"\n\
             ccag = \"fcs\"\nduree = \"2 ans\"\nvariantes = \"interdites\"\nvaleur_estimee = \"300 000 €\"\n{territory}\
             [lot.1]\nintitule = \"Bureaux\"\nfamille = \"nettoyage-locaux\"\nmontant = \"300 000 €\"\n\
             [clause.nettoyage-ecolabel]\npart = \"80 %\"\npenalite_point = \"100 €\"\n"
        );
        let consultation = Consultation::from_toml(&dossier).unwrap_or_else(|error| panic!("{error}\n{dossier}"));
        let document = Library::embedded().resolve(&consultation).draft(piece).unwrap();
        String::from_utf8(write(&document, Format::Markdown)).unwrap().replace(['\u{A0}', '\u{202F}'], " ")
    };
    let reserve = "dans le respect des dispositions applicables localement";
    for piece in [Piece::Rc, Piece::Ccap] {
        let home = text("etat", "", piece);
        assert!(!home.contains("Territoire d’exécution"), "{home}");
        for (category, territory, name, article) in [
            ("collectivite", "la-reunion", "La Réunion", ""),
            ("etat", "mayotte", "Mayotte", ""),
            ("collectivite", "nouvelle-caledonie", "Nouvelle-Calédonie", ""),
            ("etat", "wallis-et-futuna", "Wallis-et-Futuna", "L. 2651-2"),
            ("etablissement-public-etat", "polynesie-francaise", "Polynésie française", "L. 2661-2"),
            ("etat", "nouvelle-caledonie", "Nouvelle-Calédonie", "L. 2671-2"),
        ] {
            let text = text(category, &format!("territoire = \"{territory}\"\n"), piece);
            assert!(text.contains(&format!("Territoire d’exécution : {name}")), "{piece} {territory}\n{text}");
            assert_eq!(text.contains(reserve), !article.is_empty(), "{piece} {category} {territory}");
            assert!(text.contains(article), "{piece} {territory}\n{text}");
        }
    }
}
