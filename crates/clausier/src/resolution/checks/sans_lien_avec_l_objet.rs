check! {
    /// Un texte du dossier demande ce qui est étranger au contrat.
    ///
    /// ## Pourquoi
    /// Une condition d’exécution et un critère sont liés à l’objet du contrat : ce qui est fourni ou exécuté, à un moment de
    /// son cycle de vie. Un don à une association, un parrainage, un arbre planté pour chaque commande n’en font pas partie,
    /// si louables qu’ils soient.
    ///
    /// ## Que faire
    /// Demandez ce qui se mesure dans l’exécution : ce qui est posé, transporté, réemployé, et par qui. Un don de ce que le
    /// contrat produit (invendus, meubles déposés) est lié à l’objet.
    "sans-lien-avec-l-objet", Warning, since "0.1.0", texts ["ccp-l2112-2", "ccp-l2112-3", "ccp-l2152-7"], Words,
}
