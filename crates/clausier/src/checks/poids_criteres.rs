use super::Notes;
use crate::facts::Facts;

check! {
    /// Les poids des critères d’un lot ne font pas 100.
    ///
    /// ## Pourquoi
    /// La pondération annoncée est celle que l’acheteur applique : une somme qui n’est pas 100 rend la note impossible
    /// à reproduire.
    ///
    /// ## Que faire
    /// Corrigez les poids dans `[critere]` ; un poids qui varie s’écrit par lot : `{ 1 = 15, 2 = 20 }`.
    "poids-criteres", Blocking, since "0.1.0", texts ["ccp-r2152-12"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let criteria = &facts.consultation.criteria;
    if criteria.is_empty() {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        let sum: i64 = criteria.iter().map(|c| c.weights.of(*lot)).sum();
        if sum != 100 {
            let gap = if sum < 100 {
                format!("il en manque {}", 100 - sum)
            } else {
                format!("il y en a {} de trop", sum - 100)
            };
            notes.add("critere", format!("{sum} points pour {}, au lieu de 100", facts.the_lot(*lot)), gap);
        }
    }
}
