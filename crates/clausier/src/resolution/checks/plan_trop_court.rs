use super::Notes;
use crate::base::quantity::Number;
use crate::base::terms::Mechanism;
use crate::resolution::facts::Facts;

check! {
    /// Un plan de progrès a des paliers annuels, et le contrat ne dure pas plus d’un an.
    ///
    /// ## Pourquoi
    /// Le premier palier est dû à partir de la deuxième année : si elle n’existe pas, les pièces annoncent une progression
    /// que rien ne rend due, et les candidats la chiffrent pour rien.
    ///
    /// ## Que faire
    /// Choisissez une liaison sans le mécanisme `plan-de-progres`, ou fixez d’emblée la cible au niveau voulu.
    "plan-trop-court", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (selected, lot) in facts.selection.liaisons() {
        let plans = selected.clause.link().is_some_and(|link| link.has(Mechanism::ProgressPlan));
        let own = facts.consultation.lots.get(&lot).and_then(|lot| lot.duration.as_ref());
        let months = own.map_or_else(|| facts.consultation.total_months(), |duration| duration.months());
        if plans && months <= Number::from_int(12) {
            notes.add(
                selected.path(),
                format!(
                    "« {} » fixe des paliers annuels pour {} mois d’exécution{}",
                    selected.clause.id,
                    months.french(1),
                    facts.in_lot(lot)
                ),
                "choisissez une liaison sans plan de progrès, ou fixez d’emblée la cible au niveau voulu",
            );
        }
    }
}
