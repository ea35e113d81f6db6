//! A file of revisions read back from its bytes, by a reader of XML that knows nothing of what was meant.
//!
//! Both sides are read at once: the lines as they stand once every revision is rejected, and once every one is accepted.

use super::Format;
use crate::base::zip;
use crate::document::revision::{Mark, Part, Redline, Span};
use roxmltree::{Document, Node};
#[cfg(feature = "odt")]
use std::collections::HashMap;

/// The longest part that is read, in bytes: more than a piece ever prints.
const LONGEST: usize = 64 << 20;
/// Elements one in another beyond which a file is not one of ours.
const DEEPEST: usize = 64;
/// What carries a revision that can hang from nothing shows nothing.
const CARRIER: char = '\u{200B}';

/// Whether a file of revisions says what its redline says: read back from its bytes, it gives the lines of the old document
/// once every revision is rejected and those of the new one once every revision is accepted, word for word (the foot of the pages apart). False for a file
/// that cannot be read and for a format that has no revisions.
pub fn reads_back(redline: &Redline, format: Format, bytes: &[u8]) -> bool {
    let Some(read) = read(format, bytes) else { return false };
    Side::BOTH.map(|side| printed(&redline.parts, side)) == read
}

/// A decision on every revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// All rejected.
    Old,
    /// All accepted.
    New,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// Whether what has a mark stays.
    fn keeps(self, mark: Mark) -> bool {
        match mark {
            Mark::Kept => true,
            Mark::Inserted => self == Self::New,
            Mark::Deleted => self == Self::Old,
        }
    }
}

/// The lines that a redline prints on one side, cell after cell, the empty ones apart.
fn printed(parts: &[Part], side: Side) -> Vec<String> {
    let words = |spans: &[Span]| {
        let stays = spans.iter().filter(|span| side.keeps(span.mark));
        stays.flat_map(|span| span.text.chars()).filter(|c| *c != CARRIER).collect::<String>()
    };
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph { line, .. } => out.push(words(&line.spans)),
            Part::List { items, .. } => out.extend(items.iter().map(|item| words(&item.spans))),
            Part::Table(table) => {
                out.push(words(&table.caption.spans));
                if side.keeps(table.mark) {
                    out.extend(table.columns.iter().map(|column| column.heading.clone()));
                }
                out.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| words(cell)));
            }
        }
    }
    out.retain(|line| !line.is_empty());
    out
}

/// The lines of a file of revisions, old then new.
fn read(format: Format, bytes: &[u8]) -> Option<[Vec<String>; 2]> {
    let text = |name: &str| String::from_utf8(zip::part(bytes, name, LONGEST)?).ok();
    match format {
        #[cfg(feature = "docx")]
        Format::Docx => {
            let text = text("word/document.xml")?;
            let xml = parsed(&text)?;
            let mut reading = Reading::default();
            reading.word(xml.root_element(), Mark::Kept);
            Some(reading.lines())
        }
        #[cfg(feature = "odt")]
        Format::Odt => {
            let text = text("content.xml")?;
            let xml = parsed(&text)?;
            let regions = xml.descendants().filter(|node| node.tag_name().name() == "changed-region");
            let regions: HashMap<&str, Node<'_, '_>> = regions.filter_map(|node| Some((id(node)?, node))).collect();
            let body = xml.descendants().find(|node| node.tag_name().name() == "body")?;
            let mut reading = Reading::default();
            reading.open_document(body, &regions);
            Some(reading.lines())
        }
        _ => None,
    }
}

fn parsed(text: &str) -> Option<Document<'_>> {
    let xml = Document::parse(text).ok()?;
    let deep = xml.descendants().any(|node| node.ancestors().nth(DEEPEST).is_some());
    (!deep).then_some(xml)
}

/// The paragraphs read so far, old then new.
struct Reading {
    /// The paragraph that is open.
    open: [String; 2],
    out: [Vec<String>; 2],
    /// The mark of what is read.
    mark: Mark,
}

