use super::Notes;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Deux clauses du même lot disent la même chose à deux niveaux.
    ///
    /// ## Pourquoi
    /// La clause de niveau supérieur comprend l’autre : les deux ensemble donnent deux chiffres pour une obligation, et
    /// peut-être deux pénalités.
    ///
    /// ## Que faire
    /// Gardez la plus ambitieuse des deux.
    "clause-incluse", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for upper in &facts.selection.clauses {
        for id in &upper.clause.supersedes {
            let lower = facts.selection.get(id).filter(|lower| lower.lots.iter().any(|lot| upper.lots.contains(lot)));
            if let Some(lower) = lower {
                let covered = lower.implied_by.is_none() && lower.lots.iter().all(|lot| upper.lots.contains(lot));
                notes
                    .note(
                        lower.path(),
                        format!("« {} » est comprise dans « {} »", lower.clause.id, upper.clause.id),
                        format!("gardez « {} » seule", upper.clause.id),
                    )
                    .fix(covered.then(|| Edit::remove(lower.path())));
            }
        }
    }
}
