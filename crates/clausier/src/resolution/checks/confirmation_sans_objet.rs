use super::Notes;
use crate::dossier::consultation::TO_CONFIRM;
use crate::file::edit::Edit;
use crate::file::reading::Raw;
use crate::resolution::facts::Facts;
use crate::resolution::finding::MOST;

check! {
    /// Une valeur marquée « à confirmer » n’est pas, ou n’est plus, dans le dossier.
    ///
    /// ## Pourquoi
    /// `a_confirmer` nomme les valeurs qui viennent d’un usage, pour que les pièces les mettent entre crochets. Une clé qui
    /// ne désigne rien, après le retrait d’une clause ou d’un lot, ne marque plus rien ; elle marquerait à tort la valeur que
    /// l’acheteur y écrirait un jour.
    ///
    /// ## Que faire
    /// Retirez la clé de `a_confirmer`, ou corrigez-la.
    "confirmation-sans-objet", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    let (held, stale): (Vec<&String>, Vec<&String>) =
        consultation.to_confirm.iter().partition(|path| consultation.holds(path));
    let kept: Vec<String> = held.into_iter().cloned().collect();
    let fix = if kept.is_empty() { Edit::remove(TO_CONFIRM) } else { Edit::set(TO_CONFIRM, Raw::List(kept)) };
    for (rank, path) in stale.into_iter().enumerate() {
        notes
            .note(
                TO_CONFIRM,
                "une valeur d’usage à confirmer n’est pas dans le dossier",
                "oubliez cette confirmation, qui n’a plus d’objet",
            )
            .at(path)
            .written(format!("retirez « {path} » de {TO_CONFIRM}"))
            // The same for all of them: not written again for those that are only counted.
            .fix((rank <= MOST).then(|| fix.clone()));
    }
}
