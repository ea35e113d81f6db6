use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;

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
            let reserved = |lot: &u32| facts.consultation.lots.get(lot).is_some_and(|lot| !lot.reserved_to.is_empty());
            let kept: Vec<u32> = selected.lots.iter().copied().filter(|lot| !reserved(lot)).collect();
            let choice = facts.consultation.choice(&selected.clause.id).filter(|_| !kept.is_empty());
            notes
                .note(
                    selected.path(),
                    format!("des heures d’insertion et une réservation à la fois pour {}", facts.the_lot(lot.number)),
                    "limitez la clause d’heures aux lots ordinaires",
                )
                .written("lots = […]")
                .fix(choice.map(|choice| fixes::lots(choice, &kept)).unwrap_or_default());
        }
    }
}
