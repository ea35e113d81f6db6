use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, rounded};

check! {
    /// Une liaison réserve le lot sans le dire.
    ///
    /// ## Pourquoi
    /// Quand plus de la moitié du travail du lot doit être faite par des personnes éligibles, seules les structures qui
    /// les emploient peuvent répondre : c’est une réservation, qui doit être décidée et publiée comme telle.
    ///
    /// ## Que faire
    /// Réduisez les heures, ou réservez le lot (`reserve = ["iae"]`) et publiez-le à l’avis.
    "liaison-reservation-deguisee", Warning, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13", "ccp-r2113-7"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let Ok(most) = facts.law.parameter("reservation-deguisee") else { return };
    let Some(share) = lot.hours.insertion_rate() else { return };
    let reserved = facts.consultation.lots.get(&lot.lot).is_some_and(|l| !l.reserved_to.is_empty());
    if let (false, true, Some(first)) = (reserved, most.rate().is_some_and(|most| share > *most), lot.tied.first()) {
        notes.add(
            format!("clause.{}", first.id),
            format!(
                "les heures imposées sont {} du travail de {}, plus que {most}",
                rounded(&share),
                facts.the_lot(lot.lot)
            ),
            "réduisez les heures, ou réservez le lot et publiez-le",
        );
    }
}
