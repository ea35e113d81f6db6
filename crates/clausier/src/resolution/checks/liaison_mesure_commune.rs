use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::ledger::LotFault;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Deux liaisons d’un lot lient la même mesure.
    ///
    /// ## Pourquoi
    /// La même tonne serait due et pénalisée deux fois, et le travail de la mesure compté deux fois : chaque liaison
    /// paraîtrait tenir seule.
    ///
    /// ## Que faire
    /// Gardez une seule des liaisons, ou donnez à chacune sa propre mesure.
    "liaison-mesure-commune", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for fault in lot.coherence.faults.iter().filter(|fault| matches!(fault, LotFault::Measure { .. })) {
        let Some(last) = lot.tied.last() else { continue };
        notes.add(
            format!("clause.{}", last.id),
            format!("{fault}{}", facts.in_lot(lot.lot)),
            "gardez une seule des liaisons, ou donnez à chacune sa mesure",
        );
    }
}
