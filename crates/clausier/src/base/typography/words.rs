//! The kind of each space, from the words on either side of it.

use super::{Edit, Line, is_gap};
use crate::base::quantity::{FINE, MONTHS, NBSP};
use std::ops::Range;

/// A text as words: space `k` stands between word `k` and word `k + 1`.
pub(super) struct Words<'l, M> {
    line: &'l Line<M>,
    words: Vec<Range<usize>>,
}

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
        let mut words = Vec::with_capacity(line.text.len() / 4 + 1);
        let mut start = 0;
        for (place, space) in line.text.match_indices(char::is_whitespace) {
            words.push(start..place);
            start = place + space.len();
        }
        words.push(start..line.text.len());
        Self { line, words }
    }

    /// The text of a word; empty outside the text.
    fn text(&self, k: usize) -> &str {
        self.words.get(k).and_then(|word| self.line.text.get(word.clone())).unwrap_or_default()
    }

    /// A space that the pass may change (neither a line break nor verbatim), with its place.
    fn space(&self, k: usize) -> Option<(usize, char)> {
        let place = self.words.get(k)?.end;
        let space = self.line.text.get(place..)?.chars().next()?;
        (is_gap(space) && !self.line.is_fixed(place)).then_some((place, space))
    }

    /// The spaces that should be of another kind.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let spaces = (0..self.words.len()).filter_map(|k| Some((self.kind(k)?, self.space(k)?)));
        spaces.filter(|(new, (_, old))| new != old).map(|(new, old)| Edit::instead(old, Some(new))).collect()
    }

    /// The kind of a space, or `None` to leave it.
    fn kind(&self, k: usize) -> Option<char> {
        let (left, right) = (self.text(k), self.text(k + 1));
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
            _ if self.is_grouped(k) => Some(FINE),
            _ if figure && UNITS.contains(&stem(right)) => (!self.is_time(k)).then_some(NBSP),
            _ if is_day(bare) && MONTHS.contains(&stem(right)) => Some(NBSP),
            _ if (left.ends_with('€') || matches!(bare, "euro" | "euros")) && matches!(stem(right), "HT" | "TTC") => {
                Some(NBSP)
            }
            _ => binds(bare, right).then_some(NBSP),
        }
    }

    /// True for « 12 h 30 », which is left as it is.
    fn is_time(&self, k: usize) -> bool {
        self.text(k + 1) == "h" && self.text(k + 2).chars().take_while(char::is_ascii_digit).count() == 2
    }

    /// True when the space stands between thousands: « 1 250 000 », clearly one figure.
    fn is_grouped(&self, k: usize) -> bool {
        let marked = |place: usize| self.line.marks.iter().any(|(at, _)| *at == place);
        let joined =
            |k: usize| self.space(k).is_some_and(|(place, space)| !marked(place) && !marked(place + space.len_utf8()));
        let fixed =
            |word: &Range<usize>| self.line.fixed.iter().any(|run| run.start < word.end && word.start < run.end);
        let free = |k: usize| self.words.get(k).is_some_and(|word| !fixed(word));
        let mut first = k;
        while k - first < MOST_GROUPS
            && is_group(self.text(first))
            && first > 0
            && is_number(unsigned(self.text(first - 1)))
        {
            first -= 1;
        }
        let mut last = k + 1;
        while last - k < MOST_GROUPS && is_group(self.text(last)) && starts_with_group(self.text(last + 1)) {
            last += 1;
        }
        let label = first.checked_sub(1).map_or("", |before| self.text(before));
        let followed = is_group(self.text(last)) && self.text(last + 1).starts_with(|c: char| c.is_ascii_digit());
        is_head(self.text(first))
            && (first + 1..=last).all(|k| starts_with_group(self.text(k)))
            && (first..last).all(joined)
            && (first..=last).all(free)
            && !LABELS.contains(&bare(label).to_lowercase().as_str())
            && !label.ends_with(|c: char| c.is_ascii_digit())
            && !followed
    }
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
