use super::Notes;
use crate::base::quantity::Number;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Les tâches liées durent trop peu pour que la seconde mise en demeure serve.
    ///
    /// ## Pourquoi
    /// Le retard se constate au tiers puis aux deux tiers de la durée prévue. Si le dernier tiers dure moins de quinze
    /// jours, la mise en demeure des deux tiers arrive quand plus rien ne se rattrape.
    ///
    /// ## Que faire
    /// Allongez la durée des tâches liées, ou tenez une réunion de plus au début.
    "liaison-dates-rapprochees", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for tied in &lot.tied {
        let Some((name, duration)) = facts.link_of(lot.lot, &tied.id).and_then(|link| link.duration.as_ref()) else {
            continue;
        };
        // Three times fifteen days, in months.
        let least = Number::fraction(45 * 12, 365).unwrap_or_else(Number::zero);
        if duration.months() < least {
            notes.add(
                name,
                format!("« {} » : les tâches liées durent {duration}{}", tied.id, facts.in_lot(lot.lot)),
                "prévoyez quarante-cinq jours au moins, ou une réunion de plus au début",
            );
        }
    }
}
