use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// Le contrat s’exécute outre-mer : des listes et des textes diffèrent.
    ///
    /// ## Pourquoi
    /// Le code s’y applique « dans le respect des dispositions applicables localement », et les listes (quartiers
    /// prioritaires, opérateurs de l’emploi, structures) ont leurs propres dates ou n’existent pas partout.
    ///
    /// ## Que faire
    /// Vérifiez les publics et les structures avec le facilitateur ou la préfecture, et écrivez cette réserve dans les
    /// documents de la consultation.
    "outre-mer-a-adapter", Warning, since "0.1.0", texts ["ccp-l2651-4"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let concerned = facts.consultation.lots.keys().any(|lot| facts.selection.on(Kind::Social, *lot).next().is_some());
    if facts.consultation.overseas && concerned {
        notes.add(
            "consultation.outre_mer",
            "publics, structures et textes sont à adapter outre-mer",
            "vérifiez-les, et écrivez « dans le respect des dispositions applicables localement »",
        );
    }
}
