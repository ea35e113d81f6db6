use super::Notes;
use crate::base::quantity::Rate;
use crate::law::Standing;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::phrases::plain;

check! {
    /// Une cible est plus basse que la part annuelle que la loi demande à l’acheteur.
    ///
    /// ## Pourquoi
    /// La loi compte cette part sur tous les achats de l’année, non contrat par contrat. Une cible plus basse n’est donc pas
    /// illégale par elle-même, mais le reste des achats doit la compenser, et le contrat ne contribue pas à l’obligation.
    ///
    /// ## Que faire
    /// Relevez la cible, ou gardez au dossier ce qui compense.
    "cible-sous-plancher", Warning, since "0.1.0", texts [], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for selected in &facts.selection.clauses {
        for parameter in &selected.clause.parameters {
            // What nobody has confirmed on that day is no floor.
            let Some(floor) = parameter.floor.as_ref().and_then(|id| facts.local_parameter(id)) else { continue };
            let low = |lot: &u32| {
                let value = selected.value(*lot, &parameter.name)?;
                let number = value.number()?;
                floor.rate().is_some_and(|Rate(least)| number < *least).then(|| plain(value, &parameter.kind))
            };
            let Standing::Law { text, .. } = &floor.standing else { continue };
            let text = facts.law.text(text).map(|found| format!(" ({})", found.text.citation())).unwrap_or_default();
            for (lot, value) in selected.lots.iter().filter_map(|lot| Some((*lot, low(lot)?))) {
                let raised = || fixes::value(facts, &selected.clause.id, &parameter.name, lot, fixes::raw(floor));
                let note = notes.note(
                    format!("{}.{}", selected.path(), parameter.name),
                    format!(
                        "« {} » = {value}{} : la part annuelle de l’acheteur est de {floor} au moins{text}",
                        parameter.name,
                        facts.in_lot(lot)
                    ),
                    "relevez la cible, ou gardez au dossier ce qui compense dans les autres achats",
                );
                note.fix(selected.implied_by.is_none().then(raised));
            }
        }
    }
}
