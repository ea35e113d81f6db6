//! The criteria that a dossier describes itself: read, written, noted, published and judged as those of the library.

use clausier::clause::{Bound, Criterion, Frame, Lines, Note, Share};
use clausier::consultation::{Buyer, Lot, OwnCriterion};
use clausier::edit::{Edit, apply};
use clausier::quantity::{Date, Duration, Euros, Number, Rate};
use clausier::reckoning::Reckoning;
use clausier::scoring::{Answer, Offer, Standing};
use clausier::terms::{
    BuyerCategory, Ccag, ContractForm, ContractNature, CriterionNature, Procedure, Sense, Vocabulary,
};
use clausier::{Builder, Consultation, Format, Library, Piece, write};
use clausier_tests::stories;
use proptest::prelude::*;

const STORY: &str = "accueil-criteres-propres";

fn story() -> String {
    stories().into_iter().find(|(name, _)| name == STORY).expect("the story").1
}

fn read(text: &str) -> Consultation {
    Consultation::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn findings(text: &str) -> Vec<(String, &'static str)> {
    let consultation = read(text);
    let resolved = Library::embedded().resolve(&consultation);
    resolved.findings().iter().map(|finding| (finding.path.clone(), finding.code)).collect()
}

/// A minimal dossier in code.
fn minimal() -> Builder {
    let buyer = Buyer { name: "Ville d’Exemple".into(), category: BuyerCategory::from_word("collectivite").unwrap() };
    Consultation::builder(Date::new(2026, 12, 7).unwrap(), buyer)
        .object("Accueil du public")
        .contract(ContractForm::Market, ContractNature::Services, Procedure::Formal, Ccag::Supplies)
        .duration(Duration::parse("2 ans").unwrap())
        .estimated_value(Euros::from_int(900_000))
        .lot(Lot::new(1, "Accueil", "facility-accueil", Euros::from_int(900_000)))
}

/// Two sub-criteria: a value owed, and described levels.
fn welcome() -> OwnCriterion {
    let ends = (Bound::Fixed(Number::from_int(120)), Bound::Fixed(Number::from_int(30)));
    let replaced = Note::on_scale("remplacement", "Remplacement d’un agent", "minutes", Sense::AtMost, ends)
        .with_share(Share::Points(Number::from_int(20)))
        .with_penalty(Euros::from_int(60), "chaque mois, main courante");
    let sheets = Note::on_levels("fiches", "Fiches de poste", [(100, "toutes"), (50, "la moitié"), (0, "moins")])
        .with_share(Share::Points(Number::parse("22,5").unwrap()))
        .with_penalty(Euros::from_int(40), "");
    let mut criterion = Criterion::new(CriterionNature::Technical, vec![replaced, sheets]);
    let mut frame = Frame::new(["Poste", "Délai (minutes)", "Tenue"], Lines::Written(vec!["Caisse".into()]));
    frame.results.push(("remplacement".into(), Reckoning::Greatest { of: 1 }));
    frame.given.push(2);
    criterion.frame = Some(frame);
    OwnCriterion::new("Accueil du public", criterion)
}

#[test]
fn a_criterion_made_in_code_is_the_one_of_a_file() {
    let built = minimal().own_criterion("accueil", "42,5", &welcome()).criterion("prix", 50).build();
    let built = built.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(built.criteria[0].own.as_ref(), Some(&welcome()));
    assert_eq!(built.criteria[0].weights.of(1), Number::parse("42,5").unwrap());
    let text = built.to_toml();
    assert!(text.contains("[[critere.accueil.note]]\nnom = \"remplacement\""), "{text}");
    assert!(text.contains("penalite = \"40 €\"") && text.contains("remplacement = { maximum = "), "{text}");
    assert!(text.contains("niveaux = { 100 = \"toutes\", 50 = \"la moitié\", 0 = \"moins\" }"), "{text}");
    assert_eq!(read(&text), built);
    let wrong = minimal().own_criterion("accueil", 40, &welcome()).build().expect_err("the points make 42,5");
    assert_eq!(wrong.problems[0].message, "les points des notes font 42,5, au lieu de 40");
}

#[test]
fn weights_and_shares_may_have_decimals() {
    let grid = |text: &str| {
        let consultation = read(text);
        let resolved = Library::embedded().resolve(&consultation);
        resolved.grid(1).notes().map(|(_, note)| (note.name.clone(), note.points.fixed(2))).collect::<Vec<_>>()
    };
    let points = grid(&story());
    let expected = [("montant", "55,00"), ("remplacement", "10,00"), ("langues", "12,50"), ("fiches", "5,00")];
    assert_eq!(points[..4], expected.map(|(name, points)| (name.to_owned(), points.to_owned())));
    assert_eq!(points[4..], [("feuilles".to_owned(), "10,50".to_owned()), ("recycle".to_owned(), "7,00".to_owned())]);
    let light = story().replace("poids = 55\n", "poids = \"54,75\"\n");
    let consultation = read(&light);
    let resolved = Library::embedded().resolve(&consultation);
    let finding = resolved.findings().iter().find(|finding| finding.code == "poids-criteres").expect("not a hundred");
    assert_eq!(
        (finding.message.as_str(), finding.help.as_str()),
        ("99,75 points pour ce marché, au lieu de 100", "il en manque 0,25")
    );
}

/// What a criterion of one's own notes in words, whatever its title and its nature say.
#[test]
fn a_criterion_is_environmental_by_what_it_notes() {
    let code = "critere-environnemental-absent";
    let absent = |text: &str| {
        findings(text).into_iter().filter(|(_, found)| *found == code).map(|(path, _)| path).collect::<Vec<_>>()
    };
    let text = story();
    assert!(absent(&text).is_empty());
    // The same criterion, its notes about something else.
    let words = [
        ("Papier consommé pour cent visiteurs", "Agents présents"),
        ("Part de papier recyclé", "Part de titulaires"),
        ("unite = \"feuilles\"", "unite = \"agents\""),
    ];
    let other = words.iter().fold(text.clone(), |text, (old, new)| text.replace(old, new));
    assert_eq!(absent(&other), ["critere.papier-de-l-accueil"]);
    // Said technical, it is not the one that is due, whatever it notes.
    assert_eq!(absent(&text.replace("nature = \"environnemental\"", "nature = \"technique\"")), ["critere"]);
}

#[test]
fn its_words_are_read_as_those_of_any_criterion() {
    let text = story();
    let faults = [
        (
            "titre = \"Accueil du public\"",
            "titre = \"Accueil par une entreprise locale\"",
            "critere.accueil-du-public.titre",
        ),
        (
            "\"profil de chaque agent affecté au musée\"",
            "\"bilan RSE de l’entreprise\"",
            "critere.accueil-du-public.elements",
        ),
        (
            "titre = \"Fiches de poste jointes à l’offre\"",
            "titre = \"Ancrage local du candidat\"",
            "critere.accueil-du-public.note.2.titre",
        ),
        (
            "60 = \"trois langues\"",
            "60 = \"le siège du candidat est dans la commune\"",
            "critere.accueil-du-public.note.1.niveaux.60",
        ),
    ];
    for (old, new, path) in faults {
        assert!(text.contains(old), "{old}");
        let found = findings(&text.replace(old, new));
        assert!(found.iter().any(|(place, _)| place == path), "{new}: {found:?}");
        let consultation = read(&text.replace(old, new));
        let place = consultation.place(path);
        let line = text.replace(old, new).lines().nth(place.line - 1).expect("a line").to_owned();
        assert!(line.contains(new), "{path}: {line}");
    }
}

#[test]
fn edits_reach_into_its_notes() {
    let text = story();
    let edits = [
        Edit::set("critere.accueil-du-public.note.0.tout_a", "20".into()),
        Edit::set("critere.accueil-du-public.note.1.niveaux.60", "trois langues parlées".into()),
        Edit::remove("critere.papier-de-l-accueil.note.1"),
        Edit::remove("critere.papier-de-l-accueil.cadre.calcul.recycle"),
        Edit::set("critere.papier-de-l-accueil.note.0.part", 100.into()),
    ];
    let edited = apply(&text, &edits).unwrap();
    assert!(edited.contains("tout_a = \"20\"") && edited.contains("60 = \"trois langues parlées\""), "{edited}");
    let consultation = read(&edited);
    let note = &consultation.criteria[2].own.as_ref().unwrap().criterion.notes;
    assert_eq!((note.len(), &note[0].share), (1, &Share::Part(Rate::whole())));
    // The rank after the last makes one more; a list that is not there begins at zero.
    let more = [
        Edit::set("critere.papier-de-l-accueil.note.1.nom", "encre".into()),
        Edit::set("critere.papier-de-l-accueil.note.1.titre", "Encre recyclée".into()),
        Edit::set("critere.nouveau.note.0.nom", "un".into()),
    ];
    let made = apply(&edited, &more).unwrap();
    assert!(
        made.contains("[[critere.papier-de-l-accueil.note]]\nnom = \"encre\"\ntitre = \"Encre recyclée\""),
        "{made}"
    );
    assert!(made.contains("[[critere.nouveau.note]]\nnom = \"un\""), "{made}");
    for path in ["critere.papier-de-l-accueil.note.7.nom", "critere.papier-de-l-accueil.note.x.nom"] {
        assert!(apply(&edited, &[Edit::set(path, "x".into())]).is_err(), "{path}");
        assert!(apply(&edited, &[Edit::remove(path)]).is_err(), "{path}");
    }
    assert!(apply(&edited, &[Edit::remove("critere.papier-de-l-accueil.note.9")]).is_err());
}

/// A note that begins at the minimum of a clause: an offer short of it is irregular, and the promise raises the clause.
#[test]
fn a_note_may_begin_at_the_minimum_of_a_clause() {
    let path = clausier_tests::root().join("tests/dossiers/constats/critere-propre.ok.toml");
    let text = std::fs::read_to_string(path).unwrap().replace("essai-prix", "prix");
    let overlay = clausier_tests::root().join("tests/bibliotheque");
    let library = Library::embedded().with_overlay(overlay).unwrap_or_else(|errors| panic!("{errors}"));
    let consultation = read(&text);
    let resolved = library.resolve(&consultation);
    let offer = |name: &str, mass: i64| {
        Offer::new(name)
            .answer("prix", "montant", Answer::Value(Number::from_int(100_000)))
            .answer("organisation", "equipe", Answer::Value(Number::from_int(100)))
            .answer("masse-remise", "masse", Answer::Value(Number::from_int(mass)))
    };
    let scores = resolved.grid(1).score(&[offer("A", 21), offer("B", 17), offer("C", 40)]);
    let found = |name: &str| scores.offers.iter().find(|scored| scored.name == name).expect("scored");
    assert_eq!((found("A").total.fixed(2), found("C").total.fixed(2)), ("92,50".to_owned(), "100,00".to_owned()));
    assert!(matches!(found("B").standing, Standing::Irregular(_)));
    assert_eq!(found("C").marks.last().unwrap().owed, Some(Number::from_int(24)));
    let promise = resolved.simulation(1).unwrap().promises.into_iter().find(|p| p.note == "masse").unwrap();
    assert_eq!(promise.raises, "bat-reemploi-taux");
    // Beyond what there is, the advice is an edit of the dossier's own value.
    let beyond = text.replace("tout_a = \"24\"", "tout_a = \"34\"");
    let consultation = read(&beyond);
    let resolved = library.resolve(&consultation);
    let finding =
        resolved.findings().iter().find(|f| f.code == "critere-au-dela-du-gisement").expect("beyond the stock");
    assert_eq!(finding.fix, [Edit::set("critere.masse-remise.note.0.tout_a", "30 t".into())]);
    let mended = apply(&beyond, &finding.fix).unwrap();
    assert!(library.resolve(&read(&mended)).findings().iter().all(|f| f.code != "critere-au-dela-du-gisement"));
}

#[test]
fn a_method_in_words_stands_in_place_of_notes() {
    let text = story();
    let (head, rest) = text.split_once("[critere.papier-de-l-accueil.cadre]").unwrap();
    let (_, tail) = rest.split_once("[rendu]").unwrap();
    let method = "methode = \"Papier consommé en kg par an, de 10 points à 100 kg à 0 point à 400 kg\"\n\n[rendu]";
    let words = format!("{head}{method}{tail}");
    let consultation = read(&words);
    assert_eq!(read(&consultation.to_toml()), consultation);
    let resolved = Library::embedded().resolve(&consultation);
    assert!(resolved.findings().iter().any(|finding| finding.code == "critere-methode-libre"));
    let rc = write(&resolved.document(Piece::Rc).expect("rendered"), Format::Text);
    assert!(String::from_utf8(rc).unwrap().contains("de 10 points à 100 kg"), "the words of the buyer");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is described in code is written and read back the same, in TOML and in JSON, and notes within its points.
    #[test]
    fn what_is_described_reads_back_and_notes_within_its_points(
        hundredths in 100i64..4_000, first in 1i64..100, worst in 0i64..500, gap in 1i64..500, offered in 0i64..1_200, least in any::<bool>(),
    ) {
        let weight = Number::fraction(hundredths, 100).unwrap();
        let part = |percent: i64| Share::Part(Rate::from_percent(percent));
        let (sense, ends) = match least {
            true => (Sense::AtLeast, (worst, worst + gap)),
            false => (Sense::AtMost, (worst + gap, worst)),
        };
        let ends = (Bound::Fixed(Number::from_int(ends.0)), Bound::Fixed(Number::from_int(ends.1)));
        let notes = vec![
            Note::on_scale("valeur", "Valeur « offerte » \\ 1", "unités", sense, ends).with_share(part(first)).with_penalty(Euros::from_int(3), "à la fin, bons de passage"),
            Note::on_levels("niveau", "Niveau\u{a0}: #1", [(100, "tout"), (37, "peu = 37"), (0, "rien")]).with_share(part(100 - first)),
        ];
        let own = OwnCriterion::new("Le « titre » {{ x }} | *a*", Criterion::new(CriterionNature::Technical, notes));
        let built = minimal().criterion("prix", 60).own_criterion("le-mien", weight.fixed(2), &own).build();
        let built = built.unwrap_or_else(|error| panic!("{error}"));
        prop_assert_eq!(&read(&built.to_toml()), &built);
        let grid = Library::embedded().resolve(&built).grid(1);
        let offer = Offer::new("A").answer("prix", "montant", Answer::Value(Number::from_int(1)))
            .answer("le-mien", "valeur", Answer::Value(Number::from_int(offered)))
            .answer("le-mien", "niveau", Answer::Value(Number::from_int(37)));
        let scores = grid.score(&[offer]);
        for mark in scores.offers[0].marks.iter().filter(|mark| mark.criterion == "le-mien") {
            let note = grid.notes().find(|(c, n)| c.id == mark.criterion && n.name == mark.note).unwrap().1;
            let most = &note.points + &Number::fraction(1, 200).unwrap();
            prop_assert!(!mark.points.is_negative() && mark.points <= most, "{}", mark.trace);
        }
        prop_assert_eq!(grid.criteria[1].weight.clone(), weight);
    }
}

/// Its table is written as those of the library, and so is the price of a means that it counts.
#[test]
fn it_has_its_table_and_the_price_of_its_means() {
    let text = story();
    let told = |text: &str, piece: Piece| {
        let consultation = read(text);
        let document = Library::embedded().resolve(&consultation).draft(piece).expect("a piece");
        String::from_utf8(write(&document, Format::Markdown)).expect("text").replace('\u{a0}', " ")
    };
    let frame = told(&text, Piece::ResponseFrame);
    assert!(frame.contains("| Plans | ……… | ……… |") && frame.contains("| Programmes | ……… | ……… |"), "{frame}");
    assert!(frame.contains("À porter à l’acte d’engagement : moyenne de « Part recyclée (%) »"), "{frame}");
    assert!(told(&text, Piece::Ccap).contains("80 € par moyen"));
    // The list of a clause gives the lines; a clause or a parameter that is no list is told.
    let listed = |lines: &str| text.replace("lignes = [\"Plans\", \"Billets\", \"Programmes\"]", lines);
    let wrong = findings(&listed("lignes = \"gard-points-tri.points\""));
    let path = "critere.papier-de-l-accueil.cadre.lignes".to_owned();
    assert!(wrong.contains(&(path.clone(), "critere-propre")), "{wrong:?}");
    let absent = findings(&listed("lignes = \"bat-reemploi-taux.perimetre\""));
    assert!(absent.contains(&(path, "critere-propre")), "{absent:?}");
    let wanted = "lignes = \"restauration-saison.nulle\"\nacheteur = [\"Part recyclée (%)\"]";
    assert!(told(&listed(wanted), Piece::Note).contains("à compléter au cadre de réponse : « Part recyclée (%) »"));
    // A dossier has no list of its own.
    let error = Consultation::from_toml(&listed("lignes = \"imprimes\"")).expect_err("no such list").to_string();
    assert!(error.contains("« imprimes » n’est pas « clause.parametre »"), "{error}");
    let lines = "lignes = [\"Plans\", \"Billets\", \"Programmes\"]";
    let cases = [
        (lines, "lignes = []", "un cadre a de 1 à 50 lignes écrites"),
        (lines, "acheteur = [\"Tenue\"]", "« Tenue » n’est pas une colonne du cadre"),
        (
            lines,
            "ligne = { \"Imprimé\" = { somme = \"Part recyclée (%)\" } }",
            "« Imprimé » n’est pas une colonne de chiffres du cadre",
        ),
        ("feuilles = { somme", "feuille = { somme", "« feuille » n’est pas une valeur de ce critère"),
        (
            "\"Imprimé\", \"Feuilles",
            "\"Part recyclée (%)\", \"Feuilles",
            "deux colonnes s’appellent « Part recyclée (%) »",
        ),
    ];
    for (old, new, message) in cases {
        assert!(text.contains(old), "{old}");
        let error = Consultation::from_toml(&text.replace(old, new)).expect_err(message).to_string();
        assert!(error.contains(message), "{error}");
    }
}

/// A value read in a clause is read on the lots of the criterion: where the clause is not, it is asked for, by its own key.
#[test]
fn a_value_is_read_in_a_clause_of_the_same_lots() {
    let path = clausier_tests::root().join("tests/dossiers/constats/critere-propre.ok.toml");
    let text = std::fs::read_to_string(path).unwrap().replace("essai-prix", "prix");
    let second =
        "[lot.2]\nintitule = \"Curage\"\nfamille = \"deconstruction-curage\"\nmontant = \"90 000 €\"\n\n[lot.1]";
    let lots = text.replace("[lot.1]", second).replace("tout_a = \"24\"", "tout_a = \"bat-reemploi-taux.gisement\"");
    let overlay = clausier_tests::root().join("tests/bibliotheque");
    let library = Library::embedded().with_overlay(overlay).unwrap_or_else(|errors| panic!("{errors}"));
    let said = |text: &str| {
        let consultation = read(text);
        let resolved = library.resolve(&consultation);
        let own = resolved.findings().iter().filter(|finding| finding.code == "critere-propre");
        own.map(|f| (f.path.clone(), f.message.clone(), f.help.clone())).collect::<Vec<_>>()
    };
    let unread = |key: &str, on: &str| {
        let message = format!("cette valeur se lit dans la clause « bat-reemploi-taux », qui n’est pas {on}");
        let help = "choisissez la clause sur ces lots, ou écrivez la valeur".to_owned();
        (format!("critere.masse-remise.note.0.{key}"), message, help)
    };
    assert_eq!(said(&lots), []);
    let first = lots.replace("[clause.bat-reemploi-taux]\n", "[clause.bat-reemploi-taux]\nlots = [1]\n");
    assert_eq!(said(&first), [unread("tout_a", "du lot 2"), unread("gisement", "du lot 2")]);
    let start = lots.find("[clause.bat-reemploi-taux]").unwrap();
    let end = start + lots[start..].find("\n\n").unwrap();
    let without = format!("{}{}", &lots[..start], &lots[end..]);
    assert_eq!(said(&without), [unread("tout_a", "des lots 1, 2"), unread("gisement", "des lots 1, 2")]);
    // A name near that of a clause is that of a clause, never of a criterion.
    let misspelt =
        said(&text.replace("gisement = \"bat-reemploi-taux.gisement\"", "gisement = \"bat-reemploi-tau.gisement\""));
    let near = "vouliez-vous dire « bat-reemploi-taux » ?";
    assert!(
        matches!(&misspelt[..], [(_, message, help)] if message.contains("bat-reemploi-tau »") && help == near),
        "{misspelt:?}"
    );
}
