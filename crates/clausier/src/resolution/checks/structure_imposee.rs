check! {
    /// Un texte du dossier impose une structure ou une seule modalité.
    ///
    /// ## Pourquoi
    /// Le CCAG laisse au titulaire le choix entre embauche directe, mise à disposition, sous-traitance et groupement.
    /// Nommer une structure fausse la concurrence ; imposer une modalité déroge au CCAG et doit être listé.
    ///
    /// ## Que faire
    /// Retirez le nom ; citez les modalités à titre d’exemple. Si le lot doit revenir à ces structures, réservez-le et
    /// publiez-le.
    "structure-imposee", Warning, since "0.1.0", texts ["ccp-l3"], Words,
}
