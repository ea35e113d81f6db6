use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Rien ne dit comment l’efficacité énergétique est prise en compte.
    ///
    /// ## Pourquoi
    /// Depuis le 16 octobre 2025, à partir des seuils européens, l’acheteur tient compte de l’efficacité et de la
    /// sobriété énergétiques quand il définit son besoin. Ce n’est pas une clause à imposer, mais un choix à pouvoir
    /// montrer.
    ///
    /// ## Que faire
    /// Gardez au dossier ce qui a été étudié, ou choisissez une clause ou un critère fondé sur l’énergie.
    "energie-non-prise-en-compte", Advice, since "0.1.0", texts ["ccp-l2111-1", "ccp-l3111-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let clauses = facts.selection.clauses.iter().map(|s| s.clause);
    let criteria = facts.selection.criteria.iter().map(|s| s.clause);
    let about = |ground: &String| matches!(ground.as_str(), "ccp-l2111-1" | "ccp-l3111-1" | "c-energie-l234-1");
    if facts.duties.energy && !clauses.chain(criteria).any(|clause| clause.grounds.iter().any(about)) {
        notes.add(
            "consultation",
            "rien ne dit comment l’efficacité énergétique est prise en compte",
            "gardez au dossier ce qui a été étudié, ou choisissez un critère énergétique",
        );
    }
}