impl Default for Reading {
    fn default() -> Self {
        Self { open: Default::default(), out: Default::default(), mark: Mark::Kept }
    }
}

impl Reading {
    fn lines(self) -> [Vec<String>; 2] {
        let mut out = self.out;
        for (lines, open) in out.iter_mut().zip(self.open) {
            lines.push(open);
            lines.retain(|line| !line.is_empty());
        }
        out
    }

    fn text(&mut self, text: &str, mark: Mark) {
        for (side, open) in Side::BOTH.into_iter().zip(&mut self.open) {
            if side.keeps(mark) {
                open.extend(text.chars().filter(|c| *c != CARRIER));
            }
        }
    }

    /// Ends the paragraph where its end stays; elsewhere it runs into the next one.
    fn close(&mut self, mark: Mark) {
        for (side, (open, out)) in Side::BOTH.into_iter().zip(self.open.iter_mut().zip(&mut self.out)) {
            if side.keeps(mark) {
                out.push(std::mem::take(open));
            }
        }
    }

    /// Reads WordprocessingML.
    #[cfg(feature = "docx")]
    fn word(&mut self, node: Node<'_, '_>, mark: Mark) {
        let children = |reading: &mut Self, mark: Mark| node.children().for_each(|child| reading.word(child, mark));
        match node.tag_name().name() {
            "t" | "delText" => self.text(node.text().unwrap_or_default(), mark),
            "ins" => children(self, Mark::Inserted),
            "del" => children(self, Mark::Deleted),
            "p" => {
                let own = revised(node, &["pPr", "rPr"]).unwrap_or(mark);
                children(self, mark);
                self.close(own);
            }
            "tr" => children(self, revised(node, &["trPr"]).unwrap_or(mark)),
            "pPr" | "rPr" | "trPr" | "tcPr" | "tblPr" | "sectPr" => {}
            _ => children(self, mark),
        }
    }

    /// Reads OpenDocument: what goes stands apart, in regions.
    #[cfg(feature = "odt")]
    fn open_document(&mut self, node: Node<'_, '_>, regions: &HashMap<&str, Node<'_, '_>>) {
        if node.is_text() {
            self.text(node.text().unwrap_or_default(), self.mark);
            return;
        }
        match node.tag_name().name() {
            "tracked-changes" | "title" | "desc" => {}
            "s" => self.text(" ", self.mark),
            "change-start" => self.mark = Mark::Inserted,
            "change-end" => self.mark = Mark::Kept,
            "change" => {
                let region = id(node).and_then(|id| regions.get(id));
                let paragraphs = region.into_iter().flat_map(|region| region.descendants()).filter(is_paragraph);
                let outer = std::mem::replace(&mut self.mark, Mark::Deleted);
                for (index, paragraph) in paragraphs.enumerate() {
                    if index > 0 {
                        self.close(Mark::Deleted);
                    }
                    paragraph.children().for_each(|child| self.open_document(child, regions));
                }
                self.mark = outer;
            }
            _ => {
                node.children().for_each(|child| self.open_document(child, regions));
                if is_paragraph(&node) {
                    self.close(self.mark);
                }
            }
        }
    }
}

/// The revision of a paragraph or of a row as a whole, in its properties.
#[cfg(feature = "docx")]
fn revised(node: Node<'_, '_>, path: &[&str]) -> Option<Mark> {
    let mut at = node;
    for name in path {
        at = at.children().find(|child| child.tag_name().name() == *name)?;
    }
    at.children().find_map(|child| match child.tag_name().name() {
        "ins" => Some(Mark::Inserted),
        "del" => Some(Mark::Deleted),
        _ => None,
    })
}

#[cfg(feature = "odt")]
fn is_paragraph(node: &Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "p" | "h")
}

/// The name of a region, where it stands or where it is pointed to.
#[cfg(feature = "odt")]
fn id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| matches!(attribute.name(), "id" | "change-id"))
        .map(|attribute| attribute.value())
}
