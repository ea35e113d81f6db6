check! {
    /// Une pénalité est dite irréductible.
    ///
    /// ## Pourquoi
    /// Le juge saisi peut modérer ou augmenter une pénalité manifestement excessive ou dérisoire. Toute stipulation
    /// contraire est réputée non écrite.
    ///
    /// ## Que faire
    /// Retirez ces mots, et gardez un montant proportionné, une mise en demeure et un plafond.
    "penalite-irreductible", Warning, since "0.1.0", texts ["c-civ-1231-5", "ce-puteaux"], Words,
}
