use super::Notes;
use crate::base::quantity::{Hours, Number};
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// La formation prend plus d’un cinquième des heures liées.
    ///
    /// ## Pourquoi
    /// Former est utile ; former pour remplir le volume ne l’est pas. Au-delà d’un cinquième, les heures liées ne servent
    /// plus d’abord à obtenir le résultat.
    ///
    /// ## Que faire
    /// Formez moins de personnes, ou moins longtemps, ou liez plus d’heures.
    "liaison-formation-excessive", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, measure) in lot.measures() {
        let Some(part) = facts.usages.as_ref().map(|usages| &usages.training_part) else { continue };
        let most = Hours(&measure.linked_hours.0 * &part.0);
        if measure.training > most {
            notes.add(
                format!("clause.{id}.formation_heures"),
                format!(
                    "« {id} » : {} de formation sur {} liées{}",
                    measure.training,
                    measure.linked_hours,
                    facts.in_lot(lot.lot)
                ),
                format!(
                    "ramenez la formation à {} au plus, ou liez plus d’heures",
                    Hours(most.0.floor_to(&Number::from_int(1)))
                ),
            );
        }
    }
}
