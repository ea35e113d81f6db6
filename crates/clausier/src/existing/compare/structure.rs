//! What was added, removed, moved, renumbered.

use super::align::common;
use super::effect::{Effect, effects};
use crate::document::revision::{Line, Look, Mark, Part, Redline, RevisedRow, RevisedTable, Span, Style, push, text};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What happened to an element of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Shift {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere, with the same words.
    Moved,
    /// It has another number.
    Renumbered,
}

/// An element of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Element {
    /// An article or sub-article.
    Article,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
}

/// What happened to an article that stands in one document only, or elsewhere, or under another number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArticleShift {
    /// What happened.
    pub shift: Shift,
    /// Its heading in the old document, number included; empty when it is new.
    pub before: String,
    /// Its heading in the new document; empty when it is gone.
    pub after: String,
}

/// A line that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// Heading of the article, number included: that of the new document when it stands in both. Empty before the first.
    pub article: String,
    /// What the line is.
    pub element: Element,
    /// In a table: its caption, what names the row (its first cell, the second too where the first is not enough), the heading
    /// of the column.
    pub place: Vec<String>,
    /// Added, removed or moved as a whole; nothing when its words change.
    pub shift: Option<Shift>,
    /// It comes or goes with its whole article.
    pub whole: bool,
    /// It stands in a numbered list, where its place says something.
    pub ranked: bool,
    /// The line, with what goes and what comes.
    pub spans: Vec<Span>,
    /// What the change does in law, gravest first.
    pub effects: Vec<Effect>,
}

/// Anchor and heading of each article.
fn headings(redline: &Redline) -> Vec<(&str, String)> {
    let mut out = Vec::new();
    for part in &redline.parts {
        if let Part::Paragraph { style: Style::Heading { anchor, .. }, line } = part {
            out.push((anchor.as_str(), text(&line.spans)));
        }
    }
    out
}

/// The articles added, removed, moved, renumbered, in the order of the new document; those that are gone come first.
pub(super) fn articles(old: &Redline, new: &Redline) -> Vec<ArticleShift> {
    let (before, after) = (headings(old), headings(new));
    let names = |headings: &[(&str, String)]| headings.iter().map(|(a, _)| (*a).to_owned()).collect::<Vec<_>>();
    let in_order: Vec<(usize, usize)> = common(&names(&before), &names(&after));
    let known: BTreeMap<&str, &String> = before.iter().map(|(anchor, heading)| (*anchor, heading)).collect();
    let shifted = |shift: Shift, before: &str, after: &str| ArticleShift {
        shift,
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let gone = before.iter().filter(|(anchor, _)| !after.iter().any(|(other, _)| other == anchor));
    let mut out: Vec<ArticleShift> = gone.map(|(_, heading)| shifted(Shift::Removed, heading, "")).collect();
    out.extend(after.iter().enumerate().filter_map(|(j, (anchor, heading))| match known.get(anchor) {
        None => Some(shifted(Shift::Added, "", heading)),
        Some(old) if !in_order.iter().any(|(_, y)| *y == j) => Some(shifted(Shift::Moved, old, heading)),
        Some(old) if number(old) != number(heading) => Some(shifted(Shift::Renumbered, old, heading)),
        Some(_) => None,
    }));
    out
}

/// The number of a heading: the first of its words that has a figure.
pub(super) fn number(heading: &str) -> &str {
    heading.split_whitespace().find(|word| word.contains(|c: char| c.is_ascii_digit())).unwrap_or_default()
}

/// The lines that changed, in reading order. The number of a heading is left to [`articles`].
pub(super) fn edits(redline: &Redline) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    let mut article = String::new();
    let mut whole = false;
    // The list of what remains to be settled repeats the text.
    let mut repeats = false;
    for part in &redline.parts {
        if let Part::Paragraph { style, .. } = part {
            repeats = *style == Style::PendingTitle;
        }
        if repeats {
            continue;
        }
        if let Part::Paragraph { style: Style::Heading { .. }, line } = part {
            article = new_words(&line.spans);
            whole = line.mark != Mark::Kept;
        }
        let ranked = matches!(part, Part::List { ordered: true, .. });
        let mut note = |mark: Mark, element: Element, place: Vec<String>, spans: &[Span]| {
            let shift = match mark {
                Mark::Kept if spans.iter().all(|span| span.mark == Mark::Kept) => return,
                Mark::Kept => None,
                Mark::Inserted => Some(Shift::Added),
                Mark::Deleted => Some(Shift::Removed),
            };
            let article = article.clone();
            let (spans, effects) = (spans.to_vec(), Vec::new());
            out.push(Edit { article, element, place, shift, whole, ranked, spans, effects });
        };
        match part {
            Part::Paragraph { style: Style::Heading { .. }, line } => {
                if !renumbered(line) {
                    note(line.mark, Element::Article, Vec::new(), &line.spans);
                }
            }
            Part::Paragraph { line, .. } => note(line.mark, Element::Paragraph, Vec::new(), &line.spans),
            Part::List { items, .. } => {
                items.iter().for_each(|item| note(item.mark, Element::Item, Vec::new(), &item.spans));
            }
            Part::Table(table) => {
                let caption = new_words(&table.caption.spans);
                note(table.caption.mark, Element::Table, Vec::new(), &table.caption.spans);
                for row in &table.rows {
                    if row.mark == Mark::Kept {
                        for (at, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
                            if cell.iter().any(|span| span.mark != Mark::Kept) {
                                let place = vec![caption.clone(), row_name(table, row, at), column.heading.clone()];
                                note(Mark::Kept, Element::Cell, place, cell);
                            }
                        }
                        continue;
                    }
                    note(row.mark, Element::Row, vec![caption.clone()], &row_spans(row));
                }
            }
        }
    }
    let mut out = moved(out);
    for edit in &mut out {
        edit.effects = effects(edit);
    }
    out
}

