use super::Notes;
use crate::base::quantity::{Hours, Number};
use crate::resolution::facts::{Facts, LinkFacts};
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Les heures liées de chaque personne formée sont trop rares pour faire un poste.
    ///
    /// ## Pourquoi
    /// Sous soixante-dix heures par an et par personne formée, hors formation, la personne apprend la tâche sans
    /// l’exercer, et la structure ne peut pas l’employer pour cela. Le seuil est de pratique.
    ///
    /// ## Que faire
    /// Formez moins de personnes, liez plus d’heures, ou dites dans la note que les heures liées complètent un poste qui
    /// existe déjà, par sous-traitance ou mise à disposition.
    "liaison-heures-par-personne", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for tied in &lot.tied {
        let Some(link) = facts.link_of(lot.lot, &tied.id).filter(|link| link.people.is_positive()) else { continue };
        let Some(least) = facts.usages.as_ref().map(|usages| &usages.hours_by_person) else { continue };
        let Some(each) = by_person_and_year(facts, link).filter(|each| *each < least.0) else { continue };
        let people = link.people.french(0);
        notes.add(
            format!("clause.{}.formation_personnes", tied.id),
            format!(
                "« {} » : {} liées par an pour chacune des {people} personnes formées{}",
                tied.id,
                Hours(each.floor_to(&Number::from_int(1))),
                facts.in_lot(lot.lot)
            ),
            format!(
                "formez moins de personnes ou liez plus d’heures : {} par an et par personne au moins",
                least.0.french(0)
            ),
        );
    }
}

/// Linked hours without training, for a person trained and a year of the linked tasks, one year at least.
fn by_person_and_year(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Option<Number> {
    let work = (&link.linked()?.0 - &link.training).or_zero();
    let lot = facts.consultation.lots.get(&link.lot)?;
    let months = match (&link.duration, &lot.duration) {
        (Some((_, duration)), _) | (None, Some(duration)) => duration.months(),
        (None, None) => facts.consultation.total_months(),
    };
    let years = Number::max_of(&months.over(&Number::from_int(12))?, &Number::from_int(1));
    work.over(&(&years * &link.people))
}
