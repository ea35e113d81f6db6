//! What a mechanism brings to every liaison that has it: the parameters of its tariffs, and their penalties.
//!
//! A liaison file declares what is its own; the four tariffs and their ceiling are the same in all of them and stand here.
//! A parameter that the file declares itself, with other bounds or another question, takes the place of the common one.

use super::{Link, Parameter, ParameterKind, Penalty, PenaltyObject, Value};
use crate::base::quantity::{Euros, Rate};
use crate::base::terms::{Answerer, Confidence, Mechanism};
use std::sync::OnceLock;

/// Parameter that holds the tariff of a linked hour.
pub(crate) const LINKED_HOUR: &str = "penalite_heure_liee";
/// Parameter that holds the tariff of an hour of training.
pub(crate) const TRAINING_HOUR: &str = "penalite_formation";
/// Parameter that holds the price of the unit of the measure, when the price list pays it for itself.
pub(crate) const UNIT_PRICE: &str = "prix_unite";
/// Parameter that holds the number of the reserved lot of a couple.
pub(crate) const RESERVED_LOT: &str = "lot_reserve";
/// Parameter that holds the premium, as a share of the amount of the lot.
pub(crate) const PREMIUM: &str = "prime";
/// Parameter that holds the ceiling of the penalties of the liaisons of the lot.
pub(crate) const CEILING: &str = "plafond_penalites";

/// Adds to a liaison the parameters and penalties of its mechanisms.
pub(super) fn complete(link: &Link, parameters: &mut Vec<Parameter>, penalties: &mut Vec<Penalty>) {
    if link.has(Mechanism::CoupledReservedLot) && parameters.iter().all(|own| own.name != RESERVED_LOT) {
        let question = "Quel est le numéro du lot réservé qui reçoit ce que celui-ci remet ?";
        let lot = parameter(RESERVED_LOT, question, "", (ParameterKind::Lot, None));
        parameters.push(Parameter { optional: false, ..lot });
    }
    if !link.has(Mechanism::LinkedHours) {
        return;
    }
    let trained = link.has(Mechanism::SharedTraining);
    let mut common = vec![parameter(
        LINKED_HOUR,
        "Combien pour une heure liée manquante, ou faite à d’autres tâches ?",
        "à défaut, la moitié du tarif de l’heure d’insertion, arrondie aux 5 € inférieurs ; 11 € au moins",
        amounts(200),
    )];
    if trained {
        common.push(parameter(
            TRAINING_HOUR,
            "Combien pour une heure de formation due et non faite ?",
            "à défaut, le prix de vente d’une heure",
            amounts(200),
        ));
    }
    if link.ratio.is_some() {
        common.push(parameter(
            UNIT_PRICE,
            "L’unité a-t-elle son propre prix au bordereau ? Combien, dans l’unité de la pénalité ?",
            "",
            amounts(100_000),
        ));
    }
    common.push(parameter(
        CEILING,
        "À quelle part du montant estimé du lot les pénalités de ses liaisons sont-elles plafonnées (imprimée en euros) ?",
        "à défaut, la plus petite part entière sous laquelle rien n’est gratuit",
        (ParameterKind::Rate, Some((Value::Rate(Rate::from_percent(1)), Value::Rate(Rate::whole())))),
    ));
    let premium = parameter(
        PREMIUM,
        "Une prime si les deux compteurs sont atteints ? De quelle part du montant du lot ?",
        "1 à 2 % du lot ; à moitié employée à une formation certifiante ou à une embauche de six mois",
        (ParameterKind::Rate, Some((Value::Rate(Rate::zero()), Value::Rate(Rate::from_percent(2))))),
    );
    common.push(Parameter { who: Some(Answerer::Buyer), ..premium });
    for parameter in common {
        if parameters.iter().all(|own| own.name != parameter.name) {
            parameters.push(parameter);
        }
    }
    penalties.push(penalty(
        "heure liée non réalisée, ou réalisée à d’autres tâches, en plus s’il y a lieu",
        PenaltyObject::LinkedHours,
        LINKED_HOUR,
    ));
    if trained {
        let fact = "heure liée de formation due et non faite, en plus";
        penalties.push(penalty(fact, PenaltyObject::Training, TRAINING_HOUR));
    }
}

/// A type, and its bounds.
type Kind = (ParameterKind, Option<(Value, Value)>);

fn amounts(most: i64) -> Kind {
    (ParameterKind::Amount, Some((Value::Amount(Euros::zero()), Value::Amount(Euros::from_int(most)))))
}

fn parameter(name: &str, question: &str, range: &str, (kind, bounds): Kind) -> Parameter {
    Parameter {
        name: name.to_owned(),
        kind,
        question: question.to_owned(),
        default: None,
        optional: true,
        bounds,
        range: range.to_owned(),
        source: "règle de liaison".to_owned(),
        confidence: Confidence::Fair,
        most: None,
        least: None,
        floor: None,
        who: None,
        printed: OnceLock::new(),
    }
}

fn penalty(fact: &str, object: PenaltyObject, amount: &str) -> Penalty {
    Penalty {
        fact: fact.to_owned(),
        object,
        unit: "heure".to_owned(),
        amount: amount.to_owned(),
        index: None,
        occasion: String::new(),
        notice: String::new(),
        irreparable: false,
        recurring: false,
        capped: None,
    }
}
