use super::Notes;
use crate::resolution::facts::{CEILING, Facts};

check! {
    /// Deux clauses, ou deux lots, donnent des plafonds généraux différents.
    ///
    /// ## Pourquoi
    /// Le plafond général couvre les pénalités de toutes les clauses, lot par lot, et les pièces n’en impriment qu’un : l’autre
    /// valeur n’irait nulle part.
    ///
    /// ## Que faire
    /// Donnez le même `plafond_penalites` partout, ou une seule fois.
    "plafonds-generaux-differents", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let given = facts.general_ceilings();
    let Some((_, _, first)) = given.first() else { return };
    if let Some((selected, _, other)) = given.iter().find(|(_, _, value)| value != first) {
        notes.add(
            format!("clause.{}.{CEILING}", selected.clause.id),
            format!("deux plafonds généraux : {} et {}", first.figure(), other.figure()),
            "donnez le même plafond_penalites partout, ou une seule fois",
        );
    }
}
