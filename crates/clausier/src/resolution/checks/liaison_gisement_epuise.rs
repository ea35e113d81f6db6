use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, fewer_hours};

check! {
    /// Une liaison affecte plus d’heures que tout le gisement n’en demande.
    ///
    /// ## Pourquoi
    /// La quantité visée est déjà tout ce qui existe : les heures de trop ne trouveront jamais de travail, et le
    /// titulaire serait en faute sans l’être.
    ///
    /// ## Que faire
    /// Ramenez l’affectation à la part utile que donne le constat, ou le volume d’heures du lot.
    "liaison-gisement-epuise", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for ((id, coherence), link) in lot.ids.iter().zip(&lot.coherence.links).zip(&lot.links) {
        let Some(excess) = coherence.excess.as_ref().filter(|excess| excess.blocking) else { continue };
        notes.add(
            format!("clause.{id}.affectation"),
            format!(
                "« {id} » affecte {} au travail pour {}, tout le gisement en demande {}",
                coherence.available,
                facts.the_lot(lot.lot),
                coherence.work
            ),
            fewer_hours(excess, &link.bounds),
        );
    }
}
