use super::Notes;
use crate::base::quantity::{Hours, Number};
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
        // What is due to each holder follows his own orders.
        let holders = facts.consultation.holders;
        let each =
            result.rounded.0.over(&Number::from_int(holders.into())).map(|hours| hours.floor_to(&Number::from_int(1)));
        let Some(each) = each.map(Hours) else { continue };
        let small = least.hours().is_some_and(|least| each < *least);
        let shared = if holders > 1 {
            format!(" par titulaire, s’ils sont {holders} à parts égales,")
        } else {
            String::new()
        };
        if small && result.rounded.0.is_positive() {
            notes.add(
                format!("clause.{}", hours.clause.id),
                format!("{each} seulement{shared} pour {}, moins de {least}", facts.the_lot(*lot)),
                "préférez une action d’insertion, ou regroupez les heures sur un autre lot",
            );
        }
    }
}
