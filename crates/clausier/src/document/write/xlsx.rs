//! XLSX: the sheets that a bidder fills with his figures, one an article, the document's words in their order.
//!
//! By hand, as the other office files, where a crate would bring its own archive. Every text is an inline string, whatever its
//! first character, and the cells left to fill are empty. The only formulas are ours, made of cell places alone: what the
//! lines of a frame add up to.

use super::office::{XML, custom_properties};
use super::{
    DRAFT_HEADING, PENDING_HEADING, Sheet, Xml, bracketed, draft_line, file_title, footer_text, identity_line, label,
    pending_sheet,
};
use crate::base::quantity::Number;
use crate::base::reckoning::Reckoning;
use crate::base::zip::{Entry, archive};
use crate::document::{Article, Block, Document, Inline, Table};
use std::collections::BTreeSet;

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

pub(super) fn write(document: &Document, pending: Sheet, fingerprint: &str) -> Vec<u8> {
    let sheets = sheets(document, pending);
    let numbered = |part: fn(usize) -> String| (1..=sheets.len()).map(part).collect::<String>();
    let mut entries = vec![
        Entry::new(
            "[Content_Types].xml",
            include_str!("xlsx/content_types.xml").replace(
                "<!--sheets-->",
                &numbered(|n| {
                    format!(
                        "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                    )
                }),
            ),
        ),
        Entry::new("_rels/.rels", include_str!("xlsx/package_rels.xml")),
        Entry::new("docProps/core.xml", core(document)),
        Entry::new("docProps/custom.xml", custom_properties(document, fingerprint)),
        Entry::new("xl/workbook.xml", workbook(&sheets)),
        Entry::new(
            "xl/_rels/workbook.xml.rels",
            include_str!("xlsx/workbook_rels.xml").replace(
                "<!--sheets-->",
                &numbered(|n| {
                    format!(
                        "<Relationship Id=\"sheet{n}\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                 Target=\"worksheets/sheet{n}.xml\"/>"
                    )
                }),
            ),
        ),
        Entry::new("xl/styles.xml", include_str!("xlsx/styles.xml")),
    ];
    for (rank, sheet) in sheets.iter().enumerate() {
        let name = format!("xl/worksheets/sheet{}.xml", rank + 1);
        entries.push(Entry::new(name, worksheet(document, &sheet.rows, fingerprint)));
    }
    archive(&entries)
}

/// A sheet: its name, and its rows.
struct Page {
    name: String,
    rows: Rows,
}

/// The sheets of a document: one an article that has a text of its own, the words that stand before and after in the first
/// and the last.
fn sheets(document: &Document, pending: Sheet) -> Vec<Page> {
    let mut head = Rows::default();
    head.pending(pending_sheet(document, pending, Sheet::First));
    if !document.draft.is_empty() {
        head.line(Style::Heading, DRAFT_HEADING);
        document.draft.iter().for_each(|remark| head.line(Style::Plain, &draft_line(remark)));
    }
    if !document.title.is_empty() {
        head.line(Style::Heading, &document.title);
        head.line(Style::Plain, &identity_line(document));
    }
    let mut out = vec![Page { name: document.piece.label().to_owned(), rows: head }];
    let mut above = Vec::new();
    document.articles.iter().for_each(|article| articles(article, &mut out, &mut above));
    if let Some(last) = out.last_mut() {
        above.iter().for_each(|heading| last.rows.line(Style::Heading, heading));
        last.rows.pending(pending_sheet(document, pending, Sheet::Last));
    }
    let mut taken = BTreeSet::new();
    for page in &mut out {
        page.name = sheet_name(&page.name, &mut taken);
    }
    out
}

/// Adds the sheets of an article and of those within it. The first that has a text goes below the title of the document; the
/// headings of those that have none go above the next.
fn articles(article: &Article, out: &mut Vec<Page>, above: &mut Vec<String>) {
    let heading = said(&article.heading);
    above.push(format!("{} {heading}", label(article)).trim().to_owned());
    if !article.blocks.is_empty() {
        match out.as_mut_slice() {
            [first] if !first.rows.tabled => {
                first.name = heading;
                first.rows.gap();
            }
            _ => out.push(Page { name: heading, rows: Rows::default() }),
        }
        if let Some(page) = out.last_mut() {
            above.drain(..).for_each(|heading| page.rows.line(Style::Heading, &heading));
            page.rows.blocks(&article.blocks);
        }
    }
    article.articles.iter().for_each(|inner| articles(inner, out, above));
}

/// Longest name of a sheet that Excel opens, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// A name that every reader takes: short, unlike the others, without the characters of places.
fn sheet_name(heading: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c };
    let clean: String =
        heading.chars().map(allowed).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |most: usize| {
        let mut length = 0;
        let kept = clean.chars().take_while(|c| {
            length += c.len_utf16();
            length <= most
        });
        kept.collect::<String>().trim_end().to_owned()
    };
    let mut name = cut(LONGEST_NAME);
    let mut rank = 1;
    while name.is_empty() || !taken.insert(name.to_lowercase()) {
        rank += 1;
        let mark = format!(" {rank}");
        name = format!("{}{mark}", cut(LONGEST_NAME - mark.len())).trim().to_owned();
    }
    name
}

