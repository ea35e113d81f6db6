use super::Notes;
use crate::facts::Facts;

check! {
    /// Une clause n’est pas faite pour l’objet d’un lot.
    ///
    /// ## Pourquoi
    /// Une condition d’exécution est liée à l’objet du marché. Une tâche étrangère à la prestation achetée, même utile,
    /// ne peut pas être exigée.
    ///
    /// ## Que faire
    /// Limitez la clause aux lots qui lui conviennent par `lots = […]`, ou corrigez la famille du lot.
    "clause-hors-famille", Warning, since "0.1.0", texts ["ccp-l2112-2", "ccp-l3114-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        // An unknown family is another finding.
        if facts.library.legal().family(&lot.family).is_none() {
            continue;
        }
        let clauses = facts.selection.clauses.iter().filter(|s| s.lots.contains(&lot.number));
        for selected in clauses.filter(|s| !s.clause.fits(&lot.family)) {
            notes.add(
                selected.path(),
                format!(
                    "« {} » n’est pas faite pour {}, de famille « {} »",
                    selected.clause.id,
                    facts.the_lot(lot.number),
                    lot.family
                ),
                format!("familles de la clause : {}", selected.clause.families.join(", ")),
            );
        }
    }
}
