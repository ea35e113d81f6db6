//! French typography of the library's own sentences: no-break spaces, « guillemets » and apostrophes, in one pass.
//!
//! The pass changes spaces, quotes and apostrophes, never a word, and is idempotent: a space is decided by the words
//! on either side of it, which the pass leaves alone.
//!
//! Noncharacters U+FDD0 to U+FDEF are marks of the program: they keep their place and are looked through. Between
//! [`PROTECT`] and [`RELEASE`] everything stays verbatim, and is still read as context.

use crate::quantity::{FINE, MONTHS, NBSP};

/// Opens a run that stays verbatim (a value written by the buyer).
pub const PROTECT: char = '\u{FDD8}';
/// Closes the run that [`PROTECT`] opened; without it, the run goes to the end of the text.
pub const RELEASE: char = '\u{FDD9}';

/// Applies French typography to a text.
///
/// ```
/// use clausier::typography::french;
/// assert_eq!(french("L'article 7 : 1 250 heures."), "L’article\u{a0}7\u{a0}: 1\u{202f}250\u{a0}heures.");
/// ```
pub fn french(text: &str) -> String {
    if is_set(text) { text.to_owned() } else { set(text) }
}

/// True when nothing in a text can call for a step, as is most often the case; when in doubt, false.
fn is_set(text: &str) -> bool {
    let (mut before, mut gap) = (' ', false);
    for char in text.chars().filter(|char| !is_mark(*char)) {
        let settled = match char {
            ' ' | NBSP | FINE => !(gap || before.is_ascii_digit() || before == '°'),
            '"' | '\'' | '«' | '»' | ';' | '!' | '?' | ':' | '%' | '€' => false,
            // « 1er » binds the month that follows.
            'e' => before != '1',
            'L' | 'R' | 'D' | 'H' | 'T' | '–' | '—' | '0'..='9' => !gap,
            _ => true,
        };
        if !settled {
            return false;
        }
        (before, gap) = (char, matches!(char, ' ' | NBSP | FINE));
    }
    true
}

fn set(text: &str) -> String {
    let mut line = Line::read(text);
    // Each step costs a walk over the text: it is taken only when something calls for it.
    if text.contains('@') || text.contains("://") || text.contains("www.") {
        line.fix_addresses();
    }
    line.collapse_spaces();
    if text.contains('"') {
        line.pair_quotes();
    }
    if text.contains('\'') {
        line.curl_apostrophes();
    }
    line.add_missing_spaces();
    line.choose_spaces();
    line.write()
}

fn is_mark(char: char) -> bool {
    matches!(char, '\u{FDD0}'..='\u{FDEF}')
}

/// One visible character.
#[derive(Clone, Copy)]
struct Glyph {
    char: char,
    /// Verbatim: protected, or inside an address.
    fixed: bool,
}

impl Glyph {
    /// True for a space that the pass may change.
    fn is_gap(self) -> bool {
        !self.fixed && matches!(self.char, ' ' | NBSP | FINE)
    }

    /// True when the pass may change it and it is this character.
    fn is(self, char: char) -> bool {
        !self.fixed && self.char == char
    }
}

/// A text being set.
struct Line {
    glyphs: Vec<Glyph>,
    /// The marks, in order, each with the place of the character that follows it.
    marks: Vec<(usize, char)>,
}

impl Line {
    fn read(text: &str) -> Self {
        let mut line = Self { glyphs: Vec::with_capacity(text.len()), marks: Vec::new() };
        let mut fixed = false;
        for char in text.chars() {
            if is_mark(char) {
                fixed = char == PROTECT || (fixed && char != RELEASE);
                line.marks.push((line.glyphs.len(), char));
            } else {
                line.glyphs.push(Glyph { char, fixed });
            }
        }
        line
    }

    fn write(self) -> String {
        let mut out = String::with_capacity(self.glyphs.len() * 2);
        let mut written = 0;
        for (place, mark) in self.marks {
            out.extend(self.glyphs.iter().take(place).skip(written).map(|glyph| glyph.char));
            out.push(mark);
            written = place;
        }
        out.extend(self.glyphs.iter().skip(written).map(|glyph| glyph.char));
        out
    }

    /// The characters before and after a place.
    fn around(&self, place: usize) -> (Option<char>, Option<char>) {
        let at = |i: Option<usize>| i.and_then(|i| self.glyphs.get(i)).map(|glyph| glyph.char);
        (at(place.checked_sub(1)), at(place.checked_add(1)))
    }

    /// Fixes web and e-mail addresses, the punctuation that follows them left out.
    fn fix_addresses(&mut self) {
        let chars: Vec<char> = self.glyphs.iter().map(|glyph| glyph.char).collect();
        let mut done = 0;
        for place in 0..chars.len() {
            if let Some((from, to)) = address(&chars, place).filter(|_| place >= done) {
                self.glyphs.iter_mut().take(to).skip(from).for_each(|glyph| glyph.fixed = true);
                done = to;
            }
        }
    }

