use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::select::FaultKind;

check! {
    /// Une liaison pourrait lier plusieurs clauses d’un lot.
    ///
    /// ## Pourquoi
    /// Le choix du couple décide des heures, de la quantité et des pénalités : le programme ne le devine pas.
    ///
    /// ## Que faire
    /// Nommez le couple : `lie = ["clause-sociale", "clause-environnementale"]`.
    "liaison-ambigue", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    notes.faults(facts, FaultKind::AmbiguousPair);
}
