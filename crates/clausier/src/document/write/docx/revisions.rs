//! A redline as Word's own revisions: accepting all of them gives the new document, rejecting all the old one.
//!
//! Numbers and references are text here, not fields: a field would count what is deleted, or come back to life in the
//! middle of a revision. What stands in both documents keeps its bookmarks and its links.

use super::{
    Emphasis, HEADING_SHADE, KEEP_NEXT, Last, NO_LIST, Package, TO_CONFIRM, Xml, cell_width, list_number,
    run_properties, space_before, table_start,
};
use crate::document::revision::{Line, Mark, Nature, Part, Redline, RevisedTable, Span, Style, ended};
use crate::document::write::Reviser;
use crate::document::write::layout::{bookmark, printed_table, row_stays};
use std::collections::BTreeSet;

pub(in crate::document::write) fn write(redline: &Redline, reviser: &Reviser) -> Vec<u8> {
    let mut writer = Writer {
        reviser,
        anchors: redline.anchors(),
        ids: 0,
        body: String::new(),
        lists: Vec::new(),
        last: Last::Other,
    };
    writer.parts(&redline.parts);
    let footer = writer.spans(&redline.footer);
    let frame = redline.frame();
    let Writer { body, lists, .. } = writer;
    Package { document: &frame, body, comments: String::new(), lists, footer }.bytes()
}

/// The parts in an order where none goes just before one that comes with the same words: LibreOffice would take them for one
/// that moves, and give the style of one to the other's neighbour.
fn apart(parts: &[Part]) -> Vec<&Part> {
    let mut out: Vec<&Part> = Vec::with_capacity(parts.len());
    for run in parts.chunk_by(|a, b| a.mark() != Mark::Kept && b.mark() != Mark::Kept) {
        let (gone, come): (Vec<&Part>, Vec<&Part>) = run.iter().partition(|part| part.mark() != Mark::Inserted);
        let last = gone.last().and_then(|part| part.lines().pop());
        let first = come.first().and_then(|part| part.lines().into_iter().next());
        let same = last.is_some_and(|last| first.is_some_and(|first| last == first));
        if same { out.extend(come.into_iter().chain(gone)) } else { out.extend(gone.into_iter().chain(come)) }
    }
    out
}

struct Writer<'r> {
    reviser: &'r Reviser,
    /// One count for bookmarks and revisions.
    ids: usize,
    body: String,
    /// For each list, whether it is numbered.
    lists: Vec<bool>,
    last: Last,
    anchors: BTreeSet<&'r str>,
}

impl<'r> Writer<'r> {
    fn parts(&mut self, parts: &'r [Part]) {
        self.each(&apart(parts));
        // The mark of the last paragraph cannot go or come: a paragraph as low as can be, in both documents, carries it.
        let stands =
            parts.last().is_some_and(|part| matches!(part, Part::Paragraph { line, .. } if line.mark == Mark::Kept));
        if !stands {
            self.paragraph("TableEnd", "", Mark::Kept, "");
        }
    }

    fn each(&mut self, parts: &[&'r Part]) {
        let mut rest = parts;
        while let Some((&part, after)) = rest.split_first() {
            rest = after;
            match part {
                Part::Paragraph { style, line } => self.styled(style, line, after.first().copied()),
                Part::List { ordered, items } => {
                    // The items that come at the end of a list stand after what goes there: LibreOffice would give their style to
                    // the paragraph that it brings back.
                    let gone = after.iter().take_while(|part| part.mark() == Mark::Deleted).count();
                    let stay = items.iter().rposition(|item| item.mark == Mark::Kept).map_or(items.len(), |at| at + 1);
                    let (items, late) = items.split_at(if gone > 0 { stay } else { items.len() });
                    let numbering = self.numbered(*ordered);
                    self.items(*ordered, &numbering, items, after.first().copied());
                    let (gone, left) = after.split_at(gone);
                    self.each(gone);
                    self.items(*ordered, &numbering, late, None);
                    rest = left;
                }
                Part::Table(table) => self.table(table),
            }
        }
    }

    fn styled(&mut self, style: &'r Style, line: &Line, next: Option<&Part>) {
        let introduces = matches!(next, Some(Part::List { .. } | Part::Table(_)));
        let content = self.line(line, next.map_or(Mark::Kept, Part::first_mark));
        match style {
            Style::PendingTitle => self.paragraph("BlockTitle", "<w:pageBreakBefore/>", line.mark, &content),
            Style::Title => self.paragraph("BlockTitle", "", line.mark, &content),
            Style::DraftTitle => self.paragraph("DraftBanner", "", line.mark, &content),
            Style::Identity => self.paragraph("BlockIdentity", "", line.mark, &content),
            Style::Heading { anchor, level } => {
                let content = if line.mark == Mark::Deleted {
                    content
                } else {
                    let id = self.id();
                    let name = bookmark(anchor);
                    format!(
                        r#"<w:bookmarkStart w:id="{id}" w:name="{}"/>{content}<w:bookmarkEnd w:id="{id}"/>"#,
                        Xml(&name)
                    )
                };
                self.paragraph(&format!("Heading{level}"), NO_LIST, line.mark, &content);
            }
            Style::Body => self.paragraph("Normal", if introduces { KEEP_NEXT } else { "" }, line.mark, &content),
        }
    }

    fn numbered(&mut self, ordered: bool) -> String {
        self.lists.push(ordered);
        list_number(self.lists.len())
    }

    /// The runs of a line, before something of this mark.
    fn line(&mut self, line: &Line, next: Mark) -> String {
        let spans = if line.mark == Mark::Kept { ended(&line.spans, next) } else { line.spans.as_slice().into() };
        self.spans(&spans)
    }

    fn items(&mut self, ordered: bool, numbering: &str, items: &[Line], next: Option<&Part>) {
        let style = if ordered { "ListNumber" } else { "ListBullet" };
        for (index, item) in items.iter().enumerate() {
            let next = items.get(index + 1).map(|next| next.mark).or(next.map(Part::first_mark));
            let content = self.line(item, next.unwrap_or(Mark::Kept));
            self.paragraph(style, numbering, item.mark, &content);
        }
    }

    fn table(&mut self, table: &RevisedTable) {
        if table.caption.spans.is_empty() {
            if self.last == Last::Table {
                self.paragraph("TableEnd", "", Mark::Kept, "");
            }
        } else {
            let content = self.spans(&table.caption.spans);
            self.paragraph("TableCaption", "", table.caption.mark, &content);
        }
        let printed = printed_table(table);
        let (start, widths) = table_start(&printed);
        self.body += &start;
        let mark = self.mark(table.mark);
        self.body += &format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>{mark}</w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let heading = Line::words(&column.heading).marked(table.mark);
            let paragraph = cell_paragraph("TableHeading", "", column.numeric);
            self.cell(&format!("{}{HEADING_SHADE}", cell_width(*width)), &paragraph, table.mark, &heading.spans);
        }
        self.body += "</w:tr>";
        for (index, row) in table.rows.iter().enumerate() {
            let stays = if row_stays(index, &printed) { KEEP_NEXT } else { "" };
            let mark = self.mark(row.mark);
            self.body += &format!("<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>");
            for (cell, (column, width)) in row.cells.iter().zip(table.columns.iter().zip(&widths)) {
                let paragraph = cell_paragraph("TableText", stays, column.numeric);
                self.cell(&cell_width(*width), &paragraph, row.mark, cell);
            }
            self.body += "</w:tr>";
        }
        self.body += "</w:tbl>";
        self.last = Last::Table;
    }

