check! {
    /// Un texte du dossier juge des résultats passés.
    ///
    /// ## Pourquoi
    /// Les conditions de participation se limitent à l’aptitude et aux capacités nécessaires, et les critères jugent
    /// l’offre. Des résultats d’insertion obtenus ailleurs ne relèvent ni des unes ni des autres quand ils sont sans
    /// lien avec l’objet.
    ///
    /// ## Que faire
    /// Jugez les moyens proposés pour ce marché. L’expérience, si elle est utile, se demande à la candidature et se
    /// proportionne.
    "references-passees", Warning, since "0.1.0", texts ["ccp-l2142-1"], Words,
}