/// A row that comes or goes, its cells in one line.
pub(super) fn row_spans(row: &RevisedRow) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for cell in &row.cells {
        if !spans.is_empty() {
            push(&mut spans, Span::new(row.mark, " | ", Look::default()));
        }
        spans.extend(cell.iter().cloned());
    }
    spans
}

/// What goes here and comes there with the same words has moved: one edit says so.
fn moved(mut edits: Vec<Edit>) -> Vec<Edit> {
    let mut went: BTreeMap<(Element, String), VecDeque<usize>> = BTreeMap::new();
    for (at, edit) in edits.iter().enumerate().filter(|(_, edit)| edit.shift == Some(Shift::Removed)) {
        went.entry((edit.element, text(&edit.spans))).or_default().push_back(at);
    }
    let mut left: BTreeSet<usize> = BTreeSet::new();
    for edit in edits.iter_mut().filter(|edit| edit.shift == Some(Shift::Added)) {
        if let Some(at) = went.get_mut(&(edit.element, text(&edit.spans))).and_then(VecDeque::pop_front) {
            left.insert(at);
            edit.shift = Some(Shift::Moved);
        }
    }
    edits.into_iter().enumerate().filter(|(at, _)| !left.contains(at)).map(|(_, edit)| edit).collect()
}

/// What a row is called: its first cell, and the second one where another row starts the same way.
fn row_name(table: &RevisedTable, row: &RevisedRow, edited: usize) -> String {
    /// Characters of a second cell that are enough to know it.
    const ENOUGH: usize = 60;
    let cell = |row: &RevisedRow, at: usize| row.cells.get(at).map(|cell| new_words(cell)).unwrap_or_default();
    let (first, second) = (cell(row, 0), cell(row, 1));
    let alone = table.rows.iter().filter(|other| cell(other, 0) == first).count() < 2;
    if alone || edited == 1 || second.is_empty() {
        return first;
    }
    let start: String = second.chars().take(ENOUGH).collect();
    if start == second {
        return format!("{first}, {second}");
    }
    format!("{first}, {}…", start.rsplit_once(' ').map_or(start.as_str(), |(whole, _)| whole))
}

/// True when a heading changes by its number only.
fn renumbered(line: &Line) -> bool {
    line.mark == Mark::Kept && {
        let side =
            |gone: Mark| line.spans.iter().filter(|s| s.mark != gone).map(|s| s.text.as_str()).collect::<String>();
        let (old, new) = (side(Mark::Inserted), side(Mark::Deleted));
        let title = |heading: &'_ str| heading.replacen(number(heading), "", 1);
        old != new && title(&old) == title(&new)
    }
}

/// The words of a line in the new document, or in the old one when it is gone.
pub(super) fn new_words(spans: &[Span]) -> String {
    let of = |gone: Mark| spans.iter().filter(|span| span.mark != gone).map(|s| s.text.as_str()).collect::<String>();
    let new = of(Mark::Deleted);
    if new.is_empty() { of(Mark::Inserted) } else { new }
}
