use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Un lot n’a aucune condition d’exécution environnementale.
    ///
    /// ## Pourquoi
    /// Depuis le 22 août 2026, les conditions d’exécution prennent en compte l’environnement, quel que soit le montant
    /// et sans aucun motif pour s’en dispenser. Chaque lot donne un marché : l’obligation s’apprécie lot par lot. Le
    /// critère environnemental n’en tient pas lieu, ni la clause sociale. Les marchés de défense ou de sécurité en sont
    /// exclus.
    ///
    /// ## Que faire
    /// Choisissez pour ce lot une clause environnementale adaptée à son objet ; `clausier lister --nature environnement
    /// --famille …` les propose.
    "environnement-absent", Blocking, since "0.1.0", texts ["ccp-l2112-2", "ccp-l3114-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.environment {
        return;
    }
    for lot in facts.lots_without(Kind::Environment) {
        let message = format!("aucune condition d’exécution environnementale pour {}", facts.the_lot(lot));
        let help = "choisissez une clause environnementale, ou une liaison, qui en apporte une";
        notes
            .note(format!("lot.{lot}"), message, help)
            .at("clause")
            .written("[clause.ID], parmi celles de « clausier lister --nature environnement »");
    }
}
