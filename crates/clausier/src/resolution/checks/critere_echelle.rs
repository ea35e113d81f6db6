use super::Notes;
use crate::resolution::facts::Facts;
use crate::resolution::grid::Rule;

check! {
    /// Une échelle de notation n’a pas ses deux valeurs, ou ne monte pas de l’une à l’autre.
    ///
    /// ## Pourquoi
    /// Entre la valeur qui ne donne aucun point et celle qui les donne tous, il faut un écart dans le bon sens : sinon le
    /// critère ne note rien, et la pondération annoncée est faussée. La première est souvent le minimum d’une clause, qui
    /// doit être choisie sur le même lot.
    ///
    /// ## Que faire
    /// Choisissez la clause sur le lot, ou éloignez la valeur qui donne tous les points.
    "critere-echelle", Blocking, since "0.1.0", texts ["ccp-r2152-11"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        for (criterion, note) in facts.grid(*lot).notes() {
            let Rule::Line(line) = &note.rule else { continue };
            let path = format!("critere.{}", criterion.id);
            let (title, at) = (&note.title, facts.in_lot(*lot));
            match (&line.none_at, &line.all_at) {
                (Some(none), Some(all)) if line.ends().is_none() => {
                    let (none, all) = (line.show(none), line.show(all));
                    let message = format!("« {title} » ne note rien : aucun point à {none}, tous à {all}{at}");
                    notes.add(path, message, "éloignez la valeur qui donne tous les points, ou changez de critère");
                }
                (None, _) => {
                    // A value of the criterion or of the clause that the dossier does not give is told as such.
                    let Some(clause) = line.holder.as_deref().filter(|clause| absent(facts, clause, *lot)) else {
                        continue;
                    };
                    let message = format!("« {title} » se note à partir de la clause « {clause} », absente{at}");
                    notes.add(path, message, "choisissez la clause sur ce lot, ou retirez-lui le critère");
                }
                (Some(_), _) => {}
            }
        }
    }
}

/// True when a clause is not chosen on a lot.
fn absent(facts: &Facts<'_>, clause: &str, lot: u32) -> bool {
    facts.selection.get(clause).is_none_or(|selected| !selected.lots.contains(&lot))
}
