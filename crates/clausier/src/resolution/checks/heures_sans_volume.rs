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
                let computed = matches!(selected.clause.hours, Some(HoursRule::Computed { .. }));
                let (path, help) = if computed && lot.labour.is_none() {
                    (format!("lot.{}", lot.number), labour_help(facts, lot))
                } else {
                    (selected.path(), "donnez le volume dans la clause, au-dessus de zéro".to_owned())
                };
                let message = format!(
                    "la clause « {} » n’a pas de volume d’heures pour {}",
                    selected.clause.id,
                    facts.the_lot(lot.number)
                );
                notes.add(path, message, help);
            }
            _ => {}
        }
    }
}

/// What to write, with the usual figures of the family when the register knows it.
fn labour_help(facts: &Facts<'_>, lot: &Lot) -> String {
    match facts.library.legal().family(&lot.family) {
        Some(family) => format!(
            "ajoutez au lot : calcul = {{ main_oeuvre = \"…\", prix_horaire = \"…\" }} ; usage : {}, de {} à {} l’heure",
            family.labour_default, family.hourly_price.low, family.hourly_price.high
        ),
        None => "ajoutez au lot : calcul = { main_oeuvre = \"50 %\", prix_horaire = \"36 €/h\" }".to_owned(),
    }
}
