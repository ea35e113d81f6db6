use super::Notes;
use crate::base::quantity::{Hours, Number, Rate};
use crate::base::terms::Mechanism;
use crate::library::clause::Value;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Le diagnostic peut porter les heures liées au-delà du volume d’insertion.
    ///
    /// ## Pourquoi
    /// Quand un diagnostic arrête la quantité, les heures liées varient comme elle, de 20 % au plus. Si le volume du lot ne
    /// les contient plus alors, la hausse s’arrête avant le travail, et une part de la quantité ajoutée n’a plus d’heures.
    ///
    /// ## Que faire
    /// Baissez `affectation`, à la part que donne le constat, ou relevez le volume d’insertion.
    "sequence-sans-marge", Warning, since "0.1.0", texts ["ccp-r2194-1"], Liaisons(run),
}

/// Greatest variation that a diagnosis may bring: 20 %.
const MOST: (i64, i64) = (6, 5);

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let most = Number::fraction(MOST.0, MOST.1).unwrap_or_else(Number::zero);
    for tied in &lot.tied {
        let Some(link) = facts.link_of(lot.lot, &tied.id) else { continue };
        let diagnosed = link.clause.link().is_some_and(|declared| declared.has(Mechanism::Sequence));
        let (Some(linked), Some(assigned)) = (link.linked().filter(|_| diagnosed), &link.assigned) else { continue };
        let others = &lot.coherence.assigned.0 - &assigned.0;
        let room = (&Number::from_int(1) - &others).or_zero();
        let raised = &assigned.0 * &most;
        if raised <= room {
            continue;
        }
        // At a whole per cent, downwards.
        let share = room.over(&most).map(|exact| Rate(exact.floor_to(&Rate::from_percent(1).0)));
        let Some(share) = share else { continue };
        let note = notes.note(
            format!("clause.{}.affectation", tied.id),
            format!(
                "« {} » : {linked} liées, que le diagnostic peut porter à {}, pour {} d’insertion{}",
                tied.id,
                Hours((&linked.0 * &most).floor_to(&Number::from_int(1))),
                lot.hours.hours,
                facts.in_lot(lot.lot)
            ),
            format!("ramenez affectation à {share}, ou relevez le volume d’insertion"),
        );
        note.fix([fixes::setting(facts.consultation, lot.lot, &tied.id, "affectation", &Value::Rate(share))]);
    }
}
