use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Aucune condition d’exécution sociale, au-dessus du seuil européen.
    ///
    /// ## Pourquoi
    /// Depuis le 22 août 2026, un contrat dont la valeur estimée atteint le seuil européen prévoit des conditions
    /// d’exécution relatives au social ou à l’emploi. La valeur est celle de tout le besoin, lots, options et
    /// reconductions compris. La loi donne quatre motifs pour s’en dispenser (deux en concession), et quatre seulement.
    /// Seule compte une clause qui oblige par elle-même, par un volume d’heures ou un indicateur : le suivi, le tutorat ou
    /// les difficultés accompagnent une condition et n’en tiennent pas lieu.
    /// Un lot réservé emploie déjà les personnes visées ; un lot sous le seuil a son propre constat, sauf si aucun lot de
    /// l’opération ne porte de condition sociale.
    ///
    /// ## Que faire
    /// Choisissez une clause sociale pour ce lot, ou écartez-la dans `[clause_sociale_ecartee]` avec le motif et les
    /// raisons, qui restent au dossier.
    "social-absent", Blocking, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1", "ccp-r2121-1"], Dossier(run),
}

/// Where a clause is set aside.
pub(super) const SET_ASIDE: &str = "[clause_sociale_ecartee] pour l’écarter";

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some(threshold) = facts.duties.threshold.as_ref().filter(|_| facts.duties.social) else { return };
    let value = &facts.consultation.estimated_value;
    let without: Vec<u32> = facts.lots_without_social().collect();
    if without.len() == facts.consultation.lots.len() && without.iter().all(|lot| facts.under_threshold(*lot)) {
        let message =
            format!("aucun lot ne porte de condition sociale : {value} pour un seuil de {}", threshold.amount);
        let help = "choisissez pour un lot au moins une liaison ou une clause sociale, ou écartez-la avec le motif de la loi \
                    et vos raisons";
        notes.note("consultation.valeur_estimee", message, help).at("clause").written(SET_ASIDE);
    }
    for lot in facts.lots_without_social().filter(|lot| !facts.under_threshold(*lot)) {
        let message = format!(
            "aucune condition d’exécution sociale pour {} : {value} pour un seuil de {}",
            facts.the_lot(lot),
            threshold.amount
        );
        let help = "choisissez une liaison ou une clause sociale, ou écartez-la avec le motif de la loi et vos raisons";
        notes.note(format!("lot.{lot}"), message, help).at("clause").written(SET_ASIDE);
    }
}
