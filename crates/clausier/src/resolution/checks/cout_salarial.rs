use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Les heures d’un lot sont calculées sur un coût salarial.
    ///
    /// ## Pourquoi
    /// Le montant du lot est un prix de vente : il contient les frais généraux, l’encadrement et la marge. Le diviser
    /// par un coût salarial, même chargé, surestime les heures de moitié environ.
    ///
    /// ## Que faire
    /// Donnez `prix_horaire`, le prix de vente d’une heure de travail, à la place de `cout_salarial`.
    "cout-salarial", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for (lot, hours) in &facts.hours {
        if hours.result.as_ref().is_ok_and(|result| result.overstated) {
            let message = format!(
                "les heures pour {} sont surestimées : un coût salarial divise un prix de vente",
                facts.the_lot(*lot)
            );
            let help = "donnez le prix de vente d’une heure à la place du coût salarial";
            notes
                .note(format!("lot.{lot}.calcul.cout_salarial"), message, help)
                .at(format!("lot.{lot}.calcul.prix_horaire"))
                .written("prix_horaire à la place de cout_salarial");
        }
    }
}
