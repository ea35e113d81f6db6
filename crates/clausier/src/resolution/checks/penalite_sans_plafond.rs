use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Les pénalités d’une liaison n’ont pas de plafond commun.
    ///
    /// ## Pourquoi
    /// Le plafond de 10 % du CCAG ne vise que les retards. Sans plafond, le cumul des pénalités d’heures et de résultat
    /// peut devenir manifestement excessif, et le juge le réduire.
    ///
    /// ## Que faire
    /// Donnez `plafond_penalites` à la liaison, en part du montant du lot.
    "penalite-sans-plafond", Warning, since "0.1.0", texts ["c-civ-1231-5"], Dossier(run),
}

/// Parameter that caps the penalties of a lot.
const CEILING: &str = "plafond_penalites";

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for link in &facts.links {
        // A ceiling of all the penalties of the lot covers those of the liaison.
        let general = facts.selection.clauses.iter().any(|s| s.value(link.lot, CEILING).is_some());
        if !general && link.ceiling.is_none() && link.penalty_hour.is_some() && link.penalty_result.is_some() {
            notes.add(
                format!("clause.{}", link.clause.id),
                format!(
                    "« {} » n’a pas de plafond commun de pénalités pour {}",
                    link.clause.id,
                    facts.the_lot(link.lot)
                ),
                match link.clause.parameter(CEILING) {
                    Some(_) => "donnez plafond_penalites, en part du montant du lot, par exemple \"10 %\"",
                    None => "ajoutez [clause.difficultes-insertion], qui plafonne les pénalités du lot",
                },
            );
        }
    }
}
