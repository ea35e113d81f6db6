use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Une clause environnementale n’a pas de pénalité.
    ///
    /// ## Pourquoi
    /// Le CCAG pénalise chaque manquement environnemental après mise en demeure, et en laisse le montant au marché.
    /// Sans montant, l’obligation n’a d’autre sanction que la résiliation.
    ///
    /// ## Que faire
    /// Choisissez une clause qui fixe un montant, ou ajoutez une pénalité à la vôtre.
    "penalite-environnement-absente", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let clauses = facts.selection.clauses.iter().filter(|s| s.clause.kind() == Kind::Environment);
    // What the law already punishes needs no penalty of the contract.
    for selected in clauses.filter(|s| s.clause.penalties.is_empty() && !s.clause.restates_law()) {
        let message = format!("la clause « {} » ne fixe aucune pénalité", selected.clause.id);
        notes.add(selected.path(), message, "ajoutez-lui une pénalité, ou choisissez une autre clause");
    }
}
