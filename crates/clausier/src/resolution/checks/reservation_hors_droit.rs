use super::Notes;
use crate::base::terms::{ContractForm, ReservedTo};
use crate::resolution::facts::Facts;
use crate::resolution::finding::on;

check! {
    /// La réservation d’un lot n’a pas de base légale à la date de lancement.
    ///
    /// ## Pourquoi
    /// Une réservation ferme le lot à la concurrence : elle n’existe que par un texte. Celle des opérateurs
    /// pénitentiaires date du 21 octobre 2022 ; celle de l’économie sociale n’existe pas en concession.
    ///
    /// ## Que faire
    /// Retirez la réservation, ou choisissez-en une autre.
    "reservation-hors-droit", Blocking, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13", "ccp-l3113-1", "ccp-l3113-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let concession = facts.consultation.form == ContractForm::Concession;
    for lot in facts.consultation.lots.values() {
        for kind in &lot.reserved_to {
            let ground = match (kind, concession) {
                (ReservedTo::Insertion, false) => "ccp-l2113-13",
                (ReservedTo::Disability, false) => "ccp-l2113-12",
                // The article of concessions has the same date.
                (ReservedTo::Prison, _) => "ccp-l2113-13-1",
                (ReservedTo::SocialEconomy, false) => "ccp-l2113-15",
                (ReservedTo::Insertion, true) => "ccp-l3113-2",
                (ReservedTo::Disability, true) => "ccp-l3113-1",
                (ReservedTo::SocialEconomy, true) => "",
            };
            if facts.law.text(ground).is_err() {
                notes.add(
                    format!("lot.{}.reserve", lot.number),
                    format!("la réservation « {kind} » n’a pas de base légale {}", on(facts.consultation.launch)),
                    "retirez la réservation, ou choisissez-en une autre",
                );
            }
        }
    }
}
