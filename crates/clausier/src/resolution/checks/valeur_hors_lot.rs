use super::Notes;
use crate::dossier::consultation::Given;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Une valeur est donnée pour un lot où la clause ne s’applique pas.
    ///
    /// ## Pourquoi
    /// Cette valeur n’irait nulle part : le lot n’a pas la clause, et un autre lot garde peut-être une valeur par défaut
    /// que l’acheteur croit avoir remplacée.
    ///
    /// ## Que faire
    /// Corrigez le numéro du lot, ajoutez le lot à `lots` dans la clause, ou retirez la valeur.
    "valeur-hors-lot", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for choice in &facts.consultation.choices {
        let Some(lots) = &choice.lots else { continue };
        for (name, given) in &choice.parameters {
            let Given::PerLot(values) = given else { continue };
            for lot in values.keys().filter(|lot| !lots.contains(lot)) {
                let path = format!("clause.{}.{name}.{lot}", choice.id);
                notes
                    .note(
                        &path,
                        format!("« {name} » est donné pour le lot {lot}, où « {} » ne s’applique pas", choice.id),
                        "retirez la valeur, corrigez le numéro, ou ajoutez le lot à « lots » dans la clause",
                    )
                    .fix([Edit::remove(&path)]);
            }
        }
    }
}
