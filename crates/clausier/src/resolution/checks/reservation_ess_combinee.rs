use super::Notes;
use crate::base::terms::{Regime, ReservedTo};
use crate::resolution::facts::Facts;

check! {
    /// Un lot est réservé à la fois à l’économie sociale et à d’autres opérateurs.
    ///
    /// ## Pourquoi
    /// Aucun texte n’interdit cette réunion ni ne la permet : les deux réservations n’ont ni les mêmes candidats, ni la même
    /// durée, ni la même condition. Un candidat ne saurait pas laquelle il doit remplir.
    ///
    /// ## Que faire
    /// Choisissez une seule réservation, ou dites dans l’avis que l’une ou l’autre suffit.
    "reservation-ess-combinee", Warning, since "0.1.0", texts ["ccp-l2113-15"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    // Elsewhere that reservation is out of its domain, and its own finding says to take it out.
    if facts.consultation.regime != Regime::SocialServices {
        return;
    }
    for lot in facts.consultation.lots.values() {
        if lot.reserved_to.len() > 1 && lot.reserved_to.contains(&ReservedTo::SocialEconomy) {
            notes.add(
                format!("lot.{}.reserve", lot.number),
                format!("économie sociale et autres opérateurs réunis dans la réservation{}", facts.in_lot(lot.number)),
                "choisissez une seule réservation, ou dites dans l’avis que l’une ou l’autre suffit",
            );
        }
    }
}
