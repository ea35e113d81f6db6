//! A redline as Word's own revisions: accepting all of them gives the new document, rejecting all the old one.
//!
//! Numbers and references are text here, not fields: a field would count what is deleted, or come back to life in the
//! middle of a revision. What stands in both documents keeps its bookmarks and its links.
//!
//! LibreOffice takes words that go and come by the same author, twenty revisions apart at most, for words that move: it then
//! tells them from the mark of their paragraph, and the paragraph that follows loses its style once the revisions are decided.
//! Hence what comes in the words of something that goes is of an author of its own, who says that it moves.

use super::markup::{
    Emphasis, HEADING_SHADE, KEEP_NEXT, Last, NO_LIST, TO_CONFIRM, cell_width, list_number, run_properties,
    space_before, table_start,
};
use super::package::Package;
use crate::document::revision::{Line, Mark, Nature, Part, Redline, RevisedTable, Span, Style, push};
use crate::document::write::Reviser;
use crate::document::write::layout::{bookmark, printed_table, row_stays};
use crate::document::write::xml::Xml;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

pub(in crate::document::write) fn write(redline: &Redline, reviser: &Reviser) -> Vec<u8> {
    let mut writer = Writer {
        reviser,
        anchors: redline.anchors(),
        gone: gone(&redline.parts),
        ids: 0,
        body: String::new(),
        lists: Vec::new(),
        last: Last::Other,
    };
    writer.parts(&redline.parts);
    let footer = writer.spans(&redline.footer);
    let frame = redline.frame();
    let Writer { body, lists, .. } = writer;
    Package { document: &frame, fingerprint: "", body, comments: String::new(), lists, footer }.bytes()
}

/// What says of an author that the words moved.
const MOVED: &str = " (déplacé)";

/// The words that LibreOffice compares: it does without the spaces at both ends.
fn trimmed(words: &str) -> &str {
    words.trim_matches(|c| c <= ' ')
}

/// What a stretch of runs says once each of them is read.
fn said(stretch: &[Span]) -> impl Iterator<Item = String> {
    stretch.iter().scan(String::new(), |words, span| {
        words.push_str(&span.text);
        Some(trimmed(words).to_owned())
    })
}

/// The runs of a row that stand in the same document, stretch after stretch.
fn stretches(spans: &[Span]) -> impl Iterator<Item = (Mark, &[Span])> {
    spans.chunk_by(|a, b| a.mark == b.mark).filter_map(|stretch| Some((stretch.first()?.mark, stretch)))
}

/// All that goes, run after run.
fn gone(parts: &[Part]) -> HashSet<String> {
    let mut out = HashSet::new();
    for part in parts {
        for (mark, stretch) in part.rows().into_iter().flat_map(stretches) {
            if mark == Mark::Deleted {
                out.extend(said(stretch));
            }
        }
        if let Part::Table(table) = part
            && table.mark == Mark::Deleted
        {
            out.extend(table.columns.iter().map(|column| trimmed(&column.heading).to_owned()));
        }
    }
    out
}

/// The runs of a line that stays, before something that comes or goes as a whole. They never end with what has its mark:
/// LibreOffice would take both for one revision, and join the line to what follows them. What goes and what comes at the end
/// change places, or the last word that stays goes and comes.
fn ended(spans: &[Span], next: Mark) -> Cow<'_, [Span]> {
    let last = spans.last().map_or(Mark::Kept, |span| span.mark);
    let kept = spans.iter().rposition(|span| span.mark == Mark::Kept);
    if next == Mark::Kept || last != next {
        return Cow::Borrowed(spans);
    }
    let (head, tail) = spans.split_at(kept.map_or(0, |at| at + 1));
    let (same, mut other): (Vec<Span>, Vec<Span>) = tail.iter().cloned().partition(|span| span.mark == next);
    let mut out = head.to_vec();
    if other.is_empty() {
        let Some(mut span) = out.pop() else { return Cow::Borrowed(spans) };
        let word = span.text.trim_end().rfind(' ').map_or(0, |at| at + 1);
        let word = span.text.split_off(word);
        let said = |mark| Span { mark, text: word.clone(), look: span.look.clone(), source: span.source.clone() };
        other.push(said(if next == Mark::Inserted { Mark::Deleted } else { Mark::Inserted }));
        let again = said(next);
        push(&mut out, span);
        out.push(again);
    }
    for span in same.into_iter().chain(other) {
        push(&mut out, span);
    }
    Cow::Owned(out)
}

