check! {
    /// Un texte du dossier emploie un nom qui n’est plus le bon.
    ///
    /// ## Pourquoi
    /// Un organisme qui n’existe plus, un texte abrogé, un dispositif remplacé : le candidat ne sait pas à qui
    /// s’adresser, et le document paraît recopié d’un ancien.
    ///
    /// ## Que faire
    /// Écrivez le nom d’aujourd’hui, que donne le constat.
    "nom-perime", Warning, since "0.1.0", texts [], Words,
}
