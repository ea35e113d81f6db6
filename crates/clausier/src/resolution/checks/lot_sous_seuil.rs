use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un lot sous le seuil européen n’a pas de clause sociale, dans une opération qui le dépasse.
    ///
    /// ## Pourquoi
    /// La loi parle du marché dont la valeur estimée atteint le seuil, et cette valeur additionne les lots. Mais chaque
    /// lot donne un marché, et l’administration raisonne par lot : la question n’est pas tranchée.
    ///
    /// ## Que faire
    /// La lecture sûre met une clause sociale sur ce lot aussi, quitte à la proportionner. Sinon, gardez au dossier les
    /// raisons de ne pas la prévoir.
    "lot-sous-seuil", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1", "ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some(threshold) = facts.duties.threshold.as_ref().filter(|_| facts.duties.social) else { return };
    // When no lot at all has a condition, a graver finding says so.
    if facts.lots_without_social().count() == facts.consultation.lots.len() {
        return;
    }
    for lot in facts.lots_without_social().filter(|lot| facts.under_threshold(*lot)) {
        let message = format!(
            "aucune clause sociale pour {}, sous le seuil de {}, dans une opération de {}",
            facts.the_lot(lot),
            threshold.amount,
            facts.consultation.estimated_value
        );
        let help = "ajoutez une clause sociale à ce lot, ou gardez au dossier les raisons de ne pas le faire";
        notes.note(format!("lot.{lot}"), message, help).at("clause");
    }
}
