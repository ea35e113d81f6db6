use super::Notes;
use crate::base::quantity::Euros;
use crate::resolution::facts::Facts;

check! {
    /// Un montant estimé, ou la somme des maximums des lots, dépasse un maximum.
    ///
    /// ## Pourquoi
    /// On ne peut pas commander plus que le maximum : l’estimation est fausse, ou le maximum trop bas. Des maximums de lots
    /// dont la somme dépasse celui du contrat laissent le candidat sans savoir lequel l’engage.
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
    let lots =
        Euros(consultation.lots.values().filter_map(|lot| lot.maximum.as_ref()).map(|most| most.0.clone()).sum());
    if let Some(maximum) = consultation.maximum.as_ref().filter(|maximum| lots > **maximum) {
        notes.add(
            "consultation.montant_maximum",
            format!("les maximums des lots font {lots}, au-delà du maximum du contrat, {maximum}"),
            "corrigez les uns ou l’autre",
        );
    }
}
