use super::Notes;
use crate::file::edit::Edit;
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
        if link.environment.is_legal_floor() && converts(link) {
            let path = format!("clause.{}.plafond_conversion", link.clause.id);
            notes
                .note(
                    path.as_str(),
                    format!("« {} » convertirait « {} », un plancher légal", link.clause.id, link.environment.id),
                    "retirez plafond_conversion, ou liez une autre mesure",
                )
                .fix(given(facts, link).then(|| Edit::remove(path)));
        }
    }
}

/// True when the dossier itself writes the ceiling of the conversion.
fn given(facts: &Facts<'_>, link: &LinkFacts<'_>) -> bool {
    let choice = facts.consultation.choice(&link.clause.id);
    choice.is_some_and(|choice| choice.parameters.contains_key("plafond_conversion"))
}

fn converts(link: &LinkFacts<'_>) -> bool {
    link.conversion.as_ref().is_some_and(|rate| rate.0.is_positive())
}
