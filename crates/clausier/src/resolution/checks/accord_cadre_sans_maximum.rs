use super::Notes;
use crate::base::terms::ContractForm;
use crate::resolution::facts::Facts;

check! {
    /// Un accord-cadre n’a pas de maximum.
    ///
    /// ## Pourquoi
    /// Depuis le 1er janvier 2022, un accord-cadre fixe un maximum en valeur ou en quantité, avec ou sans minimum : les
    /// candidats doivent savoir jusqu’où ils peuvent être engagés.
    ///
    /// ## Que faire
    /// Donnez `montant_maximum` dans `[consultation]`, ou dans chaque lot.
    "accord-cadre-sans-maximum", Blocking, since "0.1.0", texts ["ccp-r2162-4"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let framework = consultation.form == ContractForm::Framework;
    if !framework || facts.law.text("ccp-r2162-4").is_err() || consultation.maximum.is_some() {
        return;
    }
    let bare: Vec<u32> = consultation.lots.values().filter(|lot| lot.maximum.is_none()).map(|lot| lot.number).collect();
    if bare.len() == consultation.lots.len() {
        notes.add(
            "consultation.contrat",
            "cet accord-cadre n’a pas de maximum",
            "ajoutez montant_maximum dans [consultation], ou dans chaque lot, par exemple montant_maximum = \"300 000 €\"",
        );
    } else {
        for lot in bare {
            notes.add(
                format!("lot.{lot}"),
                format!("{} n’a pas de maximum, et l’accord-cadre n’en a pas pour l’ensemble", facts.the_lot(lot)),
                "ajoutez montant_maximum à ce lot, par exemple montant_maximum = \"300 000 €\"",
            );
        }
    }
}
