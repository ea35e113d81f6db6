use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::select::FaultKind;

check! {
    /// Aucun critère environnemental n’est annoncé pour un lot.
    ///
    /// ## Pourquoi
    /// Depuis le 21 août 2026, l’un au moins des critères de chaque lot porte sur les caractéristiques
    /// environnementales de l’offre. La condition d’exécution environnementale n’en dispense pas : les deux sont dus,
    /// lot par lot. Un achat sans publicité ni mise en concurrence n’a pas de critère.
    ///
    /// ## Que faire
    /// Un critère que le dossier décrit lui-même compte par ce qu’il note, non par son titre ni par sa nature. Ajoutez dans
    /// `[critere]` un critère environnemental adapté à l’objet du lot, avec son poids et sa méthode, ou
    /// retenez le critère unique du coût s’il intègre l’environnement.
    "critere-environnemental-absent", Blocking, since "0.1.0", texts ["ccp-l2152-7", "ccp-r2152-7", "ccp-l3124-5", "ccp-r3124-4"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.criterion || facts.has_fault(FaultKind::UnknownCriterion) {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        if facts.environmental_criterion(*lot) {
            continue;
        }
        if let Some((choice, _)) = facts.criteria_of(*lot).find(|(_, criterion)| criterion.is_environmental()) {
            notes.add(
                format!("critere.{}", choice.id),
                format!(
                    "« {} » se dit environnemental et ne note rien d’environnemental{}",
                    facts.criterion_name(&choice.id),
                    facts.in_lot(*lot)
                ),
                "notez une caractéristique environnementale de l’offre, ou ajoutez un critère qui en note une",
            );
        } else if facts.only_price(*lot).is_none() {
            // The price alone is another finding.
            let message = format!("aucun critère environnemental pour {}", facts.the_lot(*lot));
            let help = "ajoutez un critère environnemental lié à l’objet du lot, par exemple pour 15 points";
            notes.note("critere", message, help).written("[critere]");
        }
    }
}
