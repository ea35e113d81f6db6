//! The frame that a criterion asks its tenderers to fill: what a line is, what stands in the columns, how the figures make
//! the value that is noted.

use super::Note;
use crate::base::reckoning::Reckoning;
use crate::file::reading::{self, Table};

/// Most columns that a page holds.
const WIDEST: usize = 8;

/// A table to fill, from which one or several notes of a criterion are worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// The list parameter that gives the lines, of the criterion itself or of a clause that it requires (with that clause's
    /// id); `None` leaves lines to fill.
    pub lines: Option<(Option<String>, String)>,
    /// Headings of the columns; the first names a line.
    pub columns: Vec<String>,
    /// The notes that it works out, each with how.
    pub results: Vec<(String, Reckoning)>,
}

impl Frame {
    /// True for a column of figures: one that a result reads.
    pub fn is_figure(&self, column: usize) -> bool {
        self.results.iter().any(|(_, how)| how.of() == column || how.by() == Some(column))
    }
}

/// Reads the frame of a criterion (`[critere.cadre]`).
pub(super) fn frame(table: &Table<'_, '_>, notes: &[Note]) -> Frame {
    let lines = table.text("lignes").map(|text| match text.split_once('.') {
        Some((clause, name)) => (Some(clause.to_owned()), name.to_owned()),
        None => (None, text.to_owned()),
    });
    let columns = table.texts("colonnes");
    if !(2..=WIDEST).contains(&columns.len()) {
        let help = "colonnes = [\"Type d’éléments\", \"Masse (t)\"]";
        table.report.add(table.span_of("colonnes"), format!("un cadre a de 2 à {WIDEST} colonnes"), help);
    }
    let mut results = Vec::new();
    if let Some(inner) = table.table("calcul") {
        for entry in inner.all() {
            let name = entry.key.to_string();
            let Some(how) = inner.as_table(entry) else { continue };
            if !notes.iter().any(|note| note.name == name && note.scale().is_some()) {
                let help = reading::suggestion(&name, notes.iter().map(|note| note.name.as_str()));
                inner.report.add(
                    entry.key_span.clone(),
                    format!("« {name} » n’est pas une valeur de ce critère"),
                    help,
                );
            }
            if let Some(how) = reckoning(&how, &columns) {
                results.push((name, how));
            }
        }
    }
    table.finish();
    Frame { lines, columns, results }
}

fn reckoning(table: &Table<'_, '_>, columns: &[String]) -> Option<Reckoning> {
    let column = |key: &'static str| {
        let text = table.text(key)?;
        // The first names a line: no figure stands there.
        let found = columns.iter().position(|column| column == text).filter(|rank| *rank > 0);
        if found.is_none() {
            let help = reading::suggestion(text, columns.iter().skip(1).map(String::as_str));
            table.report.add(
                table.span_of(key),
                format!("« {text} » n’est pas une colonne de chiffres du cadre"),
                help,
            );
        }
        Some(found.unwrap_or_default())
    };
    let by = column("par");
    let of = ["somme", "produit", "moyenne", "rapport", "part", "minimum", "maximum"].map(|key| (key, column(key)));
    table.finish();
    let mut given = of.into_iter().filter_map(|(key, of)| Some((key, of?)));
    let how = match (given.next(), given.next(), by) {
        (Some(("somme", of)), None, None) => Reckoning::Sum { of },
        (Some(("produit", of)), None, Some(by)) => Reckoning::Product { of, by },
        (Some(("moyenne", of)), None, by) => Reckoning::Mean { of, by },
        (Some(("rapport", of)), None, Some(by)) => Reckoning::Ratio { of, by },
        (Some(("part", of)), None, Some(by)) => Reckoning::Share { of, by },
        (Some(("minimum", of)), None, None) => Reckoning::Least { of },
        (Some(("maximum", of)), None, None) => Reckoning::Greatest { of },
        _ => {
            let help =
                "somme, moyenne, minimum ou maximum = \"A\" ; produit, moyenne, rapport ou part avec par = \"B\"";
            table.report.add(table.span.clone(), "ce calcul n’a pas une forme connue", help);
            return None;
        }
    };
    Some(how)
}
