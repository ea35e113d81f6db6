use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::liaisons::LotLiaisons;

check! {
    /// Le plafond des pénalités est inférieur à ce que coûterait de ne rien faire.
    ///
    /// ## Pourquoi
    /// Un titulaire qui n’exécute rien paierait moins que le total des pénalités : ne pas faire deviendrait un prix,
    /// connu d’avance.
    ///
    /// ## Que faire
    /// Relevez le plafond, ou réduisez les montants par heure et par unité. Écrivez aussi que le paiement ne libère pas
    /// de l’obligation.
    "liaison-plafond-insuffisant", Warning, since "0.1.0", texts ["c-civ-1231-5"], Liaisons(run),
}

fn run(facts: &Facts<'_>, lot: &LotLiaisons, notes: &mut Notes) {
    for (id, duty) in lot.ids.iter().zip(&lot.duties) {
        let Some((duty, ceiling)) = duty.as_ref().and_then(|duty| Some((duty, duty.ceiling.as_ref()?))) else {
            continue;
        };
        if duty.ceiling_becomes_a_price() {
            notes.add(
                format!("clause.{id}.plafond_penalites"),
                format!(
                    "un plafond de {ceiling} pour {} de pénalités possibles{}",
                    duty.exposure().separate,
                    facts.in_lot(lot.lot)
                ),
                "relevez le plafond, ou réduisez les montants par heure et par unité",
            );
        }
    }
}
