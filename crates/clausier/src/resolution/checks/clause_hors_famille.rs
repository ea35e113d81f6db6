use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Une clause ou un critère n’est pas fait pour l’objet d’un lot.
    ///
    /// ## Pourquoi
    /// Une condition d’exécution est liée à l’objet du marché. Une tâche étrangère à la prestation achetée, même utile,
    /// ne peut pas être exigée. Un critère d’attribution est lié à cet objet de la même façon : étranger au lot, il ne peut
    /// ni départager les offres ni tenir lieu de critère environnemental.
    ///
    /// ## Que faire
    /// Limitez la clause aux lots qui lui conviennent par `lots = […]`, donnez au critère un poids par lot, ou corrigez la
    /// famille du lot.
    "clause-hors-famille", Warning, since "0.1.0", texts ["ccp-l2112-2", "ccp-l2152-7", "ccp-l3114-2", "ccp-l3124-5"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        // An unknown family is another finding.
        if facts.library.legal().family(&lot.family).is_none() {
            continue;
        }
        let chosen = facts.selection.all().filter(|s| s.lots.contains(&lot.number));
        for selected in chosen.filter(|s| !s.clause.fits(&lot.family)) {
            let criterion = selected.clause.kind() == Kind::Criterion;
            let (made, of) = if criterion { ("fait", "du critère") } else { ("faite", "de la clause") };
            notes.add(
                selected.path(),
                format!(
                    "« {} » n’est pas {made} pour {}, de famille « {} »",
                    selected.clause.id,
                    facts.the_lot(lot.number),
                    lot.family
                ),
                format!("familles {of} : {}", selected.clause.families.join(", ")),
            );
        }
    }
}