/// The mark of something that comes or goes as a whole, and whether it comes in words that go elsewhere.
#[derive(Clone, Copy)]
struct Whole {
    mark: Mark,
    moves: bool,
}

const KEPT: Whole = Whole { mark: Mark::Kept, moves: false };

struct Writer<'r> {
    reviser: &'r Reviser,
    /// One count for bookmarks and revisions.
    ids: usize,
    body: String,
    /// For each list, whether it is numbered.
    lists: Vec<bool>,
    last: Last,
    anchors: BTreeSet<&'r str>,
    /// What goes: the words of which nothing may come by the same author.
    gone: HashSet<String>,
}

impl<'r> Writer<'r> {
    fn parts(&mut self, parts: &'r [Part]) {
        self.each(parts);
        // The mark of the last paragraph cannot go or come: a paragraph as low as can be, in both documents, carries it.
        let stands =
            parts.last().is_some_and(|part| matches!(part, Part::Paragraph { line, .. } if line.mark == Mark::Kept));
        if !stands {
            self.paragraph("TableEnd", "", KEPT, "");
        }
    }

    fn each(&mut self, parts: &'r [Part]) {
        let mut rest = parts;
        while let Some((part, after)) = rest.split_first() {
            rest = after;
            match part {
                Part::Paragraph { style, line } => self.styled(style, line, after.first()),
                Part::List { ordered, items } => {
                    // The items that come at the end of a list stand after what goes there: LibreOffice would give their style to
                    // the paragraph that it brings back.
                    let gone = after.iter().take_while(|part| part.mark() == Mark::Deleted).count();
                    let stay = items.iter().rposition(|item| item.mark != Mark::Inserted);
                    let stay = stay.filter(|_| gone > 0).map_or(items.len(), |last| last + 1);
                    let (items, late) = items.split_at(stay);
                    let numbering = self.numbered(*ordered);
                    self.items(*ordered, &numbering, items, after.first());
                    if !late.is_empty() {
                        let (gone, left) = after.split_at(gone);
                        self.each(gone);
                        self.items(*ordered, &numbering, late, None);
                        rest = left;
                    }
                }
                Part::Table(table) => self.table(table),
            }
        }
    }

