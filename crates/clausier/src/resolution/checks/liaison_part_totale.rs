use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::ledger::LotFault;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Deux liaisons confient ensemble plus que tout le travail d’une mesure.
    ///
    /// ## Pourquoi
    /// La même tonne, ou le même mètre carré, ne peut pas être traité deux fois : les parts confiées d’une même mesure
    /// s’additionnent.
    ///
    /// ## Que faire
    /// Réduisez la part confiée de l’une des liaisons, ou donnez à chacune sa propre mesure.
    "liaison-part-totale", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let found = lot.coherence.faults.iter().find(|fault| matches!(fault, LotFault::Entrusted { .. }));
    if let (Some(fault), Some(id)) = (found, lot.ids.last()) {
        notes.add(
            format!("clause.{id}.part_confiee"),
            format!("{fault}{}", facts.in_lot(lot.lot)),
            "réduisez la part confiée de l’une des liaisons",
        );
    }
}
