use super::Notes;
use crate::base::terms::Mechanism;
use crate::library::clause::link::RESERVED_LOT;
use crate::resolution::facts::Facts;
use std::collections::BTreeSet;

check! {
    /// Une liaison suppose un lot réservé, et ce lot ne l’est pas.
    ///
    /// ## Pourquoi
    /// La liaison annonce aux candidats un lot réservé : celui dont tout le service est lié, ou celui qui reçoit ce que le
    /// lot lié recueille. Si ce lot n’existe pas, n’est pas réservé, ou si le lot qui reçoit est le lot lié lui-même,
    /// l’avis annonce une réservation que rien ne fonde.
    ///
    /// ## Que faire
    /// Donnez le numéro d’un autre lot, réservé par `reserve = ["iae", "handicap"]`, ou réservez celui-ci.
    "lot-reserve-absent", Blocking, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let mut seen = BTreeSet::new();
    for (selected, lot) in facts.selection.liaisons() {
        let whole = selected.clause.link.as_ref().is_some_and(|link| link.has(Mechanism::ReservedService));
        if whole && facts.consultation.lots.get(&lot).is_some_and(|lot| lot.reserved_to.is_empty()) {
            let (id, the_lot) = (&selected.clause.id, facts.the_lot(lot));
            notes.add(
                selected.path(),
                format!("« {id} » lie le service d’un lot réservé, et {the_lot} ne l’est pas"),
                "réservez ce lot par reserve = [\"iae\", \"handicap\"], ou choisissez une liaison qui lie des heures",
            );
        }
        let coupled = selected.clause.link.as_ref().is_some_and(|link| link.has(Mechanism::CoupledReservedLot));
        let named = selected.value(lot, RESERVED_LOT).and_then(|value| value.number()).and_then(|n| n.to_i64());
        let Some(named) = named.filter(|_| coupled) else { continue };
        let known = u32::try_from(named).ok().and_then(|number| facts.consultation.lots.get(&number));
        let fault = match known {
            None => "qui n’existe pas",
            Some(reserved) if reserved.number == lot => "qui est le lot lié lui-même",
            Some(reserved) if reserved.reserved_to.is_empty() => "qui n’est pas réservé",
            Some(_) => continue,
        };
        let id = &selected.clause.id;
        if seen.insert((id, named, fault)) {
            notes.add(
                format!("clause.{id}.{RESERVED_LOT}"),
                format!("« {id} » compte sur le titulaire du lot {named}, {fault}"),
                "donnez le numéro d’un autre lot, qui soit réservé",
            );
        }
    }
}
