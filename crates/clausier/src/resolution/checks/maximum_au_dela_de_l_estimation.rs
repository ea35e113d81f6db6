use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le maximum d’un accord-cadre dépasse la valeur estimée du besoin.
    ///
    /// ## Pourquoi
    /// La valeur d’un accord-cadre est la valeur maximale estimée de tout ce qui peut être commandé pendant sa durée. Une
    /// estimation sous le maximum peut cacher un seuil franchi : procédure formalisée, condition d’exécution sociale.
    ///
    /// ## Que faire
    /// Portez `valeur_estimee` au maximum, ou abaissez le maximum à ce que vous comptez vraiment pouvoir commander.
    "maximum-au-dela-de-l-estimation", Warning, since "0.1.0", texts ["ccp-r2121-8"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let estimated = &consultation.estimated_value;
    let Some(maximum) = facts.framework_maximum().filter(|maximum| maximum > estimated) else { return };
    let crossed = facts.duties.threshold.as_ref().filter(|t| estimated < t.amount && maximum >= *t.amount);
    let message = match crossed {
        Some(threshold) => format!(
            "un maximum de {maximum} pour une valeur estimée de {estimated} : entre les deux se trouve le seuil européen de {}",
            threshold.amount
        ),
        None => format!("un maximum de {maximum} pour une valeur estimée de {estimated}"),
    };
    let place = if consultation.maximum.is_some() { "montant_maximum" } else { "valeur_estimee" };
    notes.add(format!("consultation.{place}"), message, "portez valeur_estimee au maximum, ou abaissez le maximum");
}
