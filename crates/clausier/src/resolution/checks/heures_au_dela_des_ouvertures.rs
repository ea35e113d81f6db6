use super::Notes;
use crate::library::clause::Yardstick;
use crate::resolution::facts::Facts;

check! {
    /// Les heures d’insertion dépassent les heures de travail que le contrat ouvrira.
    ///
    /// ## Pourquoi
    /// Quand le personnel en place est repris, les heures d’insertion ne peuvent se faire que sur les départs, les
    /// remplacements et les tâches nouvelles. En demander plus pousse à évincer un salarié, ou à payer la pénalité.
    ///
    /// ## Que faire
    /// Baissez le taux ou le volume du lot jusqu’aux heures ouvertes, ou revoyez leur estimation.
    "heures-au-dela-des-ouvertures", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for excess in facts.beyond(|yardstick| *yardstick == Yardstick::Hours) {
        notes.add(
            excess.path,
            format!(
                "{} d’insertion demandées pour {}, plus que « {} » = {}",
                excess.limit,
                facts.the_lot(excess.lot),
                excess.name,
                excess.value
            ),
            "baissez le taux ou le volume du lot jusqu’aux heures ouvertes, ou revoyez leur estimation",
        );
    }
}
