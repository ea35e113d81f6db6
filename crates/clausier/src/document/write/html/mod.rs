//! HTML: one file, without script nor outside resource, for the screen, the printer and the screen reader.

use super::layout::{column_widths, names_rows};
use super::xml::Xml;
use super::{
    CONTENTS_HEADING, DRAFT_HEADING, PENDING_HEADING, Sheet, bracketed, draft_line, file_title, identity_line, label,
    pending_sheet, properties,
};
use crate::document::{Article, Block, Document, Inline, List, Table};

/// Deepest heading of HTML.
const DEEPEST: usize = 6;

pub(super) fn write(document: &Document, sheet: Sheet, fingerprint: &str) -> String {
    let identity = &document.consultation;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"{}\">\n<meta \
         name=\"author\" content=\"{}\">\n{}<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<header>\n",
        Xml(&identity.generator),
        Xml(&identity.buyer),
        properties(document, fingerprint)
            .iter()
            .map(|(name, value)| format!(
                "<meta name=\"clausier:{}\" content=\"{}\">\n",
                name.to_lowercase(),
                Xml(value)
            ))
            .collect::<String>(),
        Xml(file_title(document)),
        include_str!("style.css"),
    );
    if !document.draft.is_empty() {
        out += &format!("<div class=\"projet\">\n<p>{DRAFT_HEADING}</p>\n<ul>\n");
        for remark in &document.draft {
            out += &format!("<li>{}</li>\n", Xml(&draft_line(remark)));
        }
        out += "</ul>\n</div>\n";
    }
    if !document.title.is_empty() {
        out += &format!("<h1>{}</h1>\n", Xml(&document.title));
        paragraph(&mut out, &Xml(&identity_line(document)).to_string());
    }
    out += "</header>\n";
    if !document.articles.is_empty() && !document.title.is_empty() {
        out += &format!("<nav aria-label=\"{CONTENTS_HEADING}\">\n");
        contents(&mut out, &document.articles);
        out += "</nav>\n";
    }
    out += "<main>\n";
    pending(&mut out, pending_sheet(document, sheet, Sheet::First));
    for article in &document.articles {
        write_article(&mut out, article);
    }
    pending(&mut out, pending_sheet(document, sheet, Sheet::Last));
    out += "</main>\n</body>\n</html>\n";
    out
}

fn pending(out: &mut String, content: Option<Table>) {
    if let Some(content) = content {
        *out += &format!("<section class=\"a-confirmer\">\n<h2>{PENDING_HEADING}</h2>\n");
        table(out, &content);
        *out += "</section>\n";
    }
}

fn contents(out: &mut String, articles: &[Article]) {
    *out += "<ul>\n";
    for article in articles {
        let title = format!("{} {}", label(article), Inline::plain(&article.heading));
        *out += &format!("<li><a href=\"#{}\">{}</a>", Xml(&article.anchor), Xml(title.trim()));
        if !article.articles.is_empty() {
            *out += "\n";
            contents(out, &article.articles);
        }
        *out += "</li>\n";
    }
    *out += "</ul>\n";
}

fn write_article(out: &mut String, article: &Article) {
    let level = (usize::from(article.level.max(1)) + 1).min(DEEPEST);
    let title = format!("{} {}", Xml(label(article)), inlines(&article.heading));
    *out += &format!("<section id=\"{}\">\n<h{level}>{}</h{level}>\n", Xml(&article.anchor), title.trim());
    for block in &article.blocks {
        match block {
            Block::Paragraph(run) => paragraph(out, &inlines(run)),
            Block::List(content) => list(out, content),
            Block::Table(content) => table(out, content),
        }
    }
    for article in &article.articles {
        write_article(out, article);
    }
    *out += "</section>\n";
}

fn paragraph(out: &mut String, content: &str) {
    if !content.is_empty() {
        *out += &format!("<p>{content}</p>\n");
    }
}

