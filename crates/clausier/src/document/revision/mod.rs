//! A document and what changes from another one: each line and each run says whether it stands in both, in the new one
//! only or in the old one only.
//!
//! A [`Redline`] is what a writer prints, line after line. Accepting every change gives the lines of the new document,
//! rejecting every change those of the old one: [`Redline::accepted`] and [`Redline::rejected`] do both on the model.

mod proof;

use crate::base::terms::Piece;
#[cfg(any(feature = "docx", feature = "odt"))]
use crate::document::Document;
use crate::document::{Column, Identity, Inline, Source};
#[cfg(any(feature = "docx", feature = "odt"))]
use std::collections::BTreeSet;
use std::sync::Arc;

/// In which of the two documents something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// In both.
    Kept,
    /// In the new one only.
    Inserted,
    /// In the old one only.
    Deleted,
}

/// How a run looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// Strong emphasis.
    pub strong: bool,
    /// Emphasis.
    pub emphasis: bool,
    /// What the run is.
    pub nature: Nature,
}

/// What a run is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Nature {
    /// Words.
    #[default]
    Plain,
    /// A reference to the article of this anchor.
    Reference(String),
    /// A value to confirm or to fill, its brackets included.
    Pending,
}

/// A run of text of one look and one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// In which document it stands.
    pub mark: Mark,
    /// The words.
    pub text: String,
    /// How they look.
    pub look: Look,
    /// Where they come from, when they are a value.
    pub source: Option<Arc<Source>>,
}

/// A line: a paragraph, an item, a caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// In which document the line itself stands; every run of a line that is not kept has the mark of the line.
    pub mark: Mark,
    /// Its runs.
    pub spans: Vec<Span>,
}

/// What a paragraph is in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Title of the list of what remains to be settled.
    PendingTitle,
    /// Title of the banner of a draft.
    DraftTitle,
    /// Title of the block.
    Title,
    /// Identity of the consultation.
    Identity,
    /// Heading of an article, its number included.
    Heading {
        /// Anchor of the article.
        anchor: String,
        /// Level of the heading, from 1.
        level: usize,
    },
    /// Body text.
    Body,
}

/// A part of a document, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A paragraph.
    Paragraph {
        /// What it is.
        style: Style,
        /// Its text.
        line: Line,
    },
    /// A list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// The items.
        items: Vec<Line>,
    },
    /// A table.
    Table(RevisedTable),
}

/// A table whose rows may come and go; its columns are the same in both documents, or it stands in one only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisedTable {
    /// In which document the table stands.
    pub mark: Mark,
    /// Its caption.
    pub caption: Line,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<RevisedRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisedRow {
    /// In which document the row stands.
    pub mark: Mark,
    /// Its cells.
    pub cells: Vec<Vec<Span>>,
}

/// A document with what changes from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// Which piece this is.
    pub piece: Piece,
    /// Name of the piece in full.
    pub name: String,
    /// Title of the new document.
    pub title: String,
    /// Identity of the new document, for the properties of the file.
    pub consultation: Identity,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// Foot of the pages.
    pub footer: Vec<Span>,
}

impl Look {
    /// True when two looks print the same: the article to which a reference points does not show.
    pub(crate) fn prints_as(&self, other: &Self) -> bool {
        let nature = |look: &Self| std::mem::discriminant(&look.nature);
        (self.strong, self.emphasis, nature(self)) == (other.strong, other.emphasis, nature(other))
    }
}

impl Span {
    /// A run of words.
    pub fn new(mark: Mark, text: impl Into<String>, look: Look) -> Self {
        Self { mark, text: text.into(), look, source: None }
    }
}

impl Line {
    /// A line in both documents.
    pub fn kept(spans: Vec<Span>) -> Self {
        Self { mark: Mark::Kept, spans }
    }

    /// A line of words in both documents.
    pub fn words(text: impl Into<String>) -> Self {
        let mut spans = Vec::new();
        push(&mut spans, Span::new(Mark::Kept, text, Look::default()));
        Self::kept(spans)
    }

    /// The same line, all of it with this mark.
    #[must_use]
    pub fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self.spans = marked(self.spans, mark);
        self
    }

    fn side(&self, gone: Mark) -> Option<Self> {
        (self.mark != gone).then(|| Self::kept(side(&self.spans, gone)))
    }
}

