use super::{Notes, check};
use crate::facts::Facts;

check! {
    /// Aucun critère environnemental n'est annoncé pour un lot.
    ///
    /// ## Pourquoi
    /// Depuis le 21 août 2026, l'un au moins des critères de chaque lot porte sur les caractéristiques environnementales de
    /// l'offre. La condition d'exécution environnementale n'en dispense pas : les deux sont dus, lot par lot.
    ///
    /// ## Que faire
    /// Ajoutez dans `[critere]` un critère environnemental adapté à l'objet du lot, avec son poids et sa méthode, ou retenez
    /// le critère unique du coût s'il intègre l'environnement.
    "critere-environnemental-absent", Blocking, since "0.1.0", texts ["ccp-l2152-7", "ccp-r2152-7"], run,
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.criterion {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        let environmental = facts.selection.criteria.iter().any(|s| {
            let weight = facts.consultation.criteria.get(s.position).map_or(0, |c| c.weights.of(*lot));
            weight > 0 && s.clause.criterion.as_ref().is_some_and(|c| c.environmental)
        });
        if !environmental {
            notes.add(
                "critere",
                format!("aucun critère environnemental pour {}", facts.the_lot(*lot)),
                "ajoutez un critère environnemental à [critere], par exemple methode-environnement = 15",
            );
        }
    }
}
