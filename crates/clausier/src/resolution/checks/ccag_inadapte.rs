use super::Notes;
use crate::base::terms::{Ccag, ContractForm, ContractNature};
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Le CCAG visé n’est pas celui de cet achat.
    ///
    /// ## Pourquoi
    /// Chaque CCAG est écrit pour une nature de prestations : ses articles parlent d’ouvrages, de livraisons, de
    /// prestations intellectuelles. Mal choisi, ses pénalités et ses délais ne s’appliquent à rien. Aucun n’est fait
    /// pour une concession.
    ///
    /// ## Que faire
    /// Visez le CCAG de l’achat, ou `ccag = "aucun"` : la clause portera alors elle-même ce que le CCAG aurait dit.
    "ccag-inadapte", Warning, since "0.1.0", texts ["ccp-r2112-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let Some(label) = consultation.ccag.label() else { return };
    let (help, only) = if consultation.form == ContractForm::Concession {
        ("aucun CCAG n’est fait pour une concession : écrivez ccag = \"aucun\"", Some("aucun"))
    } else {
        match (consultation.nature, consultation.ccag) {
            (ContractNature::Works, Ccag::Works)
            | (ContractNature::Supplies, Ccag::Supplies | Ccag::Industrial | Ccag::Ict)
            | (ContractNature::Services, Ccag::Supplies | Ccag::Intellectual | Ccag::Ict | Ccag::Industrial)
            | (ContractNature::Services, Ccag::ProjectManagement) => return,
            (ContractNature::Works, _) => ("pour des travaux : ccag = \"travaux\"", Some("travaux")),
            (ContractNature::Supplies, _) => ("pour des fournitures : ccag = \"fcs\", \"tic\" ou \"mi\"", None),
            (ContractNature::Services, _) => {
                ("pour des services : ccag = \"fcs\", \"pi\", \"tic\", \"moe\" ou \"mi\"", None)
            }
        }
    };
    notes
        .note("consultation.ccag", format!("le {label} n’est pas fait pour cet achat"), help)
        .fix(only.map(|ccag| Edit::set("consultation.ccag", ccag.into())));
}
