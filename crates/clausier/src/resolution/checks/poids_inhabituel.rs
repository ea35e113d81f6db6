use super::Notes;
use crate::dossier::consultation::Weights;
use crate::resolution::facts::Facts;

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
            if weight < 100 && !(low..=high).contains(&weight) {
                let path = match choice.weights {
                    Weights::Same(_) => format!("critere.{}", choice.id),
                    _ => format!("critere.{}.{lot}", choice.id),
                };
                let message = format!("{weight} points pour « {} »{}", choice.id, facts.in_lot(*lot));
                notes.add(path, message, format!("usage : de {low} à {high} points"));
            }
        }
    }
}
