check! {
    /// Un texte du dossier répète que la loi s’applique.
    ///
    /// ## Pourquoi
    /// La réglementation s’impose sans que le marché le dise ; la phrase n’ajoute rien, et ne vaut pas condition
    /// d’exécution environnementale.
    ///
    /// ## Que faire
    /// Retirez-la, ou écrivez ce que le marché demande de plus.
    "reglementation-rappelee", Advice, since "0.1.0", texts ["ccp-l2112-2"], Words,
}
