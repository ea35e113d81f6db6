use super::Notes;
use crate::base::quantity::Number;
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
        let sum: Number = criteria.iter().map(|criterion| criterion.weights.of(*lot)).sum();
        let whole = Number::from_int(100);
        if sum != whole {
            let gap = match sum < whole {
                true => format!("il en manque {}", (&whole - &sum).french(2)),
                false => format!("il y en a {} de trop", (&sum - &whole).french(2)),
            };
            let sum = sum.french(2);
            notes.add("critere", format!("{sum} points pour {}, au lieu de 100", facts.the_lot(*lot)), gap);
        }
    }
}
