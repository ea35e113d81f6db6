check! {
    /// Un texte du dossier vise des personnes par leur lieu de résidence.
    ///
    /// ## Pourquoi
    /// Une clause d’insertion vise des personnes éloignées de l’emploi. Les choisir par leur commune exclut sans raison
    /// celles d’à côté, et les candidats étrangers au territoire ne peuvent pas recruter.
    ///
    /// ## Que faire
    /// Visez les catégories de la liste, toutes ensemble. La résidence en quartier prioritaire en est une parmi
    /// d’autres.
    "public-par-residence", Warning, since "0.1.0", texts ["c-trav-l1132-1", "ccp-l3"], Words,
}
