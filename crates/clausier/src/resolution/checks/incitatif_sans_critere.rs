use super::Notes;
use crate::base::terms::{Kind, Mechanism};
use crate::library::clause::{Bound, Note};
use crate::resolution::facts::{Facts, LinkFacts};
use crate::resolution::liaisons::promise;

check! {
    /// Une liaison récompense un surplus que nul critère ne note.
    ///
    /// ## Pourquoi
    /// Le surplus offert n’est dû que si un critère le note : c’est lui qui le borne, le porte à l’acte d’engagement et le
    /// fait pénaliser au tarif de l’unité. Sans critère, la liaison annonce une récompense qui n’existe pas.
    ///
    /// ## Que faire
    /// Ajoutez à `[critere]` le critère que nomme le constat, ou choisissez une liaison sans le mécanisme `incitatif`.
    "incitatif-sans-critere", Warning, since "0.1.0", texts ["ccp-r2152-11"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for link in &facts.links {
        let rewards = link.clause.link().is_some_and(|declared| declared.has(Mechanism::Incentive));
        if !rewards || link.quantity.is_none() || promise(facts, link).is_some() {
            continue;
        }
        let known = criteria(facts, link);
        let help = if known.is_empty() {
            "écrivez un critère qui note ce surplus, ou choisissez une liaison qui n’en récompense pas".to_owned()
        } else {
            format!("ajoutez le critère {}, ou choisissez une liaison qui n’en récompense pas", known.join(" ou "))
        };
        notes.add(
            format!("clause.{}", link.clause.id),
            format!(
                "« {} » récompense un surplus de « {} » que nul critère ne note{}",
                link.clause.id,
                link.environment.id,
                facts.in_lot(link.lot)
            ),
            help,
        );
    }
}

/// The criteria of the library that note what a measure delivers beyond its minimum.
fn criteria(facts: &Facts<'_>, link: &LinkFacts<'_>) -> Vec<String> {
    let measure = link.environment.measure();
    let raises = |note: &Note| {
        note.scale().is_some_and(|scale| {
            matches!(&scale.none_at, Bound::Parameter { clause: Some(id), name, .. }
                if *id == link.environment.id && Some(name.as_str()) == measure)
        })
    };
    let found = facts
        .library
        .clauses()
        .filter(|clause| clause.kind() == Kind::Criterion)
        .filter(|clause| clause.criterion().is_some_and(|criterion| criterion.notes.iter().any(raises)));
    found.map(|clause| format!("« {} »", clause.id)).collect()
}