fn list(out: &mut String, list: &List) {
    let tag = if list.ordered { "ol" } else { "ul" };
    *out += &format!("<{tag}>\n");
    for item in &list.items {
        *out += &format!("<li>{}</li>\n", inlines(item));
    }
    *out += &format!("</{tag}>\n");
}

/// The bars of a table, for the eye; the table that follows says the same in words.
fn drawing(out: &mut String, table: &Table) {
    const WIDTH: u32 = 1_000;
    const BAR: u32 = 30;
    const STEP: u32 = 96;
    if table.bars.is_empty() {
        return;
    }
    let height = STEP * u32::try_from(table.bars.len()).unwrap_or(u32::MAX / STEP);
    *out += &format!(
        "<svg class=\"barres\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {height}\">\n",
        Xml(&table.caption)
    );
    for (index, bar) in (0u32..).zip(&table.bars) {
        let top = index * STEP;
        *out += &format!("<text x=\"0\" y=\"{}\">{}</text>\n", top + 18, Xml(&bar.label));
        let mut left = 0;
        for part in &bar.parts {
            let class = if part.strong { "fort" } else { "clair" };
            let y = top + 26;
            *out += &format!(
                "<rect class=\"{class}\" x=\"{left}\" y=\"{y}\" width=\"{}\" height=\"{BAR}\"><title>{}</title></rect>\n",
                part.width,
                Xml(&part.label)
            );
            if part.width >= 120 {
                *out += &format!(
                    "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>\n",
                    left + 6,
                    y + 21,
                    Xml(&part.label)
                );
            }
            left += u32::from(part.width);
        }
        for mark in &bar.marks {
            let y = top + 26;
            *out += &format!(
                "<path d=\"M{} {y}v{}\"/><text x=\"{}\" y=\"{}\">{}</text>\n",
                mark.at,
                BAR + 6,
                u32::from(mark.at).saturating_sub(20),
                y + BAR + 22,
                Xml(&mark.label)
            );
        }
    }
    *out += "</svg>\n";
}

fn table(out: &mut String, table: &Table) {
    drawing(out, table);
    let class = |numeric: bool| if numeric { " class=\"n\"" } else { "" };
    let name = if table.caption.is_empty() { "Tableau" } else { &table.caption };
    *out += &format!("<div class=\"tableau\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n", Xml(name));
    if !table.caption.is_empty() {
        *out += &format!("<caption>{}</caption>\n", Xml(&table.caption));
    }
    *out += "<colgroup>";
    for width in column_widths(table, 1_000) {
        *out += &format!("<col style=\"width:{}.{}%\">", width / 10, width % 10);
    }
    *out += "</colgroup>\n";
    *out += "<thead>\n<tr>";
    for column in &table.columns {
        *out += &format!("<th scope=\"col\"{}>{}</th>", class(column.numeric), Xml(&column.heading));
    }
    *out += "</tr>\n</thead>\n<tbody>\n";
    let named = names_rows(table);
    for row in &table.rows {
        *out += "<tr>";
        for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            let (tag, scope) = if named && index == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
            *out += &format!("<{tag}{scope}{}>{}</{tag}>", class(column.numeric), inlines(cell));
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table>\n</div>\n";
}

fn inlines(run: &[Inline]) -> String {
    let mark = |question: &str, text: &str| format!("<mark title=\"{}\">{}</mark>", Xml(question), Xml(text));
    let mut out = String::new();
    for inline in run {
        out += &match inline {
            Inline::Text(text) => Xml(text).to_string(),
            Inline::Strong(inner) => format!("<strong>{}</strong>", inlines(inner)),
            Inline::Emphasis(inner) => format!("<em>{}</em>", inlines(inner)),
            Inline::Value { content, .. } => inlines(content),
            Inline::Reference { anchor, text } => format!("<a href=\"#{}\">{}</a>", Xml(anchor), Xml(text)),
            Inline::ToConfirm { value, question } => mark(question, &bracketed(value)),
            Inline::Missing { question } => mark(question, &Inline::missing_text(question)),
        };
    }
    out
}
