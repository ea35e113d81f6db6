use crate::resolution::select::FaultKind::OutOfBounds;

check! {
    /// La valeur d’un paramètre sort des bornes de la clause.
    ///
    /// ## Pourquoi
    /// Les bornes sont celles hors desquelles la clause devient irréalisable, disproportionnée ou sans effet.
    ///
    /// ## Que faire
    /// Ramenez la valeur dans les bornes. Si le besoin est réellement ailleurs, choisissez une autre clause, ou écrivez
    /// la vôtre dans une bibliothèque à part.
    "valeur-hors-bornes", Blocking, since "0.1.0", texts [], Fault(OutOfBounds),
}
