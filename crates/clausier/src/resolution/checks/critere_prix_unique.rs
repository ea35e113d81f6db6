use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Le prix est le seul critère d’un lot.
    ///
    /// ## Pourquoi
    /// Depuis le 21 août 2026, le critère unique est celui du coût, et il tient compte de l’environnement ; le prix
    /// seul n’est plus admis, même pour des fournitures standardisées. Une concession a toujours plusieurs critères.
    ///
    /// ## Que faire
    /// Ajoutez un critère environnemental lié à l’objet du lot et répartissez les points, ou retenez le critère unique
    /// du coût global s’il intègre l’environnement.
    "critere-prix-unique", Blocking, since "0.1.0", texts ["ccp-r2152-7", "ccp-l2152-7", "ccp-r3124-4"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if !facts.duties.criterion {
        return;
    }
    for lot in facts.consultation.lots.keys() {
        if let Some(price) = facts.only_price(*lot) {
            let message = format!("le prix est le seul critère pour {}", facts.the_lot(*lot));
            let help = "ajoutez un critère environnemental lié à l’objet du lot";
            notes.note(format!("critere.{}", price.id), message, help).written("[critere]");
        }
    }
}
