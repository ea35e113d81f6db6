use crate::resolution::select::FaultKind::UnknownParameter;

check! {
    /// Un paramètre n’appartient pas à la clause.
    ///
    /// ## Pourquoi
    /// Sa valeur n’irait nulle part : la pièce garderait la valeur par défaut, ou aucune.
    ///
    /// ## Que faire
    /// Corrigez le nom du paramètre, ou retirez-le ; `clausier montrer CLAUSE` les liste tous.
    "parametre-inconnu", Blocking, since "0.1.0", texts [], Fault(UnknownParameter),
}
