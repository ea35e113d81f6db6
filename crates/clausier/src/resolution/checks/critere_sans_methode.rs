check! {
    /// La méthode écrite pour un critère environnemental n’a pas d’échelle, ou ne note rien d’environnemental.
    ///
    /// ## Pourquoi
    /// Un critère compte comme environnemental par ce qu’il note. « Bilan carbone fourni par le candidat » demande un
    /// document et ne dit ni ce qui est mesuré, ni comment un point s’obtient ; une méthode qui note l’équipe ou le planning
    /// ne prend pas en compte les caractéristiques environnementales de l’offre.
    ///
    /// ## Que faire
    /// Nommez ce qui est mesuré et son unité (grammes de CO2 par repas, masse réemployée, kWh par an), puis l’échelle :
    /// niveaux et points, prorata de la meilleure valeur, ou interpolation entre deux bornes.
    "critere-sans-methode", Warning, since "0.1.0", texts ["ccp-l2152-7", "ccp-l2152-8", "ccp-r2152-11", "ccp-l3124-5"], Words,
}
