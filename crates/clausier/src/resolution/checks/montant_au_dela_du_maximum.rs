use super::Notes;
use crate::base::quantity::Euros;
use crate::resolution::facts::Facts;

check! {
    /// Un montant estimé dépasse le maximum du contrat ou du lot.
    ///
    /// ## Pourquoi
    /// On ne peut pas commander plus que le maximum : l’estimation est fausse, ou le maximum trop bas.
    ///
    /// ## Que faire
    /// Corrigez l’un des deux chiffres.
    "montant-au-dela-du-maximum", Warning, since "0.1.0", texts ["ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let mut compare = |path: String, amount: &Euros, maximum: Option<&Euros>| {
        if let Some(maximum) = maximum.filter(|maximum| amount > *maximum) {
            let message = format!("un montant de {amount} pour un maximum de {maximum}");
            notes.add(path, message, "corrigez l’estimation ou le maximum");
        }
    };
    compare("consultation.montant_maximum".to_owned(), &consultation.estimated_value, consultation.maximum.as_ref());
    for lot in consultation.lots.values() {
        compare(format!("lot.{}.montant_maximum", lot.number), &lot.amount, lot.maximum.as_ref());
    }
}
