use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::resolution::facts::Facts;
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
    // The same promise on several lots is one remark, on the lot where breaking it pays most.
    let mut told: Vec<(Cheap, Vec<u32>)> = Vec::new();
    for lot in facts.consultation.lots.values() {
        let grid = facts.grid(lot.number);
        let linked = |promised: &&Promised| {
            // The tariff of a liaison is looked at by its own finding, unless the offer proves what it promises.
            let links = facts.links.iter().filter(|link| link.lot == lot.number);
            let linked =
                links.into_iter().any(|link| link.quantity.is_some() && link.environment.id == promised.raises);
            promised.proved || !linked
        };
        for promised in grid.promises(&lot.amount).iter().filter(linked) {
            let (Some((broken, worth)), Some(balanced)) = (promised.cheap(), promised.balanced.clone()) else {
                continue;
            };
            let cheap = Cheap { promised: promised.clone(), worth: worth.clone(), broken: broken.clone(), balanced };
            match told.iter_mut().find(|(known, _)| known.same(&cheap)) {
                Some((known, lots)) => {
                    lots.push(lot.number);
                    if cheap.balanced < known.balanced {
                        *known = cheap;
                    }
                }
                None => told.push((cheap, vec![lot.number])),
            }
        }
    }
    for (Cheap { promised, worth, broken, balanced }, lots) in told {
        let whole = |amount: &Euros| Euros(amount.0.floor_to(&Number::from_int(1)));
        let most = if lots.len() > 1 { "jusqu’à " } else { "" };
        let paid = points(&balanced);
        let help = match promised.proved {
            true => format!(
                "seul le surplus prouvé compte : lisez ses preuves avant d’attribuer ; sans elles, tenir ne paie qu’à {paid} au plus"
            ),
            false => format!("tenir paie à {paid} au plus ; sinon, relevez la pénalité ou éloignez le plafond"),
        };
        for lot in lots {
            notes.add(
                format!("critere.{}", promised.criterion),
                format!(
                    "« {} » : {} points valent {most}{} de prix, la promesse rompue ({}) coûte {}{}",
                    facts.criterion_name(&promised.criterion),
                    promised.points.french(1),
                    whole(&worth),
                    promised.shown,
                    whole(&broken),
                    facts.in_lot(lot)
                ),
                help.clone(),
            );
        }
    }
}

/// A promise that it pays to break.
struct Cheap {
    promised: Promised,
    worth: Euros,
    broken: Euros,
    balanced: Number,
}

impl Cheap {
    /// The same promise at the same price, on another lot.
    fn same(&self, other: &Self) -> bool {
        let said = |of: &Self| (of.promised.criterion.clone(), of.promised.note.clone(), of.promised.shown.clone());
        said(self) == said(other) && (&self.promised.points, &self.broken) == (&other.promised.points, &other.broken)
    }
}
