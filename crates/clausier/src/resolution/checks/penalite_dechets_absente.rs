use super::Notes;
use crate::base::terms::{ContractNature, Kind};
use crate::dossier::consultation::Lot;
use crate::library::clause::PenaltyObject;
use crate::resolution::facts::Facts;

check! {
    /// Rien n’est prévu pour le suivi des déchets.
    ///
    /// ## Pourquoi
    /// Le CCAG demande au marché les opérations de gestion des déchets et le montant de la pénalité pour défaut de
    /// schéma ou de traçabilité. Sans eux, ses stipulations restent sans effet.
    ///
    /// ## Que faire
    /// Ajoutez une clause de déchets, ou vérifiez que le CCAP hôte fixe ces opérations et ce montant.
    "penalite-dechets-absente", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let known = facts.library.legal().ccag_article("dechpen", consultation.ccag).is_some();
    if !known || consultation.nature == ContractNature::Services {
        return;
    }
    let known = |lot: &&Lot| facts.library.legal().family(&lot.family).is_some();
    // What no family names may leave no waste: electricity does not.
    let lacking = consultation.lots.values().filter(known).map(|lot| lot.number).filter(|lot| {
        let mut penalties = facts.selection.on(Kind::Environment, *lot).flat_map(|s| &s.clause.penalties);
        !penalties.any(|penalty| penalty.object == PenaltyObject::Waste)
    });
    let lacking: Vec<String> = lacking.map(|lot| lot.to_string()).collect();
    if lacking.is_empty() {
        return;
    }
    let lots = if consultation.has_lots() { format!(" (lots : {})", lacking.join(", ")) } else { String::new() };
    notes.add(
        "consultation.ccag",
        format!("aucune pénalité pour le suivi des déchets{lots}"),
        "ajoutez une clause de déchets, ou vérifiez que le CCAP hôte la fixe",
    );
}
