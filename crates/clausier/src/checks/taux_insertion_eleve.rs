use super::Notes;
use crate::clause::{HoursRule, Value};
use crate::facts::Facts;

check! {
    /// Le taux d’insertion d’un lot est élevé.
    ///
    /// ## Pourquoi
    /// Au-delà de ce taux, l’obligation pèse sur l’organisation même du prestataire : peu d’entreprises peuvent
    /// répondre. Une réservation du lot serait plus franche, et publiée comme telle. Le taux est de pratique.
    ///
    /// ## Que faire
    /// Ramenez le taux, ou réservez le lot (`reserve = ["iae"]`) si l’offre le permet.
    "taux-insertion-eleve", Warning, since "0.1.0", texts ["ccp-r2113-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Ok(most) = facts.law.parameter("taux-insertion-haut") else { return };
    for lot in facts.consultation.lots.keys() {
        for selected in facts.hours_clauses(*lot) {
            let Some(HoursRule::Computed { rate: name, .. }) = &selected.clause.hours else { continue };
            let Some(Value::Rate(rate)) = selected.value(*lot, name) else { continue };
            if most.rate().is_some_and(|most| rate > most) {
                notes.add(
                    format!("{}.{name}.{lot}", selected.path()),
                    format!("un taux d’insertion de {rate} pour {}, au-delà de {most}", facts.the_lot(*lot)),
                    "ramenez le taux, ou réservez le lot : ce serait plus franc",
                );
            }
        }
    }
}
