use super::Notes;
use crate::library::clause::Value;
use crate::library::clause::link::LINKED_HOUR;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::ledger::Measure;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Les heures liées n’ont pas de tarif.
    ///
    /// ## Pourquoi
    /// Sans tarif propre, faire les heures d’insertion à d’autres tâches ne coûte rien : l’affectation n’engage personne,
    /// et la liaison n’existe que dans son titre.
    ///
    /// ## Que faire
    /// Donnez `penalite_heure_liee`, ou relevez le tarif de l’heure d’insertion, dont la moitié en tient lieu.
    "liaison-heure-liee-sans-prix", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let Some(tariff) = facts.usages.as_ref().map(|usages| &usages.linked_tariff) else { return };
    let free = |measure: &Measure| measure.linked_hours.0.is_positive() && measure.per_linked_hour.0.is_zero();
    for (id, _) in lot.measures().filter(|(_, measure)| free(measure)) {
        let note = notes.note(
            format!("clause.{id}.penalite_heure_liee"),
            format!("« {id} » : l’heure liée manquante ne coûte rien{}", facts.in_lot(lot.lot)),
            format!("donnez penalite_heure_liee, par exemple \"{}\"", Value::Amount(tariff.clone()).plain()),
        );
        note.fix([fixes::setting(facts.consultation, lot.lot, id, LINKED_HOUR, &Value::Amount(tariff.clone()))]);
    }
}
