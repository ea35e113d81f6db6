use crate::resolution::select::FaultKind::ReplacedParameter;

check! {
    /// Le dossier donne un paramètre qu’une règle plus récente a remplacé.
    ///
    /// ## Pourquoi
    /// Les dossiers écrits sous l’ancienne règle des liaisons se lisent encore : ce qu’ils disaient ainsi se dit autrement,
    /// et la valeur n’a plus d’effet.
    ///
    /// ## Que faire
    /// Retirez la ligne, et donnez au besoin le paramètre que nomme le constat.
    "parametre-remplace", Warning, since "0.1.0", texts [], Fault(ReplacedParameter),
}
