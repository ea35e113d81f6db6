//! What the formats of pages share: bookmarks, numbers, levels of headings, widths of columns.

use super::text::plain;
use crate::document::{Article, Document, Table};
use std::collections::BTreeMap;

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

/// What assistive technology says of a table before one enters it.
pub(super) fn description(table: &Table) -> String {
    let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
    let columns = format!("Colonnes {}", headings.join(", "));
    if table.caption.is_empty() { columns } else { format!("{} – {columns}", table.caption) }
}

/// Widths of the columns of a table, which add up to `total`. Fixed by us, since each office suite has its own idea of
/// automatic widths: a column takes what it needs or, if that is too much, its longest word and a share of the rest.
pub(super) fn column_widths(table: &Table, total: usize) -> Vec<usize> {
    /// Characters in a line of text as wide as the page.
    const LINE: usize = 96;
    /// What the margins of a cell take, in characters.
    const MARGINS: usize = 4;
    /// A longer cell asks for no more: it would starve the others.
    const CELL: usize = 160;
    /// A cell as short as this (« Lots 1, 2 et 4 ») stays on one line where there is room.
    const SHORT: usize = 14;
    /// A longer word is broken.
    const WORD: usize = 24;
    let measure = |index: usize, short: usize| {
        let heading = table.columns.get(index).map(|column| column.heading.clone()).unwrap_or_default();
        let cells = table.rows.iter().filter_map(|row| row.get(index)).map(|cell| plain(cell));
        let (mut longest, mut word) = (0, 0);
        for text in std::iter::once(heading).chain(cells) {
            let length = text.chars().count();
            let unbroken = text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            longest = longest.max(length);
            word = word.max(if length <= short { length } else { unbroken });
        }
        (longest + MARGINS, word.min(WORD) + MARGINS)
    };
    let measured = |short: usize| (0..table.columns.len()).map(|index| measure(index, short)).collect();
    let mut columns: Vec<(usize, usize)> = measured(SHORT);
    if columns.iter().map(|(_, word)| word).sum::<usize>() > LINE * 2 / 3 {
        columns = measured(0);
    }
    let fits = columns.iter().map(|(need, _)| need).sum::<usize>() <= LINE;
    let spare = LINE.saturating_sub(columns.iter().map(|(_, word)| word).sum());
    let appetite = |need: usize, word: usize| need.min(CELL).saturating_sub(word);
    let appetites = columns.iter().map(|(need, word)| appetite(*need, *word)).sum::<usize>().max(1);
    let weight = |(need, word): &(usize, usize)| match fits {
        true => *need,
        false => (word + spare * appetite(*need, *word) / appetites).min(*need),
    };
    let weights: Vec<usize> = columns.iter().map(weight).collect();
    let sum = weights.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = weights.iter().map(|weight| total * weight / sum).collect();
    let rest = total.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
