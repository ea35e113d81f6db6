use super::Notes;
use crate::base::terms::{ContractForm, ReservedTo, Vocabulary};
use crate::resolution::facts::Facts;

check! {
    /// Un lot est réservé à des opérateurs que la loi ne permet pas de réunir.
    ///
    /// ## Pourquoi
    /// Un même lot de marché peut être réservé à la fois aux structures d’insertion et au secteur du handicap depuis le
    /// 9 décembre 2020, mais jamais à celles-ci et aux opérateurs pénitentiaires. Une concession ne cumule aucune
    /// réservation.
    ///
    /// ## Que faire
    /// Choisissez une réservation, ou séparez en deux lots.
    "reservation-combinaison", Blocking, since "0.1.0", texts ["ccp-l2113-14"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let concession = facts.consultation.form == ContractForm::Concession;
    // That version of the article, and that one only, forbids the two families together.
    let strict = concession || facts.law.imposes("ccp-l2113-14");
    for lot in facts.consultation.lots.values().filter(|lot| lot.reserved_to.len() > 1) {
        let has = |kind| lot.reserved_to.contains(&kind);
        let (insertion, disability) = (has(ReservedTo::Insertion), has(ReservedTo::Disability));
        let prison = has(ReservedTo::Prison) && (insertion || disability);
        if prison || (insertion && disability && strict) {
            let words: Vec<&str> = lot.reserved_to.iter().map(|kind| kind.word()).collect();
            notes.add(
                format!("lot.{}.reserve", lot.number),
                format!("{} ne peut pas être réservé à la fois à : {}", facts.the_lot(lot.number), words.join(", ")),
                "choisissez une seule réservation, ou séparez en deux lots",
            );
        }
    }
}
