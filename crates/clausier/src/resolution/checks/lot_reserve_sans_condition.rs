use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un lot réservé, au-dessus du seuil européen, n’a pas de condition d’exécution sociale.
    ///
    /// ## Pourquoi
    /// La réservation choisit qui peut répondre ; elle n’est pas une condition d’exécution, et aucun texte lu ne dit qu’elle
    /// en tient lieu. Le titulaire emploie déjà les personnes visées : une condition légère suffit.
    ///
    /// ## Que faire
    /// Ajoutez une clause sociale à ce lot (formation, accompagnement mesuré, alternance), ou gardez au dossier les raisons
    /// de ne pas le faire.
    "lot-reserve-sans-condition", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-r2113-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.social {
        return;
    }
    let reserved = facts.consultation.lots.values().filter(|lot| !lot.reserved_to.is_empty()).map(|lot| lot.number);
    for lot in reserved.filter(|lot| !facts.has_social_condition(*lot) && !facts.set_aside(*lot)) {
        notes.add(
            format!("lot.{lot}.reserve"),
            format!("réservation sans condition d’exécution sociale{}", facts.in_lot(lot)),
            "ajoutez-y une clause sociale, ou gardez au dossier les raisons de ne pas le faire",
        );
    }
}
