check! {
    /// Un critère porte sur la politique générale de l’entreprise.
    ///
    /// ## Pourquoi
    /// Un critère est lié à l’objet du marché ou à ses conditions d’exécution. Noter la politique sociale ou
    /// environnementale de l’entreprise, la même pour tous ses contrats, ne l’est pas.
    ///
    /// ## Que faire
    /// Demandez ce que l’entreprise fera pour ce marché : personnes, tâches, quantités, moyens de contrôle.
    "critere-politique-generale", Warning, since "0.1.0", texts ["ccp-l2152-7", "ce-nantes-metropole"], Words,
}
