use super::Notes;
use crate::base::terms::{ContractForm, ContractNature, SetAside, Vocabulary};
use crate::resolution::facts::Facts;

check! {
    /// Le motif qui écarte la clause sociale ne vaut pas pour ce contrat.
    ///
    /// ## Pourquoi
    /// Les travaux de moins de six mois sont le seul contrat que sa durée dispense : ni les services, ni les
    /// fournitures, ni les travaux plus longs, reconductions comprises. Une concession n’a que deux motifs : le lien
    /// insuffisant avec l’objet, et la concurrence restreinte ou l’exécution difficile.
    ///
    /// ## Que faire
    /// Retenez un autre motif de la liste s’il est vrai, ou prévoyez la clause sociale.
    "ecartement-motif-inapplicable", Blocking, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some((choice, reason)) = facts.setting_aside().and_then(|c| Some((c, c.reason?))) else { return };
    if facts.may_set_aside(reason) {
        return;
    }
    let why = if facts.consultation.form == ContractForm::Concession {
        "une concession n’a que deux motifs".to_owned()
    } else if facts.consultation.nature != ContractNature::Works {
        "ce ne sont pas des travaux".to_owned()
    } else {
        match facts.law.parameter("travaux-courts") {
            Ok(limit) => format!("les travaux durent {limit} ou plus"),
            Err(_) => "la loi de ce jour n’a pas ce motif".to_owned(),
        }
    };
    let words: Vec<&str> = SetAside::all().filter(|reason| facts.may_set_aside(*reason)).map(SetAside::word).collect();
    notes.add(
        "clause_sociale_ecartee.motif",
        format!("« {} » ne vaut pas ici : {why}", choice.word),
        format!("motifs de la loi pour ce contrat : {}", words.join(", ")),
    );
}
