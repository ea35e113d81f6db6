use super::Notes;
use crate::base::quantity::Number;
use crate::base::terms::{ContractForm, ContractNature, Procedure, Regime, Vocabulary};
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// La procédure adaptée est choisie au-dessus du seuil européen.
    ///
    /// ## Pourquoi
    /// À partir du seuil, la procédure est formalisée. Deux exceptions : les services sociaux et autres services
    /// spécifiques, et les petits lots dont le total ne dépasse pas un cinquième de la valeur.
    ///
    /// ## Que faire
    /// Passez en procédure formalisée, ou dites le régime des services sociaux (`regime = "services-sociaux"`).
    "procedure-adaptee-au-dela-du-seuil", Warning, since "0.1.0", texts ["ccp-r2123-1", "ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let ordinary = consultation.regime == Regime::Ordinary && consultation.form != ContractForm::Concession;
    let Some(threshold) = facts.duties.threshold.as_ref().filter(|_| ordinary) else { return };
    let over = consultation.estimated_value >= *threshold.amount;
    if consultation.procedure == Procedure::Adapted && over && !small_lots(facts) {
        notes
            .note(
                "consultation.procedure",
                format!("procédure adaptée pour {}, au-delà de {}", consultation.estimated_value, threshold.amount),
                "passez en procédure formalisée",
            )
            .fix([Edit::set("consultation.procedure", Procedure::Formal.word().into())]);
    }
}

/// True when every lot is a small one and their total within the share of the need that small lots may take.
fn small_lots(facts: &Facts<'_>) -> bool {
    let consultation = facts.consultation;
    let limit = match consultation.nature {
        ContractNature::Works => "petit-lot-travaux",
        _ => "petit-lot-fournitures-services",
    };
    let (Ok(limit), Ok(share)) = (facts.law.parameter(limit), facts.law.parameter("petits-lots-part")) else {
        return false;
    };
    let (Some(limit), Some(share)) = (limit.euros(), share.rate()) else { return false };
    let total: Number = consultation.lots.values().map(|lot| lot.amount.0.clone()).sum();
    let small = consultation.lots.values().all(|lot| lot.amount < *limit);
    small && total <= &consultation.estimated_value.0 * &share.0
}
