use super::Notes;
use crate::base::quantity::{Duration, Number};
use crate::library::clause::{ParameterKind, Value, Yardstick};
use crate::resolution::facts::Facts;
use crate::resolution::phrases::enumeration;
use std::collections::BTreeMap;

check! {
    /// Un délai, une fréquence ou un volume par personne ne tient pas dans la durée du contrat.
    ///
    /// ## Pourquoi
    /// Un constat « trois mois avant la fin » d’un contrat de deux mois, une réunion trimestrielle qui n’arrive jamais, une
    /// alternance d’un an sur un chantier d’été : l’obligation n’a pas de date, et sa pénalité n’est jamais due.
    ///
    /// ## Que faire
    /// Raccourcissez le délai, choisissez une fréquence plus courte, ou retirez la clause.
    "delai-trop-long", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    // One remark a clause, whatever the number of its delays.
    let mut found: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let mut note = |clause: String, path: String, said: String| {
        let (_, all) = found.entry(clause).or_insert_with(|| (path, Vec::new()));
        if !all.contains(&said) {
            all.push(said);
        }
    };
    for excess in facts.beyond(|yardstick| matches!(yardstick, Yardstick::Length | Yardstick::FullTime)) {
        note(excess.clause, excess.path, format!("{} = {}", excess.name, excess.value));
    }
    for selected in facts.selection.all() {
        for lot in &selected.lots {
            let length = facts.months_of(*lot);
            for parameter in selected.clause.parameters.iter().filter(|p| matches!(p.kind, ParameterKind::Choice(_))) {
                let Some(Value::Choice(word)) = selected.value(*lot, &parameter.name) else { continue };
                if period_of(word).is_some_and(|months| Number::from_int(months) > length) {
                    let path = format!("{}.{}", selected.path(), parameter.name);
                    note(selected.clause.id.clone(), path, format!("{} = {word}", parameter.name));
                }
            }
        }
    }
    for (id, (path, all)) in found {
        notes.add(
            path,
            format!("« {id} » ne tient pas dans la durée du contrat, {} : {}", length(facts), enumeration(all)),
            "raccourcissez le délai, choisissez une fréquence plus courte, ou retirez la clause",
        );
    }
}

/// Months between two events of a frequency; `None` for another word.
fn period_of(word: &str) -> Option<i64> {
    Some(match word {
        "mensuelle" => 1,
        "bimestrielle" => 2,
        "trimestrielle" => 3,
        "semestrielle" => 6,
        "annuelle" => 12,
        _ => return None,
    })
}

fn length(facts: &Facts<'_>) -> String {
    let own = facts.consultation.lots.values().filter_map(|lot| lot.duration.as_ref()).next().is_some();
    let firm = &facts.consultation.duration;
    match (own, &facts.consultation.renewals) {
        (true, _) => "ou de son lot".to_owned(),
        (false, Some(_)) => format!("{firm} et ses reconductions"),
        (false, None) => Duration::to_string(firm),
    }
}
