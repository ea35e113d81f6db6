check! {
    /// Un texte du dossier accorde une préférence locale.
    ///
    /// ## Pourquoi
    /// Réserver un avantage aux entreprises, aux produits ou à la main-d’œuvre d’un lieu est contraire à l’égalité de
    /// traitement. La seule exigence de territoire que le code admet porte sur des moyens situés dans l’Union
    /// européenne.
    ///
    /// ## Que faire
    /// Décrivez le besoin qui se cache derrière : un délai d’intervention, une fraîcheur, une visite préalable, une
    /// fréquence de livraison.
    "preference-locale", Warning, since "0.1.0", texts ["ccp-l3", "ccp-r2111-7"], Words,
}