fn worksheet(document: &Document, rows: &Rows, fingerprint: &str) -> String {
    format!(
        "{XML}<worksheet {MAIN}><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><cols>\
         <col min=\"1\" max=\"1\" width=\"44\" customWidth=\"1\"/><col min=\"2\" max=\"16\" width=\"22\" customWidth=\"1\"/>\
         </cols><sheetData>{}</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" \
         footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter>\
         <oddFooter>&amp;L{}</oddFooter></headerFooter></worksheet>",
        rows.text,
        // An ampersand begins a code of the footer.
        Xml(&footer_text(document, fingerprint).replace('&', "&&")),
    )
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

fn workbook(sheets: &[Page]) -> String {
    let sheets = sheets.iter().enumerate().map(|(rank, page)| {
        let n = rank + 1;
        format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"sheet{n}\"/>", Xml(&page.name))
    });
    // What we add up is worked out by the reader, when it opens the file.
    format!(
        "{XML}<workbook {MAIN} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{}\
         </sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>",
        sheets.collect::<String>()
    )
}

/// The rows of a sheet.
#[derive(Default)]
struct Rows {
    text: String,
    count: usize,
    /// An article stands there already.
    tabled: bool,
    /// The place of each row of each table.
    places: Vec<Vec<usize>>,
    /// Rank, among these tables, of the first of the article.
    article: usize,
}

