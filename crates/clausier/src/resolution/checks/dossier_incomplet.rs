use super::{Note, Notes};
use crate::file::reading::Problem;
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
        notes.0.push(unread(problem));
    }
}

/// What could not be read, at its key. Lots that are missing have no table yet: they are asked for at theirs.
pub(crate) fn unread(problem: &Problem) -> Note {
    let mut note = Note::new(problem.path.clone(), problem.message.clone(), problem.help.clone());
    if problem.path.is_empty() {
        note.at("lot");
    }
    note
}
