use super::Notes;
use crate::base::terms::{BuyerCategory, Kind};
use crate::resolution::facts::Facts;

check! {
    /// Le contrat s’exécute outre-mer : des listes et des textes diffèrent.
    ///
    /// ## Pourquoi
    /// Les listes (quartiers prioritaires, opérateurs de l’emploi, structures) y ont leurs propres dates ou n’existent pas
    /// partout. En Guadeloupe, en Guyane, en Martinique, à La Réunion et à Mayotte, le code s’applique sans réserve. À
    /// Wallis-et-Futuna, en Polynésie française et en Nouvelle-Calédonie, les contrats de l’État et de ses établissements
    /// fixent leurs conditions d’exécution « dans le respect des dispositions applicables localement ».
    ///
    /// ## Que faire
    /// Vérifiez les publics et les structures avec le facilitateur ou la préfecture. Dans les trois collectivités du
    /// Pacifique, écrivez cette réserve dans les documents de la consultation.
    "outre-mer-a-adapter", Warning, since "0.1.0", texts ["ccp-l2651-2", "ccp-l2661-2", "ccp-l2671-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let social = consultation.lots.keys().any(|lot| facts.selection.on(Kind::Social, *lot).next().is_some());
    if !consultation.overseas {
        return;
    }
    let floors =
        || facts.selection.all().flat_map(|selected| &selected.clause.parameters).filter_map(|p| p.floor.as_ref());
    if consultation.territory.is_none() && floors().next().is_some() {
        notes.add_on(
            &[],
            "consultation.outre_mer",
            "les parts de la loi dépendent du territoire, que le dossier ne nomme pas",
            "ajoutez territoire, par exemple territoire = \"la-reunion\"",
        );
    }
    // The code reaches the three collectivities of the Pacific through the contracts of the State only.
    let state = matches!(consultation.buyer.category, BuyerCategory::State | BuyerCategory::StateBody);
    if state {
        notes.add(
            "consultation.outre_mer",
            "publics, structures et textes sont à adapter outre-mer",
            "vérifiez-les ; à Wallis-et-Futuna, en Polynésie française et en Nouvelle-Calédonie, écrivez « dans le respect \
             des dispositions applicables localement »",
        );
    } else if social {
        notes.add_on(
            &[],
            "consultation.outre_mer",
            "publics et structures sont à adapter outre-mer",
            "vérifiez-les avec le facilitateur ou la préfecture",
        );
    }
}
