use super::Notes;
use crate::facts::Facts;
use crate::terms::Status;

check! {
    /// Une clause choisie n’a pas été relue.
    ///
    /// ## Pourquoi
    /// Son texte n’a été lu que par celui qui l’a écrit : une erreur de droit ou de chiffre peut s’y trouver.
    ///
    /// ## Que faire
    /// Faites-la relire par un juriste avant de publier, ou choisissez une clause relue.
    "clause-en-brouillon", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in facts.selection.clauses.iter().filter(|s| s.clause.status == Status::Draft) {
        let message = format!("la clause « {} » n’a pas été relue", selected.clause.id);
        notes.add(selected.path(), message, "faites-la relire avant de publier");
    }
}
