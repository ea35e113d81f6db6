use crate::resolution::select::FaultKind::UnknownClause;

check! {
    /// Une clause du dossier n’est pas dans la bibliothèque.
    ///
    /// ## Pourquoi
    /// Un nom mal écrit ferait disparaître la clause des pièces sans que personne ne le voie.
    ///
    /// ## Que faire
    /// Corrigez le nom de la table `[clause.…]` ; `clausier lister` donne les clauses, et le constat propose la plus
    /// proche.
    "clause-inconnue", Blocking, since "0.1.0", texts [], Fault(UnknownClause),
}
