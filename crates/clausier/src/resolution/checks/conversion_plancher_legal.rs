use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::facts::LinkFacts;

check! {
    /// Une obligation légale serait convertie en heures.
    ///
    /// ## Pourquoi
    /// Ce que la loi impose ne se rachète pas : ni le tri des déchets, ni l’interdiction des produits phytosanitaires,
    /// ni la sécurité ne peuvent être remplacés par des heures d’insertion. Le texte est celui que rappelle la clause liée.
    ///
    /// ## Que faire
    /// Retirez la conversion, ou liez une mesure qui va au-delà du plancher légal.
    "conversion-plancher-legal", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for link in &facts.links {
        if link.environment.legal_floor && converts(link) {
            notes.add(
                format!("clause.{}.plafond_conversion", link.clause.id),
                format!("« {} » convertirait « {} », un plancher légal", link.clause.id, link.environment.id),
                "retirez plafond_conversion, ou liez une autre mesure",
            );
        }
    }
}

fn converts(link: &LinkFacts<'_>) -> bool {
    link.conversion.as_ref().is_some_and(|rate| rate.0.is_positive())
}
