use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Rien ne fixe la réunion de lancement ni les relevés d’heures.
    ///
    /// ## Pourquoi
    /// Le CCAG laisse au marché le délai de la réunion de lancement, les informations à remettre et leur fréquence.
    /// Sans eux, il n’y a ni rendez-vous ni document à exiger.
    ///
    /// ## Que faire
    /// Ajoutez une clause de suivi de l’insertion aux lots qui portent des heures.
    "suivi-insertion-absent", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        let Some(hours) = facts.hours_clauses(*lot).next() else { continue };
        let mut sections = facts.selection.on(Kind::Social, *lot).flat_map(|s| &s.clause.sections);
        if !sections.any(|section| section.slot == "insertion-suivi") {
            notes.add(
                hours.path(),
                format!("ni réunion de lancement ni relevés d’heures{}", facts.in_lot(*lot)),
                "ajoutez une clause de suivi de l’insertion",
            );
        }
    }
}
