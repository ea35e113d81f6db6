//! The tables to fill: for each lot, one for each criterion whose value is worked out from figures; one for each document that
//! a clause announces and that no buyer has to write.

use super::criteria::{BLANK_LINES, blank, dash};
use crate::base::terms::Piece;
use crate::base::typography::french;
use crate::document::{Column, Inline, ReckonedCell, Table};
use crate::library::clause::{Frame, Lines, Value};
use crate::library::marking::Criterion;
use crate::render::values::Values;
use crate::resolution::facts::Facts;
use crate::resolution::phrases::{capital, enumeration, lot_title};
use crate::resolution::select::Selected;

/// A table to fill, with the heading of its article.
pub(crate) struct Framed {
    /// What its anchor ends with.
    pub(crate) anchor: String,
    pub(crate) heading: String,
    pub(crate) table: Table,
}

impl Values<'_, '_> {
    /// The tables to fill of a piece: those of the criteria, then those of the clauses.
    pub(crate) fn frames(&self, piece: Piece) -> Vec<Framed> {
        let mut out = if piece == Piece::ResponseFrame { self.criterion_frames() } else { Vec::new() };
        for (selected, frame) in announced(self.facts).filter(|(_, frame)| frame.piece == piece) {
            // The lots that have the same lines have the same table: each holder fills his own.
            let mut alike: Vec<(Vec<String>, Vec<u32>)> = Vec::new();
            for lot in &selected.lots {
                let lines = self.lines(Some(selected), frame, *lot);
                match alike.iter_mut().find(|(known, _)| *known == lines) {
                    Some((_, lots)) => lots.push(*lot),
                    None => alike.push((lines, vec![*lot])),
                }
            }
            for (lines, lots) in alike {
                let heading = self.heading(&lots, &french(&frame.title));
                let (id, lot) = (&selected.clause.id, lots.first().copied().unwrap_or_default());
                let rank = selected.clause.frames.iter().position(|other| other == frame).unwrap_or_default();
                let label = |name: &str| Some(french(name));
                let table = table(&french(&frame.title), frame, lines, false, label);
                out.push(Framed { anchor: format!("{id}-{rank}-{lot}"), heading, table });
            }
        }
        out
    }

    fn criterion_frames(&self) -> Vec<Framed> {
        let facts = self.facts;
        let mut out = Vec::new();
        for lot in facts.consultation.lots.keys() {
            let grid = facts.grid(*lot);
            for criterion in grid.criteria.iter().filter(|criterion| criterion.own_method.is_empty()) {
                let chosen = facts.selection.criteria.iter().find(|chosen| chosen.id() == criterion.id);
                let Some((chosen, frame)) = chosen.and_then(|c| Some((c, c.criterion.frame.as_ref()?))) else {
                    continue;
                };
                let lines = self.lines(chosen.selected.as_ref(), frame, *lot);
                let label = |name: &str| {
                    let noted = criterion.notes.iter().any(|note| note.name == name);
                    noted.then(|| "À porter à l’acte d’engagement".to_owned())
                };
                let caption = format!("Calcul : {}", criterion.title);
                out.push(Framed {
                    anchor: format!("{}-{lot}", criterion.id),
                    heading: self.heading(&[*lot], &criterion.title),
                    table: table(&caption, frame, lines, criterion.own, label),
                });
            }
        }
        out
    }

    fn heading(&self, lots: &[u32], title: &str) -> String {
        let consultation = self.facts.consultation;
        if consultation.has_lots() {
            format!("{} – {title}", lot_title(lots, consultation))
        } else {
            title.to_owned()
        }
    }

    /// The lines that the file writes, or that a list of the dossier gives; none for lines to fill.
    fn lines(&self, own: Option<&Selected<'_>>, frame: &Frame, lot: u32) -> Vec<String> {
        let (holder, name) = match &frame.lines {
            Lines::Blank => return Vec::new(),
            // A dossier's own words stay as they are written.
            Lines::Written(lines) if own.is_none() => return lines.clone(),
            Lines::Written(lines) => return lines.iter().map(|line| french(line)).collect(),
            Lines::Listed { clause: None, name } => (own, name),
            Lines::Listed { clause: Some(id), name } => (self.facts.selection.get(id), name),
        };
        match holder.and_then(|holder| holder.value(lot, name)) {
            Some(Value::List(items)) => items.iter().map(|item| capital(&french(item))).collect(),
            _ => Vec::new(),
        }
    }
}

/// The tables that the clauses of the dossier announce.
pub(super) fn announced<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f Selected<'f>, &'f Frame)> {
    let chosen = facts.selection.all().filter(|selected| !selected.lots.is_empty());
    chosen.flat_map(|selected| selected.clause.frames.iter().map(move |frame| (selected, frame)))
}

/// The titles of the tables that clauses add to a piece, in words; empty when there is none.
pub(crate) fn frame_titles(facts: &Facts<'_>, piece: Piece) -> String {
    let mut titles: Vec<String> = Vec::new();
    for (_, frame) in announced(facts).filter(|(_, frame)| frame.piece == piece) {
        let title = format!("« {} »", frame.title);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    enumeration(titles)
}

/// True when the frame of a criterion works out what a note reads.
pub(super) fn works_out(criterion: &Criterion, note: &str) -> bool {
    criterion.frame.as_ref().is_some_and(|frame| frame.results.iter().any(|(name, _)| name == note))
}

/// What the buyer writes before he publishes.
const TO_GIVE: &str = "[à compléter]";

/// The table, with a line for each result that has a label; `own` words are a dossier's, and stay as they are written.
fn table(caption: &str, frame: &Frame, lines: Vec<String>, own: bool, label: impl Fn(&str) -> Option<String>) -> Table {
    let written = |text: String| vec![Inline::Text(text)];
    let open = |rank: usize| if frame.given.contains(&rank) { TO_GIVE.to_owned() } else { blank() };
    let line = |first: String| {
        let rest = (1..frame.columns.len()).map(|rank| written(open(rank)));
        std::iter::once(written(first)).chain(rest).collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Vec<Inline>>> = match lines.is_empty() {
        true => (0..BLANK_LINES).map(|_| line(open(0))).collect(),
        false => lines.into_iter().map(line).collect(),
    };
    let shown = |heading: &String| if own { heading.clone() } else { french(heading) };
    let columns: Vec<String> = frame.columns.iter().map(shown).collect();
    let mut results = Vec::new();
    for (name, how) in &frame.results {
        let Some(label) = label(name) else { continue };
        let mut row: Vec<Vec<Inline>> = vec![written(dash()); frame.columns.len()];
        row[0] = written(format!("{label} : {}", how.words(&columns)));
        row[how.of()] = written(blank());
        results.push(ReckonedCell { row: rows.len(), how: *how });
        rows.push(row);
    }
    let columns =
        columns.into_iter().enumerate().map(|(rank, heading)| Column { heading, numeric: frame.is_figure(rank) });
    Table { caption: caption.to_owned(), columns: columns.collect(), rows, bars: Vec::new(), results }
}
