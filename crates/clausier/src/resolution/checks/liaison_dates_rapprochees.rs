use super::Notes;
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
        let Some(least) = facts.usages.as_ref().map(|usages| &usages.linked_length) else { continue };
        if duration.months() < least.months() {
            notes.add(
                name,
                format!("« {} » : les tâches liées durent {duration}{}", tied.id, facts.in_lot(lot.lot)),
                format!("prévoyez {least} au moins, ou une réunion de plus au début"),
            );
        }
    }
}
