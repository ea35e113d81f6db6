check! {
    /// Une part annuelle de l’acheteur est mise à la charge du titulaire.
    ///
    /// ## Pourquoi
    /// Les parts des lois AGEC et EGalim, comme celles des véhicules ou du biosourcé, se mesurent sur tous les achats
    /// de l’année : ce sont des devoirs de l’acheteur. Les présenter comme une obligation légale du titulaire est faux.
    ///
    /// ## Que faire
    /// Écrivez que le marché contribue à l’objectif, et fixez le chiffre que le titulaire doit atteindre dans ce
    /// marché.
    "part-annuelle-de-l-acheteur", Warning, since "0.1.0", texts ["loi-2020-105-58", "crpm-l230-5-1"], Words,
}
