use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, fewer_hours};

check! {
    /// Une liaison affecte plus d’heures que toute la mesure n’en demande.
    ///
    /// ## Pourquoi
    /// Même si des personnes éligibles faisaient tout le travail de la mesure, il resterait des heures affectées sans
    /// tâche liée : l’engagement serait tenu sur le papier ou détourné.
    ///
    /// ## Que faire
    /// Augmentez la quantité, ou ramenez l’affectation à la part utile que donne le constat. Si cette part est sous le
    /// minimum de la liaison, c’est le volume d’heures du lot qui est trop grand pour la mesure.
    "liaison-excedentaire", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for ((id, coherence), link) in lot.ids.iter().zip(&lot.coherence.links).zip(&lot.links) {
        let Some(excess) = coherence.excess.as_ref().filter(|excess| !excess.blocking) else { continue };
        notes.add(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » affecte {} au travail pour {}, toute la mesure en demande {}",
                coherence.available,
                facts.the_lot(lot.lot),
                coherence.work
            ),
            format!("augmentez la quantité, ou {}", fewer_hours(excess, &link.bounds)),
        );
    }
}
