use super::Notes;
use crate::dossier::consultation::Lot;
use crate::library::clause::HoursRule;
use crate::resolution::facts::Facts;

check! {
    /// Une clause d’heures n’a pas de volume sur un lot.
    ///
    /// ## Pourquoi
    /// Le volume d’heures est l’un des quatre éléments que le CCAG demande au marché. Sans lui, l’obligation n’a pas de
    /// mesure et la pénalité rien à compter.
    ///
    /// ## Que faire
    /// Donnez au lot la part de main-d’œuvre et le prix de vente d’une heure (`calcul = { … }`), ou imposez un volume
    /// dans la clause.
    "heures-sans-volume", Blocking, since "0.1.0", texts ["ccp-l2112-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        let Some(selected) = facts.hours_clauses(lot.number).next() else { continue };
        match facts.hours.get(&lot.number) {
            Some(hours) if hours.result.as_ref().is_ok_and(|r| r.rounded.0.is_zero()) => notes.add(
                selected.path(),
                format!("le volume d’heures est nul pour {}", facts.the_lot(lot.number)),
                "donnez un taux ou un volume supérieur à zéro, ou retirez la clause de ce lot",
            ),
            // A missing value is another finding.
            None if !selected.lacks(lot.number) => {
                let computed = matches!(selected.clause.hours(), Some(HoursRule::Computed { .. }));
                let message = format!(
                    "la clause « {} » n’a pas de volume d’heures pour {}",
                    selected.clause.id,
                    facts.the_lot(lot.number)
                );
                if computed && lot.labour.is_none() {
                    let help =
                        "donnez la part de main-d’œuvre du lot et le prix d’une heure, ou complétez avec les usages";
                    notes
                        .note(format!("lot.{}", lot.number), message, help)
                        .at(format!("lot.{}.calcul.main_oeuvre", lot.number))
                        .written(labour(facts, lot));
                } else {
                    notes.add(selected.path(), message, "donnez le volume dans la clause, au-dessus de zéro");
                }
            }
            _ => {}
        }
    }
}

/// What to write, with the usual figures of the family when the register knows it.
fn labour(facts: &Facts<'_>, lot: &Lot) -> String {
    match facts.library.legal().family(&lot.family) {
        Some(family) => format!(
            "calcul = {{ main_oeuvre = \"…\", prix_horaire = \"…\" }} dans le lot ; usage : {}, de {} à {} l’heure",
            family.labour_default, family.hourly_price.low, family.hourly_price.high
        ),
        None => "calcul = { main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" } dans le lot".to_owned(),
    }
}
