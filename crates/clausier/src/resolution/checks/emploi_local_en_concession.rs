check! {
    /// Un critère d’une concession porte sur l’emploi ou l’économie du territoire.
    ///
    /// ## Pourquoi
    /// Une concession exploite un service sur un territoire : un critère sur les emplois que ce service crée peut être lié
    /// à son objet. Il devient une préférence locale s’il avantage l’entreprise déjà implantée, ou s’il réserve les emplois
    /// aux habitants.
    ///
    /// ## Que faire
    /// Notez ce que le candidat s’engage à créer pour le service (nombre, durée, publics, formation), vérifiable en
    /// exécution, sans condition d’implantation ni de résidence, et dites au dossier pourquoi l’objet le justifie.
    "emploi-local-en-concession", Advice, since "0.1.0", texts ["ccp-l3124-5", "ccp-r3124-4"], Words,
}
