use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::assigned;
use crate::resolution::ledger::Misfit;
use crate::resolution::liaisons::{LotLiaisons, remedies};

check! {
    /// Une liaison lie plus d’heures que toute la mesure n’en demande.
    ///
    /// ## Pourquoi
    /// Même si des personnes éligibles faisaient tout le travail de la mesure, il resterait des heures sans tâche liée :
    /// l’engagement serait intenable, ou tenu sur le papier.
    ///
    /// ## Que faire
    /// Moins d’affectation, plus de quantité ou moins d’heures : le constat donne pour chacun le plus petit changement qui
    /// convient aux deux bouts de la plage connue du ratio, ou dit pourquoi il est impossible.
    "liaison-excedentaire", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, _, coherence) in lot.computed().filter(|(.., c)| c.misfit == Some(Misfit::Excess)) {
        let note = notes.note(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » lie {} de travail pour {}, toute la mesure en demande {}",
                coherence.available,
                facts.the_lot(lot.lot),
                coherence.work
            ),
            format!("au choix : {}", remedies(coherence).join(" ; ")),
        );
        note.fix(assigned(facts, lot, id, coherence));
    }
}
