use crate::resolution::select::FaultKind::NoPair;

check! {
    /// Une liaison n’a pas, sur un lot, les deux clauses qu’elle lie.
    ///
    /// ## Pourquoi
    /// Une liaison ne crée ni l’obligation d’insertion ni l’obligation environnementale : elle dit comment le même
    /// travail exécute les deux. Sans l’une d’elles, elle est vide.
    ///
    /// ## Que faire
    /// Ajoutez sur ce lot la clause sociale ou environnementale que le constat nomme, ou limitez la liaison aux lots
    /// qui ont les deux, avec `lots = [1]`.
    "liaison-sans-couple", Blocking, since "0.1.0", texts [], Fault(NoPair),
}
