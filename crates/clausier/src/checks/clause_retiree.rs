use super::Notes;
use crate::facts::Facts;
use crate::terms::Status;

check! {
    /// Une clause choisie est retirée de la bibliothèque.
    ///
    /// ## Pourquoi
    /// Elle n’est gardée que pour relire les anciens dossiers : son texte a été remplacé ou n’est plus à jour.
    ///
    /// ## Que faire
    /// Choisissez la clause qui la remplace ; `clausier montrer` dit laquelle quand il y en a une.
    "clause-retiree", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in facts.selection.clauses.iter().filter(|s| s.clause.status == Status::Retired) {
        let message = format!("la clause « {} » est retirée", selected.clause.id);
        notes.add(selected.path(), message, "choisissez une clause à jour");
    }
}
