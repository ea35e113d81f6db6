use super::Notes;
use crate::base::terms::{BuyerCategory, Kind, Territory};
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
    /// Vérifiez les publics et les structures avec le facilitateur ou la préfecture. Nommez le territoire : les pièces le
    /// disent, et portent cette réserve dans les trois collectivités du Pacifique.
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
    let texts: &'static [&'static str] = match consultation.territory {
        Some(Territory::Wallis) => &["ccp-l2651-2"],
        Some(Territory::Polynesia) => &["ccp-l2661-2"],
        Some(Territory::NewCaledonia) => &["ccp-l2671-2"],
        _ => &[],
    };
    if state && consultation.territory.is_none() {
        notes.add(
            "consultation.outre_mer",
            "publics, structures et textes sont à adapter outre-mer, selon le territoire",
            "ajoutez territoire, par exemple territoire = \"nouvelle-caledonie\" : les pièces en portent la réserve",
        );
    } else if state && facts.local_reserve().is_some() {
        notes.add_on(
            texts,
            "consultation.territoire",
            "publics et structures sont à adapter outre-mer ; les pièces réservent les dispositions applicables localement",
            "vérifiez ces dispositions avec le haut-commissariat ou la préfecture",
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
