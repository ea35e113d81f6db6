use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::assigned;
use crate::resolution::ledger::Misfit;
use crate::resolution::liaisons::{LotLiaisons, remedies};

check! {
    /// Au bas de la plage connue du ratio, des heures liées n’auraient pas de tâche.
    ///
    /// ## Pourquoi
    /// Le nombre d’heures par unité est mal connu. Si le vrai ratio est le plus bas de la plage, la mesure demande moins
    /// d’heures que la liaison n’en lie : l’entreprise ne pourrait pas les faire.
    ///
    /// ## Que faire
    /// Vérifiez le ratio sur une unité témoin et gardez-en la trace, ou prenez l’un des changements que donne le constat.
    "liaison-ratio-bas", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, link, coherence) in lot.computed().filter(|(.., c)| c.misfit == Some(Misfit::ExcessAtLowest)) {
        let note = notes.note(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » lie {} de travail pour {} ; au ratio le plus bas connu, la mesure n’en demande que {}",
                coherence.available,
                facts.the_lot(lot.lot),
                link.work_at(&link.ratio.low)
            ),
            format!("vérifiez le ratio sur une unité témoin ; sinon, au choix : {}", remedies(coherence).join(" ; ")),
        );
        note.fix(assigned(facts, lot, id, coherence));
    }
}
