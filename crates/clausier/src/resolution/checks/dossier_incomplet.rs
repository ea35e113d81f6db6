use super::Notes;
use crate::resolution::facts::Facts;

check! {
    /// Une partie du dossier manque ou ne peut pas être lue.
    ///
    /// ## Pourquoi
    /// Un dossier en cours d’écriture est lu pour ce qu’il contient : les obligations sont déjà dites, les autres constats
    /// aussi. Un lot ou une clause illisible en est laissé de côté, et rien n’est supposé à la place. Aucune pièce
    /// définitive n’en sort.
    ///
    /// ## Que faire
    /// Complétez ou corrigez la clé nommée.
    "dossier-incomplet", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for problem in facts.consultation.unread() {
        notes.add(&problem.path, &problem.message, &problem.help);
    }
}
