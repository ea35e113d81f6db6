//! XLSX: one sheet that a bidder fills with his figures, the document's words in their order.
//!
//! By hand, as the other office files: five parts, where a crate would bring its own archive. No cell is ever a formula: every
//! text is an inline string, whatever its first character, and the cells left to fill are empty.

use super::{
    DRAFT_HEADING, PENDING_HEADING, Sheet, Xml, bracketed, draft_line, file_title, footer_text, identity_line, label,
    pending_sheet,
};
use crate::base::zip::{Entry, archive};
use crate::document::{Article, Block, Document, Inline, Table};

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
/// Longest text that a cell may hold for Excel is 32 767 characters: a longer one goes on in the next row.
const LONGEST: usize = 32_000;

/// Rank of a style in `styles.xml`.
#[derive(Clone, Copy)]
enum Style {
    /// A paragraph.
    Plain = 0,
    /// A title, a heading, a caption.
    Heading = 1,
    /// A cell of a header row.
    Header = 2,
    /// A cell of a table.
    Cell = 3,
    /// A figure, written or to write.
    Figure = 4,
}

pub(super) fn write(document: &Document, pending: Sheet) -> Vec<u8> {
    let mut sheet = Rows::default();
    sheet.document(document, pending);
    let sheet = format!(
        "{XML}<worksheet {MAIN}><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><cols>\
         <col min=\"1\" max=\"1\" width=\"44\" customWidth=\"1\"/><col min=\"2\" max=\"16\" width=\"22\" customWidth=\"1\"/>\
         </cols><sheetData>{}</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" \
         footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter>\
         <oddFooter>&amp;L{}</oddFooter></headerFooter></worksheet>",
        sheet.text,
        // An ampersand begins a code of the footer.
        Xml(&footer_text(document).replace('&', "&&")),
    );
    archive(&[
        Entry::new("[Content_Types].xml", include_str!("xlsx/content_types.xml")),
        Entry::new("_rels/.rels", include_str!("xlsx/package_rels.xml")),
        Entry::new("docProps/core.xml", core(document)),
        Entry::new("xl/workbook.xml", workbook(document)),
        Entry::new("xl/_rels/workbook.xml.rels", include_str!("xlsx/workbook_rels.xml")),
        Entry::new("xl/styles.xml", include_str!("xlsx/styles.xml")),
        Entry::new("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn core(document: &Document) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:language>fr-FR</dc:language></cp:coreProperties>",
        Xml(file_title(document)),
        Xml(&document.consultation.buyer)
    )
}

fn workbook(document: &Document) -> String {
    format!(
        "{XML}<workbook {MAIN} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        Xml(document.piece.label())
    )
}

/// The rows of the sheet.
#[derive(Default)]
struct Rows {
    text: String,
    count: usize,
}

impl Rows {
    fn document(&mut self, document: &Document, pending: Sheet) {
        self.pending(pending_sheet(document, pending, Sheet::First));
        if !document.draft.is_empty() {
            self.line(Style::Heading, DRAFT_HEADING);
            document.draft.iter().for_each(|remark| self.line(Style::Plain, &draft_line(remark)));
        }
        if !document.title.is_empty() {
            self.line(Style::Heading, &document.title);
            self.line(Style::Plain, &identity_line(document));
        }
        document.articles.iter().for_each(|article| self.article(article));
        self.pending(pending_sheet(document, pending, Sheet::Last));
    }

    /// The list of what remains to be settled.
    fn pending(&mut self, table: Option<Table>) {
        if let Some(table) = table {
            self.line(Style::Heading, PENDING_HEADING);
            self.table(&table);
        }
    }

    fn article(&mut self, article: &Article) {
        self.gap();
        let heading = said(&article.heading);
        self.line(Style::Heading, format!("{} {heading}", label(article)).trim());
        for block in &article.blocks {
            match block {
                Block::Paragraph(run) => self.line(Style::Plain, &said(run)),
                Block::List(list) => {
                    for (rank, item) in list.items.iter().enumerate() {
                        let mark = if list.ordered { format!("{}°", rank + 1) } else { "–".to_owned() };
                        self.line(Style::Plain, &format!("{mark} {}", said(item)));
                    }
                }
                Block::Table(table) => self.table(table),
            }
        }
        article.articles.iter().for_each(|inner| self.article(inner));
    }

    fn table(&mut self, table: &Table) {
        self.gap();
        self.line(Style::Heading, &table.caption);
        let headings = table.columns.iter().map(|column| (Style::Header, column.heading.clone()));
        self.row(headings.collect());
        for row in &table.rows {
            let cells = row.iter().enumerate().map(|(rank, run)| {
                let numeric = table.columns.get(rank).is_some_and(|column| column.numeric);
                let text = said(run);
                // Dots to write on are a cell to fill.
                let blank = text.chars().all(|c| c == '…' || c == ' ');
                (if numeric { Style::Figure } else { Style::Cell }, if blank { String::new() } else { text })
            });
            self.row(cells.collect());
        }
        self.gap();
    }

    /// An empty row.
    fn gap(&mut self) {
        self.count += 1;
    }

    fn line(&mut self, style: Style, text: &str) {
        if !text.is_empty() {
            self.row(vec![(style, text.to_owned())]);
        }
    }

    fn row(&mut self, mut cells: Vec<(Style, String)>) {
        loop {
            self.count += 1;
            self.text += &format!("<row r=\"{}\">", self.count);
            let mut rest = false;
            for (rank, (style, text)) in cells.iter_mut().enumerate() {
                let at = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
                let after = text.split_off(at);
                self.text += &cell(rank, self.count, *style, text);
                rest |= !after.is_empty();
                *text = after;
            }
            self.text += "</row>";
            if !rest {
                return;
            }
        }
    }
}

fn cell(column: usize, row: usize, style: Style, text: &str) -> String {
    let (place, style) = (format!("{}{row}", letters(column)), style as u8);
    if text.is_empty() {
        return format!("<c r=\"{place}\" s=\"{style}\"/>");
    }
    let text = Xml(text);
    format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// Letters of a column, from zero: A … Z, AA …
fn letters(mut column: usize) -> String {
    let mut out = String::new();
    loop {
        let letter = u8::try_from(column % 26).unwrap_or_default();
        out.insert(0, char::from(b'A' + letter));
        match (column / 26).checked_sub(1) {
            Some(left) => column = left,
            None => return out,
        }
    }
}

/// The words of a run, what remains to be settled between brackets.
fn said(run: &[Inline]) -> String {
    let mut out = String::new();
    for inline in run {
        match inline {
            Inline::Text(text) | Inline::Reference { text, .. } => out += text,
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Value { content: inner, .. } => {
                out += &said(inner)
            }
            Inline::ToConfirm { value, .. } => out += &bracketed(value),
            Inline::Missing { question } => out += &Inline::missing_text(question),
        }
    }
    out
}
