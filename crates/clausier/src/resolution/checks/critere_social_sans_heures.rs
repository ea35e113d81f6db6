use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un critère d’insertion pèse sur un lot qui n’a aucun volume d’insertion.
    ///
    /// ## Pourquoi
    /// Le critère note la qualité ou le surplus d’heures que le contrat demande : sans elles, il ne note rien de
    /// l’exécution et perd son lien avec l’objet.
    ///
    /// ## Que faire
    /// Choisissez une clause d’heures sur ce lot, ou retirez-lui le critère.
    "critere-social-sans-heures", Blocking, since "0.1.0", texts ["ccp-l2152-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        if facts.hours_clauses(*lot).next().is_some() {
            continue;
        }
        for (choice, _) in facts.criteria_of(*lot).filter(|(_, criterion)| criterion.is_social()) {
            notes.add(
                format!("critere.{}", choice.id),
                format!(
                    "« {} » note des heures que {} ne demande pas",
                    facts.criterion_name(&choice.id),
                    facts.the_lot(*lot)
                ),
                "choisissez une clause d’heures, par exemple heures-insertion, ou retirez le critère",
            );
        }
    }
}
