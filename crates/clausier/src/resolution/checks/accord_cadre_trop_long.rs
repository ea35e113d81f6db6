use super::Notes;
use crate::base::terms::{BuyerCategory, ContractForm, Regime};
use crate::resolution::facts::Facts;

check! {
    /// Un accord-cadre dure plus longtemps que le code ne le prévoit.
    ///
    /// ## Pourquoi
    /// La durée d’un accord-cadre, reconductions comprises, ne dépasse pas quatre ans pour un pouvoir adjudicateur,
    /// sauf cas exceptionnel justifié, notamment par l’objet ou par des investissements
    /// amortissables sur une durée plus longue.
    ///
    /// ## Que faire
    /// Réduisez la durée ou les reconductions, ou écrivez la justification dans l’avis et gardez-la au dossier.
    "accord-cadre-trop-long", Warning, since "0.1.0", texts ["ccp-l2125-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    if consultation.form != ContractForm::Framework {
        return;
    }
    let id = match consultation.buyer.category {
        _ if consultation.regime == Regime::Defence => "duree-accord-cadre-defense",
        BuyerCategory::Entity => "duree-accord-cadre-entite",
        _ => "duree-accord-cadre-pouvoir",
    };
    let Ok(value) = facts.law.parameter(id) else { return };
    if let Some(limit) = value.duration().filter(|limit| consultation.total_months() > limit.months()) {
        notes.add(
            "consultation.duree",
            format!("cet accord-cadre dure plus de {limit}, reconductions comprises"),
            "réduisez la durée ou les reconductions, ou justifiez le cas exceptionnel dans l’avis",
        );
    }
}
