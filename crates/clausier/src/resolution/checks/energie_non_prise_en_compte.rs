use super::Notes;
use crate::file::reading::plain;
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
    let about = |ground: &String| matches!(ground.as_str(), "ccp-l2111-1" | "c-energie-l234-1");
    let chosen = facts.selection.all().any(|s| s.clause.grounds.iter().any(about));
    // The buyer's own words count too: an object or a method that speaks of energy shows that it was thought of.
    let said = facts.own_words.iter().any(|own| {
        let folded = plain(own.text);
        ["energ", "kwh", "consommation electrique"].iter().any(|word| folded.contains(word))
    });
    if facts.duties.energy && !chosen && !said {
        let message = "rien ne dit comment l’efficacité énergétique est prise en compte";
        let help = "gardez au dossier ce qui a été étudié, ou choisissez un critère énergétique";
        notes.note("consultation", message, help).at("clause");
    }
}