    fn styled(&mut self, style: &'r Style, line: &Line, next: Option<&Part>) {
        let introduces = matches!(next, Some(Part::List { .. } | Part::Table(_)));
        let content = self.line(line, next.map_or(Mark::Kept, Part::first_mark));
        let whole = self.whole(line.mark, &line.spans);
        match style {
            Style::PendingTitle => self.paragraph("BlockTitle", "<w:pageBreakBefore/>", whole, &content),
            Style::Title => self.paragraph("BlockTitle", "", whole, &content),
            Style::DraftTitle => self.paragraph("DraftBanner", "", whole, &content),
            Style::Identity => self.paragraph("BlockIdentity", "", whole, &content),
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
                self.paragraph(&format!("Heading{level}"), NO_LIST, whole, &content);
            }
            Style::Body => self.paragraph("Normal", if introduces { KEEP_NEXT } else { "" }, whole, &content),
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
            let whole = self.whole(item.mark, &item.spans);
            self.paragraph(style, numbering, whole, &content);
        }
    }

    fn table(&mut self, table: &RevisedTable) {
        if table.caption.spans.is_empty() {
            if self.last == Last::Table {
                self.paragraph("TableEnd", "", KEPT, "");
            }
        } else {
            let content = self.spans(&table.caption.spans);
            let whole = self.whole(table.caption.mark, &table.caption.spans);
            self.paragraph("TableCaption", "", whole, &content);
        }
        let printed = printed_table(table);
        let (start, widths) = table_start(&printed);
        self.body += &start;
        let mark = self.mark(Whole { mark: table.mark, moves: false });
        self.body += &format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>{mark}</w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let heading = Line::words(&column.heading).marked(table.mark);
            let paragraph = cell_paragraph("TableHeading", "", column.numeric);
            self.cell(&format!("{}{HEADING_SHADE}", cell_width(*width)), &paragraph, table.mark, &heading.spans);
        }
        self.body += "</w:tr>";
        for (index, row) in table.rows.iter().enumerate() {
            let stays = if row_stays(index, &printed) { KEEP_NEXT } else { "" };
            let mark = self.mark(Whole { mark: row.mark, moves: false });
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
        let mark = self.paragraph_mark(self.whole(mark, spans));
        self.body +=
            &format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{paragraph}{mark}</w:pPr>{content}</w:p></w:tc>");
    }

    fn paragraph(&mut self, style: &str, properties: &str, whole: Whole, content: &str) {
        let space = space_before(&mut self.last, style);
        let named = if style == "Normal" { String::new() } else { format!(r#"<w:pStyle w:val="{style}"/>"#) };
        let mark = self.paragraph_mark(whole);
        let properties = format!("{named}{properties}{space}{mark}");
        let properties = if properties.is_empty() { properties } else { format!("<w:pPr>{properties}</w:pPr>") };
        self.body += &format!("<w:p>{properties}{content}</w:p>");
    }

    fn id(&mut self) -> usize {
        self.ids += 1;
        self.ids
    }

    /// Whether a stretch that comes says what something that goes says.
    fn moves(&self, mark: Mark, stretch: &[Span]) -> bool {
        mark == Mark::Inserted && said(stretch).any(|words| self.gone.contains(&words))
    }

    /// A line of these runs as a whole.
    fn whole(&self, mark: Mark, spans: &[Span]) -> Whole {
        Whole { mark, moves: self.moves(mark, spans) }
    }

    /// A revision, as an element opens it.
    fn revision(&mut self, element: &str, moves: bool) -> String {
        let id = self.id();
        let moved = if moves { MOVED } else { "" };
        let date = self.reviser.date.map(|date| format!(r#" w:date="{}T00:00:00Z""#, date.iso())).unwrap_or_default();
        format!(r#"<w:{element} w:id="{id}" w:author="{}{moved}"{date}"#, Xml(&self.reviser.author))
    }

    /// The mark of something that comes or goes as a whole.
    fn mark(&mut self, whole: Whole) -> String {
        revised(whole.mark).map_or_else(String::new, |element| self.revision(element, whole.moves) + "/>")
    }

    fn paragraph_mark(&mut self, whole: Whole) -> String {
        let mark = self.mark(whole);
        if mark.is_empty() { mark } else { format!("<w:rPr>{mark}</w:rPr>") }
    }

    fn spans(&mut self, spans: &[Span]) -> String {
        let mut out = String::new();
        for (mark, stretch) in stretches(spans) {
            let moves = self.moves(mark, stretch);
            for span in stretch {
                out += &self.span(span, moves);
            }
        }
        out
    }

    fn span(&mut self, span: &Span, moves: bool) -> String {
        let style = if span.look.nature == Nature::Pending { TO_CONFIRM } else { "" };
        let properties = run_properties(style, Emphasis { bold: span.look.strong, italic: span.look.emphasis });
        let text = if span.mark == Mark::Deleted { "w:delText" } else { "w:t" };
        let run = format!(r#"<w:r>{properties}<{text} xml:space="preserve">{}</{text}></w:r>"#, Xml(&span.text));
        match (revised(span.mark), &span.look.nature) {
            (Some(element), _) => format!("{}>{run}</w:{element}>", self.revision(element, moves)),
            (None, Nature::Reference(anchor)) if self.anchors.contains(anchor.as_str()) => {
                format!(r#"<w:hyperlink w:anchor="{}" w:history="1">{run}</w:hyperlink>"#, bookmark(anchor))
            }
            (None, _) => run,
        }
    }
}

/// The element of what comes or goes.
fn revised(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Kept => None,
        Mark::Inserted => Some("ins"),
        Mark::Deleted => Some("del"),
    }
}

fn cell_paragraph(style: &str, stays: &str, numeric: bool) -> String {
    let align = if numeric { r#"<w:jc w:val="right"/>"# } else { "" };
    format!(r#"<w:pStyle w:val="{style}"/>{stays}{align}"#)
}
