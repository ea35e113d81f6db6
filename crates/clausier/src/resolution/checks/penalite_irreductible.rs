check! {
    /// Une pénalité est dite irréductible.
    ///
    /// ## Pourquoi
    /// Le juge, quand on le lui demande, modère ou augmente une pénalité manifestement excessive ou dérisoire. Le code civil
    /// répute non écrite toute stipulation contraire.
    ///
    /// ## Que faire
    /// Retirez ces mots, et gardez un montant proportionné, une mise en demeure et un plafond.
    "penalite-irreductible", Warning, since "0.1.0", texts ["c-civ-1231-5", "ce-puteaux"], Words,
}
