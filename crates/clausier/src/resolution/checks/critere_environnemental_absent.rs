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
    /// Ajoutez dans `[critere]` un critère environnemental adapté à l’objet du lot, avec son poids et sa méthode, ou
    /// retenez le critère unique du coût s’il intègre l’environnement.
    "critere-environnemental-absent", Blocking, since "0.1.0", texts ["ccp-l2152-7", "ccp-r2152-7", "ccp-l3124-5", "ccp-r3124-4"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.criterion || facts.has_fault(FaultKind::UnknownCriterion) {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        let environmental = facts.criteria_of(*lot).any(|(_, criterion)| criterion.is_environmental());
        // The price alone is another finding.
        if !environmental && facts.only_price(*lot).is_none() {
            let message = format!("aucun critère environnemental pour {}", facts.the_lot(*lot));
            let help = "ajoutez un critère environnemental lié à l’objet du lot, par exemple pour 15 points";
            notes.note("critere", message, help).written("[critere]");
        }
    }
}
