use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::finding::on;

check! {
    /// La date de lancement précède le droit que la bibliothèque connaît.
    ///
    /// ## Pourquoi
    /// Tout dépend du jour où l’avis est envoyé, ou la consultation engagée : seuils, obligations, rédaction des
    /// articles. Hors des dates du référentiel, aucun texte ne peut être cité.
    ///
    /// ## Que faire
    /// Vérifiez `lancement`. Une consultation plus ancienne n’est pas du ressort de cette bibliothèque.
    "lancement-hors-registre", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let launch = facts.consultation.launch;
    let Some(first_day) = facts.library.legal().first_day().filter(|first_day| launch < *first_day) else { return };
    notes.add(
        "lancement",
        format!("{} précède le premier jour du référentiel de droit", on(launch)),
        format!("le droit est connu depuis {} : corrigez la date de lancement", on(first_day)),
    );
}
