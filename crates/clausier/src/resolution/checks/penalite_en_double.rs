use super::Notes;
use crate::library::clause::PenaltyObject;
use crate::resolution::facts::Facts;
use std::collections::BTreeMap;

check! {
    /// Deux clauses du même lot pénalisent le même fait.
    ///
    /// ## Pourquoi
    /// Un fait, une pénalité : deux montants pour un même manquement s’exposent à la modération du juge, et nul ne sait
    /// lequel s’applique.
    ///
    /// ## Que faire
    /// Gardez une seule des deux clauses sur ce lot.
    "penalite-en-double", Warning, since "0.1.0", texts ["c-civ-1231-5"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        // The tariffs of a liaison are its own, hour by hour: one hour goes to one liaison.
        let own = |object| matches!(object, PenaltyObject::LinkedHours | PenaltyObject::Training);
        let here = facts.selection.clauses.iter().filter(|s| s.lots.contains(lot));
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (selected, penalty) in here
            .flat_map(|s| s.clause.penalties.iter().map(move |penalty| (s, penalty)))
            .filter(|(_, penalty)| !own(penalty.object))
        {
            let other = seen.insert(&penalty.fact, &selected.clause.id);
            if let Some(other) = other.filter(|other| *other != selected.clause.id) {
                notes.add(
                    selected.path(),
                    format!("« {} » est pénalisé par « {other} » et par « {} »", penalty.fact, selected.clause.id),
                    "gardez une seule des deux clauses sur ce lot",
                );
            }
        }
    }
}
