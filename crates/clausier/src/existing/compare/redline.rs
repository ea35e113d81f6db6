//! Two documents as one: structure first (articles, then their parts, then items and rows), then words.

use super::align::{Step, align};
use super::words::{bag, likeness, revise, tokens};
use crate::document::revision::{Line, Mark, Part, Redline, RevisedRow, RevisedTable, Span, Style};

/// Likeness under which two lines are not one line changed, in thousandths.
const ALIKE: u32 = 400;

/// The redline that leads from the lines of a document to those of another.
pub(super) fn redline(old: &Redline, new: &Redline) -> Redline {
    let (before, after) = (sections(&old.parts), sections(&new.parts));
    let names = |sections: &[Section<'_>]| sections.iter().map(|s| s.anchor.to_owned()).collect::<Vec<_>>();
    let (old_names, new_names) = (names(&before), names(&after));
    let old_bags: Vec<Vec<&str>> = before.iter().map(|s| part_bag(s.parts)).collect();
    let new_bags: Vec<Vec<&str>> = after.iter().map(|s| part_bag(s.parts)).collect();
    // An article that has another anchor may be the same one: its words tell, unless its anchor stands elsewhere.
    let alike = |i: usize, j: usize| {
        let known = new_names.contains(&old_names[i]) || old_names.contains(&new_names[j]);
        if known { 0 } else { enough(likeness(&old_bags[i], &new_bags[j])) }
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
        parts,
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

fn line_bag(spans: &[Span]) -> Vec<&str> {
    bag(tokens(spans))
}

fn row_bag(row: &RevisedRow) -> Vec<&str> {
    bag(row.cells.iter().flat_map(|cell| tokens(cell)))
}

fn part_bag(parts: &[Part]) -> Vec<&str> {
    let mut out = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph { line, .. } => out.extend(line_bag(&line.spans)),
            Part::List { items, .. } => out.extend(items.iter().flat_map(|item| line_bag(&item.spans))),
            Part::Table(table) => {
                out.extend(line_bag(&table.caption.spans));
                out.extend(table.rows.iter().flat_map(row_bag));
            }
        }
    }
    out.sort_unstable();
    out
}

/// The parts of an article that stands in both documents.
fn section(old: &[Part], new: &[Part], out: &mut Vec<Part>) {
    let old_bags: Vec<Vec<&str>> = old.iter().map(|part| part_bag(std::slice::from_ref(part))).collect();
    let new_bags: Vec<Vec<&str>> = new.iter().map(|part| part_bag(std::slice::from_ref(part))).collect();
    let alike = |i: usize, j: usize| match (&old[i], &new[j]) {
        (Part::Paragraph { style: a, .. }, Part::Paragraph { style: b, .. }) => match (a, b) {
            // Paragraphs of which there is one only: the heading, the title.
            (Style::Body, Style::Body) => enough(likeness(&old_bags[i], &new_bags[j])),
            (Style::Heading { level: x, .. }, Style::Heading { level: y, .. }) => 1_000 * u32::from(x == y),
            (a, b) => 1_000 * u32::from(a == b),
        },
        (Part::List { ordered: a, .. }, Part::List { ordered: b, .. }) if a == b => {
            enough(likeness(&old_bags[i], &new_bags[j]))
        }
        (Part::Table(a), Part::Table(b))
            if a.columns == b.columns && a.caption.spans.is_empty() == b.caption.spans.is_empty() =>
        {
            ALIKE + likeness(&old_bags[i], &new_bags[j]) / 2
        }
        _ => 0,
    };
    for step in align(old, new, alike) {
        match step {
            Step::Old(i) => out.push(old[i].clone().marked(Mark::Deleted)),
            Step::New(j) => out.push(new[j].clone().marked(Mark::Inserted)),
            Step::Both(i, j) => both(&old[i], &new[j], out),
        }
    }
}

/// One part that became another.
fn both(old: &Part, new: &Part, out: &mut Vec<Part>) {
    out.extend(match (old, new) {
        _ if old == new => Some(new.clone()),
        (Part::Paragraph { line: before, .. }, Part::Paragraph { style, line: after }) => {
            Some(Part::Paragraph { style: style.clone(), line: line(before, after) })
        }
        (Part::List { items: before, .. }, Part::List { ordered, items: after }) => {
            Some(Part::List { ordered: *ordered, items: items(before, after) })
        }
        (Part::Table(before), Part::Table(after)) => Some(Part::Table(table(before, after))),
        _ => None,
    });
}

fn line(old: &Line, new: &Line) -> Line {
    Line::kept(revise(&old.spans, &new.spans))
}

fn items(old: &[Line], new: &[Line]) -> Vec<Line> {
    let old_bags: Vec<Vec<&str>> = old.iter().map(|item| line_bag(&item.spans)).collect();
    let new_bags: Vec<Vec<&str>> = new.iter().map(|item| line_bag(&item.spans)).collect();
    let steps = align(old, new, |i, j| enough(likeness(&old_bags[i], &new_bags[j])));
    let revised = steps.into_iter().map(|step| match step {
        Step::Old(i) => old[i].clone().marked(Mark::Deleted),
        Step::New(j) => new[j].clone().marked(Mark::Inserted),
        Step::Both(i, j) => line(&old[i], &new[j]),
    });
    revised.collect()
}

fn table(old: &RevisedTable, new: &RevisedTable) -> RevisedTable {
    let old_bags: Vec<Vec<&str>> = old.rows.iter().map(row_bag).collect();
    let new_bags: Vec<Vec<&str>> = new.rows.iter().map(row_bag).collect();
    // The first cell names its row.
    let alike = |i: usize, j: usize| {
        let named = old.rows[i].cells.first() == new.rows[j].cells.first();
        if named { 1_000 + likeness(&old_bags[i], &new_bags[j]) } else { enough(likeness(&old_bags[i], &new_bags[j])) }
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
        rows: revised.collect(),
    }
}
