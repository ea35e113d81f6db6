use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::select::FaultKind;

check! {
    /// Un paramètre obligatoire n’a pas de valeur.
    ///
    /// ## Pourquoi
    /// Le CCAG laisse au marché les montants des pénalités, les volumes, les quantités : sans eux la stipulation est
    /// sans effet, et la bibliothèque ne choisit pas à la place de l’acheteur.
    ///
    /// ## Que faire
    /// Ajoutez la valeur. La question posée et l’usage observé sont dans le constat ; l’usage n’est pas une règle.
    "valeur-manquante", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    notes.faults(facts, FaultKind::MissingValue);
}
