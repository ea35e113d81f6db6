use super::Notes;
use crate::base::quantity::Number;
use crate::dossier::consultation::Weights;
use crate::resolution::facts::Facts;
use crate::resolution::simulation::points;

check! {
    /// Le poids d’un critère sort de l’usage.
    ///
    /// ## Pourquoi
    /// Trop faible, un critère ne départage personne ; trop fort, il écrase les autres. Le poids conseillé est de
    /// pratique.
    ///
    /// ## Que faire
    /// Rapprochez le poids de l’usage, ou gardez le vôtre en connaissance de cause.
    "poids-inhabituel", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        for (choice, criterion) in facts.criteria_of(*lot) {
            let (weight, (low, high)) = (choice.weights.of(*lot), criterion.weight);
            // A single criterion has all the points.
            let usual = Number::from_int(low)..=Number::from_int(high);
            if weight < Number::from_int(100) && !usual.contains(&weight) {
                let path = match choice.weights {
                    Weights::Same(_) => format!("critere.{}", choice.id),
                    _ => format!("critere.{}.{lot}", choice.id),
                };
                let message = format!("{} pour « {} »{}", points(&weight), choice.id, facts.in_lot(*lot));
                notes.add(path, message, format!("usage : de {low} à {high} points"));
            }
        }
    }
}
