//! The tables to fill: for each lot, one for each criterion whose value is worked out from figures; one for each document that
//! a clause announces and that no buyer has to write.

use super::criteria::{BLANK_LINES, blank, dash};
use crate::base::quantity::NBSP;
use crate::base::reckoning::Reckoning;
use crate::base::terms::{Kind, Piece, PriceForm};
use crate::base::typography::french;
use crate::document::{Column, Inline, ReckonedCell, Table};
use crate::library::clause::{Frame, Lines, Value};
use crate::library::frame::ITEM_COLUMNS;
use crate::library::marking::Criterion;
use crate::render::values::Values;
use crate::resolution::facts::Facts;
use crate::resolution::grid::{Rule, price_form};
use crate::resolution::phrases::{capital, enumeration, lot_title};
use crate::resolution::select::Selected;

/// Tables to fill, with the heading of their article.
pub(crate) struct Framed {
    /// What its anchor ends with.
    pub(crate) anchor: String,
    pub(crate) heading: String,
    pub(crate) tables: Vec<Table>,
}

impl Values<'_, '_> {
    /// The tables to fill of a piece: those of the criteria, then those of the clauses.
    pub(crate) fn frames(&self, piece: Piece) -> Vec<Framed> {
        let mut out = self.criterion_frames(piece);
        for (selected, rank, frame) in announced(self.facts).filter(|(.., frame)| frame.piece == piece) {
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
                let (id, lot) = (&selected.clause.id, lots[0]);
                let label = |name: &str| Some(french(name));
                let tables = vec![table("Tableau à remplir".to_owned(), frame, lines, false, label)];
                out.push(Framed { anchor: format!("{id}-{rank}-{lot}"), heading, tables });
            }
        }
        out
    }

    fn criterion_frames(&self, piece: Piece) -> Vec<Framed> {
        let facts = self.facts;
        let mut out = Vec::new();
        for lot in facts.consultation.lots.keys() {
            let grid = facts.grid(*lot);
            for criterion in grid.criteria.iter().filter(|criterion| criterion.own_method.is_empty()) {
                let chosen = facts.selection.criteria.iter().find(|chosen| chosen.id() == criterion.id);
                let Some((chosen, frame)) = chosen.and_then(|c| Some((c, c.criterion.frame.as_ref()?))) else {
                    continue;
                };
                if frame.piece != piece {
                    continue;
                }
                let tables = match frame.lines {
                    Lines::Posts => self.price_tables(frame, *lot, criterion.own),
                    _ => {
                        let lines = self.lines(chosen.selected.as_ref(), frame, *lot);
                        vec![table(format!("Calcul : {}", criterion.title), frame, lines, criterion.own, |name| {
                            let noted = criterion.notes.iter().find(|note| note.name == name)?;
                            Some(match &noted.rule {
                                Rule::Relative { .. } => "Montant noté".to_owned(),
                                _ => "À porter à l’acte d’engagement".to_owned(),
                            })
                        })]
                    }
                };
                let (anchor, heading) = (format!("{}-{lot}", criterion.id), self.heading(&[*lot], &criterion.title));
                out.push(Framed { anchor, heading, tables });
            }
        }
        out
    }

    /// What the price of a lot is made of: a table for each part of it, then what they add up to.
    fn price_tables(&self, frame: &Frame, lot: u32, own: bool) -> Vec<Table> {
        let Some((_, Reckoning::Sum { of: amount })) = frame.results.first() else { return Vec::new() };
        let parts = self.parts(lot);
        let alone = parts.len() == 1;
        let mut tables = Vec::new();
        let mut totals: Vec<(String, Option<usize>, usize)> = Vec::new();
        for (rank, (name, items)) in parts.into_iter().enumerate() {
            let caption = if name.is_empty() { "Postes chiffrés".to_owned() } else { name.clone() };
            let rows: Vec<Vec<String>> = items.into_iter().map(Vec::from).collect();
            totals.push((name, Some(rank), rows.len()));
            tables.push(filled(caption, frame, rows, own));
        }
        if alone {
            totals.clear();
        }
        let total = (TOTAL.to_owned(), alone.then_some(0), if alone { tables[0].rows.len() } else { totals.len() });
        totals.push(total);
        let mut recap = Table {
            caption: "Totaux hors taxes".to_owned(),
            columns: vec![
                Column { heading: "Total".to_owned(), numeric: false },
                Column { heading: french(&frame.columns[*amount]), numeric: true },
            ],
            rows: Vec::new(),
            bars: Vec::new(),
            results: Vec::new(),
        };
        for (name, table, length) in totals {
            // The total of its own table adds up the lines above; the others, a column of their table.
            let of = if table.is_some() { *amount } else { 1 };
            let lines = (0, length.saturating_sub(1));
            recap.results.push(ReckonedCell {
                row: recap.rows.len(),
                column: 1,
                how: Reckoning::Sum { of },
                lines,
                table,
            });
            recap.rows.push(vec![written(name), written(blank())]);
        }
        tables.push(recap);
        tables
    }

    /// The parts of the price of a lot, each with its items, units and quantities; one without a name when it is alone.
    fn parts(&self, lot: u32) -> Vec<(String, Vec<[String; ITEM_COLUMNS]>)> {
        let consultation = self.facts.consultation;
        let Some(found) = consultation.lots.get(&lot) else { return Vec::new() };
        let tranches: Vec<String> = match found.tranches.is_empty() {
            true => vec![String::new()],
            false => std::iter::once("Tranche ferme".to_owned())
                .chain(found.tranches.keys().map(|number| format!("Tranche optionnelle{NBSP}{number}")))
                .collect(),
        };
        // A quantified estimate compares only what the buyer has described; a lump sum is broken down by the tenderer.
        let described = ["[poste à décrire]", "[unité]", "[quantité]"].map(str::to_owned);
        let free = [blank(), blank(), blank()];
        let forms = match price_form(consultation) {
            PriceForm::Mixed => vec![("Part forfaitaire", free), ("Part à prix unitaires", described)],
            PriceForm::Unit => vec![("", described)],
            _ => vec![("", free)],
        };
        let mut measured: Vec<[String; ITEM_COLUMNS]> = Vec::new();
        for selected in self.facts.selection.on(Kind::Environment, lot) {
            let measure = selected.clause.measure().and_then(|name| selected.value(lot, name));
            if let Some(Value::Quantity(quantity)) = measure {
                let title = french(&selected.clause.title);
                measured.push([title, quantity.unit.clone(), quantity.value.french(2)]);
            }
        }
        let mut out = Vec::new();
        for tranche in tranches {
            for (rank, (form, open)) in forms.iter().enumerate() {
                // What the clauses measure is paid by the unit, in the first tranche.
                let mut items = if rank + 1 == forms.len() { std::mem::take(&mut measured) } else { Vec::new() };
                items.extend((0..BLANK_LINES).map(|_| open.clone()));
                let name =
                    [&*tranche, form].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" – ");
                out.push((name, items));
            }
        }
        if !found.supplements.is_empty() {
            let items = found.supplements.iter();
            let items = items.map(|item| [format!("Prestation supplémentaire : {item}"), blank(), blank()]);
            if let [(name, _)] = &mut *out
                && name.is_empty()
            {
                *name = "Prestations de base".to_owned();
            }
            out.push(("Prestations supplémentaires".to_owned(), items.collect()));
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
            Lines::Blank | Lines::Posts => return Vec::new(),
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

/// The tables that the clauses of the dossier announce, each with its rank in its clause.
pub(super) fn announced<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (&'f Selected<'f>, usize, &'f Frame)> {
    let chosen = facts.selection.all().filter(|selected| !selected.lots.is_empty());
    chosen.flat_map(|selected| {
        selected.clause.frames.iter().enumerate().map(move |(rank, frame)| (selected, rank, frame))
    })
}

/// The titles of the tables that clauses add to a piece, in words; empty when there is none.
pub(crate) fn frame_titles(facts: &Facts<'_>, piece: Piece) -> String {
    let mut titles: Vec<String> = Vec::new();
    for (.., frame) in announced(facts).filter(|(.., frame)| frame.piece == piece) {
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

/// The total that is noted.
const TOTAL: &str = "Total hors taxes noté";

fn written(text: String) -> Vec<Inline> {
    vec![Inline::Text(text)]
}

/// The table, with a line for each result that has a label; `own` words are a dossier's, and stay as they are written.
fn table(
    caption: String,
    frame: &Frame,
    lines: Vec<String>,
    own: bool,
    label: impl Fn(&str) -> Option<String>,
) -> Table {
    let lines: Vec<Vec<String>> = match lines.is_empty() {
        true => vec![Vec::new(); BLANK_LINES],
        false => lines.into_iter().map(|line| vec![line]).collect(),
    };
    let mut table = filled(caption, frame, lines, own);
    let headings: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
    let last = table.rows.len() - 1;
    for (name, how) in &frame.results {
        let Some(label) = label(name) else { continue };
        let mut row: Vec<Vec<Inline>> = vec![written(dash()); headings.len()];
        row[0] = written(format!("{label} : {}", how.words(&headings)));
        row[how.of()] = written(blank());
        let (row_rank, column) = (table.rows.len(), how.of());
        table.results.push(ReckonedCell { row: row_rank, column, how: *how, lines: (0, last), table: None });
        table.rows.push(row);
    }
    table
}

/// The table with its lines, the first cells of each as given, the others to fill.
fn filled(caption: String, frame: &Frame, lines: Vec<Vec<String>>, own: bool) -> Table {
    let open = |rank: usize| if frame.given.contains(&rank) { TO_GIVE.to_owned() } else { blank() };
    let mut results = Vec::new();
    let mut rows = Vec::new();
    for (rank, mut line) in lines.into_iter().enumerate() {
        line.extend((line.len()..frame.columns.len()).map(open));
        rows.push(line.into_iter().map(written).collect());
        let cell = |(column, how): &(usize, Reckoning)| ReckonedCell {
            row: rank,
            column: *column,
            how: *how,
            lines: (rank, rank),
            table: None,
        };
        results.extend(frame.by_line.iter().map(cell));
    }
    let columns = frame.columns.iter().enumerate().map(|(rank, heading)| Column {
        heading: if own { heading.clone() } else { french(heading) },
        numeric: frame.is_figure(rank),
    });
    Table { caption, columns: columns.collect(), rows, bars: Vec::new(), results }
}
