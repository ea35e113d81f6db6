use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Un code CPV ne commence par aucune division du vocabulaire.
    ///
    /// ## Pourquoi
    /// Le code annonce l’achat dans toute l’Union. Un code qui n’existe pas fait refuser l’avis ou le rend introuvable. Seuls
    /// les deux premiers chiffres sont vérifiés ici, et la clé quand elle est donnée.
    ///
    /// ## Que faire
    /// Cherchez le code dans le vocabulaire commun pour les marchés publics.
    "cpv-inconnu", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (path, code) in facts.cpv_codes().filter(|(_, code)| facts.library.legal().division(code).is_none()) {
        notes.add(
            path,
            format!("aucune division du vocabulaire ne commence par « {} »", code.get(..2).unwrap_or(code)),
            "cherchez le code dans le vocabulaire commun pour les marchés publics",
        );
    }
}
