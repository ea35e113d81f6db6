use super::Notes;
use crate::facts::Facts;
use crate::ledger::LotFault;
use crate::liaisons::LotLiaisons;

check! {
    /// Les liaisons d’un lot fixent des plafonds de pénalités différents.
    ///
    /// ## Pourquoi
    /// Le plafond commun est celui du lot : deux chiffres dans le même contrat s’annulent l’un l’autre.
    ///
    /// ## Que faire
    /// Donnez le même plafond à toutes les liaisons du lot.
    "liaison-plafonds-differents", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let found = lot.coherence.faults.iter().find(|fault| matches!(fault, LotFault::Ceilings { .. }));
    if let (Some(fault), Some(id)) = (found, lot.ids.last()) {
        notes.add(
            format!("clause.{id}.plafond_penalites"),
            format!("{fault}{}", facts.in_lot(lot.lot)),
            "donnez le même plafond à toutes les liaisons du lot",
        );
    }
}
