use super::Notes;
use crate::base::terms::ContractForm;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Le CCAG visé n’était pas en vigueur au lancement.
    ///
    /// ## Pourquoi
    /// Les articles cités sont ceux des CCAG de 2021. Une consultation plus ancienne se réfère à ceux de 2009, dont les
    /// numéros et les obligations diffèrent.
    ///
    /// ## Que faire
    /// Vérifiez `lancement`, ou écrivez `ccag = "aucun"` : la clause portera elle-même ce que le CCAG aurait dit.
    "ccag-hors-date", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let legal = facts.library.legal();
    // Before the register, or in a concession, other findings speak.
    let covered = legal.first_day().is_some_and(|first| consultation.launch >= first);
    if !covered || consultation.form == ContractForm::Concession {
        return;
    }
    let Some(label) = consultation.ccag.label() else { return };
    if legal.ccag_text(consultation.ccag).is_some_and(|id| facts.law.text(id).is_err()) {
        notes
            .note(
                "consultation.ccag",
                format!("le {label} de 2021 n’était pas en vigueur au {}", consultation.launch),
                "vérifiez lancement, ou écrivez ccag = \"aucun\"",
            )
            .fix([Edit::set("consultation.ccag", "aucun".into())]);
    }
}
