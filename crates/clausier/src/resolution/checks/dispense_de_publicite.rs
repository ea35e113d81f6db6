use super::Notes;
use crate::base::terms::{ContractForm, Procedure, Vocabulary};
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// L’achat est sous le seuil de dispense de publicité et de mise en concurrence.
    ///
    /// ## Pourquoi
    /// Sous ce seuil, ni publicité ni mise en concurrence ne sont imposées : choisir une offre pertinente, bien employer
    /// l’argent public et ne pas toujours s’adresser au même suffisent. Une procédure reste permise ; qui l’ouvre la suit. Les
    /// conditions d’exécution environnementales sont dues à tout montant, et les données essentielles se publient à partir de
    /// leur propre seuil.
    ///
    /// ## Que faire
    /// Vérifiez qu’une procédure est bien voulue, et que les clauses sont à la mesure de l’achat.
    "dispense-de-publicite", Advice, since "0.1.0", texts ["ccp-r2122-8", "ccp-r2196-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let open = consultation.procedure != Procedure::Direct && consultation.form != ContractForm::Concession;
    let Some(exempt) = facts.exemption().filter(|_| open) else { return };
    if consultation.estimated_value >= *exempt {
        return;
    }
    let data = facts.law.parameter("seuil-donnees-essentielles").ok().and_then(|value| value.euros());
    let data = match data {
        Some(from) if consultation.estimated_value >= *from => {
            format!(" ; les données essentielles se publient à partir de {from}")
        }
        _ => String::new(),
    };
    notes
        .note(
            "consultation.procedure",
            format!("{} : sous {exempt}, aucune procédure n’est imposée{data}", consultation.estimated_value),
            "vérifiez qu’une procédure est voulue ; sinon, procedure = \"sans-publicite\"",
        )
        .fix([Edit::set("consultation.procedure", Procedure::Direct.word().into())]);
}
