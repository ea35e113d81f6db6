use super::Notes;
use crate::base::quantity::Hours;
use crate::library::clause::Value;
use crate::resolution::facts::Facts;

check! {
    /// La formation due dépasse les heures d’insertion dont elle est une part.
    ///
    /// ## Pourquoi
    /// La formation se fait sur le temps de travail et compte dans les heures dues : elle ne peut pas les dépasser.
    ///
    /// ## Que faire
    /// Réduisez le nombre de personnes formées ou la durée, ou augmentez les heures.
    "formation-au-dela-des-heures", Blocking, since "0.1.0", texts [], Dossier(run),
}

/// Parameters by which a clause or a liaison sets its training.
const PERSONS: &str = "formation_personnes";
const EACH: &str = "formation_heures";

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in &facts.selection.clauses {
        for lot in selected.lots.iter().filter(|lot| selected.speaks_on(**lot)) {
            let number = |name| selected.value(*lot, name).and_then(Value::number);
            let Some(training) = number(PERSONS).zip(number(EACH)).map(|(persons, each)| &persons * &each) else {
                continue;
            };
            let link = facts.links.iter().find(|link| link.clause.id == selected.clause.id && link.lot == *lot);
            let whole = facts.hours.get(lot).and_then(|h| h.result.as_ref().ok()).map(|r| r.rounded.0.clone());
            let (most, whose) = match link {
                Some(link) => (link.linked().map(|hours| hours.0), "liées"),
                None => (whole, "du lot"),
            };
            let Some(most) = most.filter(|most| training > *most) else { continue };
            notes.add(
                format!("{}.{PERSONS}", selected.path()),
                format!(
                    "« {} » demande {} de formation pour {}, plus que les heures {whose} ({})",
                    selected.clause.id,
                    Hours(training),
                    facts.the_lot(*lot),
                    Hours(most)
                ),
                "réduisez le nombre de personnes formées ou la durée, ou augmentez les heures",
            );
        }
    }
}
