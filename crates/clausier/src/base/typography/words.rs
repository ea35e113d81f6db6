//! The kind of each space, from the words on either side of it.

use super::{Edit, Line, is_gap};
use crate::base::quantity::{FINE, MONTHS, NBSP};
use std::ops::Range;

/// The words around a space of a text.
pub(super) struct Words<'l, M> {
    line: &'l Line<M>,
}

/// A space: where it stands, and where it ends.
type Space = Range<usize>;

/// Words of measure that stay with their figure. Single letters count only when nothing follows them (« 2 l’un »).
const UNITS: &[&str] = &[
    "€",
    "k€",
    "M€",
    "%",
    "‰",
    "euro",
    "euros",
    "h",
    "heure",
    "heures",
    "min",
    "minute",
    "minutes",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "année",
    "années",
    "t",
    "tonne",
    "tonnes",
    "kg",
    "g",
    "km",
    "m",
    "cm",
    "mm",
    "m²",
    "m³",
    "km²",
    "ha",
    "hectare",
    "hectares",
    "mètre",
    "mètres",
    "litre",
    "litres",
    "W",
    "kW",
    "kWh",
    "MWh",
    "°C",
    "point",
    "points",
    "repas",
    "unité",
    "unités",
    "personne",
    "personnes",
    "ETP",
];

/// Words after which a number is a label, not the first group of a larger figure (« le lot 1 500 heures »).
const LABELS: &[&str] = &[
    "lot", "lots", "article", "articles", "art.", "al.", "alinéa", "annexe", "annexes", "page", "pages", "phase",
    "phases", "tranche", "tranches", "n°", "nos", "l.", "r.", "d.",
];

/// The most groups of three digits that one figure may have.
const MOST_GROUPS: usize = 6;

/// True when a space between these texts may be of another kind. Between two plain words, which is nearly always, there is
/// nothing to decide.
pub(super) fn may_bind(left: &str, right: &str) -> bool {
    left.ends_with(|char: char| char.is_ascii_digit() || matches!(char, '«' | '°'))
        || left.ends_with("1er")
        // A figure or the letter of a code, a sign that calls for a space, « HT » and « TTC ».
        || right.starts_with(|char| {
            matches!(char, '0'..='9' | '»' | ';' | ':' | '!' | '?' | '–' | '—' | 'L' | 'R' | 'D' | 'H' | 'T')
        })
}

impl<'l, M> Words<'l, M> {
    pub(super) fn of(line: &'l Line<M>) -> Self {
        Self { line }
    }

