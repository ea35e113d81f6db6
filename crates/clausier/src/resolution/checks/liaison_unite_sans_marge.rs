use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::raised;
use crate::resolution::liaisons::{LotLiaisons, priced};

check! {
    /// La pénalité de l’unité ne laisse pas de marge sur le travail.
    ///
    /// ## Pourquoi
    /// Le ratio est mal connu, et les dernières unités sont les plus longues. Sous 1,1 fois le travail au ratio publié, ou
    /// sous les trois quarts du travail au ratio le plus haut connu, il peut être rentable de les laisser.
    ///
    /// ## Que faire
    /// Portez la pénalité au montant que donne le constat, ou vérifiez le ratio sur une unité témoin.
    "liaison-unite-sans-marge", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let short = priced(facts, lot).filter(|unit| unit.loss >= unit.floors.work && unit.loss < unit.floors.margin);
    for unit in short {
        let note = notes.note(
            unit.path(),
            format!(
                "« {} » : {} de perte par {}, sous le plancher de {}{}",
                unit.id(),
                unit.shown(&unit.loss),
                unit.name(),
                unit.shown(&unit.floors.margin),
                facts.in_lot(lot.lot)
            ),
            format!("portez la pénalité à {} par {} au moins", unit.at_least(&unit.floors.margin), unit.name()),
        );
        note.fix([raised(facts, lot.lot, &unit, &unit.floors.margin)]);
    }
}
