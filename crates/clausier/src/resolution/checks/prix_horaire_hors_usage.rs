use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le prix horaire d’un lot sort de l’usage de sa famille.
    ///
    /// ## Pourquoi
    /// Les heures sont le montant divisé par ce prix : un coût salarial pris pour un prix de vente les surestime de
    /// moitié. Les fourchettes sont de pratique.
    ///
    /// ## Que faire
    /// Vérifiez qu’il s’agit du prix de vente d’une heure de travail, frais et marge compris.
    "prix-horaire-hors-usage", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.values() {
        let (Some(labour), Some(family)) = (&lot.labour, facts.library.legal().family(&lot.family)) else { continue };
        let usual = &family.hourly_price;
        if !labour.wage_cost && (labour.price < usual.low || labour.price > usual.high) {
            notes.add(
                format!("lot.{}.calcul.prix_horaire", lot.number),
                format!("un prix de vente de {} l’heure pour la famille « {} »", labour.price, family.title),
                format!("usage : de {} à {}", usual.low, usual.high),
            );
        }
    }
}
