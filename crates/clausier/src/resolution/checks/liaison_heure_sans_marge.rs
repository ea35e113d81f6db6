use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::file::edit::Edit;
use crate::library::clause::PenaltyObject;
use crate::library::clause::link::{LINKED_HOUR, TRAINING_HOUR};
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

/// Floors of an hour of the volume and of a linked hour, in euros: 1,1 times the greatest extra cost, rounded up.
const HOUR: i64 = 20;
const LEAST_LINKED: i64 = 11;

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let Some(duty) = &lot.duty else { return };
    let mut short = |path: String, what: &str, tariff: &Euros, least: Euros, (id, name): (&str, &str)| {
        if *tariff < least {
            let raised: Option<Edit> =
                (!name.is_empty()).then(|| fixes::value(facts.consultation, id, name, lot.lot, fixes::raw(&least)));
            let note = notes.note(
                path,
                format!("{what} : {tariff}, sous le plancher de {least}{}", facts.in_lot(lot.lot)),
                format!("portez ce tarif à {least} au moins"),
            );
            note.fix(raised);
        }
    };
    let social = facts.hours.get(&lot.lot).map(|hours| hours.clause);
    let id = social.map_or("", |clause| clause.id.as_str());
    let penalty = social.and_then(|clause| clause.penalties.iter().find(|p| p.object == PenaltyObject::Hours));
    // A tariff that follows an index is no value of the dossier.
    let name = penalty.filter(|penalty| penalty.index.is_none()).map_or("", |penalty| penalty.amount.as_str());
    let least = Euros::from_int(HOUR);
    short(format!("clause.{id}"), "heure d’insertion manquante", &duty.per_hour, least, (id, name));
    for (id, measure) in lot.measures() {
        let Measure { per_linked_hour, per_training_hour, training, .. } = measure;
        // Free hours have their own finding.
        if !per_linked_hour.0.is_zero() {
            let path = format!("clause.{id}.penalite_heure_liee");
            short(path, "heure liée manquante", per_linked_hour, Euros::from_int(LEAST_LINKED), (id, LINKED_HOUR));
        }
        if let Some(price) = lot.price.as_ref().filter(|_| training.0.is_positive()) {
            let path = format!("clause.{id}.penalite_formation");
            let least = training_floor(price);
            short(path, "heure de formation manquante", per_training_hour, least, (id, TRAINING_HOUR));
        }
    }
}

/// 0,75 × P + 5.
fn training_floor(price: &Euros) -> Euros {
    let part = Number::fraction(3, 4).unwrap_or_else(Number::zero);
    Euros(&(&price.0 * &part) + &Number::from_int(5))
}
