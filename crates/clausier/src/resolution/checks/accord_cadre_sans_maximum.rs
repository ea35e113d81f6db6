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
        let help = "donnez le maximum de l’accord-cadre, ou celui de chaque lot";
        notes
            .note("consultation.contrat", "cet accord-cadre n’a pas de maximum", help)
            .at("consultation.montant_maximum")
            .written("montant_maximum = \"300 000 €\", dans [consultation] ou dans chaque lot");
    } else {
        for lot in bare {
            let message = format!("pas de maximum pour {}, ni pour l’ensemble de l’accord-cadre", facts.the_lot(lot));
            notes
                .note(format!("lot.{lot}"), message, "donnez le maximum de chaque lot, ou celui de l’accord-cadre")
                .at(format!("lot.{lot}.montant_maximum"))
                .written("montant_maximum = \"300 000 €\", dans [lot.N]");
        }
    }
}
