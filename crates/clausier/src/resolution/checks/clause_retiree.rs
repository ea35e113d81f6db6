use super::Notes;
use crate::base::terms::{Kind, Status};
use crate::dossier::renaming;
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
        let message = match selected.clause.kind() {
            Kind::Criterion => format!("le critère « {id} » est retiré"),
            _ => format!("la clause « {id} » est retirée"),
        };
        let help = match &selected.clause.successor {
            Some(successor) => format!("choisissez « {successor} », qui le remplace"),
            None => "choisissez un texte à jour".to_owned(),
        };
        let consultation = facts.consultation;
        let fix = selected.clause.successor.as_deref().and_then(|new| {
            if let Some(choice) = consultation.choice(id) {
                let all = consultation.lots.keys().copied();
                return consultation.choice(new).is_none().then(|| renaming::renamed_clause(choice, all, new));
            }
            let named = |id: &str| consultation.criteria.iter().find(|criterion| criterion.id == id);
            named(id).filter(|_| named(new).is_none()).map(|choice| renaming::renamed_criterion(choice, new))
        });
        notes.note(selected.path(), message, help).fix(fix.unwrap_or_default());
    }
}
