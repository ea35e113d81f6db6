use super::Notes;
use crate::facts::Facts;
use crate::liaisons::{LotLiaisons, rounded};

check! {
    /// Une liaison affecte plus d’heures que toute la mesure n’en demande.
    ///
    /// ## Pourquoi
    /// Même si des personnes éligibles faisaient tout le travail de la mesure, il resterait des heures affectées sans
    /// tâche liée : l’engagement serait tenu sur le papier ou détourné.
    ///
    /// ## Que faire
    /// Ramenez l’affectation à la part utile que donne le constat, ou augmentez la quantité.
    "liaison-excedentaire", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, coherence) in lot.ids.iter().zip(&lot.coherence.links) {
        let Some(excess) = coherence.excess.as_ref().filter(|excess| !excess.blocking) else { continue };
        notes.add(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » affecte {} au travail pour {}, toute la mesure en demande {}",
                coherence.available,
                facts.the_lot(lot.lot),
                coherence.work
            ),
            format!("ramenez l’affectation à {} au plus, ou augmentez la quantité", rounded(&excess.useful_share)),
        );
    }
}
