use super::Notes;
use crate::file::edit::Edit;
use crate::file::reading::nearest;
use crate::resolution::facts::Facts;

check! {
    /// La famille d’achat d’un lot n’est pas connue.
    ///
    /// ## Pourquoi
    /// La famille donne les usages (part de main-d’œuvre, prix horaire, taux) et dit quelles clauses conviennent : sans
    /// elle, rien de cela n’est vérifié.
    ///
    /// ## Que faire
    /// Corrigez `famille` dans le lot ; `clausier lister --familles` les donne. Une famille propre à l’acheteur
    /// s’ajoute dans sa bibliothèque.
    "famille-inconnue", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let legal = facts.library.legal();
    for lot in facts.consultation.lots.values().filter(|lot| legal.family(&lot.family).is_none()) {
        let known = legal.families().map(|family| &*family.id);
        let near = nearest(&lot.family, known);
        let help = match near {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => "choisissez la famille la plus proche de l’objet du lot".to_owned(),
        };
        let path = format!("lot.{}.famille", lot.number);
        notes
            .note(path.as_str(), format!("la famille « {} » n’existe pas", lot.family), help)
            .fix(near.map(|near| Edit::set(path, near.into())));
    }
}
