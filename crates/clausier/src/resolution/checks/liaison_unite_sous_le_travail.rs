use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::raised;
use crate::resolution::liaisons::{LotLiaisons, priced};

check! {
    /// Manquer une unité coûte moins que le travail qu’elle demande.
    ///
    /// ## Pourquoi
    /// La pénalité de l’unité, avec son prix propre s’il n’est pas payé, est inférieure au ratio multiplié par le prix
    /// d’une heure : le titulaire gagnerait à payer plutôt qu’à faire, et l’offre la moins chère serait celle qui y compte.
    ///
    /// ## Que faire
    /// Portez la pénalité au montant que donne le constat : il couvre aussi le haut de la plage connue du ratio.
    "liaison-unite-sous-le-travail", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for unit in priced(facts, lot).filter(|unit| unit.loss < unit.floors.work) {
        let note = notes.note(
            unit.path(),
            format!(
                "« {} » : {} de perte par {} pour {} de travail{}",
                unit.id(),
                unit.shown(&unit.loss),
                unit.name(),
                unit.shown(&unit.floors.work),
                facts.in_lot(lot.lot)
            ),
            format!("portez la pénalité à {} par {} au moins", unit.at_least(&unit.floors.margin), unit.name()),
        );
        note.fix([raised(facts, lot.lot, &unit, &unit.floors.margin)]);
    }
}
