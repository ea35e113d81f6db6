use super::Notes;
use crate::library::clause::HoursRule;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::hours::HoursError;

check! {
    /// L’arrondi fait disparaître toutes les heures d’un lot.
    ///
    /// ## Pourquoi
    /// Le calcul donne des heures, mais le pas d’arrondi, ou leur partage entre les périodes, n’en laisse aucune : la
    /// clause annoncée serait vide.
    ///
    /// ## Que faire
    /// Retenez le pas plus petit que le constat propose, moins de périodes, ou une autre considération sociale : une
    /// action, une visite, un stage.
    "heures-arrondies-a-zero", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (lot, hours) in &facts.hours {
        let Err(HoursError::RoundedToZero { raw, step, periods, proposed }) = &hours.result else { continue };
        let over = if *periods > 1 { format!(" sur {periods} périodes") } else { String::new() };
        let smaller = || {
            let HoursRule::Computed { step, .. } = hours.clause.hours()? else { return None };
            let value = format!("{} h", proposed.as_ref()?.hours());
            Some(fixes::value(facts.consultation, &hours.clause.id, step, *lot, value.into()))
        };
        let note = notes.note(
            format!("clause.{}.pas", hours.clause.id),
            format!("{raw}{over} pour {}, arrondies à zéro au pas de {step}", facts.the_lot(*lot)),
            match proposed {
                Some(smaller) => format!("retenez un pas de {smaller}"),
                None if *periods > 1 => "réduisez le nombre de périodes, ou préférez une action d’insertion".to_owned(),
                None => "aucun pas ne convient : préférez une action d’insertion".to_owned(),
            },
        );
        note.fix(smaller());
    }
}
