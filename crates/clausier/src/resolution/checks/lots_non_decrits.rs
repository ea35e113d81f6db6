use super::Notes;
use crate::base::quantity::{Euros, Number};
use crate::resolution::facts::Facts;

check! {
    /// La valeur estimée dépasse nettement la somme des lots décrits.
    ///
    /// ## Pourquoi
    /// La valeur estimée additionne tous les lots, options et reconductions. Un lot qui n’est pas décrit ici doit lui aussi
    /// ses conditions d’exécution et son critère environnemental : rien n’en est vérifié.
    ///
    /// ## Que faire
    /// Décrivez les lots qui manquent, corrigez `valeur_estimee`, ou tenez pour eux un autre dossier.
    "lots-non-decrits", Warning, since "0.1.0", texts ["ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let described: Number = consultation.lots.values().map(|lot| lot.amount.0.clone()).sum();
    let missing = &consultation.estimated_value.0 - &described;
    // A part is left to options and rounding.
    let Some(left) = facts.usages.as_ref().map(|usages| &usages.undescribed) else { return };
    if missing > &consultation.estimated_value.0 * &left.0 {
        notes.add(
            "consultation.valeur_estimee",
            format!(
                "{} estimés, {} décrits : {} n’ont ni lot, ni condition, ni critère dans ce dossier",
                consultation.estimated_value,
                Euros(described),
                Euros(missing)
            ),
            "décrivez les lots qui manquent, ou corrigez valeur_estimee",
        );
    }
}
