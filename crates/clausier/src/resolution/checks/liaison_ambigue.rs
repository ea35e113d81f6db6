use crate::resolution::select::FaultKind::AmbiguousPair;

check! {
    /// Une liaison pourrait lier plusieurs clauses d’un lot.
    ///
    /// ## Pourquoi
    /// Le choix du couple décide des heures, de la quantité et des pénalités : le programme ne le devine pas.
    ///
    /// ## Que faire
    /// Nommez le couple : `lie = ["clause-sociale", "clause-environnementale"]`.
    "liaison-ambigue", Blocking, since "0.1.0", texts [], Fault(AmbiguousPair),
}
