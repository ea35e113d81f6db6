use super::Notes;
use crate::base::terms::{ContractForm, Procedure};
use crate::resolution::facts::Facts;

check! {
    /// Ni publicité ni mise en concurrence, au-dessus du seuil de dispense.
    ///
    /// ## Pourquoi
    /// Au-dessus de ce seuil, l’absence de publicité suppose un des cas que le code énumère : urgence impérieuse, droits
    /// exclusifs, première procédure infructueuse. Le dossier ne dit pas lequel, et l’outil tient pour non dû le critère
    /// environnemental.
    ///
    /// ## Que faire
    /// Gardez au dossier le cas qui vous dispense, ou ouvrez une procédure (`procedure = "adaptee"` ou `"formalisee"`).
    "sans-publicite-au-dela", Warning, since "0.1.0", texts ["ccp-r2122-8"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let direct = consultation.procedure == Procedure::Direct && consultation.form != ContractForm::Concession;
    if let Some(exempt) = facts.exemption().filter(|exempt| direct && consultation.estimated_value >= **exempt) {
        notes.add(
            "consultation.procedure",
            format!("ni publicité ni mise en concurrence pour {}, au-delà de {exempt}", consultation.estimated_value),
            "gardez au dossier le cas du code qui vous en dispense, ou ouvrez une procédure",
        );
    }
}
