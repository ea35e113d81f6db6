use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Deux clauses fixent des heures sur le même lot.
    ///
    /// ## Pourquoi
    /// Un lot a un volume d’insertion et un seul : avec deux, nul ne sait s’ils s’ajoutent, et la même heure pourrait
    /// être comptée ou pénalisée deux fois.
    ///
    /// ## Que faire
    /// Gardez la clause d’heures qui convient, ou séparez les lots par `lots = […]`.
    "deux-volumes", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        let mut clauses = facts.hours_clauses(*lot);
        let Some(first) = clauses.next() else { continue };
        for other in clauses {
            notes.add(
                other.path(),
                format!(
                    "deux volumes d’heures pour {} : « {} » et « {} »",
                    facts.the_lot(*lot),
                    first.clause.id,
                    other.clause.id
                ),
                "gardez une seule clause d’heures par lot",
            );
        }
    }
}
