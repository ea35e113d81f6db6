use super::Notes;
use crate::base::terms::{Kind, Status};
use crate::file::edit::Edit;
use crate::library::clause::Clause;
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

/// Place of the pieces where the follow-up is written.
const SLOT: &str = "insertion-suivi";

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        let Some(hours) = facts.hours_clauses(*lot).next() else { continue };
        let mut sections = facts.selection.on(Kind::Social, *lot).flat_map(|s| &s.clause.sections);
        if !sections.any(|section| section.slot == SLOT) {
            // One that asks for no value: the buyer can take it as it is.
            let ready = |clause: &&Clause| {
                let follows = clause.sections.iter().any(|section| section.slot == SLOT);
                let asks = clause.parameters.iter().any(|p| p.default.is_none() && !p.optional);
                clause.kind() == Kind::Social && clause.status == Status::Reviewed && follows && !asks
            };
            let usual = |clause: &&Clause| {
                facts.library.clauses().any(|c| c.hours().is_some() && c.requires.contains(&clause.id))
            };
            let clause = facts.library.clauses().filter(ready).find(usual);
            let help = match clause {
                Some(clause) => {
                    format!("ajoutez une clause de suivi de l’insertion, par exemple [clause.{}]", clause.id)
                }
                None => "ajoutez une clause de suivi de l’insertion".to_owned(),
            };
            let added = clause.map(|clause| Edit::add(format!("clause.{}.lots", clause.id), i64::from(*lot).into()));
            notes
                .note(hours.path(), format!("ni réunion de lancement ni relevés d’heures{}", facts.in_lot(*lot)), help)
                .fix(added);
        }
    }
}
