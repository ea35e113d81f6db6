use super::Notes;
use crate::base::terms::{Kind, Status};
use crate::resolution::facts::Facts;

check! {
    /// Une clause ou un critère choisi est retiré de la bibliothèque.
    ///
    /// ## Pourquoi
    /// Son fichier n’est gardé que pour relire les anciens dossiers : son texte a été remplacé ou n’est plus à jour.
    ///
    /// ## Que faire
    /// Choisissez ce qui le remplace ; `clausier montrer` le dit quand la bibliothèque l’a.
    "clause-retiree", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in facts.selection.all().filter(|s| s.clause.status == Status::Retired) {
        let id = &selected.clause.id;
        let message = match selected.clause.kind {
            Kind::Criterion => format!("le critère « {id} » est retiré"),
            _ => format!("la clause « {id} » est retirée"),
        };
        let help = match &selected.clause.successor {
            Some(successor) => format!("choisissez « {successor} », qui le remplace"),
            None => "choisissez un texte à jour".to_owned(),
        };
        notes.add(selected.path(), message, help);
    }
}
