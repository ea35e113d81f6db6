use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::resolution::facts::Facts;
use crate::resolution::grid::Grid;
use crate::resolution::simulation::{Promised, points};

check! {
    /// Une promesse notée rapporte plus qu’il n’en coûte de ne pas la tenir.
    ///
    /// ## Pourquoi
    /// Un point vaut une part du prix. Si la pénalité de toute la promesse reste au-dessous de ce que valent ses points, celui
    /// qui promet sans tenir garde l’avantage qu’il a pris. Les liaisons ont leur propre constat ; la résiliation aux torts du
    /// titulaire et l’exclusion d’une procédure suivante restent possibles, mais ne se calculent pas.
    ///
    /// ## Que faire
    /// Ramenez les points au nombre que donne le constat, relevez la pénalité sans dépasser ce que le manquement coûte, ou
    /// éloignez la valeur qui donne tous les points.
    "critere-promesse-peu-chere", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        let linked = |promised: &Promised| {
            // The tariff of a liaison is looked at by its own finding.
            let links = facts.links.iter().filter(|link| link.lot == lot.number);
            !links.into_iter().any(|link| link.quantity.is_some() && link.environment.id == promised.raises)
        };
        for promised in Grid::new(facts, lot.number).promises(&lot.amount).filter(linked) {
            let Some((broken, worth)) = promised.cheap() else { continue };
            let whole = |amount: &Euros| Euros(amount.0.floor_to(&Number::from_int(1)));
            let balanced = promised.balanced.as_ref().map(points).unwrap_or_default();
            notes.add(
                format!("critere.{}", promised.criterion),
                format!(
                    "« {} » : {} points valent {} de prix, la promesse rompue ({}) coûte {}{}",
                    promised.criterion,
                    promised.points.french(1),
                    whole(worth),
                    promised.shown,
                    whole(broken),
                    facts.in_lot(lot.number)
                ),
                format!("tenir paie à {balanced} au plus ; sinon, relevez la pénalité ou éloignez le plafond"),
            );
        }
    }
}
