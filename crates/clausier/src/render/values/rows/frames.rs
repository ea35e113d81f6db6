//! The frames to fill: for each lot, a table for each criterion whose value is worked out from figures.

use super::criteria::{BLANK_LINES, blank, dash};
use crate::base::typography::french;
use crate::document::{Column, Inline, ReckonedCell, Table};
use crate::library::clause::{Clause, Frame, Value};
use crate::render::values::Values;
use crate::resolution::grid::Criterion;
use crate::resolution::phrases::{capital, lot_title};
use crate::resolution::select::Selected;

impl Values<'_, '_> {
    /// The frames: id of the criterion, lot, heading, table.
    pub(crate) fn frames(&self) -> Vec<(String, u32, String, Table)> {
        let facts = self.facts;
        let mut out = Vec::new();
        for lot in facts.consultation.lots.keys() {
            let grid = facts.grid(*lot);
            for criterion in grid.criteria.iter().filter(|criterion| criterion.own_method.is_empty()) {
                let chosen = facts.selection.criteria.iter().find(|chosen| chosen.id() == criterion.id);
                let framed =
                    chosen.and_then(|chosen| Some((chosen.selected.as_ref()?, chosen.criterion.frame.as_ref()?)));
                let Some((selected, frame)) = framed else { continue };
                let lines = self.lines(selected, frame, *lot);
                let title = match facts.consultation.has_lots() {
                    true => format!("{} – {}", lot_title(&[*lot], facts.consultation), criterion.title),
                    false => criterion.title.clone(),
                };
                out.push((criterion.id.clone(), *lot, title, table(criterion, frame, lines)));
            }
        }
        out
    }

    /// The lines that a list of the dossier gives; none for lines to fill.
    fn lines(&self, own: &Selected<'_>, frame: &Frame, lot: u32) -> Vec<String> {
        let Some((holder, name)) = &frame.lines else { return Vec::new() };
        let holder = match holder {
            None => Some(own),
            Some(id) => self.facts.selection.get(id),
        };
        match holder.and_then(|holder| holder.value(lot, name)) {
            Some(Value::List(items)) => items.iter().map(|item| capital(&french(item))).collect(),
            _ => Vec::new(),
        }
    }
}

/// True when the frame of a criterion works out what a note reads.
pub(super) fn works_out(clause: Option<&Clause>, note: &str) -> bool {
    let frame = clause.and_then(|clause| clause.criterion()).and_then(|criterion| criterion.frame.as_ref());
    frame.is_some_and(|frame| frame.results.iter().any(|(name, _)| name == note))
}

fn table(criterion: &Criterion, frame: &Frame, lines: Vec<String>) -> Table {
    let written = |text: String| vec![Inline::Text(text)];
    let width = frame.columns.len();
    let line = |first: String| {
        let rest = (1..width).map(|_| written(blank()));
        std::iter::once(written(first)).chain(rest).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Vec<Inline>>> = match lines.is_empty() {
        true => (0..BLANK_LINES).map(|_| line(blank())).collect(),
        false => lines.into_iter().map(line).collect(),
    };
    let columns: Vec<String> = frame.columns.iter().map(|heading| french(heading)).collect();
    let mut results = Vec::new();
    for (name, how) in &frame.results {
        if !criterion.notes.iter().any(|note| note.name == *name) {
            continue;
        }
        let label = format!("À porter à l’acte d’engagement : {}", how.words(&columns));
        let mut row: Vec<Vec<Inline>> = vec![written(dash()); width];
        row[0] = written(label);
        row[how.of()] = written(blank());
        results.push(ReckonedCell { row: rows.len(), how: *how });
        rows.push(row);
    }
    let columns =
        columns.into_iter().enumerate().map(|(rank, heading)| Column { heading, numeric: frame.is_figure(rank) });
    Table {
        caption: format!("Calcul : {}", criterion.title),
        columns: columns.collect(),
        rows,
        bars: Vec::new(),
        results,
    }
}
