use super::{Note, Notes};
use crate::library::clause::PenaltyObject;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::tariff_range;
use crate::resolution::select::FaultKind;

check! {
    /// Un paramètre obligatoire n’a pas de valeur.
    ///
    /// ## Pourquoi
    /// Le CCAG laisse au marché les montants des pénalités, les volumes, les quantités : sans eux la stipulation est
    /// sans effet, et la bibliothèque ne choisit pas à la place de l’acheteur.
    ///
    /// ## Que faire
    /// Ajoutez la valeur. La question posée et l’usage observé sont dans le constat ; l’usage n’est pas une règle.
    "valeur-manquante", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for fault in facts.selection.faults.iter().filter(|fault| fault.kind == FaultKind::MissingValue) {
        let mut note = Note::from(fault);
        if let Some(range) = fault.field.as_deref().and_then(|field| tariff(facts, field)) {
            note.help.push_str(&format!(" ; plancher calculé sur ce dossier : {range}"));
        }
        notes.0.push(note);
    }
}

/// The range of a tariff that a liaison prices, when its parameter is the one that lacks.
fn tariff(facts: &Facts<'_>, field: &str) -> Option<String> {
    facts.links.iter().find_map(|link| {
        let penalty = link.environment.penalties.iter().find(|penalty| penalty.object == PenaltyObject::Result)?;
        let own = format!("clause.{}.{}", link.environment.id, penalty.amount);
        if field != own && field != format!("{own}.{}", link.lot) {
            return None;
        }
        let (low, high) = tariff_range(facts, link)?;
        Some(format!("de {low} à {high} par {}", penalty.unit))
    })
}
