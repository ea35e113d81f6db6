use super::Notes;
use crate::library::clause::Retired;
use crate::resolution::facts::Facts;

check! {
    /// Une liaison nomme un mécanisme que la règle n’a plus.
    ///
    /// ## Pourquoi
    /// Les liaisons écrites sous l’ancienne règle se lisent encore : « meme-heure » vaut « heures-liees » ; une pénalité
    /// jointe n’a plus d’effet, chaque manque ayant son tarif.
    ///
    /// ## Que faire
    /// Corrigez `mecanismes` dans le fichier de la liaison, comme le dit le constat.
    "mecanisme-retire", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let liaisons = facts.selection.clauses.iter().filter_map(|selected| Some((selected, selected.clause.link()?)));
    for (selected, link) in liaisons {
        for Retired { word, help, .. } in &link.retired {
            notes.add(
                selected.path(),
                format!("« {} » nomme le mécanisme « {word} », que la règle n’a plus", selected.clause.id),
                *help,
            );
        }
    }
}
