use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::resolution::facts::Facts;
use crate::resolution::fixes::without_ceiling;
use crate::resolution::liaisons::{LotLiaisons, exact_ceiling, priced};

check! {
    /// Le plafond des pénalités est inférieur à leur total : les derniers manques sont gratuits.
    ///
    /// ## Pourquoi
    /// Une fois le plafond atteint, une unité ou une heure de plus qui manque ne coûte plus rien. Le constat dit combien.
    ///
    /// ## Que faire
    /// Portez le plafond à la part exacte que donne le constat, ou retirez `plafond_penalites`.
    "liaison-plafond-insuffisant", Warning, since "0.1.0", texts [], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    let Some(duty) = &lot.duty else { return };
    let (Some(ceiling), Some((path, exact))) = (&lot.ceiling, exact_ceiling(facts, lot)) else { return };
    let exposure = duty.exposure();
    if ceiling.amount >= exposure {
        return;
    }
    let beyond = Euros(&exposure.0 - &ceiling.amount.0);
    let free = |tariff: &Euros| beyond.0.over(&tariff.0);
    let hours = free(&duty.per_hour).map(|n| {
        let hours = Number::min_of(&n, &duty.hours.0).ceil_to(&Number::from_int(1));
        format!("les {} dernières heures", hours.french(0))
    });
    let units = priced(facts, lot).filter_map(|unit| {
        let n = Number::min_of(&free(&unit.outcome.unit_penalty())?, &unit.outcome.target);
        Some(format!("les dernières unités de « {} » ({})", unit.id(), unit.quantity(&n)))
    });
    let free: Vec<String> = units.chain(hours).collect();
    let note = notes.note(
        path,
        format!(
            "un plafond de {} pour {exposure} de pénalités possibles{} ; celui-ci atteint, ne coûtent plus rien {}",
            ceiling.amount,
            facts.in_lot(lot.lot),
            free.join(", ou ")
        ),
        format!("portez plafond_penalites à {exact}, ou retirez-le : le plafond exact s’applique alors"),
    );
    note.fix(without_ceiling(facts, lot.lot));
}
