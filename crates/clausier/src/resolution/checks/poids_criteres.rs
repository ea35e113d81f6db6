use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Les poids des critères d’un lot ne font pas 100.
    ///
    /// ## Pourquoi
    /// C’est une règle de l’outil, non de la loi : elle laisse l’acheteur pondérer comme il veut, en fourchette au besoin, mais
    /// les pièces annoncent des points sur 100, et une autre somme rendrait la note impossible à reproduire.
    ///
    /// ## Que faire
    /// Corrigez les poids dans `[critere]` ; un poids qui varie s’écrit par lot : `{ 1 = 15, 2 = 20 }`.
    "poids-criteres", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let criteria = &facts.consultation.criteria;
    if criteria.is_empty() {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        // A program may have set any weight: the sum stops at the largest.
        let sum = criteria.iter().fold(0i64, |sum, c| sum.saturating_add(c.weights.of(*lot)));
        if sum != 100 {
            let gap = sum.abs_diff(100);
            let gap = if sum < 100 { format!("il en manque {gap}") } else { format!("il y en a {gap} de trop") };
            notes.add("critere", format!("{sum} points pour {}, au lieu de 100", facts.the_lot(*lot)), gap);
        }
    }
}
