use super::Notes;
use crate::base::terms::Mechanism;
use crate::library::clause::link::RESERVED_LOT;
use crate::library::clause::{ParameterKind, Value};
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use std::collections::BTreeSet;

check! {
    /// Une clause suppose un lot réservé, ou un autre lot, qui n’existe pas ou n’est pas réservé.
    ///
    /// ## Pourquoi
    /// La clause annonce aux candidats un lot réservé, dont tout le service est lié ou qui reçoit ce que le lot lié
    /// recueille. Si ce lot n’existe pas, n’est pas réservé, ou est le lot de la clause lui-même, les pièces annoncent ce
    /// que rien ne fonde, et nul ne recevra les objets.
    ///
    /// ## Que faire
    /// Donnez le numéro d’un autre lot, réservé par `reserve = ["iae", "handicap"]`, ou réservez celui-ci.
    "lot-reserve-absent", Blocking, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let mut seen = BTreeSet::new();
    for (selected, lot) in facts.selection.liaisons() {
        let whole = selected.clause.link().is_some_and(|link| link.has(Mechanism::ReservedService));
        if whole && facts.consultation.lots.get(&lot).is_some_and(|lot| lot.reserved_to.is_empty()) {
            let (id, the_lot) = (&selected.clause.id, facts.the_lot(lot));
            notes.add(
                selected.path(),
                format!("« {id} » lie le service d’un lot réservé, et {the_lot} ne l’est pas"),
                "réservez ce lot à des structures d’insertion ou adaptées, ou choisissez une liaison qui lie des heures",
            );
        }
    }
    for selected in &facts.selection.clauses {
        let coupled = selected.clause.link().is_some_and(|link| link.has(Mechanism::CoupledReservedLot));
        let named = selected.clause.parameters.iter().filter(|parameter| parameter.kind == ParameterKind::Lot);
        for (parameter, lot) in named.flat_map(|parameter| selected.lots.iter().map(move |lot| (parameter, *lot))) {
            let Some(Value::Integer(number)) = selected.value(lot, &parameter.name) else { continue };
            let reserved = coupled && parameter.name == RESERVED_LOT;
            let lots = &facts.consultation.lots;
            let fault = match u32::try_from(*number).ok().and_then(|number| lots.get(&number)) {
                None => "qui n’existe pas",
                Some(other) if other.number == lot => "qui est le lot de la clause elle-même",
                Some(other) if reserved && other.reserved_to.is_empty() => "qui n’est pas réservé",
                Some(_) => continue,
            };
            let (id, name) = (&selected.clause.id, &parameter.name);
            if seen.insert((id, name, number, fault)) {
                let help = if reserved {
                    "donnez le numéro d’un autre lot, qui soit réservé"
                } else {
                    "donnez le numéro d’un autre lot"
                };
                let note = notes.note(
                    format!("clause.{id}.{name}"),
                    format!("« {id} » compte sur le titulaire du lot {number}, {fault}"),
                    help,
                );
                let fit = |other: &&crate::dossier::consultation::Lot| {
                    !selected.lots.contains(&other.number) && (!reserved || !other.reserved_to.is_empty())
                };
                // One lot only will do: it is the one meant.
                if let [only] = lots.values().filter(fit).collect::<Vec<_>>()[..] {
                    note.fix([fixes::setting(facts.consultation, lot, id, name, &Value::Integer(only.number.into()))]);
                }
            }
        }
    }
}
