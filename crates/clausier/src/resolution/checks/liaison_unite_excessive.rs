use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, priced};

check! {
    /// Manquer une unité coûte plus de trois fois le travail qu’elle demande.
    ///
    /// ## Pourquoi
    /// Au-delà de trois fois le travail épargné, la pénalité n’a plus de rapport avec le manquement : le juge peut la
    /// modérer, et les candidats la mettent dans leur prix.
    ///
    /// ## Que faire
    /// Rapprochez la pénalité du plancher que donne le constat, ou vérifiez que le ratio n’est pas sous-estimé.
    "liaison-unite-excessive", Advice, since "0.1.0", texts ["c-civ-1231-5"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for unit in priced(facts, lot).filter(|unit| unit.loss > unit.floors.most) {
        notes.add(
            unit.path(),
            format!(
                "« {} » : {} de perte par {}, plus de trois fois son travail ({}){}",
                unit.id(),
                unit.shown(&unit.loss),
                unit.name(),
                unit.shown(&unit.floors.work),
                facts.in_lot(lot.lot)
            ),
            format!(
                "le plancher est de {} par {} ; au-delà de {}, le juge modère",
                unit.shown(&unit.floors.margin),
                unit.name(),
                unit.shown(&unit.floors.most)
            ),
        );
    }
}
