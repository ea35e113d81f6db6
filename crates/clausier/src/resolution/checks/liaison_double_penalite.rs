use super::Notes;
use crate::base::terms::Mechanism;
use crate::resolution::facts::Facts;
use crate::resolution::facts::LinkFacts;

check! {
    /// Un même fait pourrait être pénalisé deux fois.
    ///
    /// ## Pourquoi
    /// La même heure exécute les deux clauses, chacune a sa pénalité, et la liaison ne dit pas qu’un fait commun n’en
    /// supporte qu’une : les deux s’ajouteraient.
    ///
    /// ## Que faire
    /// Choisissez une liaison dont le mécanisme « penalite-jointe » règle le cumul, ou retirez l’une des deux
    /// pénalités.
    "liaison-double-penalite", Warning, since "0.1.0", texts ["c-civ-1231-5"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for link in &facts.links {
        if ties_hours(link) && link.penalty_hour.is_some() && link.penalty_result.is_some() {
            notes.add(
                format!("clause.{}", link.clause.id),
                format!("« {} » laisse deux pénalités pour un même fait{}", link.clause.id, facts.in_lot(link.lot)),
                "choisissez une liaison à pénalité jointe, ou une seule pénalité",
            );
        }
    }
}

/// The hour carries out both clauses, and nothing says which penalty it bears.
fn ties_hours(link: &LinkFacts<'_>) -> bool {
    link.clause.link.as_ref().is_some_and(|l| l.has(Mechanism::SameHour) && !l.has(Mechanism::JointPenalty))
}
