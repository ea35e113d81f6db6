use super::Notes;
use crate::library::rich::Pointed;
use crate::resolution::facts::Facts;

check! {
    /// Une clause choisie cite un texte qui n’est pas en vigueur au jour du lancement.
    ///
    /// ## Pourquoi
    /// Une pièce qui s’appuie sur un article abrogé, ou qui n’est pas encore applicable, fonde une obligation sur rien.
    ///
    /// ## Que faire
    /// Vérifiez `lancement`, ou choisissez une clause qui ne s’appuie pas sur ce texte.
    "texte-hors-vigueur", Blocking, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    // Before the register begins, another finding says it once for all.
    let first_day = facts.library.legal().first_day();
    if first_day.is_none_or(|first_day| facts.consultation.launch < first_day) {
        return;
    }
    for selected in facts.selection.all() {
        let mut seen: Vec<&String> = Vec::new();
        // A text that cites none is not parsed for that.
        let citing = selected.clause.sections.iter().filter(|section| section.source().contains("(droit:"));
        for target in citing.flat_map(|section| section.text.targets()) {
            let Pointed::Law(ids) = target else { continue };
            for id in ids.iter().filter(|id| facts.law.concerns(id)) {
                if let Err(error) = facts.law.text(id)
                    && !seen.contains(&id)
                {
                    seen.push(id);
                    notes.add(
                        selected.path(),
                        format!("« {} » cite un texte qui ne peut l’être : {error}", selected.clause.id),
                        "vérifiez la date de lancement, ou choisissez une autre clause",
                    );
                }
            }
        }
    }
}