/// The same runs, all with this mark.
pub(crate) fn marked(spans: Vec<Span>, mark: Mark) -> Vec<Span> {
    spans.into_iter().map(|span| Span { mark, ..span }).collect()
}

/// What runs print, changes included.
pub(crate) fn text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Adds a run to others, joined to the last one when nothing tells them apart.
pub(crate) fn push(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        _ if span.text.is_empty() => {}
        Some(last) if (last.mark, &last.look, &last.source) == (span.mark, &span.look, &span.source) => {
            last.text.push_str(&span.text);
        }
        _ => spans.push(span),
    }
}

/// The runs that remain once those of a mark are gone.
fn side(spans: &[Span], gone: Mark) -> Vec<Span> {
    let mut out = Vec::new();
    for span in spans.iter().filter(|span| span.mark != gone) {
        push(&mut out, Span { mark: Mark::Kept, ..span.clone() });
    }
    out
}

impl Part {
    /// The same part, all of it with this mark.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        match self {
            Self::Paragraph { style, line } => Self::Paragraph { style, line: line.marked(mark) },
            Self::List { ordered, items } => {
                Self::List { ordered, items: items.into_iter().map(|item| item.marked(mark)).collect() }
            }
            Self::Table(table) => Self::Table(RevisedTable {
                mark,
                caption: table.caption.marked(mark),
                columns: table.columns,
                rows: table.rows.into_iter().map(|row| row.marked(mark)).collect(),
            }),
        }
    }

    /// In which document the part stands; a list stands in both when one of its items does.
    pub(crate) fn mark(&self) -> Mark {
        match self {
            Self::Paragraph { line, .. } => line.mark,
            Self::List { items, .. } => {
                let first = items.first().map_or(Mark::Kept, |item| item.mark);
                if items.iter().all(|item| item.mark == first) { first } else { Mark::Kept }
            }
            Self::Table(table) => table.mark,
        }
    }

    /// The mark of its first line.
    #[cfg(feature = "docx")]
    pub(crate) fn first_mark(&self) -> Mark {
        match self {
            Self::List { items, .. } => items.first().map_or(Mark::Kept, |item| item.mark),
            other => other.mark(),
        }
    }

    /// The rows of runs that it prints, changes included: paragraph, items, or caption and cells.
    #[cfg(feature = "docx")]
    pub(crate) fn rows(&self) -> Vec<&[Span]> {
        match self {
            Self::Paragraph { line, .. } => vec![&line.spans],
            Self::List { items, .. } => items.iter().map(|item| item.spans.as_slice()).collect(),
            Self::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                std::iter::once(&table.caption.spans).chain(cells).map(Vec::as_slice).collect()
            }
        }
    }

    /// The caption of a table.
    #[cfg(feature = "odt")]
    pub(crate) fn caption(&self) -> Option<String> {
        match self {
            Self::Table(table) => Some(side(&table.caption.spans, Mark::Deleted)).map(|spans| text(&spans)),
            _ => None,
        }
    }

    /// Whether the part stays but must be revised whole: a table of which rows come or go, a list of which no item stays.
    pub(crate) fn is_whole(&self) -> bool {
        self.mark() == Mark::Kept
            && match self {
                Self::Paragraph { .. } => false,
                Self::List { items, .. } => items.iter().all(|item| item.mark != Mark::Kept),
                Self::Table(table) => table.rows.iter().any(|row| row.mark != Mark::Kept),
            }
    }

    fn side(&self, gone: Mark) -> Option<Self> {
        Some(match self {
            Self::Paragraph { style, line } => Self::Paragraph { style: style.clone(), line: line.side(gone)? },
            Self::List { ordered, items } => {
                let items: Vec<Line> = items.iter().filter_map(|item| item.side(gone)).collect();
                if items.is_empty() {
                    return None;
                }
                Self::List { ordered: *ordered, items }
            }
            Self::Table(table) if table.mark == gone => return None,
            Self::Table(table) => Self::Table(RevisedTable {
                mark: Mark::Kept,
                caption: table.caption.side(gone)?,
                columns: table.columns.clone(),
                rows: table.rows.iter().filter_map(|row| row.side(gone)).collect(),
            }),
        })
    }
}

