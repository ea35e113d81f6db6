use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::ledger::LotFault;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Les liaisons d’un lot affectent ensemble plus que toutes ses heures.
    ///
    /// ## Pourquoi
    /// Une heure va à une tâche et à une seule : deux liaisons ne peuvent pas se partager plus que le volume du lot.
    ///
    /// ## Que faire
    /// Réduisez l’affectation de l’une des liaisons, pour que la somme ne dépasse pas 100 %.
    "liaison-affectation-totale", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let found = lot.coherence.faults.iter().find(|fault| matches!(fault, LotFault::Assigned { .. }));
    if let (Some(fault), Some(last)) = (found, lot.tied.last()) {
        notes.add(
            format!("clause.{}.affectation", last.id),
            format!("{fault}{}", facts.in_lot(lot.lot)),
            "réduisez l’affectation de l’une des liaisons",
        );
    }
}