    /// Makes the text again, glyph by glyph: `set` pushes what stands for each, and says how much of it comes before
    /// the marks of the glyph.
    fn remake(&mut self, mut set: impl FnMut(&mut Vec<Glyph>, Glyph, Option<Glyph>) -> usize) {
        let old = std::mem::take(&mut self.glyphs);
        let mut marks = self.marks.iter_mut().peekable();
        let mut new = Vec::with_capacity(old.len() + old.len() / 8);
        for (place, glyph) in old.iter().enumerate() {
            let begun = new.len();
            let before = set(&mut new, *glyph, old.get(place + 1).copied());
            while let Some(mark) = marks.next_if(|(follower, _)| *follower == place) {
                mark.0 = begun + before;
            }
        }
        marks.for_each(|mark| mark.0 = new.len());
        self.glyphs = new;
    }

    /// Leaves one space where there were several, no-break if one of them was.
    fn collapse_spaces(&mut self) {
        if !self.glyphs.windows(2).any(|pair| pair.iter().all(|glyph| glyph.is_gap())) {
            return;
        }
        self.remake(|set, glyph, _| {
            match set.last_mut() {
                Some(last) if last.is_gap() && glyph.is_gap() => {
                    if last.char == ' ' {
                        last.char = glyph.char;
                    }
                }
                _ => set.push(glyph),
            }
            0
        });
    }

    /// Turns straight quotes into guillemets, by pairs, within a line; an unpaired one stays.
    fn pair_quotes(&mut self) {
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        for (place, glyph) in self.glyphs.iter().enumerate() {
            if glyph.char == '\n' {
                open.clear();
            } else if glyph.is('"') {
                let (before, after) = self.around(place);
                if opens_quote(before, after) {
                    open.push(place);
                } else if closes_quote(before, after) {
                    pairs.extend(open.pop().map(|opening| (opening, place)));
                }
            }
        }
        for (opening, closing) in pairs {
            for (place, char) in [(opening, '«'), (closing, '»')] {
                if let Some(glyph) = self.glyphs.get_mut(place) {
                    glyph.char = char;
                }
            }
        }
    }

    /// Turns a straight apostrophe that elides a letter into « ’ ».
    fn curl_apostrophes(&mut self) {
        for place in 0..self.glyphs.len() {
            let (Some(before), Some(after)) = self.around(place) else { continue };
            if let Some(glyph) = self.glyphs.get_mut(place).filter(|glyph| glyph.is('\''))
                && before.is_alphabetic()
                && (after.is_alphanumeric() || after == '«')
            {
                glyph.char = '’';
            }
        }
    }

    /// Adds the spaces that guillemets, high punctuation and signs call for.
    fn add_missing_spaces(&mut self) {
        if !self.glyphs.windows(2).enumerate().any(|(place, pair)| {
            matches!(pair, [before, glyph] if lacks_space(*before, *glyph, || self.glyphs.get(place + 2).copied()))
        }) {
            return;
        }
        let space = Glyph { char: NBSP, fixed: false };
        self.remake(|set, glyph, after| {
            let lacking = set.last().copied().filter(|before| lacks_space(*before, glyph, || after));
            if lacking.is_some() {
                set.push(space);
            }
            set.push(glyph);
            // The marks after a guillemet open what follows: the space comes before them. Those before a sign close what
            // precedes: the space comes after them.
            usize::from(lacking.is_some_and(|before| before.is('«')))
        });
    }

    /// Gives each space the kind that the words around it call for.
    fn choose_spaces(&mut self) {
        let words = Words::of(self);
        for (k, space) in words.spaces.iter().enumerate() {
            if let Some(char) = words.choose(k)
                && let Some(glyph) = self.glyphs.get_mut(space.place)
            {
                glyph.char = char;
            }
        }
    }
}

/// True when a space is missing between two neighbours.
fn lacks_space(before: Glyph, glyph: Glyph, after: impl Fn() -> Option<Glyph>) -> bool {
    let opened = before.is('«');
    (opened || (!glyph.fixed && matches!(glyph.char, '»' | ';' | '!' | '?' | ':' | '%' | '€')))
        && !before.char.is_whitespace()
        && !glyph.char.is_whitespace()
        && (opened || calls_for_space(before.char, glyph.char, after().map(|next| next.char)))
}

