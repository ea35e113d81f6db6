use super::Notes;
use crate::library::clause::Yardstick;
use crate::resolution::facts::Facts;

check! {
    /// Une valeur dépasse celle dont elle est une part.
    ///
    /// ## Pourquoi
    /// Une part plus grande que le tout, une quantité plus grande que le gisement, un objectif plus haut que la référence :
    /// l’obligation ne peut être tenue, et les pièces se contredisent.
    ///
    /// ## Que faire
    /// Corrigez l’une des deux valeurs.
    "part-superieure-au-tout", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for excess in facts.beyond(|yardstick| matches!(yardstick, Yardstick::Parameter(_))) {
        notes.add(
            excess.path,
            format!("« {} » = {}, plus que « {} » = {}", excess.name, excess.value, excess.than, excess.limit),
            "corrigez l’une des deux valeurs",
        );
    }
}
