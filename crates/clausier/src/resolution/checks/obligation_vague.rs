check! {
    /// Un texte du dossier n’oblige à rien.
    ///
    /// ## Pourquoi
    /// « S’efforcer », « dans la mesure du possible » : une telle phrase ne se contrôle pas et ne se sanctionne pas. Le
    /// CCAG veut des obligations vérifiables par des méthodes objectives.
    ///
    /// ## Que faire
    /// Écrivez qui fait quoi, combien, avant quand, et quelle pièce le prouve.
    "obligation-vague", Advice, since "0.1.0", texts [], Words,
}
