//! Two documents as one: structure first (articles, then their parts, then items and rows), then words.

use super::align::{Step, align};
use super::words::{Token, bag, likenesses, revise, revise_tokens, tokens};
use crate::document::revision::{Line, Mark, Part, Redline, RevisedRow, RevisedTable, Style};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// Likeness under which two lines are not one line changed, in thousandths.
const ALIKE: u32 = 400;

/// The redline that leads from the lines of a document to those of another.
pub(super) fn redline(old: &Redline, new: &Redline) -> Redline {
    let (before, after) = (sections(&old.parts), sections(&new.parts));
    let (old_names, new_names) = (names(&before), names(&after));
    // An article that has another anchor may be the same one: its words tell, unless its anchor stands elsewhere.
    let in_old: HashSet<&str> = old_names.iter().copied().collect();
    let in_new: HashSet<&str> = new_names.iter().copied().collect();
    let alike = |rows: Range<usize>, columns: Range<usize>| {
        let old: Vec<_> = rows.clone().map(|i| words_unless(in_new.contains(old_names[i]), &before[i])).collect();
        let new: Vec<_> = columns.clone().map(|j| words_unless(in_old.contains(new_names[j]), &after[j])).collect();
        matrix(&old, &new, |i, j, likeness| {
            let elsewhere = in_new.contains(old_names[rows.start + i]) || in_old.contains(new_names[columns.start + j]);
            if elsewhere { 0 } else { enough(likeness) }
        })
    };
    let mut parts = Vec::new();
    for step in align(&old_names, &new_names, alike) {
        match step {
            Step::Old(i) => parts.extend(before[i].parts.iter().map(|part| part.clone().marked(Mark::Deleted))),
            Step::New(j) => parts.extend(after[j].parts.iter().map(|part| part.clone().marked(Mark::Inserted))),
            Step::Both(i, j) => section(before[i].parts, after[j].parts, &mut parts),
        }
    }
    Redline {
        piece: new.piece,
        name: new.name.clone(),
        title: new.title.clone(),
        consultation: new.consultation.clone(),
        parts: gone_first(parts, Part::mark),
        footer: revise(&old.footer, &new.footer),
    }
}

/// What stands before the first article, or an article without its sub-articles.
struct Section<'p> {
    anchor: &'p str,
    parts: &'p [Part],
}

fn sections(parts: &[Part]) -> Vec<Section<'_>> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(parts.iter().enumerate().skip(1).filter(|(_, part)| heading(part).is_some()).map(|(i, _)| i));
    let ends = starts.iter().skip(1).copied().chain([parts.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let parts = parts.get(*start..end).unwrap_or_default();
            Section { anchor: parts.first().and_then(heading).unwrap_or_default(), parts }
        })
        .collect()
}

/// The anchors of sections.
fn names<'p>(sections: &[Section<'p>]) -> Vec<&'p str> {
    sections.iter().map(|section| section.anchor).collect()
}

/// The words of a section, unless it is known where it answers.
fn words_unless<'p>(known: bool, section: &Section<'p>) -> Vec<&'p str> {
    if known { Vec::new() } else { bag(&tokens_of(section.parts)) }
}

/// The anchor of a heading.
fn heading(part: &Part) -> Option<&str> {
    match part {
        Part::Paragraph { style: Style::Heading { anchor, .. }, .. } => Some(anchor),
        _ => None,
    }
}

/// Likeness once what is too different has none.
fn enough(likeness: u32) -> u32 {
    if likeness >= ALIKE { likeness } else { 0 }
}

/// The likeness of each element of some to each of others, row after row, as `judge` takes it.
fn matrix(old: &[Vec<&str>], new: &[Vec<&str>], judge: impl Fn(usize, usize, u32) -> u32) -> Vec<u32> {
    let places = (0..old.len()).flat_map(|i| (0..new.len()).map(move |j| (i, j)));
    places.zip(likenesses(old, new)).map(|((i, j), likeness)| judge(i, j, likeness)).collect()
}

/// The tokens of all the lines of a row.
fn row_tokens(row: &RevisedRow) -> Vec<Token<'_>> {
    row.cells.iter().flat_map(|cell| tokens(cell)).collect()
}

fn row_bags(rows: &[RevisedRow]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| bag(&row_tokens(row))).collect()
}

fn item_bags(items: &[Line]) -> Vec<Vec<&str>> {
    items.iter().map(|item| bag(&tokens(&item.spans))).collect()
}

/// The tokens of all the lines of parts.
fn tokens_of(parts: &[Part]) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph { line, .. } => out.append(&mut tokens(&line.spans)),
            Part::List { items, .. } => out.extend(items.iter().flat_map(|item| tokens(&item.spans))),
            Part::Table(table) => {
                out.append(&mut tokens(&table.caption.spans));
                out.extend(table.rows.iter().flat_map(row_tokens));
            }
        }
    }
    out
}

/// The parts of an article, each cut into tokens once, when it is not the same in both documents.
struct Cut<'p> {
    parts: &'p [Part],
    tokens: Vec<OnceCell<Vec<Token<'p>>>>,
}

impl<'p> Cut<'p> {
    fn new(parts: &'p [Part]) -> Self {
        Self { parts, tokens: parts.iter().map(|_| OnceCell::new()).collect() }
    }

