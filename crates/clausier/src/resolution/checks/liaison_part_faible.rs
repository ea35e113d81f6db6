use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::assigned;
use crate::resolution::ledger::Misfit;
use crate::resolution::liaisons::{LotLiaisons, remedies, rounded};

check! {
    /// Les personnes en insertion ne font qu’une petite part du travail de la mesure.
    ///
    /// ## Pourquoi
    /// Sous 30 % du travail, le résultat tient surtout à d’autres mains : le lien est mince. Sous 15 %, la mesure est une
    /// prestation à elle seule, qu’un lot réservé confierait plus franchement.
    ///
    /// ## Que faire
    /// Prenez l’un des changements que donne le constat, ou réservez le lot et publiez-le à l’avis.
    "liaison-part-faible", Warning, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, _, coherence) in lot.computed().filter(|(.., c)| c.misfit == Some(Misfit::Thin)) {
        let Some(share) = &coherence.share else { continue };
        let changes = remedies(coherence).join(" ; ");
        let help = if facts.usages.as_ref().is_some_and(|usages| *share < usages.very_thin) {
            format!("réservez le lot, ou un lot de cette prestation ; sinon, au choix : {changes}")
        } else {
            format!("au choix : {changes}")
        };
        let note = notes.note(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » lie {} de travail pour {}, toute la mesure en demande {} : {}",
                coherence.available,
                facts.the_lot(lot.lot),
                coherence.work,
                rounded(share)
            ),
            help,
        );
        note.fix(assigned(facts, lot, id, coherence));
    }
}
