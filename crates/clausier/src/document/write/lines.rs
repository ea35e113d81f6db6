//! What an office document prints, line after line: what a comparison aligns and what a redline holds.

use super::layout::heading_level;
use super::{
    DRAFT_HEADING, PENDING_HEADING, Sheet, clean, draft_line, footer_text, identity_line, label, pending_table, text,
};
use crate::base::hash::sha256;
use crate::document::revision::{Line, Look, Mark, Part, Redline, RevisedRow, RevisedTable, Span, Style, push, spans};
use crate::document::{Article, Block, Document, Table};

/// A document as its lines, all of them kept: a redline without a change.
pub fn lines(document: &Document) -> Redline {
    let document = &clean(document.clone());
    let fingerprint = sha256(text::write(document, Sheet::Last).as_bytes());
    let mut parts = Vec::new();
    let paragraph = |style: Style, text: &str| Part::Paragraph { style, line: Line::words(text) };
    if !document.draft.is_empty() {
        parts.push(paragraph(Style::DraftTitle, DRAFT_HEADING));
        let items = document.draft.iter().map(|remark| Line::words(draft_line(remark))).collect();
        parts.push(Part::List { ordered: false, items });
    }
    if !document.title.is_empty() {
        parts.push(paragraph(Style::Title, &document.title));
    }
    let identity = identity_line(document);
    if !identity.is_empty() {
        parts.push(paragraph(Style::Identity, &identity));
    }
    articles(&document.articles, &mut parts);
    if let Some(pending) = pending_table(document) {
        parts.push(paragraph(Style::PendingTitle, PENDING_HEADING));
        parts.push(table(&pending));
    }
    Redline {
        piece: document.piece,
        name: document.name.clone(),
        title: document.title.clone(),
        consultation: document.consultation.clone(),
        parts,
        footer: Line::words(footer_text(document, &fingerprint)).spans,
    }
}

fn articles(articles: &[Article], out: &mut Vec<Part>) {
    for article in articles {
        let style = Style::Heading { anchor: article.anchor.clone(), level: heading_level(article) };
        out.push(Part::Paragraph { style, line: Line::kept(heading(article)) });
        // A list without items prints nothing.
        let printed = |block: &&Block| !matches!(block, Block::List(list) if list.items.is_empty());
        for block in article.blocks.iter().filter(printed) {
            out.push(match block {
                Block::Paragraph(run) => Part::Paragraph { style: Style::Body, line: Line::kept(spans(run)) },
                Block::List(list) => Part::List {
                    ordered: list.ordered,
                    items: list.items.iter().map(|item| Line::kept(spans(item))).collect(),
                },
                Block::Table(content) => table(content),
            });
        }
        self::articles(&article.articles, out);
    }
}

/// The number and the heading of an article.
fn heading(article: &Article) -> Vec<Span> {
    let label = label(article);
    let gap = if label.is_empty() || article.heading.is_empty() { "" } else { " " };
    let mut out = Vec::new();
    push(&mut out, Span::new(Mark::Kept, format!("{label}{gap}"), Look::default()));
    spans(&article.heading).into_iter().for_each(|span| push(&mut out, span));
    out
}

fn table(table: &Table) -> Part {
    let row =
        |cells: &Vec<Vec<_>>| RevisedRow { mark: Mark::Kept, cells: cells.iter().map(|cell| spans(cell)).collect() };
    Part::Table(RevisedTable {
        mark: Mark::Kept,
        caption: Line::words(&table.caption),
        columns: table.columns.clone(),
        rows: table.rows.iter().map(row).collect(),
    })
}
