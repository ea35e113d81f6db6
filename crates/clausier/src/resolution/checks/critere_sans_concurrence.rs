use super::Notes;
use crate::base::terms::Procedure;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Des critères sont annoncés dans un achat sans mise en concurrence.
    ///
    /// ## Pourquoi
    /// Sans offres à comparer, un critère ne sert à rien : l’environnement se demande alors par les seules conditions
    /// d’exécution.
    ///
    /// ## Que faire
    /// Retirez `[critere]`, ou choisissez une procédure qui met en concurrence.
    "critere-sans-concurrence", Advice, since "0.1.0", texts ["ccp-r2152-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    if facts.consultation.procedure == Procedure::Direct && !facts.consultation.criteria.is_empty() {
        notes
            .note(
                "critere",
                "des critères sont annoncés dans un achat sans mise en concurrence",
                "retirez les critères",
            )
            .written("la table [critere]")
            .fix([Edit::remove("critere")]);
    }
}
