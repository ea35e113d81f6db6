//! Changes as pages to read: two documents side by side, and what a change of clauses moves in many dossiers.

use super::effect::{Effect, Kind};
use super::report::counted;
use super::structure::{Edit, Shift};
use super::{Changes, PieceChanges};
use crate::base::terms::Piece;
use crate::document::revision::{Mark, Part, RevisedTable, Span, Style};
use crate::document::write::Xml;
use std::collections::BTreeMap;

/// Unchanged lines kept on each side of a change; longer runs are folded.
const AROUND: usize = 1;

fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
         <main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
        include_str!("page.css"),
        title = Xml(title),
    )
}

/// A line of the table: what it holds on each side, and whether it changes.
struct Row {
    old: Option<String>,
    new: Option<String>,
    title: bool,
    changed: bool,
}

impl Changes {
    /// The two sides of each piece that changes, line beside line: one page, without script nor outside resource.
    pub fn html(&self) -> String {
        let mut body = format!("<p>{}.</p>\n", Xml(&self.summary()));
        for (piece, whole) in self.told() {
            body += &format!("<h2>{}</h2>\n", Xml(piece.piece.label()));
            if !whole {
                body += "<details><summary>Ce qui y change n’oblige personne</summary>\n";
            }
            body += "<table>\n<thead><tr><th scope=\"col\">Avant</th><th scope=\"col\">Après</th></tr></thead>\n";
            body += &folded(&rows(piece));
            body += "</table>\n";
            if !whole {
                body += "</details>\n";
            }
        }
        page("Ce qui change", &body)
    }
}

fn rows(piece: &PieceChanges) -> Vec<Row> {
    let mut out = Vec::new();
    for part in &piece.redline.parts {
        match part {
            Part::Paragraph { style, line } => out.push(row(line.mark, &line.spans, *style != Style::Body)),
            Part::List { items, .. } => out.extend(items.iter().map(|item| row(item.mark, &item.spans, false))),
            Part::Table(table) => table_rows(table, &mut out),
        }
    }
    out
}

fn table_rows(table: &RevisedTable, out: &mut Vec<Row>) {
    if !table.caption.spans.is_empty() {
        out.push(row(table.caption.mark, &table.caption.spans, false));
    }
    let headings: Vec<String> = table.columns.iter().map(|column| Xml(&column.heading).to_string()).collect();
    let heading = headings.join(" | ");
    out.push(Row {
        old: (table.mark != Mark::Inserted).then(|| heading.clone()),
        new: (table.mark != Mark::Deleted).then_some(heading),
        title: false,
        changed: table.mark != Mark::Kept,
    });
    for cells in &table.rows {
        let side = |gone: Mark| {
            let shown: Vec<String> = cells.cells.iter().map(|cell| marked(cell, gone)).collect();
            (cells.mark != gone).then(|| shown.join(" | "))
        };
        let changed = cells.mark != Mark::Kept || cells.cells.iter().flatten().any(|span| span.mark != Mark::Kept);
        out.push(Row { old: side(Mark::Inserted), new: side(Mark::Deleted), title: false, changed });
    }
}

fn row(mark: Mark, spans: &[Span], title: bool) -> Row {
    let side = |gone: Mark| (mark != gone).then(|| marked(spans, gone));
    let changed = mark != Mark::Kept || spans.iter().any(|span| span.mark != Mark::Kept);
    Row { old: side(Mark::Inserted), new: side(Mark::Deleted), title, changed }
}

/// The runs of one side, or of both.
fn marked(spans: &[Span], gone: Mark) -> String {
    let shown = |span: &Span| {
        let text = Xml(&span.text);
        match span.mark {
            Mark::Kept => text.to_string(),
            Mark::Inserted => format!("<ins>{text}</ins>"),
            Mark::Deleted => format!("<del>{text}</del>"),
        }
    };
    spans.iter().filter(|span| gone == Mark::Kept || span.mark != gone).map(shown).collect()
}

