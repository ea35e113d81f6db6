use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::hours::HoursError;

check! {
    /// Un facteur du calcul rend les heures d’un lot impossibles.
    ///
    /// ## Pourquoi
    /// Une part supérieure à 100 %, un diviseur nul ou un montant négatif ne donnent aucun volume.
    ///
    /// ## Que faire
    /// Corrigez le facteur que le constat nomme, dans le lot ou dans la clause.
    "heures-incalculables", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (lot, hours) in &facts.hours {
        match &hours.result {
            Ok(_) | Err(HoursError::RoundedToZero { .. }) => {}
            Err(error) => notes.add(
                format!("lot.{lot}"),
                format!("aucun volume d’heures pour {} : {error}", facts.the_lot(*lot)),
                "corrigez le facteur du calcul",
            ),
        }
    }
}
