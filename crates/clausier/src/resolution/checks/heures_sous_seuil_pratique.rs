use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le volume d’heures d’un lot est trop petit pour un parcours.
    ///
    /// ## Pourquoi
    /// Sous une semaine de travail, une heure d’insertion coûte plus en suivi qu’elle n’apporte à la personne. Le seuil
    /// est de pratique, non de droit.
    ///
    /// ## Que faire
    /// Préférez une autre considération sociale (action, visite, stage), regroupez les heures sur un lot plus grand, ou
    /// gardez ce volume en connaissance de cause.
    "heures-sous-seuil-pratique", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Ok(least) = facts.law.parameter("volume-minimal") else { return };
    for (lot, hours) in &facts.hours {
        let Ok(result) = &hours.result else { continue };
        let small = least.hours().is_some_and(|least| result.rounded < *least);
        if small && result.rounded.0.is_positive() {
            notes.add(
                format!("clause.{}", hours.clause.id),
                format!("{} seulement pour {}, moins de {least}", result.rounded, facts.the_lot(*lot)),
                "préférez une action d’insertion, ou regroupez les heures sur un autre lot",
            );
        }
    }
}
