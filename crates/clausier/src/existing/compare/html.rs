//! Changes as pages to read: two documents side by side, and what a change of clauses moves in many dossiers.

use super::effect::{Effect, Kind};
use super::report::counted;
use super::structure::{Edit, Shift, number, row_spans};
use super::{Changes, PieceChanges};
use crate::base::terms::Piece;
use crate::document::revision::{Mark, Part, RevisedTable, Span, Style};
use crate::document::write::Xml;
use std::collections::{BTreeMap, BTreeSet};

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

/// A line of the table: what it holds on each side, whether it changes, and what the change does.
struct Row {
    old: Option<String>,
    new: Option<String>,
    title: bool,
    changed: bool,
    effect: String,
}

/// The effects of the lines of a piece, by their marks and words.
struct Effects(BTreeMap<String, String>);

impl Effects {
    fn new(piece: &PieceChanges) -> Self {
        let named = |edit: &Edit| {
            let mut labels: Vec<&str> = edit.effects.iter().map(|effect| effect.kind.labels().0).collect();
            labels.dedup();
            (key(&edit.spans), if edit.whole { String::new() } else { labels.join(", ") })
        };
        Self(piece.edits.iter().map(named).collect())
    }

    fn of(&self, spans: &[Span]) -> String {
        self.0.get(&key(spans)).cloned().unwrap_or_default()
    }
}

/// A line by its marks and words.
fn key(spans: &[Span]) -> String {
    let mut out = String::new();
    let mut last = None;
    for span in spans {
        if last.replace(span.mark) != Some(span.mark) {
            out.push_str(match span.mark {
                Mark::Kept => "\n=",
                Mark::Inserted => "\n+",
                Mark::Deleted => "\n-",
            });
        }
        out.push_str(&span.text);
    }
    out
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
            body += "<table>\n<thead><tr><th scope=\"col\">Avant</th><th scope=\"col\">Après</th>\
                     <th scope=\"col\" class=\"effet\">Effet</th></tr></thead>\n";
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
    let effects = &Effects::new(piece);
    for part in &piece.redline.parts {
        match part {
            Part::Paragraph { style, line } => out.push(row(line.mark, &line.spans, *style != Style::Body, effects)),
            Part::List { items, .. } => {
                out.extend(items.iter().map(|item| row(item.mark, &item.spans, false, effects)));
            }
            Part::Table(table) => table_rows(table, effects, &mut out),
        }
    }
    out
}

fn table_rows(table: &RevisedTable, effects: &Effects, out: &mut Vec<Row>) {
    if !table.caption.spans.is_empty() {
        out.push(row(table.caption.mark, &table.caption.spans, false, effects));
    }
    let headings: Vec<String> = table.columns.iter().map(|column| Xml(&column.heading).to_string()).collect();
    let heading = headings.join(" | ");
    out.push(Row {
        old: (table.mark != Mark::Inserted).then(|| heading.clone()),
        new: (table.mark != Mark::Deleted).then_some(heading),
        title: false,
        changed: table.mark != Mark::Kept,
        effect: String::new(),
    });
    for cells in &table.rows {
        let side = |gone: Mark| {
            let shown: Vec<String> = cells.cells.iter().map(|cell| marked(cell, gone)).collect();
            (cells.mark != gone).then(|| shown.join(" | "))
        };
        let changed = cells.mark != Mark::Kept || cells.cells.iter().flatten().any(|span| span.mark != Mark::Kept);
        let mut told: Vec<String> = if cells.mark == Mark::Kept {
            cells.cells.iter().map(|cell| effects.of(cell)).collect()
        } else {
            vec![effects.of(&row_spans(cells))]
        };
        told.retain(|effect| !effect.is_empty());
        told.dedup();
        let effect = told.join(", ");
        out.push(Row { old: side(Mark::Inserted), new: side(Mark::Deleted), title: false, changed, effect });
    }
}

fn row(mark: Mark, spans: &[Span], title: bool, effects: &Effects) -> Row {
    let side = |gone: Mark| (mark != gone).then(|| marked(spans, gone));
    let changed = mark != Mark::Kept || spans.iter().any(|span| span.mark != Mark::Kept);
    let effect = if changed { effects.of(spans) } else { String::new() };
    Row { old: side(Mark::Inserted), new: side(Mark::Deleted), title, changed, effect }
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
            *out += &format!("<tr><td colspan=\"3\"><details><summary>{} {words}</summary>\n", hidden.len());
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
        let effect = format!("<td class=\"effet\">{}</td>", row.effect);
        out += &format!("<tr{class}>{}{}{effect}</tr>\n", cell(&row.old), cell(&row.new));
    }
    flush(&mut hidden, &mut out);
    out + "</tbody>\n"
}

/// What a change of clauses moves in dossiers, each with its name: one page, grouped by legal effect, then by change (the same
/// words in the articles of one heading), with the places where each is seen. The note is left out: nothing in it binds.
pub fn review(title: &str, dossiers: &[(String, Changes)], remarks: &[String]) -> String {
    /// The places of each line.
    type Lines = BTreeMap<String, BTreeSet<String>>;
    let mut found: BTreeMap<Kind, BTreeMap<(String, String), Lines>> = BTreeMap::new();
    for (name, changes) in dossiers {
        for piece in changes.pieces.iter().filter(|piece| piece.piece != Piece::Note) {
            for edit in &piece.edits {
                let changed: Vec<Span> = edit.spans.iter().filter(|span| span.mark != Mark::Kept).cloned().collect();
                let change = (edit.article.replacen(number(&edit.article), "", 1), key(&changed));
                for kind in kinds(edit) {
                    let lines = found.entry(kind).or_default().entry(change.clone()).or_default();
                    let places = lines.entry(said(edit)).or_default();
                    places.insert(format!("{name}, {}, {}", piece.piece.label(), edit.article));
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
        for lines in changes.into_values() {
            let mut lines = lines.into_iter().peekable();
            if let Some((line, places)) = lines.next() {
                body += &format!("<p>{line}</p>\n{}", where_seen(&places));
            }
            // The first line shows the change: the others say it elsewhere.
            if lines.peek().is_some() {
                let others: Vec<(String, BTreeSet<String>)> = lines.collect();
                let several = if others.len() > 1 { "autres phrases changent" } else { "autre phrase change" };
                body += &format!("<details><summary>{} {several} de même</summary>\n", others.len());
                body.extend(others.iter().map(|(line, places)| format!("<p>{line}</p>\n{}", where_seen(places))));
                body += "</details>\n";
            }
        }
    }
    page(title, &body)
}

/// The places where a line is seen.
fn where_seen(places: &BTreeSet<String>) -> String {
    if let (Some(place), 1) = (places.first(), places.len()) {
        return format!("<p class=\"ou\">{}</p>\n", Xml(place));
    }
    let list: String = places.iter().map(|place| format!("<li>{}</li>\n", Xml(place))).collect();
    format!("<details><summary>{} endroits</summary>\n<ul class=\"ou\">\n{list}</ul>\n</details>\n", places.len())
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
