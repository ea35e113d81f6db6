use super::Notes;
use crate::base::terms::{Kind, Status};
use crate::resolution::facts::Facts;

check! {
    /// Une clause ou un critère choisi n’a pas été relu.
    ///
    /// ## Pourquoi
    /// Son texte n’a été lu que par celui qui l’a écrit : une erreur de droit ou de chiffre peut s’y trouver.
    ///
    /// ## Que faire
    /// Faites relire ce texte par un juriste avant de publier, ou choisissez-en un qui l’a été.
    "clause-en-brouillon", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in facts.selection.all().filter(|s| s.clause.status == Status::Draft) {
        let id = &selected.clause.id;
        let message = match selected.clause.kind() {
            Kind::Criterion => format!("le critère « {id} » n’a pas été relu"),
            _ => format!("la clause « {id} » n’a pas été relue"),
        };
        notes.add(selected.path(), message, "faites relire ce texte avant de publier");
    }
}
