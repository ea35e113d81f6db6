check! {
    /// Un texte du dossier cite un texte qui ne dit pas cela, ou plus.
    ///
    /// ## Pourquoi
    /// Une citation fausse fragilise toute la clause : elle montre qu’elle n’a pas été vérifiée.
    ///
    /// ## Que faire
    /// Corrigez la citation comme le constat l’indique, ou retirez-la : les pièces portent déjà celles qu’il faut.
    "citation-erronee", Warning, since "0.1.0", texts [], Words,
}
