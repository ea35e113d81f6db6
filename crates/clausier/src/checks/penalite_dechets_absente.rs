use super::Notes;
use crate::clause::PenaltyObject;
use crate::facts::Facts;
use crate::terms::{Kind, Nature};

check! {
    /// Rien n’est prévu pour le suivi des déchets.
    ///
    /// ## Pourquoi
    /// Le CCAG demande au marché les opérations de gestion des déchets et le montant de la pénalité pour défaut de
    /// schéma ou de traçabilité. Sans eux, ses stipulations restent sans effet.
    ///
    /// ## Que faire
    /// Ajoutez une clause de déchets à ce lot, ou vérifiez que le CCAP hôte fixe ces opérations et ce montant.
    "penalite-dechets-absente", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let known = facts.library.legal().ccag_article("dechpen", consultation.ccag).is_some();
    if !known || consultation.nature == Nature::Services {
        return;
    }
    for lot in consultation.lots.keys() {
        let mut penalties = facts.selection.on(Kind::Environment, *lot).flat_map(|s| &s.clause.penalties);
        if !penalties.any(|penalty| penalty.object == PenaltyObject::Waste) {
            notes.add(
                format!("lot.{lot}"),
                format!("aucune pénalité pour le suivi des déchets{}", facts.in_lot(*lot)),
                "ajoutez une clause de déchets, ou vérifiez que le CCAP hôte la fixe",
            );
        }
    }
}