/// The rows, those far from a change behind a fold.
fn folded(rows: &[Row]) -> String {
    let near = |index: usize| {
        let from = index.saturating_sub(AROUND);
        rows.get(from..(index + AROUND + 1).min(rows.len())).unwrap_or_default().iter().any(|row| row.changed)
    };
    let mut out = String::from("<tbody>\n");
    let mut hidden: Vec<&Row> = Vec::new();
    let flush = |hidden: &mut Vec<&Row>, out: &mut String| {
        if !hidden.is_empty() {
            let words = if hidden.len() > 1 { "lignes inchangées" } else { "ligne inchangée" };
            *out += &format!("<tr><td colspan=\"2\"><details><summary>{} {words}</summary>\n", hidden.len());
            for row in hidden.drain(..) {
                *out += &format!("<p>{}</p>\n", row.new.as_deref().unwrap_or_default());
            }
            *out += "</details></td></tr>\n";
        }
    };
    for (index, row) in rows.iter().enumerate() {
        if !near(index) && !row.title {
            hidden.push(row);
            continue;
        }
        flush(&mut hidden, &mut out);
        let cell = |side: &Option<String>| match side {
            Some(text) => format!("<td>{text}</td>"),
            None => "<td class=\"vide\"></td>".to_owned(),
        };
        let class = if row.title { " class=\"titre\"" } else { "" };
        out += &format!("<tr{class}>{}{}</tr>\n", cell(&row.old), cell(&row.new));
    }
    flush(&mut hidden, &mut out);
    out + "</tbody>\n"
}

/// What a change of clauses moves in dossiers, each with its name: one page, grouped by legal effect, then by change, with
/// the places where each is seen. The note is left out: nothing in it binds.
pub fn review(title: &str, dossiers: &[(String, Changes)], remarks: &[String]) -> String {
    let mut found: BTreeMap<Kind, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for (name, changes) in dossiers {
        for piece in changes.pieces.iter().filter(|piece| piece.piece != Piece::Note) {
            for edit in &piece.edits {
                let shown = format!("<p>{}</p>", said(edit));
                for kind in kinds(edit) {
                    let places = found.entry(kind).or_default().entry(shown.clone()).or_default();
                    places.push(format!("{name}, {}, {}", piece.piece.label(), edit.article));
                }
            }
        }
    }
    let moved = dossiers.iter().filter(|(_, changes)| !changes.is_empty()).count();
    let mut body = match moved {
        0 => "<p>Aucun dossier ne change.</p>\n".to_owned(),
        1 => format!("<p>1 dossier change sur {}.</p>\n", dossiers.len()),
        _ => format!("<p>{moved} dossiers changent sur {}.</p>\n", dossiers.len()),
    };
    if !remarks.is_empty() {
        body += "<h2>À corriger</h2>\n<ul>\n";
        body.extend(remarks.iter().map(|remark| format!("<li>{}</li>\n", Xml(remark))));
        body += "</ul>\n";
    }
    let counts: Vec<String> =
        found.iter().filter_map(|(kind, changes)| counted(changes.len(), kind.labels())).collect();
    if !counts.is_empty() {
        body += &format!("<p>{}.</p>\n", counts.join(", "));
    }
    for ((_, changes), count) in found.into_iter().zip(&counts) {
        body += &format!("<h2>{count}</h2>\n");
        for (shown, mut places) in changes {
            places.sort();
            places.dedup();
            body += &format!("{shown}\n");
            if let [place] = places.as_slice() {
                body += &format!("<p class=\"ou\">{}</p>\n", Xml(place));
                continue;
            }
            body += &format!("<details><summary>{} endroits</summary>\n<ul class=\"ou\">\n", places.len());
            body.extend(places.iter().map(|place| format!("<li>{}</li>\n", Xml(place))));
            body += "</ul>\n</details>\n";
        }
    }
    page(title, &body)
}

/// The kinds of effect of a line that count.
fn kinds(edit: &Edit) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = edit.effects.iter().map(|effect: &Effect| effect.kind).collect();
    kinds.retain(|kind| *kind != Kind::Place);
    kinds.dedup();
    kinds
}

/// A line, with what happens to it.
fn said(edit: &Edit) -> String {
    let shift = match edit.shift {
        Some(shift @ (Shift::Added | Shift::Removed | Shift::Moved)) => {
            format!("<span class=\"effet\">{} {} :</span> ", edit.element.label(), shift.label())
        }
        _ => String::new(),
    };
    format!("{shift}{}", marked(&edit.spans, Mark::Kept))
}
