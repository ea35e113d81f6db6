use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, remedies, usable};

check! {
    /// Les heures affectées à une liaison ne suffisent pas à la mesure.
    ///
    /// ## Pourquoi
    /// La part de la mesure confiée à des personnes éligibles demande plus d’heures que la liaison n’en affecte,
    /// formation déduite : personne ne pourrait tenir les deux engagements, et l’offre qui les promet serait intenable.
    ///
    /// ## Que faire
    /// Quatre remèdes, chacun suffisant seul : plus d’heures, moins de quantité, plus d’affectation, moins de part
    /// confiée. Le constat donne pour chacun le plus petit changement, ou dit pourquoi il est impossible.
    "liaison-incoherente", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, coherence) in lot.ids.iter().zip(&lot.coherence.links) {
        if coherence.is_coherent() {
            continue;
        }
        notes.add(
            format!("clause.{id}"),
            format!(
                "« {id} » affecte {} au travail pour {}, il en faut {}",
                usable(coherence),
                facts.the_lot(lot.lot),
                coherence.need
            ),
            format!("au choix : {}", remedies(coherence).join(" ; ")),
        );
    }
}
