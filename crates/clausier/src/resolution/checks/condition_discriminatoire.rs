check! {
    /// Un texte du dossier choisit ou écarte des personnes pour ce qu’elles sont.
    ///
    /// ## Pourquoi
    /// L’origine, la nationalité, le sexe, l’âge, la situation de famille, les opinions, la santé ou la langue d’une personne
    /// ne peuvent ni l’écarter d’un emploi ni la faire choisir. Une clause qui le demande expose l’acheteur et le titulaire,
    /// et fausse l’égalité entre les candidats (français exigé de tous sur un chantier).
    ///
    /// ## Que faire
    /// Demandez la compétence utile à la tâche (un encadrant qui donne les consignes en français, avec un interprète au
    /// besoin), ou visez ensemble les catégories de personnes éloignées de l’emploi : l’âge n’y est qu’une catégorie parmi
    /// d’autres.
    "condition-discriminatoire", Warning, since "0.1.0", texts ["c-trav-l1132-1", "ccp-l3"], Words,
}
