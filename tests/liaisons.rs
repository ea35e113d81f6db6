//! What the pieces say of liaisons and of their penalties: each figure where its reader looks for it.

use clausier::terms::Kind;
use clausier::{Format, Library, Piece, Sample, write};
use std::collections::BTreeSet;

/// A piece of a dossier as text, with ordinary spaces.
fn text_of(name: &str, dossier: &str, piece: Piece) -> String {
    let consultation = clausier_tests::consultation(name, dossier);
    let document =
        Library::embedded().resolve(&consultation).draft(piece).unwrap_or_else(|error| panic!("{name}: {error}"));
    clausier_tests::plain(&String::from_utf8(write(&document, Format::Markdown)).unwrap())
}

/// Each penalty says its ceiling. Nothing is without one but what no notice can repair and the points of a result that linked
/// hours serve without a known ratio; where something is under the general ceiling, the contract says how high it is.
#[test]
fn a_penalty_has_a_ceiling_or_a_reason_to_have_none() {
    let (mut general, mut none) = (0, BTreeSet::new());
    for (name, dossier) in clausier_tests::stories() {
        let text = text_of(&name, &dossier, Piece::Ccap);
        for row in
            text.lines().filter(|line| line.starts_with("| ") && line.contains(" € par ") || line.contains("€] par "))
        {
            let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
            // The values that an offer engages have a ceiling of their own, said under the table of penalties.
            if ["celle de l’offre, notée", "valeur engagée, notée", "Moyens notés"]
                .iter()
                .any(|said| row.contains(said))
            {
                continue;
            }
            let (ceiling, notice) = (cells[cells.len() - 1], cells[cells.len() - 2]);
            match ceiling {
                "Général" => {
                    assert!(text.contains("Le plafond général d"), "{name}: {row}");
                    general += 1;
                }
                "Aucun" if notice.contains("irréparable") => {}
                "Aucun" => {
                    assert!(row.contains("par point de pourcentage"), "{name}: {row}");
                    none.insert(name.clone());
                }
                _ => assert!(ceiling.starts_with("Article ") || cells.len() < 5, "{name}: {row}"),
            }
        }
    }
    assert!(general > 50, "{general}");
    assert_eq!(none.into_iter().collect::<Vec<_>>(), ["nettoyage-bureaux"]);
}

/// A unit paid at its own price has its line in the price frame, and the règlement says so; a ratio that the contract calls
/// published is published there.
#[test]
fn a_unit_price_and_a_published_ratio_stand_where_the_bidder_reads_them() {
    let stories = clausier_tests::stories();
    let (name, dossier) = stories.iter().find(|(name, _)| name == "encombrants-ressourcerie").unwrap();
    let of = |piece| text_of(name, dossier, piece);
    assert!(of(Piece::Rc).contains("chacune payée au prix du cadre de prix"), "{}", of(Piece::Rc));
    assert!(of(Piece::Ccap).contains("l’unité est payée à son prix du cadre de prix"), "{}", of(Piece::Ccap));
    assert!(of(Piece::PriceFrame).contains("| Réemploi des encombrants | t | 80 |"), "{}", of(Piece::PriceFrame));
    let mut published = 0;
    for clause in Library::embedded().clauses().filter(|clause| clause.kind() == Kind::Liaison) {
        let sample = Library::embedded().sample(&clause.id, Sample::Usual).unwrap();
        if text_of(&clause.id, &sample, Piece::Ccap).contains("ratio publié") {
            assert!(text_of(&clause.id, &sample, Piece::Rc).contains("Ratio publié : "), "{}", clause.id);
            published += 1;
        }
    }
    assert!(published > 0);
}

/// Under orders, training is owed once the orders of a holder make five times as many linked hours, and by each holder.
#[test]
fn training_follows_the_orders_of_each_holder() {
    let stories = clausier_tests::stories();
    let of = |wanted: &str| {
        let (name, dossier) = stories.iter().find(|(name, _)| name == wanted).unwrap();
        text_of(name, dossier, Piece::Ccap)
    };
    let several = of("voirie-subsequents");
    let owed = "sont dus par chaque titulaire dont les commandes font naître 140 heures liées au moins";
    assert!(several.contains("[28 heures] au moins de formation") && several.contains(owed), "{several}");
    assert!(!of("ecole-rehabilitation").contains("font naître"), "a firm volume owes its training whatever happens");
}

/// A reserved lot that several lots feed accepts it in one sentence, with the article of its own delays.
#[test]
fn a_reserved_lot_accepts_once_what_several_lots_hand_over() {
    let stories = clausier_tests::stories();
    let (name, dossier) = stories.iter().find(|(name, _)| name == "mobilier-reemploi").unwrap();
    let deed = text_of(name, dossier, Piece::Ae);
    assert_eq!(deed.matches("le candidat reçoit sans frais").count(), 1, "{deed}");
    assert!(deed.contains("ce que les titulaires des lots 1 et 2 lui remettent"), "{deed}");
    assert!(
        deed.contains("désigne et reçoit les meubles repris au titre des lots 1 et 2 dans les délais de l’article"),
        "{deed}"
    );
}

/// A surplus that a criterion of the library notes beyond the quantity of a liaison is noted on proof, in the published method.
#[test]
fn a_noted_surplus_of_a_liaison_is_noted_on_proof() {
    let mut noted = 0;
    for (name, dossier) in clausier_tests::stories() {
        let consultation = clausier_tests::consultation(&name, &dossier);
        let resolved = Library::embedded().resolve(&consultation);
        assert!(resolved.findings().iter().all(|finding| finding.code != "liaison-surplus-peu-cher"), "{name}");
        for simulation in resolved.simulations() {
            for promised in simulation.promises.iter().filter(|promised| promised.proved) {
                let rules = text_of(&name, &dossier, Piece::Rc);
                assert!(
                    rules.contains("au-delà du minimum, seul compte le total prouvé"),
                    "{name}, {}",
                    promised.criterion
                );
                noted += 1;
            }
        }
    }
    assert!(noted >= 4, "{noted}");
}
