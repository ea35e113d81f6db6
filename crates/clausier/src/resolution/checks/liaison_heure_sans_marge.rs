use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::law::Usages;
use crate::library::clause::link::{LINKED_HOUR, TRAINING_HOUR};
use crate::library::clause::{PenaltyObject, Value};
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::ledger::Measure;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Un tarif d’heure est inférieur à ce que l’heure épargne.
    ///
    /// ## Pourquoi
    /// Une heure d’insertion coûte 5 à 15 € de plus qu’une autre : encadrement, formation, rythme. Une heure de formation
    /// coûte la part évitable de son prix et le formateur. Sous ces montants, avec leur marge, s’en dispenser rapporte.
    /// Ces coûts sont d’usage : à confirmer avec le facilitateur.
    ///
    /// ## Que faire
    /// Portez chaque tarif au plancher que donne le constat.
    "liaison-heure-sans-marge", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let (Some(duty), Some(usages)) = (&lot.duty, &facts.usages) else { return };
    let mut short = |(id, name): (&str, &str), what: &str, tariff: &Euros, least: Euros| {
        if *tariff < least {
            let note = notes.note(
                format!("clause.{id}.{name}"),
                format!("{what} : {tariff}, sous le plancher de {least}{}", facts.in_lot(lot.lot)),
                format!("portez ce tarif à {least} au moins"),
            );
            let written = Euros(least.0.ceil_to(&Number::from_int(1)));
            note.fix([fixes::setting(facts.consultation, lot.lot, id, name, &Value::Amount(written))]);
        }
    };
    let social = facts.hours.get(&lot.lot).map(|hours| hours.clause);
    let tariff = social.and_then(|clause| {
        let hours = clause.penalties.iter().find(|penalty| penalty.object == PenaltyObject::Hours)?;
        Some((clause.id.as_str(), hours.amount.as_str()))
    });
    if let Some(tariff) = tariff {
        short(tariff, "heure d’insertion manquante", &duty.per_hour, usages.hour_floor.clone());
    }
    for (id, measure) in lot.measures() {
        let Measure { per_linked_hour, per_training_hour, training, .. } = measure;
        // Free hours have their own finding.
        if !per_linked_hour.0.is_zero() {
            short((id, LINKED_HOUR), "heure liée manquante", per_linked_hour, usages.linked_floor.clone());
        }
        if let Some(price) = lot.price.as_ref().filter(|_| training.0.is_positive()) {
            short(
                (id, TRAINING_HOUR),
                "heure de formation manquante",
                per_training_hour,
                training_floor(price, usages),
            );
        }
    }
}

/// κ × P, and the trainer.
fn training_floor(price: &Euros, usages: &Usages) -> Euros {
    Euros(&(&price.0 * &usages.avoidable.0) + &usages.training_floor.0)
}
