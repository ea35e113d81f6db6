use super::Notes;
use crate::base::terms::Vocabulary;
use crate::resolution::facts::Facts;
use crate::resolution::finding::on;
use crate::resolution::fixes;

check! {
    /// La réservation d’un lot n’a pas de base légale à la date de lancement.
    ///
    /// ## Pourquoi
    /// Une réservation ferme le lot à la concurrence : elle n’existe que par un texte. Celle des opérateurs
    /// pénitentiaires date du 21 octobre 2022 ; celle de l’économie sociale n’existe pas en concession. Un marché de défense
    /// ou de sécurité ne se réserve qu’au secteur du handicap.
    ///
    /// ## Que faire
    /// Retirez la réservation, ou choisissez-en une autre.
    "reservation-hors-droit", Blocking, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13", "ccp-l2113-13-1", "ccp-l2113-15"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        for kind in &lot.reserved_to {
            if facts.law.reservation(*kind).is_none() {
                notes
                    .note(
                        format!("lot.{}.reserve", lot.number),
                        format!("la réservation « {kind} » n’a pas de base légale {}", on(facts.consultation.launch)),
                        "retirez la réservation, ou choisissez-en une autre",
                    )
                    .fix([fixes::reservation(lot, |word| word != kind.word())]);
            }
        }
    }
}
