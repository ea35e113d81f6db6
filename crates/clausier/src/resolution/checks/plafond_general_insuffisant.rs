use super::Notes;
use crate::base::quantity::{Euros, Number, Rate};
use crate::base::terms::Kind;
use crate::library::clause::Value;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;

check! {
    /// Le plafond général est inférieur aux pénalités des heures d’insertion : les dernières sont gratuites.
    ///
    /// ## Pourquoi
    /// Sur un lot sans heures liées, les heures manquantes relèvent du plafond général. S’il est atteint avant la dernière,
    /// les suivantes, et tout ce qu’il couvre avec elles, ne coûtent plus rien.
    ///
    /// ## Que faire
    /// Portez `plafond_penalites` à la part que donne le constat, ou liez ces heures à une mesure, qui a son propre plafond.
    "plafond-general-insuffisant", Warning, since "0.1.0", texts [], Dossier(run),
}

const NAME: &str = "plafond_penalites";

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (number, hours) in &facts.hours {
        let (Ok(volume), Some(lot)) = (&hours.result, facts.consultation.lots.get(number)) else { continue };
        if facts.links.iter().any(|link| link.lot == *number && link.assigned.is_some()) {
            continue;
        }
        let social =
            facts.selection.clauses.iter().filter(|s| s.clause.kind() == Kind::Social && s.lots.contains(number));
        let given = social.filter_map(|s| Some((s, s.clause.parameter(NAME)?, s.value(*number, NAME)?))).next();
        let (Some(tariff), Some((holder, parameter, Value::Rate(rate)))) = (facts.hour_tariff(*number), given) else {
            continue;
        };
        let (owed, ceiling) = (Euros(&volume.rounded.0 * &tariff.0), Euros(&lot.amount.0 * &rate.0));
        if owed <= ceiling {
            continue;
        }
        let free = (&owed.0 - &ceiling.0).over(&tariff.0).map(|n| n.ceil_to(&Number::from_int(1)).french(0));
        let exact = owed.0.over(&lot.amount.0).map(|share| Rate(share.ceil_to(&Rate::from_percent(1).0)));
        let (Some(free), Some(exact)) = (free, exact) else { continue };
        let admitted = parameter.bounds.as_ref().and_then(|(_, most)| most.number()).is_none_or(|most| exact.0 <= most);
        let linked = "liez ces heures à une mesure, qui a son propre plafond";
        let help = if admitted { format!("portez {NAME} à {exact}, ou {linked}") } else { linked.to_owned() };
        let note = notes.note(
            format!("clause.{}.{NAME}", holder.clause.id),
            format!(
                "un plafond général de {ceiling} pour {owed} de pénalités d’heures{} : les {free} dernières ne coûtent rien",
                facts.in_lot(*number)
            ),
            help,
        );
        if admitted {
            note.fix([fixes::setting(facts.consultation, *number, &holder.clause.id, NAME, &Value::Rate(exact))]);
        }
    }
}
