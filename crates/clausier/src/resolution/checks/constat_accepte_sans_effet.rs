use super::{Notes, Unanswered, explain};
use crate::file::edit::Edit;

check! {
    /// La table `[constats]` accepte un constat qui ne se fait pas, ou qui ne s’accepte pas.
    ///
    /// ## Pourquoi
    /// Un constat accepté puis résolu laisse une raison sans objet, et cacherait le même constat s’il revenait pour une autre
    /// cause. Un constat bloquant ne s’accepte pas : la pièce serait fausse.
    ///
    /// ## Que faire
    /// Retirez la ligne, ou corrigez son code.
    "constat-accepte-sans-effet", Advice, since "0.1.0", texts [], Accepted(run),
}

fn run(unanswered: &Unanswered<'_>, notes: &mut Notes) {
    for accepted in &unanswered.accepted {
        let code = accepted.code.as_str();
        let (message, help) = if unanswered.blocking.contains(code) {
            (
                format!("« {code} » est bloquant : il ne s’accepte pas"),
                "corrigez ce qu’il remarque, et retirez la ligne",
            )
        } else if explain(code).is_none() {
            (format!("« {code} » n’est le code d’aucun constat"), "corrigez le code, ou retirez la ligne")
        } else {
            (format!("« {code} » est accepté, et rien ne le signale"), "retirez la ligne")
        };
        notes.note(accepted.path(), message, help).fix([Edit::remove(accepted.path())]);
    }
}
