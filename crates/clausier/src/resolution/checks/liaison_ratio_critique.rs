use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, critical};

check! {
    /// Les heures d’une liaison ne suffisent que si le ratio est favorable.
    ///
    /// ## Pourquoi
    /// Le nombre d’heures par unité est mal connu. Au-delà du ratio critique, les heures affectées ne suffisent plus,
    /// et ce ratio tombe dans la plage des valeurs connues : nul ne peut dire si l’engagement tient.
    ///
    /// ## Que faire
    /// Vérifiez le ratio sur un élément témoin ou avec un praticien, et gardez-en la trace. Sinon, prenez de la marge :
    /// plus d’heures, ou une quantité plus petite.
    "liaison-ratio-critique", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, coherence) in lot.ids.iter().zip(&lot.coherence.links) {
        // Incoherent already: the remedies say enough.
        if !coherence.doubtful || !coherence.is_coherent() {
            continue;
        }
        let link = facts.links.iter().find(|link| link.lot == lot.lot && link.clause.id == *id);
        let Some(critical) = link.and_then(|link| critical(link, coherence)) else { continue };
        notes.add(
            format!("clause.{id}.ratio"),
            format!(
                "« {id} » ne tient plus au-delà de {critical} pour {}, dans la plage connue",
                facts.the_lot(lot.lot)
            ),
            "vérifiez le ratio sur un témoin, ou prenez de la marge sur les heures ou la quantité",
        );
    }
}
