use super::Notes;
use crate::base::terms::{SetAside, Vocabulary};
use crate::resolution::facts::Facts;

check! {
    /// Le motif qui écarte la clause sociale n’est pas de la liste de la loi.
    ///
    /// ## Pourquoi
    /// La liste est fermée. Ni l’urgence, ni le plein emploi local, ni l’absence de facilitateur, ni le coût n’y
    /// figurent : ils ne valent que comme preuves d’un des motifs de la liste.
    ///
    /// ## Que faire
    /// Choisissez le motif qui correspond et dites pourquoi dans `raisons`. Si aucun ne convient, prévoyez la clause,
    /// avec son échelle de repli.
    "ecartement-motif-inconnu", Blocking, since "0.1.0", texts ["ccp-l2112-2-1", "ccp-l3114-2-1"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    let Some(choice) = facts.setting_aside() else { return };
    if choice.reason.is_some() {
        return;
    }
    let message = if choice.word.trim().is_empty() {
        "le motif qui écarte la clause sociale manque".to_owned()
    } else {
        format!("« {} » n’est pas un motif d’écarter la clause sociale", choice.word)
    };
    let words: Vec<&str> = SetAside::all().filter(|reason| facts.may_set_aside(*reason)).map(SetAside::word).collect();
    notes.add(
        "clause_sociale_ecartee.motif",
        message,
        format!("motifs de la loi pour ce contrat : {}", words.join(", ")),
    );
}
