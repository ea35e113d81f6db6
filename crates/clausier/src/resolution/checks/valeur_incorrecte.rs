use crate::resolution::select::FaultKind::WrongValue;

check! {
    /// La valeur d’un paramètre n’est pas du type attendu.
    ///
    /// ## Pourquoi
    /// Les montants, les taux, les heures et les quantités se calculent : une valeur qui ne se lit pas ne se devine
    /// pas.
    ///
    /// ## Que faire
    /// Écrivez la valeur sous la forme que le constat montre, avec son unité.
    "valeur-incorrecte", Blocking, since "0.1.0", texts [], Fault(WrongValue),
}
