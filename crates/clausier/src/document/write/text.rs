//! Plain text: one paragraph a line, never wrapped; tables aligned when they are narrow enough.

use super::{DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, identity_line, label, pending_sheet};
use crate::document::{Article, Block, Document, Inline, Table};

/// Width up to which the columns of a table are aligned, in characters.
const WIDTH: usize = 100;

pub(super) fn write(document: &Document, sheet: Sheet) -> String {
    let mut out = String::new();
    pending(&mut out, pending_sheet(document, sheet, Sheet::First));
    if !document.draft.is_empty() {
        heading(&mut out, DRAFT_HEADING, "*");
        list(&mut out, document.draft.iter().map(|remark| format!("- {}", draft_line(remark))));
    }
    if !document.title.is_empty() {
        heading(&mut out, &document.title, "=");
        paragraph(&mut out, &identity_line(document));
    }
    for article in &document.articles {
        write_article(&mut out, article);
    }
    pending(&mut out, pending_sheet(document, sheet, Sheet::Last));
    out
}

/// The lines that close a file, after a blank one.
pub(super) fn last_lines(lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

fn pending(out: &mut String, content: Option<Table>) {
    if let Some(content) = content {
        heading(out, PENDING_HEADING, "-");
        table(out, &content);
    }
}

fn write_article(out: &mut String, article: &Article) {
    let title = format!("{} {}", label(article), plain(&article.heading));
    if article.level <= 1 {
        heading(out, title.trim(), "-");
    } else {
        paragraph(out, title.trim());
    }
    for block in &article.blocks {
        match block {
            Block::Paragraph(run) => paragraph(out, &plain(run)),
            Block::List(items) => {
                let mark = |index: usize| if items.ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
                list(out, items.items.iter().enumerate().map(|(i, item)| mark(i) + &plain(item)));
            }
            Block::Table(content) => table(out, content),
        }
    }
    for article in &article.articles {
        write_article(out, article);
    }
}

fn heading(out: &mut String, title: &str, underline: &str) {
    let underline = underline.repeat(title.chars().count().min(WIDTH));
    list(out, [title.to_owned(), underline].into_iter());
}

fn paragraph(out: &mut String, text: &str) {
    list(out, std::iter::once(text.to_owned()));
}

/// Lines that belong together, after a blank line.
fn list(out: &mut String, lines: impl Iterator<Item = String>) {
    let start = out.len();
    for line in lines.filter(|line| !line.is_empty()) {
        out.push_str(&line);
        out.push('\n');
    }
    if start > 0 && out.len() > start {
        out.insert(start, '\n');
    }
}

fn table(out: &mut String, table: &Table) {
    paragraph(out, &table.caption);
    let header = table.columns.iter().map(|column| column.heading.clone()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(header)
        .chain(table.rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()))
        .collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let mut widths: Vec<usize> = (0..table.columns.len()).map(|column| width(column).unwrap_or(0)).collect();
    if widths.iter().sum::<usize>() + 3 * widths.len() > WIDTH {
        widths.fill(0);
    }
    list(
        out,
        rows.iter().map(|row| {
            let cells = row.iter().zip(table.columns.iter().zip(&widths)).map(|(cell, (column, &width))| {
                if column.numeric { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            });
            cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
        }),
    );
}

/// The words of a run, what remains to be settled between square brackets.
pub(super) fn plain(run: &[Inline]) -> String {
    let mut out = String::new();
    for inline in run {
        match inline {
            Inline::Text(text) | Inline::Reference { text, .. } => out.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { content: inner, .. } => {
                out.push_str(&plain(inner));
            }
            Inline::ToConfirm { value, .. } => out.push_str(&bracketed(value)),
            Inline::Missing { question } => out.push_str(&Inline::missing_text(question)),
        }
    }
    out
}
