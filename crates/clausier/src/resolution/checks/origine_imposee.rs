check! {
    /// Un texte du dossier impose une origine ou une marque.
    ///
    /// ## Pourquoi
    /// Une spécification ne peut mentionner ni provenance, ni procédé, ni marque qui favorise ou élimine un opérateur,
    /// sauf si l’objet du marché le justifie, et alors avec « ou équivalent ».
    ///
    /// ## Que faire
    /// Décrivez les caractéristiques qui comptent : essence, durabilité, émissions, traçabilité.
    "origine-imposee", Warning, since "0.1.0", texts ["ccp-r2111-7", "ccp-l2112-4"], Words,
}
