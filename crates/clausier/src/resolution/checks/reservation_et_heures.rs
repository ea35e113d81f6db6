use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un lot réservé porte aussi des heures d’insertion.
    ///
    /// ## Pourquoi
    /// Le titulaire d’un lot réservé emploie déjà une majorité de personnes concernées : compter des heures en plus
    /// double le suivi sans rien ajouter.
    ///
    /// ## Que faire
    /// Retirez la clause d’heures de ce lot, ou gardez-la si elle vise d’autres personnes que les salariés de la
    /// structure.
    "reservation-et-heures", Advice, since "0.1.0", texts ["ccp-r2113-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values().filter(|lot| !lot.reserved_to.is_empty()) {
        if let Some(selected) = facts.hours_clauses(lot.number).next() {
            notes.add(
                selected.path(),
                format!("des heures d’insertion et une réservation à la fois pour {}", facts.the_lot(lot.number)),
                "limitez la clause d’heures aux lots ordinaires par lots = […]",
            );
        }
    }
}
