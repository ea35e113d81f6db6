use super::Notes;
use crate::facts::Facts;
use crate::hours::HoursError;

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
    "heures-arrondies-a-zero", Blocking, since "0.1.0", texts ["ccp-l2112-2"], run,
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (lot, hours) in &facts.hours {
        if let Err(error @ HoursError::RoundedToZero { .. }) = &hours.result {
            notes.add(
                format!("clause.{}.pas", hours.clause.id),
                format!("{} : {error}", facts.the_lot(*lot)),
                "réduisez le pas d’arrondi, ou préférez une autre considération sociale",
            );
        }
    }
}
