use super::Notes;
use crate::base::quantity::{Hours, Rate};
use crate::dossier::consultation::Lot;
use crate::library::clause::{HoursRule, Value};
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::rounded;

check! {
    /// Le taux d’insertion d’un lot est élevé.
    ///
    /// ## Pourquoi
    /// Au-delà de ce taux, l’obligation pèse sur l’organisation même du prestataire : peu d’entreprises peuvent
    /// répondre. Une réservation du lot serait plus franche, et publiée comme telle. Au-delà de la moitié, seules les
    /// structures qui emploient ces personnes peuvent répondre. Les deux taux sont de pratique.
    ///
    /// ## Que faire
    /// Ramenez le taux, ou réservez le lot (`reserve = ["iae"]`) si l’offre le permet.
    "taux-insertion-eleve", Warning, since "0.1.0", texts ["ccp-r2113-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Ok(most) = facts.law.parameter("taux-insertion-haut") else { return };
    let half = facts.law.parameter("reservation-deguisee").ok().and_then(|value| value.rate());
    for lot in facts.consultation.lots.values() {
        for selected in facts.hours_clauses(lot.number) {
            let Some(HoursRule::Computed { rate, volume, .. }) = selected.clause.hours() else { continue };
            let imposed = volume.as_ref().and_then(|name| Some((name, selected.value(lot.number, name)?)));
            let (name, share) = match (imposed, selected.value(lot.number, rate)) {
                // An imposed volume makes the rate a dead letter: its own share of the work counts.
                (Some((name, Value::Hours(hours))), _) => (name, share_of_work(hours, lot)),
                (_, Some(Value::Rate(given))) => (rate, Some(given.clone())),
                _ => continue,
            };
            let Some(share) = share.filter(|share| most.rate().is_some_and(|most| share > most)) else { continue };
            let (path, the_lot) = (format!("{}.{name}.{}", selected.path(), lot.number), facts.the_lot(lot.number));
            if half.is_some_and(|half| share > *half) {
                notes.add(
                    path,
                    format!(
                        "{} du travail demandé à des personnes éligibles pour {the_lot} : seules les structures qui les \
                         emploient peuvent répondre",
                        rounded(&share)
                    ),
                    "ramenez le taux, ou réservez le lot et publiez-le : c’est une réservation qui ne dit pas son nom",
                );
                continue;
            }
            notes.add(
                path,
                format!("un taux d’insertion de {} pour {the_lot}, au-delà de {most}", rounded(&share)),
                "ramenez le taux, ou réservez le lot : ce serait plus franc",
            );
        }
    }
}

/// The share of the work of a lot that some hours make, when the lot says its labour.
fn share_of_work(hours: &Hours, lot: &Lot) -> Option<Rate> {
    let labour = lot.labour.as_ref()?;
    let work = (&lot.amount.0 * &labour.share.0).over(&labour.price.0)?;
    hours.0.over(&work).map(Rate)
}