/// Where the address begins and ends whose « :// », « www. » or « @ » stands at this place.
fn address(chars: &[char], place: usize) -> Option<(usize, usize)> {
    let scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let mail = |c: char| c.is_alphanumeric() || "@._%+-'".contains(c);
    let web = |c: char| !(c.is_whitespace() || "«»\"<>".contains(c));
    let starts = |mark: &str| mark.chars().enumerate().all(|(i, char)| chars.get(place + i) == Some(&char));
    let back = |allowed: &dyn Fn(char) -> bool| chars.iter().take(place).rev().take_while(|c| allowed(**c)).count();
    let (before, allowed): (usize, &dyn Fn(char) -> bool) = match chars.get(place)? {
        ':' if starts("://") => (Some(back(&scheme)).filter(|before| *before > 0)?, &web),
        '@' => (Some(back(&mail)).filter(|before| *before > 0)?, &mail),
        'w' if starts("www.") => (0, &web),
        _ => return None,
    };
    let after: Vec<char> = chars.iter().skip(place).copied().take_while(|c| allowed(*c)).collect();
    let last = after.iter().rposition(|char| !".,;:!?…)]}'’".contains(*char)).filter(|last| *last > 0)?;
    Some((place - before, place + last + 1))
}

fn opens_quote(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([«’'".contains(c))
        && after.is_some_and(|c| !c.is_whitespace() && !"\"»".contains(c))
}

fn closes_quote(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && !"\"([«".contains(c))
        && after.is_none_or(|c| c.is_whitespace() || ".,;:!?…)]}»".contains(c))
}

/// True when a space is missing before `sign`. Figures of time (12:30), paths and code (a::b, ?x=1) call for none.
fn calls_for_space(before: char, sign: char, after: Option<char>) -> bool {
    let word = before.is_alphanumeric() || "»)]}%€°’….".contains(before);
    let ends = |more: &str| after.is_none_or(|c| c.is_whitespace() || "»)]}.,…".contains(c) || more.contains(c));
    match sign {
        '»' => true,
        ';' | '!' | '?' => word && ends("!?"),
        ':' => word && ends(""),
        '%' | '€' => before.is_ascii_digit() && !after.is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// A text as words and the spaces between them: `spaces[k]` stands between `words[k]` and `words[k + 1]`.
struct Words {
    /// The words, end to end.
    text: String,
    words: Vec<Word>,
    spaces: Vec<Space>,
}

struct Word {
    /// Where it stands in the text of the words.
    range: std::ops::Range<usize>,
    /// Some of it is verbatim.
    fixed: bool,
}

struct Space {
    /// Its place among the glyphs.
    place: usize,
    /// The pass may change it (neither a line break nor verbatim).
    free: bool,
    /// A mark stands on one of its sides.
    marked: bool,
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

impl Words {
    fn of(line: &Line) -> Self {
        let glyphs = &line.glyphs;
        let mut text = String::with_capacity(glyphs.len() + glyphs.len() / 8);
        let (mut words, mut spaces) = (Vec::with_capacity(glyphs.len() / 4), Vec::with_capacity(glyphs.len() / 4));
        words.push(Word { range: 0..0, fixed: false });
        let mut marks = line.marks.iter().map(|(follower, _)| *follower).peekable();
        for (place, glyph) in glyphs.iter().enumerate() {
            if glyph.char.is_whitespace() {
                while marks.next_if(|follower| *follower < place).is_some() {}
                let marked = marks.peek().is_some_and(|follower| *follower <= place + 1);
                spaces.push(Space { place, free: glyph.is_gap(), marked });
                words.push(Word { range: text.len()..text.len(), fixed: false });
            } else if let Some(word) = words.last_mut() {
                text.push(glyph.char);
                word.range.end = text.len();
                word.fixed |= glyph.fixed;
            }
        }
        Self { text, words, spaces }
    }

    /// The text of a word; empty outside the text.
    fn text(&self, k: usize) -> &str {
        self.words.get(k).and_then(|word| self.text.get(word.range.clone())).unwrap_or_default()
    }

    /// The kind of a space, or `None` to leave it.
    fn choose(&self, k: usize) -> Option<char> {
        if !self.spaces.get(k)?.free {
            return None;
        }
        let (left, right) = (self.text(k), self.text(k + 1));
        let first = right.chars().next()?;
        let figure = left.ends_with(|c: char| c.is_ascii_digit());
        // Between two plain words, which is nearly always, there is nothing to decide.
        let plain = !(figure || left.ends_with(['«', '°']) || left.ends_with("1er"));
        if plain && !(first.is_ascii_digit() || "»;:!?–—LRDHT".contains(first)) {
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
        let joined = |k: usize| self.spaces.get(k).is_some_and(|space| space.free && !space.marked);
        let free = |k: usize| self.words.get(k).is_some_and(|word| !word.fixed);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of at most five of the characters that the quick look tells apart.
    #[test]
    fn a_text_that_is_set_is_left_by_every_step() {
        let alphabet = [' ', NBSP, '\n', '1', 'e', 'r', 'L', '°', '–', PROTECT];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| alphabet.map(|char| format!("{text}{char}"))).collect();
            for text in texts.iter().filter(|text| is_set(text)) {
                assert_eq!(set(text), *text);
            }
        }
    }
}
