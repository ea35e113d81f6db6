use super::Notes;
use crate::base::quantity::Rate;
use crate::resolution::facts::Facts;
use crate::resolution::fixes::without_ceiling;
use crate::resolution::ledger::LotFault;

check! {
    /// Les liaisons d’un lot fixent des plafonds de pénalités différents.
    ///
    /// ## Pourquoi
    /// Le plafond commun est celui du lot : deux chiffres dans le même contrat s’annulent l’un l’autre.
    ///
    /// ## Que faire
    /// Donnez le même plafond à toutes les liaisons du lot.
    "liaison-plafonds-differents", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        let links = || facts.links.iter().filter(|link| link.lot == *lot);
        let mut ceilings: Vec<Rate> = links().filter_map(|link| link.ceiling.clone()).collect();
        ceilings.sort();
        ceilings.dedup();
        // The last one chosen is shown: the others stood before it.
        let last = links().rfind(|link| link.ceiling.is_some());
        if let Some(last) = last.filter(|_| ceilings.len() > 1) {
            let note = notes.note(
                format!("clause.{}.plafond_penalites", last.clause.id),
                format!("{}{}", LotFault::Ceilings { ceilings }, facts.in_lot(*lot)),
                "donnez le même plafond à toutes les liaisons du lot, ou retirez-les : le plafond exact s’applique alors",
            );
            note.fix(without_ceiling(facts, *lot));
        }
    }
}
