use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le code CPV du contrat n’est pas de la nature que dit le dossier.
    ///
    /// ## Pourquoi
    /// La nature décide du seuil européen, donc de la condition sociale et de la procédure. La division 45 désigne des
    /// travaux, les divisions 03 à 44 et 48 des fournitures, les divisions 50 à 98 des services. Un contrat mixte prend la
    /// nature de son objet principal, et son code principal avec elle.
    ///
    /// ## Que faire
    /// Corrigez `nature` ou `cpv`.
    "cpv-hors-nature", Warning, since "0.1.0", texts ["ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let Some(division) = facts.library.legal().division(&consultation.cpv) else { return };
    if division.nature != consultation.nature {
        notes.add(
            "consultation.cpv",
            format!(
                "le code {} désigne des {} ({}), et le dossier dit : {}",
                consultation.cpv, division.nature, division.title, consultation.nature
            ),
            "corrigez nature, qui décide du seuil, ou cpv",
        );
    }
}
