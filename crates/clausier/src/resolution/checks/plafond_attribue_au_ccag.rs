check! {
    /// Un plafond de pénalités est attribué au CCAG.
    ///
    /// ## Pourquoi
    /// Le plafond de 10 % du CCAG ne vise que les pénalités de retard. Celles d’insertion et d’environnement n’en ont
    /// pas, sauf si le marché le fixe.
    ///
    /// ## Que faire
    /// Fixez le plafond dans la liaison ou dans votre clause, en part du montant du lot.
    "plafond-attribue-au-ccag", Warning, since "0.1.0", texts [], Words,
}
