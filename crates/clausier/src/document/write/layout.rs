//! What the formats of pages share: bookmarks, numbers, levels of headings, widths of columns.

use super::text::plain;
use crate::base::terms::Piece;
use crate::document::revision::{RevisedTable, Span, text};
use crate::document::{Article, Block, Column, Document, Inline, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a bookmark in Word.
const BOOKMARK: usize = 40;
/// Deepest heading style that we define.
const DEEPEST: usize = 6;

/// Articles by anchor: what a reference points to.
pub(super) type Targets<'a> = BTreeMap<&'a str, &'a Article>;

/// The articles that a reference may point to.
pub(super) fn targets(document: &Document) -> Targets<'_> {
    document.flat().into_iter().map(|article| (article.anchor.as_str(), article)).collect()
}

/// Name of the bookmark of an article: the same from run to run, from version to version.
pub(super) fn bookmark(anchor: &str) -> String {
    let name: String =
        "art_".chars().chain(anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })).collect();
    if name.len() <= BOOKMARK {
        return name;
    }
    // FNV-1a tells apart two long anchors that start alike.
    let hash = anchor.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{}_{hash:08x}", name.get(..BOOKMARK - 9).unwrap_or_default())
}

/// Level of the heading of an article: an article « 7.3 » comes under an article 7 of the host document.
pub(super) fn heading_level(article: &Article) -> usize {
    article.number.split(['.', '-']).count().max(usize::from(article.level)).min(DEEPEST)
}

/// A piece of the number of an article.
#[derive(Debug, Clone, Copy)]
pub(super) enum Digits<'a> {
    /// Words, or the sign between two figures.
    Plain(&'a str),
    /// A figure that the office suite counts.
    Counter {
        /// Depth of the articles that it counts, from 1.
        depth: usize,
        /// What it does here.
        step: Step,
        /// What it prints.
        shown: &'a str,
    },
}

/// What a counter does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It starts again from here.
    From(u32),
    /// It counts one more.
    Next,
    /// It says again where it is.
    Same,
}

/// The number of an article as counters, the same for every office suite.
#[derive(Debug, Clone, Default)]
pub(super) struct Number<'a> {
    /// The number itself (« 7.3 »).
    pub(super) text: &'a str,
    /// What counts it.
    pub(super) counted: Vec<Digits<'a>>,
    /// What repeats it, for the numbers of its sub-articles.
    repeated: Vec<Digits<'a>>,
}

impl<'a> Number<'a> {
    /// The number of an article under another; `expected` is what the counter of this depth says next.
    pub(super) fn new(
        article: &'a Article,
        parent: Option<&Number<'a>>,
        depth: usize,
        expected: &mut Option<u32>,
    ) -> Self {
        let text = article.number.as_str();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (prefix, last) = text.split_at(digits);
        let counter = last.parse::<u32>().ok().filter(|value| value.to_string() == last);
        let Some(value) = counter else {
            *expected = None;
            return Self { text, counted: vec![Digits::Plain(text)], repeated: vec![Digits::Plain(text)] };
        };
        let inherited = parent.and_then(|parent| Some((parent, prefix.strip_prefix(parent.text)?)));
        let before = match inherited {
            Some((parent, sign)) => [parent.repeated.as_slice(), &[Digits::Plain(sign)]].concat(),
            None => vec![Digits::Plain(prefix)],
        };
        let step = if *expected == Some(value) { Step::Next } else { Step::From(value) };
        *expected = value.checked_add(1);
        let count = |step: Step| [before.as_slice(), &[Digits::Counter { depth, step, shown: last }]].concat();
        Self { text, counted: count(step), repeated: count(Step::Same) }
    }
}

/// The articles that a table of contents lists, each with its depth in it, from 1; nothing for a piece that has none: it is
/// the long one, read article by article.
pub(super) fn contents(document: &Document) -> Vec<(usize, &Article)> {
    /// Depths listed.
    const DEPTHS: usize = 2;
    let mut out = Vec::new();
    if document.piece == Piece::Ccap && !document.title.is_empty() {
        let top = document.articles.first().map_or(1, heading_level);
        let depth = |article: &Article| heading_level(article).saturating_sub(top) + 1;
        out.extend(document.flat().into_iter().map(|article| (depth(article), article)));
        out.retain(|(depth, _)| *depth <= DEPTHS);
    }
    out
}

/// A text cut into what it says and the blanks that the bidder fills; true for a blank.
pub(super) fn blanks(text: &str) -> Vec<(bool, &str)> {
    const DOTS: &str = "………";
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(DOTS) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| c != '…').unwrap_or(from.len());
        let (blank, after) = from.split_at(end);
        out.extend([(false, before), (true, blank)]);
        rest = after;
    }
    out.push((false, rest));
    out.retain(|(_, part)| !part.is_empty());
    out
}

