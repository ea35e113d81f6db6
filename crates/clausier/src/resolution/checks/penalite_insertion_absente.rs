use super::Notes;
use crate::base::terms::Kind;
use crate::library::clause::PenaltyObject;
use crate::resolution::facts::Facts;

check! {
    /// Une pénalité d’insertion que le marché doit fixer manque sur un lot.
    ///
    /// ## Pourquoi
    /// Le CCAG prévoit trois pénalités (heures, absence aux réunions, documents) et en laisse tous les montants au
    /// marché : sans montant, rien ne s’applique, et le juge ne l’invente pas.
    ///
    /// ## Que faire
    /// Choisissez la clause qui porte la pénalité manquante, ou ajoutez-la à votre clause d’heures.
    "penalite-insertion-absente", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    const DUE: [(PenaltyObject, &str); 3] = [
        (PenaltyObject::Hours, "les heures"),
        (PenaltyObject::Absence, "l’absence à une réunion"),
        (PenaltyObject::Document, "les documents"),
    ];
    for lot in facts.consultation.lots.keys() {
        let Some(hours) = facts.hours_clauses(*lot).next() else { continue };
        let fixed = |object| {
            let mut penalties = facts.selection.on(Kind::Social, *lot).flat_map(|s| &s.clause.penalties);
            penalties.any(|penalty| penalty.object == object)
        };
        let missing: Vec<&str> = DUE.iter().filter(|(object, _)| !fixed(*object)).map(|(_, what)| *what).collect();
        if !missing.is_empty() {
            notes.add(
                hours.path(),
                format!("aucune pénalité pour {}{}", missing.join(", "), facts.in_lot(*lot)),
                "choisissez une clause qui la fixe, ou ajoutez-la à la vôtre",
            );
        }
    }
}
