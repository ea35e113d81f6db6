//! The elements of OpenDocument that a document and its revisions both write.

use super::TEXT_WIDTH;
use crate::document::Table;
use crate::document::write::layout::{column_widths, description, row_stays};
use crate::document::write::xml::Xml;

/// Style of a list, and of the paragraphs of its items.
pub(super) fn list_styles(ordered: bool) -> (&'static str, &'static str) {
    if ordered { ("Numbering_20_123", "Numbering_20_1") } else { ("Bullet_20__2013_", "List_20_1") }
}

pub(super) fn paragraph(style: &str, content: &str) -> String {
    format!(r#"<text:p text:style-name="{style}">{content}</text:p>"#)
}

pub(super) fn heading(level: usize, content: &str) -> String {
    format!(r#"<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{content}</text:h>"#)
}

/// A list whose items are paragraphs already written.
pub(super) fn list(ordered: bool, items: &[String]) -> String {
    let (style, _) = list_styles(ordered);
    let items: String = items.iter().map(|item| format!("<text:list-item>{item}</text:list-item>")).collect();
    format!(r#"<text:list text:style-name="{style}">{items}</text:list>"#)
}

/// A table without its caption, the content of its cells already written; the styles of its columns, then the table.
pub(super) fn table(name: &str, table: &Table, contents: &[Vec<String>]) -> (String, String) {
    let mut styles = String::new();
    let mut out = format!(
        r#"<table:table table:name="{name}" table:style-name="Table"><table:title>{}</table:title><table:desc>{}</table:desc>"#,
        Xml(&table.caption),
        Xml(&description(table)),
    );
    for (index, width) in column_widths(table, TEXT_WIDTH).iter().enumerate() {
        styles += &column_style(&format!("{name}.{index}"), *width);
        out += &format!(r#"<table:table-column table:style-name="{name}.{index}"/>"#);
    }
    out += r#"<table:table-header-rows><table:table-row table:style-name="Row">"#;
    for column in &table.columns {
        let style = if column.numeric { "Heading_to_right" } else { "Table_20_Heading" };
        out += &cell("Header_cell", style, &Xml(&column.heading).to_string());
    }
    out += "</table:table-row></table:table-header-rows>";
    for (index, row) in contents.iter().enumerate() {
        let stays = row_stays(index, table);
        out += r#"<table:table-row table:style-name="Row">"#;
        for (content, column) in row.iter().zip(&table.columns) {
            let style = match (column.numeric, stays) {
                (true, true) => "Contents_to_right_kept",
                (true, false) => "Contents_to_right",
                (false, true) => "Contents_kept",
                (false, false) => "Table_20_Contents",
            };
            out += &cell("Cell", style, content);
        }
        out += "</table:table-row>";
    }
    (styles, out + "</table:table>")
}

fn cell(style: &str, paragraph: &str, content: &str) -> String {
    format!(
        r#"<table:table-cell table:style-name="{style}" office:value-type="string">{}</table:table-cell>"#,
        self::paragraph(paragraph, content)
    )
}

/// A column, as wide as its share of the table: on a narrower page, the table narrows too.
fn column_style(name: &str, width: usize) -> String {
    format!(
        r#"<style:style style:name="{name}" style:family="table-column"><style:table-column-properties style:column-width="{}.{:02}mm" style:rel-column-width="{width}*"/></style:style>"#,
        width / 100,
        width % 100
    )
}

pub(super) fn span(style: &str, content: &str) -> String {
    format!(r#"<text:span text:style-name="{style}">{content}</text:span>"#)
}

/// A link to a bookmark of the document.
pub(super) fn link(bookmark: &str, content: &str) -> String {
    format!(r##"<text:a xlink:type="simple" xlink:href="#{bookmark}">{content}</text:a>"##)
}
