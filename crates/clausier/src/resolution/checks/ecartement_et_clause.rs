use super::Notes;
use crate::base::terms::Kind;
use crate::resolution::facts::Facts;

check! {
    /// La clause sociale est écartée d’un lot qui en a une.
    ///
    /// ## Pourquoi
    /// Le dossier dirait à la fois que la condition sociale est impossible et qu’elle est prévue : le motif en perd
    /// toute force.
    ///
    /// ## Que faire
    /// Limitez l’un ou l’autre par `lots`, ou retirez celui qui ne convient pas.
    "ecartement-et-clause", Warning, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.lots_with(Kind::Social).into_iter().filter(|lot| facts.set_aside(*lot)) {
        let message = format!("clause sociale à la fois écartée et présente pour {}", facts.the_lot(lot));
        let help = "gardez l’une ou l’autre, ou limitez chacune à ses lots";
        notes.note("clause_sociale_ecartee", message, help).written("lots = […]");
    }
}
