use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::resolution::facts::Facts;
use crate::resolution::fixes::without_ceiling;
use crate::resolution::liaisons::{LotLiaisons, exact_ceiling};

check! {
    /// Le plafond des pénalités est inférieur à ce que ne rien faire épargne.
    ///
    /// ## Pourquoi
    /// Un titulaire qui n’exécute ni les heures ni le résultat paierait moins que le travail épargné : ne rien faire
    /// devient un prix, connu d’avance.
    ///
    /// ## Que faire
    /// Retirez `plafond_penalites`, pour que le plafond exact s’applique, ou portez-le à la part que donne le constat.
    "liaison-plafond-derisoire", Blocking, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let (Some(duty), Some(price), Some(usages)) = (&lot.duty, &lot.price, &facts.usages) else { return };
    let (Some(ceiling), Some((path, exact))) = (&lot.ceiling, exact_ceiling(facts, lot)) else { return };
    let saved = duty.least_ceiling(price, usages);
    if ceiling.amount < saved {
        let note = notes.note(
            path,
            format!(
                "un plafond de {} pour {} épargnés à ne rien faire{}",
                ceiling.amount,
                whole(&saved),
                facts.in_lot(lot.lot)
            ),
            format!("portez plafond_penalites à {exact}, ou retirez-le : le plafond exact s’applique alors"),
        );
        note.fix(without_ceiling(facts, lot.lot));
    }
}

/// An amount to the euro.
fn whole(amount: &Euros) -> Euros {
    Euros(amount.0.ceil_to(&Number::from_int(1)))
}
