use super::Notes;
use crate::file::edit::Edit;
use crate::resolution::facts::Facts;

check! {
    /// Le dossier ne dit pas si les variantes sont admises.
    ///
    /// ## Pourquoi
    /// Depuis le 28 mai 2026, le silence vaut autorisation, en procédure formalisée comme en procédure adaptée, alors
    /// qu’un article réglementaire disait encore le contraire. Un texte exprès évite le débat.
    ///
    /// ## Que faire
    /// Ajoutez `variantes = "interdites"`, `"autorisees"` ou `"exigees"` dans `[consultation]`. Admises, dites aussi
    /// leurs exigences minimales.
    "variantes-non-dites", Warning, since "0.1.0", texts ["ccp-l2151-2"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let consultation = facts.consultation;
    if consultation.variants.is_none() && facts.law.text("ccp-l2151-2").is_ok() {
        notes
            .note(
                "consultation",
                "le dossier ne dit pas si les variantes sont admises : le silence vaut autorisation",
                "dites si elles sont interdites, autorisées ou exigées",
            )
            .at("consultation.variantes")
            .written("variantes = \"interdites\"")
            .fix([Edit::set("consultation.variantes", "interdites".into())]);
    }
}
