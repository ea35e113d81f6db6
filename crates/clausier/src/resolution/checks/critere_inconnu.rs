use crate::resolution::select::FaultKind::UnknownCriterion;

check! {
    /// Un critère du dossier n’est pas dans la bibliothèque.
    ///
    /// ## Pourquoi
    /// Un critère sans nom connu n’a ni méthode ni éléments demandés : il laisserait une liberté de choix sans limite.
    ///
    /// ## Que faire
    /// Corrigez le nom dans `[critere]`, décrivez le critère dans le dossier (`titre`, `nature`, `[[critere.ID.note]]`), ou
    /// ajoutez-le à une bibliothèque à part.
    "critere-inconnu", Blocking, since "0.1.0", texts [], Fault(UnknownCriterion),
}