impl Rows {
    /// The list of what remains to be settled.
    fn pending(&mut self, table: Option<Table>) {
        if let Some(table) = table {
            self.line(Style::Heading, PENDING_HEADING);
            self.table(&table);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        self.tabled = true;
        self.article = self.places.len();
        for block in blocks {
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
    }

    fn table(&mut self, table: &Table) {
        self.gap();
        self.line(Style::Heading, &table.caption);
        let headings = table.columns.iter().map(|column| (Style::Header, Content::Text(column.heading.clone())));
        self.row(headings.collect());
        self.places.push(Vec::new());
        let own = self.places.len() - 1;
        let read =
            |rank: usize| table.results.iter().any(|cell| [Some(cell.how.of()), cell.how.by()].contains(&Some(rank)));
        for (place, row) in table.rows.iter().enumerate() {
            self.places[own].push(self.count + 1);
            let cells = row.iter().enumerate().map(|(rank, run)| {
                let numeric = table.columns.get(rank).is_some_and(|column| column.numeric);
                let style = if numeric { Style::Figure } else { Style::Cell };
                let reckoned = table.results.iter().find(|cell| cell.row == place && cell.column == rank);
                let formula = reckoned.and_then(|cell| {
                    let rows = self.places.get(cell.table.map_or(own, |table| self.article + table))?;
                    Some(formula(cell.how, *rows.get(cell.lines.0)?, *rows.get(cell.lines.1)?))
                });
                if let Some(formula) = formula {
                    return (style, Content::Formula(formula));
                }
                let text = said(run);
                // Dots to write on are a cell to fill.
                if text.chars().all(|c| c == '…' || c == ' ') {
                    return (style, Content::Text(String::new()));
                }
                // A figure that a formula reads is a number.
                match number(&text).filter(|_| numeric && read(rank)) {
                    Some(number) => (style, Content::Number(number)),
                    None => (style, Content::Text(text)),
                }
            });
            let cells = cells.collect();
            self.row(cells);
        }
        self.gap();
    }

    /// An empty row.
    fn gap(&mut self) {
        self.count += 1;
    }

    fn line(&mut self, style: Style, text: &str) {
        if !text.is_empty() {
            self.row(vec![(style, Content::Text(text.to_owned()))]);
        }
    }

    fn row(&mut self, mut cells: Vec<(Style, Content)>) {
        loop {
            self.count += 1;
            self.text += &format!("<row r=\"{}\">", self.count);
            let mut rest = false;
            for (rank, (style, content)) in cells.iter_mut().enumerate() {
                let after = match content {
                    Content::Text(text) => {
                        let at = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
                        text.split_off(at)
                    }
                    Content::Formula(_) | Content::Number(_) => String::new(),
                };
                self.text += &cell(rank, self.count, *style, content);
                rest |= !after.is_empty();
                *content = Content::Text(after);
            }
            self.text += "</row>";
            if !rest {
                return;
            }
        }
    }
}

/// What a cell holds.
enum Content {
    /// Words, or nothing.
    Text(String),
    /// A formula of ours, made of cell places alone.
    Formula(String),
    /// A number, as a sheet writes it.
    Number(String),
}

/// A French figure as a sheet writes a number; `None` for any other text.
fn number(text: &str) -> Option<String> {
    Number::parse(text).ok()?;
    let kept = text.chars().filter(|c| c.is_ascii_digit() || [',', '.'].contains(c));
    Some(kept.map(|c| if c == ',' { '.' } else { c }).collect())
}

/// What the lines from the first row to the last make, empty as long as nothing is filled.
fn formula(how: Reckoning, first: usize, last: usize) -> String {
    let range = |column: usize| format!("{0}{first}:{0}{last}", letters(column));
    let of = range(how.of());
    let by = how.by().map(range).unwrap_or_default();
    let filled = match how {
        Reckoning::Mean { by: Some(_), .. } | Reckoning::Ratio { .. } | Reckoning::Share { .. } => {
            format!("SUM({by})=0")
        }
        Reckoning::Product { .. } => format!("COUNT({of})*COUNT({by})=0"),
        _ => format!("COUNT({of})=0"),
    };
    let value = match how {
        Reckoning::Sum { .. } => format!("SUM({of})"),
        Reckoning::Product { .. } => format!("SUMPRODUCT({of},{by})"),
        Reckoning::Mean { by: Some(_), .. } => format!("SUMPRODUCT({of},{by})/SUM({by})"),
        Reckoning::Mean { by: None, .. } => format!("AVERAGE({of})"),
        Reckoning::Ratio { .. } => format!("SUM({of})/SUM({by})"),
        Reckoning::Share { .. } => format!("100*SUM({of})/SUM({by})"),
        Reckoning::Least { .. } => format!("MIN({of})"),
        Reckoning::Greatest { .. } => format!("MAX({of})"),
    };
    format!("IF({filled},\"\",{value})")
}

fn cell(column: usize, row: usize, style: Style, content: &Content) -> String {
    let (place, style) = (format!("{}{row}", letters(column)), style as u8);
    match content {
        Content::Text(text) if text.is_empty() => format!("<c r=\"{place}\" s=\"{style}\"/>"),
        Content::Text(text) => format!(
            "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            Xml(text)
        ),
        Content::Number(number) => format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"),
        Content::Formula(formula) => format!("<c r=\"{place}\" s=\"{style}\"><f>{}</f></c>", Xml(formula)),
    }
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
