check! {
    /// Une exclusion facultative est présentée comme automatique.
    ///
    /// ## Pourquoi
    /// L’absence de plan de vigilance, de rapport de durabilité ou de bilan d’émissions permet d’exclure une entreprise
    /// ; elle n’y oblige pas, et l’entreprise doit d’abord pouvoir s’expliquer.
    ///
    /// ## Que faire
    /// Écrivez que l’acheteur peut exclure, après avoir recueilli les observations de l’entreprise.
    "exclusion-automatique", Warning, since "0.1.0", texts ["ccp-l2141-7-1", "ccp-l2141-7-2", "ccp-l2141-11"], Words,
}
