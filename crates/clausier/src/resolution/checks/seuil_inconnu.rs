use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le seuil européen applicable à ce contrat n’est pas connu.
    ///
    /// ## Pourquoi
    /// La condition d’exécution sociale est due à partir du seuil européen du jour de lancement. Les seuils changent
    /// tous les deux ans, et ceux que personne n’a confirmés ne servent pas.
    ///
    /// ## Que faire
    /// Comparez vous-même la valeur estimée au seuil publié. Au-dessus, mettez une clause sociale sur chaque lot, ou
    /// écartez-la pour un des motifs de la loi.
    "seuil-inconnu", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let bare = facts.consultation.lots.keys().any(|lot| !facts.has_social_condition(*lot));
    if facts.duties.social_in_law && facts.duties.threshold.is_none() && bare {
        notes.add(
            "lancement",
            format!("le seuil européen de ce contrat n’est pas connu au {}", facts.consultation.launch),
            "au-dessus du seuil publié, mettez une clause sociale sur chaque lot",
        );
    }
}
