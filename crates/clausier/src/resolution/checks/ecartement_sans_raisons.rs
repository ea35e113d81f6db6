use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// La clause sociale est écartée sans que les raisons soient écrites.
    ///
    /// ## Pourquoi
    /// L’acheteur qui se dispense de la condition sociale en expose les motifs dans les documents qu’il conserve. Un
    /// motif sans fait à l’appui ne résiste pas à un recours.
    ///
    /// ## Que faire
    /// Écrivez `raisons` dans `[clause_sociale_ecartee]` : les faits propres à ce besoin, et d’où ils viennent. Elles
    /// vont dans la note du dossier, jamais dans le règlement de la consultation.
    "ecartement-sans-raisons", Blocking, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1", "ccp-l2184-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if facts.setting_aside().is_some_and(|choice| choice.grounds.is_empty()) {
        let message = "la clause sociale est écartée sans raisons écrites";
        notes
            .note("clause_sociale_ecartee", message, "écrivez les faits qui établissent le motif")
            .at("clause_sociale_ecartee.raisons")
            .written("raisons = \"…\"");
    }
}