    /// A cell: its own properties, those of its paragraph, its text.
    fn cell(&mut self, properties: &str, paragraph: &str, mark: Mark, spans: &[Span]) {
        let content = self.spans(spans);
        let mark = self.paragraph_mark(mark);
        self.body +=
            &format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{paragraph}{mark}</w:pPr>{content}</w:p></w:tc>");
    }

    fn paragraph(&mut self, style: &str, properties: &str, mark: Mark, content: &str) {
        let space = space_before(&mut self.last, style);
        let named = if style == "Normal" { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
        let mark = self.paragraph_mark(mark);
        let properties = format!("{named}{properties}{space}{mark}");
        let properties = if properties.is_empty() { properties } else { format!("<w:pPr>{properties}</w:pPr>") };
        self.body += &format!("<w:p>{properties}{content}</w:p>");
    }

    fn id(&mut self) -> usize {
        self.ids += 1;
        self.ids
    }

    /// Who revises, as the attributes of a revision.
    fn revision(&mut self) -> String {
        let id = self.id();
        let date = self.reviser.date.map(|date| format!(r#" w:date="{}T00:00:00Z""#, date.iso())).unwrap_or_default();
        format!(r#"w:id="{id}" w:author="{}"{date}"#, Xml(&self.reviser.author))
    }

    /// The mark of something that comes or goes as a whole.
    fn mark(&mut self, mark: Mark) -> String {
        match mark {
            Mark::Kept => String::new(),
            Mark::Inserted => format!("<w:ins {}/>", self.revision()),
            Mark::Deleted => format!("<w:del {}/>", self.revision()),
        }
    }

    fn paragraph_mark(&mut self, mark: Mark) -> String {
        let mark = self.mark(mark);
        if mark.is_empty() { mark } else { format!("<w:rPr>{mark}</w:rPr>") }
    }

    fn spans(&mut self, spans: &[Span]) -> String {
        let mut out = String::new();
        for span in spans {
            let style = if span.look.nature == Nature::Pending { TO_CONFIRM } else { "" };
            let properties = run_properties(style, Emphasis { bold: span.look.strong, italic: span.look.emphasis });
            let element = if span.mark == Mark::Deleted { "w:delText" } else { "w:t" };
            let text = Xml(&span.text);
            let run = format!(r#"<w:r>{properties}<{element} xml:space="preserve">{text}</{element}></w:r>"#);
            out += &match (span.mark, &span.look.nature) {
                (Mark::Kept, Nature::Reference(anchor)) if self.anchors.contains(anchor.as_str()) => {
                    let anchor = bookmark(anchor);
                    format!(r#"<w:hyperlink w:anchor="{anchor}" w:history="1">{run}</w:hyperlink>"#)
                }
                (Mark::Kept, _) => run,
                (Mark::Inserted, _) => format!("<w:ins {}>{run}</w:ins>", self.revision()),
                (Mark::Deleted, _) => format!("<w:del {}>{run}</w:del>", self.revision()),
            };
        }
        out
    }
}

fn cell_paragraph(style: &str, stays: &str, numeric: bool) -> String {
    let align = if numeric { r#"<w:jc w:val="right"/>"# } else { "" };
    format!(r#"<w:pStyle w:val="{style}"/>{stays}{align}"#)
}