impl RevisedRow {
    /// The same row, all of it with this mark.
    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        Self { mark, cells: self.cells.into_iter().map(|cell| marked(cell, mark)).collect() }
    }

    fn side(&self, gone: Mark) -> Option<Self> {
        let cells = || self.cells.iter().map(|cell| side(cell, gone)).collect();
        (self.mark != gone).then(|| Self { mark: Mark::Kept, cells: cells() })
    }
}

impl Redline {
    /// The new document without its text: what the properties of a file say.
    #[cfg(any(feature = "docx", feature = "odt"))]
    pub(crate) fn frame(&self) -> Document {
        let mut frame = Document::new(self.piece, self.title.as_str(), self.consultation.clone());
        frame.name.clone_from(&self.name);
        frame
    }

    /// The anchors of the articles of the new document: what a link may point to.
    #[cfg(any(feature = "docx", feature = "odt"))]
    pub(crate) fn anchors(&self) -> BTreeSet<&str> {
        let mut out = BTreeSet::new();
        for part in &self.parts {
            if let Part::Paragraph { style: Style::Heading { anchor, .. }, line } = part
                && line.mark != Mark::Deleted
            {
                out.insert(anchor.as_str());
            }
        }
        out
    }

    /// The same redline for a format that has no revision of a row: a table of which rows come or go is the old one, which
    /// goes, then the new one, which comes. So is a list of which no item stays. It leads from and to the same documents.
    #[must_use]
    pub fn with_whole_tables(mut self) -> Self {
        let whole = |part: Part| {
            if !part.is_whole() {
                return vec![part];
            }
            let old = part.side(Mark::Inserted).map(|part| part.marked(Mark::Deleted));
            let new = part.side(Mark::Deleted).map(|part| part.marked(Mark::Inserted));
            old.into_iter().chain(new).collect()
        };
        self.parts = self.parts.into_iter().flat_map(whole).collect();
        self
    }

    /// The lines once every change is accepted: those of the new document.
    pub fn accepted(&self) -> Vec<Part> {
        self.parts.iter().filter_map(|part| part.side(Mark::Deleted)).collect()
    }

    /// The lines once every change is rejected: those of the old document.
    pub fn rejected(&self) -> Vec<Part> {
        self.parts.iter().filter_map(|part| part.side(Mark::Inserted)).collect()
    }

    /// True when the two documents print the same.
    pub fn is_empty(&self) -> bool {
        let kept = |spans: &[Span]| spans.iter().all(|span| span.mark == Mark::Kept);
        let same = |line: &Line| line.mark == Mark::Kept && kept(&line.spans);
        kept(&self.footer)
            && self.parts.iter().all(|part| match part {
                Part::Paragraph { line, .. } => same(line),
                Part::List { items, .. } => items.iter().all(same),
                Part::Table(table) => {
                    table.mark == Mark::Kept
                        && same(&table.caption)
                        && table
                            .rows
                            .iter()
                            .all(|row| row.mark == Mark::Kept && row.cells.iter().all(|cell| kept(cell)))
                }
            })
    }
}

/// The runs of a line of the model, all kept; what remains to be settled stands between brackets.
pub(crate) fn spans(run: &[Inline]) -> Vec<Span> {
    fn walk(run: &[Inline], look: &Look, source: Option<&Arc<Source>>, out: &mut Vec<Span>) {
        for inline in run {
            let (text, nature) = match inline {
                Inline::Strong(inner) => {
                    walk(inner, &Look { strong: true, ..look.clone() }, source, out);
                    continue;
                }
                Inline::Emphasis(inner) => {
                    walk(inner, &Look { emphasis: true, ..look.clone() }, source, out);
                    continue;
                }
                Inline::Value { source, content } => {
                    walk(content, look, Some(source), out);
                    continue;
                }
                Inline::Text(text) => (text.clone(), Nature::Plain),
                Inline::Reference { anchor, text } => (text.clone(), Nature::Reference(anchor.clone())),
                Inline::ToConfirm { value, .. } => (format!("[{value}]"), Nature::Pending),
                Inline::Missing { question } => (Inline::missing_text(question), Nature::Pending),
            };
            let look = Look { nature, ..look.clone() };
            push(out, Span { mark: Mark::Kept, text, look, source: source.cloned() });
        }
    }
    let mut out = Vec::new();
    walk(run, &Look::default(), None, &mut out);
    out
}
