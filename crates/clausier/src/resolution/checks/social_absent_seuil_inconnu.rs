use super::Notes;
use super::social_absent::SET_ASIDE;
use crate::resolution::facts::Facts;

check! {
    /// Rien ne dit que la condition sociale n’est pas due, et aucune n’est là.
    ///
    /// ## Pourquoi
    /// Les seuils européens changent tous les deux ans, et celui du jour de lancement n’est pas encore au registre. La valeur
    /// estimée atteint le dernier seuil connu : le suivant ne s’en écarte que de quelques centièmes. Publier sans condition
    /// sociale serait parier.
    ///
    /// ## Que faire
    /// Mettez une clause sociale sur chaque lot, ou écartez-la pour un motif de la loi. Si le seuil publié est plus haut que la
    /// valeur estimée, prenez une version de l’outil qui le connaît.
    "social-absent-seuil-inconnu", Blocking, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some((threshold, day)) = facts.last_threshold_passed() else { return };
    let value = &facts.consultation.estimated_value;
    for lot in facts.lots_without_social().filter(|lot| {
        let amount = facts.consultation.lots.get(lot).map(|lot| &lot.amount);
        !facts.consultation.has_lots() || amount.is_some_and(|amount| amount >= threshold)
    }) {
        let message = format!(
            "aucune condition d’exécution sociale pour {} : le seuil du {} n’est pas connu, et {value} atteignent celui du \
             {day}, {threshold}",
            facts.the_lot(lot),
            facts.consultation.launch
        );
        let help = "choisissez une liaison ou une clause sociale, ou écartez-la avec le motif de la loi et vos raisons";
        notes.note(format!("lot.{lot}"), message, help).at("clause").written(SET_ASIDE);
    }
}
