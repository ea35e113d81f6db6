use super::Notes;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// La méthode d’un critère est écrite en toutes lettres : rien ne la calcule ni ne la rend due.
    ///
    /// ## Pourquoi
    /// Deux personnes doivent donner la même note à la même offre. Une phrase libre ne le garantit pas, la bibliothèque ne
    /// peut ni l’essayer ni la borner, et ce qu’elle fait promettre n’entre pas à l’acte d’engagement.
    ///
    /// ## Que faire
    /// Retirez `methode` et prenez un critère à échelle ou à niveaux ; si aucun ne convient, décrivez le vôtre dans le dossier :
    /// `titre`, `nature`, et une table `[[critere.ID.note]]` par sous-critère (voyez `examples/DOSSIER.md`).
    "critere-methode-libre", Warning, since "0.1.0", texts ["ccp-r2152-11"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let mut told: Vec<String> = Vec::new();
    for lot in facts.consultation.lots.keys() {
        let grid = facts.grid(*lot);
        for criterion in grid.criteria.iter().filter(|criterion| !criterion.own_method.is_empty()) {
            if !told.contains(&criterion.id) {
                told.push(criterion.id.clone());
                let path = format!("critere.{}.methode", criterion.id);
                notes
                    .note(
                        path.as_str(),
                        format!("« {} » se note par une phrase libre, que rien ne calcule", criterion.title),
                        "retirez « methode », ou décrivez ce qui est noté : une table [[critere.ID.note]] par sous-critère",
                    )
                    .fix([Edit::remove(path)]);
            }
        }
    }
}
