use super::Notes;
use crate::base::quantity::Rate;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::{LotLiaisons, rounded};

check! {
    /// Les pénalités possibles d’un lot dépassent le cinquième de son montant.
    ///
    /// ## Pourquoi
    /// La mesure liée est presque toute la prestation : les tarifs qui dissuadent pèsent lourd, les petites structures
    /// hésitent à répondre, et le juge regarde l’ensemble.
    ///
    /// ## Que faire
    /// Payez l’unité par son propre prix (`prix_unite`) : non faite, elle n’est pas payée, et la pénalité baisse d’autant.
    /// Ou réservez le lot. Ne baissez pas les tarifs sous leurs planchers.
    "liaison-exposition-elevee", Advice, since "0.1.0", texts ["ccp-l2113-12", "ccp-l2113-13"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let Some(exposure) = lot.duty.as_ref().map(|duty| duty.exposure()) else { return };
    let reserved = facts.consultation.lots.get(&lot.lot).is_some_and(|l| !l.reserved_to.is_empty());
    let share = exposure.0.over(&lot.amount.0).map(Rate).filter(|_| !reserved);
    if let (Some(share), Some(first)) = (share, lot.tied.first())
        && facts.usages.as_ref().is_some_and(|usages| share > usages.exposure_high)
    {
        notes.add(
            format!("clause.{}", first.id),
            format!("{exposure} de pénalités possibles, soit {} de {}", rounded(&share), facts.the_lot(lot.lot)),
            "payez l’unité par son propre prix (prix_unite), ou réservez le lot",
        );
    }
}
