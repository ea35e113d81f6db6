use super::Notes;
use crate::base::terms::ContractForm;
use crate::resolution::facts::Facts;
use crate::resolution::select::FaultKind;

check! {
    /// Ni le prix ni le coût ne figure parmi les critères d’un lot.
    ///
    /// ## Pourquoi
    /// L’offre économiquement la plus avantageuse se juge sur plusieurs critères dont le prix ou le coût, ou sur le
    /// seul coût. La règle vaut pour les marchés, non pour les concessions.
    ///
    /// ## Que faire
    /// Ajoutez le prix ou le coût global à `[critere]`.
    "critere-prix-absent", Blocking, since "0.1.0", texts ["ccp-r2152-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let market = facts.consultation.form != ContractForm::Concession;
    if !market || facts.has_fault(FaultKind::UnknownCriterion) || facts.law.text("ccp-r2152-7").is_err() {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        let mut criteria = facts.criteria_of(*lot).peekable();
        if criteria.peek().is_some() && !criteria.any(|(_, criterion)| criterion.is_price() || criterion.is_cost()) {
            let message = format!("ni prix ni coût parmi les critères pour {}", facts.the_lot(*lot));
            notes.note("critere", message, "ajoutez le prix ou le coût global").written("[critere]");
        }
    }
}