    fn text(&self, part: Range<usize>) -> &'l str {
        self.line.text.get(part).unwrap_or_default()
    }

    /// The space at which a word ends: the first after this place.
    fn space_after(&self, start: usize) -> Option<Space> {
        let bytes = self.line.text.as_bytes().get(start..)?;
        let places = bytes.iter().enumerate().filter(|(_, byte)| begins_space(**byte)).map(|(place, _)| start + place);
        places.into_iter().find_map(|place| self.space_at(place))
    }

    fn space_at(&self, place: usize) -> Option<Space> {
        let space = self.line.text.get(place..)?.chars().next().filter(|char| char.is_whitespace())?;
        Some(place..place + space.len_utf8())
    }

    /// The word that begins at a place; empty outside the text.
    fn word_from(&self, start: usize) -> &'l str {
        self.text(start..self.space_after(start).map_or(self.line.text.len(), |space| space.start))
    }

    /// The word that ends at a place.
    fn word_to(&self, end: usize) -> &'l str {
        let before = self.text(0..end);
        before.rsplit(char::is_whitespace).next().unwrap_or(before)
    }

    /// The space after the word that begins at a place.
    fn next(&self, space: &Space) -> Option<Space> {
        self.space_after(space.end)
    }

    /// The space before the word that ends at a place.
    fn previous(&self, space: &Space) -> Option<Space> {
        let start = space.start - self.word_to(space.start).len();
        let before = self.text(0..start).chars().next_back()?;
        Some(start - before.len_utf8()..start)
    }

    /// A space that the pass may change (neither a line break nor verbatim), with its place.
    fn gap(&self, space: &Space) -> Option<(usize, char)> {
        let char = self.line.text.get(space.start..)?.chars().next()?;
        (is_gap(char) && !self.line.is_fixed(space.start)).then_some((space.start, char))
    }

    /// The spaces that should be of another kind.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let mut start = 0;
        let spaces = std::iter::from_fn(|| self.space_after(start).inspect(|space| start = space.end));
        let binding =
            spaces.filter(|space| may_bind(self.text(0..space.start), self.text(space.end..self.line.text.len())));
        binding.filter_map(|space| self.edit(space.start)).collect()
    }

    /// The kind that the space of this place should have, when it has another.
    pub(super) fn edit(&self, place: usize) -> Option<Edit> {
        let space = &self.space_at(place)?;
        let new = self.kind(space)?;
        let old = self.gap(space).filter(|(_, old)| *old != new)?;
        Some(Edit::instead(old, Some(new)))
    }

    /// The kind of a space, or `None` to leave it.
    fn kind(&self, space: &Space) -> Option<char> {
        let (left, right) = (self.word_to(space.start), self.word_from(space.end));
        let first = right.chars().next()?;
        let figure = left.ends_with(|c: char| c.is_ascii_digit());
        if !may_bind(left, right) {
            return None;
        }
        let bare = bare(left);
        match first {
            _ if left.ends_with('«') || first == '»' => Some(NBSP),
            ';' | '!' | '?' => Some(FINE),
            ':' => (!right.starts_with("://")).then_some(NBSP),
            '–' | '—' => (right.chars().count() == 1 && !left.is_empty()).then_some(NBSP),
            _ if figure && starts_with_group(right) && self.is_grouped(space) => Some(FINE),
            _ if figure && UNITS.contains(&stem(right)) => (!self.is_time(space)).then_some(NBSP),
            _ if is_day(bare) && MONTHS.contains(&stem(right)) => Some(NBSP),
            _ if (left.ends_with('€') || matches!(bare, "euro" | "euros")) && matches!(stem(right), "HT" | "TTC") => {
                Some(NBSP)
            }
            _ => binds(bare, right).then_some(NBSP),
        }
    }

    /// True for « 12 h 30 », which is left as it is.
    fn is_time(&self, space: &Space) -> bool {
        let minutes = || self.next(space).map_or("", |next| self.word_from(next.end));
        self.word_from(space.end) == "h" && minutes().chars().take_while(char::is_ascii_digit).count() == 2
    }

    /// True when the space stands between thousands: « 1 250 000 », clearly one figure.
    fn is_grouped(&self, space: &Space) -> bool {
        let marked = |place: usize| self.line.marks.iter().any(|(at, _)| *at == place);
        let joined = |space: &Space| self.gap(space).is_some() && !marked(space.start) && !marked(space.end);
        let fixed = |word: Range<usize>| self.line.fixed.iter().any(|run| run.start < word.end && word.start < run.end);
        // The spaces of the figure, from the first to the last.
        let mut spaces = std::collections::VecDeque::from([space.clone()]);
        let mut before = self.previous(space);
        let mut head = self.word_to(space.start);
        while spaces.len() <= MOST_GROUPS
            && is_group(head)
            && let Some(earlier) = before.clone().filter(|earlier| is_number(unsigned(self.word_to(earlier.start))))
        {
            head = self.word_to(earlier.start);
            before = self.previous(&earlier);
            spaces.push_front(earlier);
        }
        let following = spaces.len();
        let mut last = self.word_from(space.end);
        let mut after = self.next(space);
        while spaces.len() - following < MOST_GROUPS - 1
            && is_group(last)
            && let Some(later) = after.clone().filter(|later| starts_with_group(self.word_from(later.end)))
        {
            last = self.word_from(later.end);
            after = self.next(&later);
            spaces.push_back(later);
        }
        let label = before.map_or("", |before| self.word_to(before.start));
        let followed = is_group(last)
            && after.is_some_and(|after| self.word_from(after.end).starts_with(|c: char| c.is_ascii_digit()));
        let (Some(first), Some(end)) = (spaces.front(), spaces.back()) else { return false };
        let whole = first.start - head.len()..end.end + last.len();
        is_head(head)
            && spaces.iter().all(|space| starts_with_group(self.word_from(space.end)))
            && spaces.iter().all(joined)
            && !fixed(whole)
            && !LABELS.contains(&bare(label).to_lowercase().as_str())
            && !label.ends_with(|c: char| c.is_ascii_digit())
            && !followed
    }
}

/// True for the first byte of a space.
fn begins_space(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3)
}

/// A word without the punctuation that opens it nor an elided article (« (l’article » is « article »).
fn bare(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| "(«[\"“".contains(c));
    word.split_once(['’', '\'']).map_or(word, |(_, rest)| rest)
}

/// The unit or month that begins a word; empty when letters go on past an apostrophe or a hyphen.
fn stem(word: &str) -> &str {
    let end = word.find(|c: char| !(c.is_alphabetic() || "²³°%‰€".contains(c))).unwrap_or(word.len());
    let (stem, rest) = word.split_at(end);
    if rest.starts_with(|c: char| c.is_alphanumeric() || "’'-".contains(c)) { "" } else { stem }
}

/// « 7 », « 31 », « 1er ».
fn is_day(word: &str) -> bool {
    word == "1er" || word.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// True when `word` calls for the number or the code reference that begins `right`.
fn binds(word: &str, right: &str) -> bool {
    let digit = right.starts_with(|c: char| c.is_ascii_digit());
    match word {
        "n°" | "N°" => true,
        "L." | "R." | "D." | "art." | "al." => digit || (word == "art." && is_code_letter(right)),
        "article" | "articles" | "Article" | "Articles" => digit || is_code_letter(right),
        _ => false,
    }
}

fn is_code_letter(word: &str) -> bool {
    matches!(word, "L." | "R." | "D.")
}

/// A word without the bracket or the sign that opens it.
fn unsigned(word: &str) -> &str {
    word.trim_start_matches(|c: char| "(«[-−+±≈~".contains(c))
}

/// Exactly three digits.
fn is_group(word: &str) -> bool {
    word.len() == 3 && is_number(word)
}

/// Digits only.
fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Three digits, then no digit nor letter (« 250 », « 250,50 », « 250) »).
fn starts_with_group(word: &str) -> bool {
    let mut rest = word.chars();
    rest.by_ref().take(3).filter(char::is_ascii_digit).count() == 3 && !rest.next().is_some_and(char::is_alphanumeric)
}

/// One to three digits, the first not zero, after an opening sign or none (« 12 », « (1 », « −5 »).
fn is_head(word: &str) -> bool {
    let digits = unsigned(word);
    digits.len() <= 3 && is_number(digits) && !digits.starts_with('0')
}
