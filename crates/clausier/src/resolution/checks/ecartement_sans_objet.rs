use super::Notes;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// La clause sociale est écartée alors qu’elle n’est pas due.
    ///
    /// ## Pourquoi
    /// Sous le seuil européen, avant le 22 août 2026, ou pour un marché de défense ou de sécurité, aucune condition
    /// sociale ne s’impose : il n’y a rien à écarter, et un motif inutile prête à discussion.
    ///
    /// ## Que faire
    /// Retirez `[clause_sociale_ecartee]`, ou gardez-la si vous tenez à ce que le dossier dise pourquoi.
    "ecartement-sans-objet", Advice, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if facts.consultation.set_aside.is_some() && facts.setting_aside().is_none() {
        notes
            .note(
                "clause_sociale_ecartee",
                "la clause sociale est écartée alors que rien ne l’impose",
                "n’écartez plus la clause sociale",
            )
            .written("la table [clause_sociale_ecartee]")
            .fix([Edit::remove("clause_sociale_ecartee")]);
    }
}
