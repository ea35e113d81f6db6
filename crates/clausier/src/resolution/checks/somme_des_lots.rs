use super::Notes;
use crate::base::quantity::Euros;
use crate::resolution::facts::Facts;

check! {
    /// Les lots valent ensemble plus que la valeur estimée.
    ///
    /// ## Pourquoi
    /// La valeur estimée est celle de tout le besoin : lots, options et reconductions. C’est elle qui se compare aux
    /// seuils ; trop basse, elle fait manquer une obligation.
    ///
    /// ## Que faire
    /// Corrigez `valeur_estimee` ou les montants des lots. L’inverse est permis : d’autres lots peuvent ne pas figurer
    /// au dossier.
    "somme-des-lots", Warning, since "0.1.0", texts ["ccp-r2121-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let sum = Euros(facts.consultation.lots.values().map(|lot| lot.amount.0.clone()).sum());
    if sum > facts.consultation.estimated_value {
        notes.add(
            "consultation.valeur_estimee",
            format!(
                "les lots valent ensemble {sum}, plus que la valeur estimée de {}",
                facts.consultation.estimated_value
            ),
            "la valeur estimée comprend tous les lots, options et reconductions",
        );
    }
}
