check! {
    /// Une raison d’écarter la clause sociale ne suffit pas à elle seule.
    ///
    /// ## Pourquoi
    /// La liste des motifs est fermée. Le plein emploi local, l’urgence, l’absence de facilitateur ou le coût n’y
    /// figurent pas : ils ne servent que s’ils établissent l’un des motifs de la liste.
    ///
    /// ## Que faire
    /// Dites en quoi ces faits coupent le lien avec l’objet, restreignent la concurrence ou rendent l’exécution
    /// difficile, et d’où ils viennent. Sinon, prévoyez la clause avec son échelle de repli.
    "raison-d-ecarter-insuffisante", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Words,
}
