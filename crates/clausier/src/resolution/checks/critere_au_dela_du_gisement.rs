use super::Notes;
use crate::file::edit::Edit;
use crate::library::clause::Bound;
use crate::library::marking::ALL_AT;
use crate::resolution::facts::Facts;
use crate::resolution::fixes;
use crate::resolution::grid::Rule;

check! {
    /// Un critère donne tous ses points au-delà de ce qui existe.
    ///
    /// ## Pourquoi
    /// Une promesse plus haute que le gisement recensé ne peut être tenue : elle gagnerait des points que nul ne rendra, et
    /// l’offre honnête les perdrait.
    ///
    /// ## Que faire
    /// Ramenez la valeur qui donne tous les points au gisement, ou au-dessous.
    "critere-au-dela-du-gisement", Blocking, since "0.1.0", texts ["ccp-l2152-7"], Dossier(run),
}

fn run(facts: &Facts<'_>, notes: &mut Notes) {
    for lot in facts.consultation.lots.keys() {
        for (criterion, note) in facts.grid(*lot).notes() {
            let Rule::Line(line) = &note.rule else { continue };
            let Some((all, stock)) = line.all_at.as_ref().zip(line.stock.as_ref()) else { continue };
            if all > stock {
                let (all, stock) = (line.show(all), line.show(stock));
                let lowered = line.stock.as_ref().and_then(|most| {
                    let most = format!("{} {}", most.french(2), line.unit);
                    lowered(facts, &criterion.id, &note.name, *lot, &most)
                });
                let note = notes.note(
                    format!("critere.{}", criterion.id),
                    format!(
                        "« {} » : tous les points à {all}, pour {stock} recensés{}",
                        note.title,
                        facts.in_lot(*lot)
                    ),
                    format!("donnez tous les points à {stock} au plus"),
                );
                note.fix(lowered);
            }
        }
    }
}

/// The edit that gives all the points of a note at another value, when a parameter of the criterion, or the dossier, says at which.
fn lowered(facts: &Facts<'_>, id: &str, note: &str, lot: u32, value: &str) -> Option<Edit> {
    let chosen = facts.selection.criteria.iter().find(|chosen| chosen.id() == id)?;
    let (rank, note) = chosen.criterion.notes.iter().enumerate().find(|(_, known)| known.name == note)?;
    match &note.scale()?.all_at {
        Bound::Fixed(_) if chosen.selected.is_none() => {
            Some(Edit::set(format!("critere.{id}.note.{rank}.{ALL_AT}"), fixes::raw(value)))
        }
        Bound::Parameter { clause: None, name, part: None } => {
            Some(fixes::value(facts.consultation, id, name, lot, fixes::raw(value)))
        }
        _ => None,
    }
}