    fn tokens(&self, at: usize) -> &[Token<'p>] {
        self.tokens[at].get_or_init(|| tokens_of(&self.parts[at..=at]))
    }

    fn bags(&self, range: Range<usize>) -> Vec<Vec<&'p str>> {
        range.map(|at| bag(self.tokens(at))).collect()
    }
}

/// The parts of an article that stands in both documents.
fn section(old: &[Part], new: &[Part], out: &mut Vec<Part>) {
    let (old, new) = (Cut::new(old), Cut::new(new));
    let alike = |rows: Range<usize>, columns: Range<usize>| {
        matrix(&old.bags(rows.clone()), &new.bags(columns.clone()), |i, j, likeness| {
            match (&old.parts[rows.start + i], &new.parts[columns.start + j]) {
                (Part::Paragraph { style: a, .. }, Part::Paragraph { style: b, .. }) => match (a, b) {
                    // Paragraphs of which there is one only: the heading, the title.
                    (Style::Body, Style::Body) => enough(likeness),
                    (Style::Heading { level: x, .. }, Style::Heading { level: y, .. }) => 1_000 * u32::from(x == y),
                    (a, b) => 1_000 * u32::from(a == b),
                },
                (Part::List { ordered: a, .. }, Part::List { ordered: b, .. }) if a == b => enough(likeness),
                (Part::Table(a), Part::Table(b))
                    if a.columns == b.columns && a.caption.spans.is_empty() == b.caption.spans.is_empty() =>
                {
                    ALIKE + likeness / 2
                }
                _ => 0,
            }
        })
    };
    for step in align(old.parts, new.parts, alike) {
        match step {
            Step::Old(i) => out.push(old.parts[i].clone().marked(Mark::Deleted)),
            Step::New(j) => out.push(new.parts[j].clone().marked(Mark::Inserted)),
            Step::Both(i, j) => out.extend(both((&old, i), (&new, j))),
        }
    }
}

/// One part that became another.
fn both((old, i): (&Cut<'_>, usize), (new, j): (&Cut<'_>, usize)) -> Option<Part> {
    match (&old.parts[i], &new.parts[j]) {
        (before, after) if before == after => Some(after.clone()),
        (Part::Paragraph { .. }, Part::Paragraph { style, .. }) => {
            let line = Line::kept(revise_tokens(old.tokens(i), new.tokens(j)));
            Some(Part::Paragraph { style: style.clone(), line })
        }
        (Part::List { items: before, .. }, Part::List { ordered, items: after }) => {
            Some(Part::List { ordered: *ordered, items: items(before, after) })
        }
        (Part::Table(before), Part::Table(after)) => Some(Part::Table(table(before, after))),
        _ => None,
    }
}

fn line(old: &Line, new: &Line) -> Line {
    Line::kept(revise(&old.spans, &new.spans))
}

fn items(old: &[Line], new: &[Line]) -> Vec<Line> {
    let steps = align(old, new, |rows, columns| {
        matrix(&item_bags(&old[rows]), &item_bags(&new[columns]), |_, _, likeness| enough(likeness))
    });
    let revised = steps.into_iter().map(|step| match step {
        Step::Old(i) => old[i].clone().marked(Mark::Deleted),
        Step::New(j) => new[j].clone().marked(Mark::Inserted),
        Step::Both(i, j) => line(&old[i], &new[j]),
    });
    gone_first(revised.collect(), |item| item.mark)
}

/// Between two elements that stay, what goes stands before what comes, whatever the order in which they were found.
fn gone_first<T>(elements: Vec<T>, mark: impl Fn(&T) -> Mark) -> Vec<T> {
    let mut out = Vec::with_capacity(elements.len());
    let mut come = Vec::new();
    for element in elements {
        match mark(&element) {
            Mark::Deleted => out.push(element),
            Mark::Inserted => come.push(element),
            Mark::Kept => {
                out.append(&mut come);
                out.push(element);
            }
        }
    }
    out.append(&mut come);
    out
}

fn table(old: &RevisedTable, new: &RevisedTable) -> RevisedTable {
    // The first cell names its row.
    let alike = |rows: Range<usize>, columns: Range<usize>| {
        let (old, new) = (&old.rows[rows], &new.rows[columns]);
        matrix(&row_bags(old), &row_bags(new), |i, j, likeness| {
            if old[i].cells.first() == new[j].cells.first() { 1_000 + likeness } else { enough(likeness) }
        })
    };
    let revised = align(&old.rows, &new.rows, alike).into_iter().map(|step| match step {
        Step::Old(i) => old.rows[i].clone().marked(Mark::Deleted),
        Step::New(j) => new.rows[j].clone().marked(Mark::Inserted),
        Step::Both(i, j) => {
            let cells = old.rows[i].cells.iter().zip(&new.rows[j].cells);
            RevisedRow { mark: Mark::Kept, cells: cells.map(|(a, b)| revise(a, b)).collect() }
        }
    });
    RevisedTable {
        mark: Mark::Kept,
        caption: line(&old.caption, &new.caption),
        columns: new.columns.clone(),
        rows: gone_first(revised.collect(), |row| row.mark),
    }
}