/// A text cut around the number that it prints, if it does.
pub(super) fn around_number<'t>(text: &'t str, number: &str) -> Option<(&'t str, &'t str)> {
    let glued = |c: char| c.is_ascii_digit() || c == '.';
    let (at, _) = text.rmatch_indices(number).find(|(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + number.len()..).unwrap_or_default();
        !before.ends_with(glued) && !after.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit())
    })?;
    let end = at + number.len();
    (!number.is_empty()).then(|| (text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default()))
}

/// A table of a redline as one that could be printed, what goes and what comes together: its widths are of both.
pub(super) fn printed_table(table: &RevisedTable) -> Table {
    let words = |spans: &Vec<Span>| vec![Inline::Text(text(spans))];
    Table {
        caption: text(&table.caption.spans),
        columns: table.columns.clone(),
        rows: table.rows.iter().map(|row| row.cells.iter().map(words).collect()).collect(),
        bars: Vec::new(),
        results: Vec::new(),
    }
}

/// Whether a paragraph stays with the block after it: it introduces a list or a table.
pub(super) fn introduces(next: Option<&Block>) -> bool {
    matches!(next, Some(Block::List(_) | Block::Table(_)))
}

/// Whether a row of a table stays with the next one, so that a page never shows one row alone.
pub(super) fn row_stays(index: usize, table: &Table) -> bool {
    let next = index + 1;
    next < table.rows.len() && (index == 0 || next + 1 == table.rows.len())
}

/// Whether the cells of the first column name their rows: each holds a text of its own.
pub(super) fn names_rows(table: &Table) -> bool {
    let names: Vec<String> = table.rows.iter().filter_map(|row| row.first()).map(|cell| plain(cell)).collect();
    let distinct: BTreeSet<&String> = names.iter().filter(|name| !name.is_empty()).collect();
    distinct.len() == table.rows.len()
}

/// What assistive technology says of a table before one enters it.
pub(super) fn description(table: &Table) -> String {
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    let columns = format!("Colonnes {}", headings.join(", "));
    if table.caption.is_empty() { columns } else { format!("{} – {columns}", table.caption) }
}

/// Widths of the columns of a table, which add up to `total`. Fixed by us, since each office suite has its own idea of
/// automatic widths: a column takes what it needs or, if that is too much, a share that grows with the square root of
/// the text it holds, which makes the fewest lines.
pub(super) fn column_widths(table: &Table, total: usize) -> Vec<usize> {
    /// Characters in a line of text as wide as the page.
    const LINE: usize = 100;
    /// Steps in which the shares grow, more than the roots of any real text ask for.
    const STEPS: usize = 16 * LINE;
    let mut columns = measures(table, SHORT);
    if columns.iter().map(|column| column.least).sum::<usize>() > LINE * 4 / 5 {
        columns = measures(table, 0);
    }
    let shared = |column: &Measures, step: usize| (column.root * step / 16).min(column.most).max(column.least);
    // When all the text fits on one line, the last step gives each column what it needs.
    let filled = |step: &usize| columns.iter().map(|column| shared(column, *step)).sum::<usize>() >= LINE;
    let step = (1..=STEPS).find(filled).unwrap_or(STEPS);
    let weights: Vec<usize> = columns.iter().map(|column| shared(column, step)).collect();
    let sum = weights.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = weights.iter().map(|weight| total * weight / sum).collect();
    let rest = total.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// A cell as short as this (« Lots 1, 2 et 4 ») stays on one line where there is room.
const SHORT: usize = 14;

/// What the text of a column asks for, in characters.
struct Measures {
    /// Its longest word, or its longest short cell.
    least: usize,
    /// Its longest cell.
    most: usize,
    /// Square root of the length of all its text.
    root: usize,
}

fn measures(table: &Table, short: usize) -> Vec<Measures> {
    /// What the margins of a cell take, in characters.
    const MARGINS: usize = 4;
    /// A longer word is broken.
    const WORD: usize = 24;
    let measure = |(index, column): (usize, &Column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(index)).map(|cell| plain(cell));
        let (mut longest, mut least, mut sum) = (0, 0, 0);
        for text in std::iter::once(column.heading.clone()).chain(cells) {
            let length = text.chars().count();
            let word = text.split([' ', '-']).map(|word| word.chars().count()).max().unwrap_or(0);
            longest = longest.max(length);
            least = least.max(if length <= short { length } else { word.min(WORD) });
            sum += length;
        }
        Measures { least: least + MARGINS, most: longest + MARGINS, root: sum.isqrt() }
    };
    table.columns.iter().enumerate().map(measure).collect()
}
