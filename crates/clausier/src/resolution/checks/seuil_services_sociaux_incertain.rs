use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le seuil de la condition sociale n’est pas tranché pour les services sociaux.
    ///
    /// ## Pourquoi
    /// La loi renvoie aux seuils européens « figurant dans un avis ». Les services sociaux et autres services
    /// spécifiques ont le leur, bien plus haut que celui des autres services : rien ne dit lequel déclenche la
    /// condition sociale.
    ///
    /// ## Que faire
    /// La lecture sûre met une clause sociale dès le seuil des autres services ; ces achats s’y prêtent presque
    /// toujours.
    "seuil-services-sociaux-incertain", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-r2123-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some(other) = facts.ordinary_threshold_passed() else { return };
    for lot in facts.lots_without_social() {
        let message = format!("aucune clause sociale{}, au-dessus des {other} des autres services", facts.in_lot(lot));
        let help = "ajoutez une clause sociale : le seuil applicable aux services sociaux n’est pas tranché";
        notes.note(format!("lot.{lot}"), message, help).at("clause");
    }
}
