//! French typography of the library's own sentences: no-break spaces, « guillemets » and apostrophes, in one pass.
//!
//! The pass changes spaces, quotes and apostrophes, never a word, and is idempotent: a space is decided by the words
//! on either side of it, which the pass leaves alone.
//!
//! Noncharacters U+FDD0 to U+FDEF are marks of the program: they keep their place and are looked through. Between
//! [`PROTECT`] and [`RELEASE`] everything stays verbatim, and is still read as context.

mod words;

use crate::base::quantity::{FINE, NBSP};
use std::ops::Range;
use words::Words;

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
    let mut line = Line::read(text, Vec::new(), Some);
    line.set();
    line.write()
}

/// The same for a text that has marks of any sort beside it, in order, each with the place before which it stands: they keep
/// their place and are looked through. The signs of what stays verbatim are taken away.
pub(crate) fn set<M>(text: &mut String, marks: &mut Vec<(usize, M)>) {
    let mut line = if split_at_mark(text).is_some() {
        let beside = std::mem::take(marks).into_iter().map(|(place, mark)| (place, Some(mark))).collect();
        // The place of a sign taken away still parts the words on either side of it.
        let mut line = Line::read(text, beside, |_| Some(None));
        line.set();
        let kept = line.marks.into_iter().filter_map(|(place, mark)| Some((place, mark?)));
        Line { text: line.text, marks: kept.collect(), fixed: Vec::new() }
    } else {
        let mut line = Line { text: std::mem::take(text), marks: std::mem::take(marks), fixed: Vec::new() };
        line.set();
        line
    };
    std::mem::swap(text, &mut line.text);
    std::mem::swap(marks, &mut line.marks);
}

/// What a text holds that may call for a change.
#[derive(Default)]
struct Calls {
    /// A step that changes what the others read: each costs a walk over the text.
    steps: Steps,
    /// Where the straight apostrophes stand, and the spaces that may be of another kind.
    signs: Vec<usize>,
}

/// The steps that a text may call for, beside its apostrophes and the kind of its spaces.
#[derive(Default, PartialEq)]
struct Steps {
    addresses: bool,
    double_spaces: bool,
    quotes: bool,
    missing_spaces: bool,
}

impl Calls {
    /// One look at each byte of a text without marks.
    fn of(text: &str) -> Self {
        let mut calls = Self::default();
        let bytes = text.as_bytes();
        for (place, byte) in bytes.iter().enumerate() {
            if !IS_TELLING[usize::from(*byte)] {
                continue;
            }
            let next = bytes.get(place + 1);
            let before = || place.checked_sub(1).and_then(|last| bytes.get(last));
            if *byte == b' ' && next.is_some_and(begins_plain) && before().is_some_and(ends_plain) {
                continue;
            }
            // A sign of more than one byte is told by its first: the others begin no character.
            let Some((left, right)) = text.split_at_checked(place) else { continue };
            let mut right = right.chars();
            let before = left.chars().next_back();
            let whitespace = |char: Option<char>| char.is_none_or(char::is_whitespace);
            let steps = &mut calls.steps;
            match right.next() {
                Some(' ' | NBSP | FINE) => {
                    steps.double_spaces |= before.is_some_and(is_gap);
                    if words::may_bind(left, right.as_str()) {
                        calls.signs.push(place);
                    }
                }
                Some('»' | ';' | '!' | '?' | ':' | '%' | '€') => steps.missing_spaces |= !whitespace(before),
                Some('«') => steps.missing_spaces |= !whitespace(right.next()),
                Some('"') => steps.quotes = true,
                Some('\'') => calls.signs.push(place),
                Some('@') => steps.addresses = true,
                Some('/') => steps.addresses |= before == Some(':'),
                Some('w') => steps.addresses |= before == Some('w'),
                _ => {}
            }
        }
        calls
    }
}

/// The first bytes of the characters that may call for a change.
const IS_TELLING: [bool; 256] = {
    // « » and the no-break space begin with C2, € and the narrow space with E2.
    let telling = *b" ;!?:%\"'@/w\xC2\xE2";
    let mut table = [false; 256];
    let mut i = 0;
    while i < telling.len() {
        table[telling[i] as usize] = true;
        i += 1;
    }
    table
};

/// True for a byte that ends a word of which nothing calls for a space of another kind.
fn ends_plain(byte: &u8) -> bool {
    // « 1er » ends with an r; what is no ASCII is looked at more closely.
    matches!(byte, b'a'..=b'q' | b's'..=b'z' | b',')
}

/// True for a byte that begins such a word.
fn begins_plain(byte: &u8) -> bool {
    byte.is_ascii_lowercase()
}

/// A mark of the program.
pub(crate) fn is_mark(char: char) -> bool {
    matches!(char, '\u{FDD0}'..='\u{FDEF}')
}

/// What stands before the first mark of a text, the mark, and what follows it.
pub(crate) fn split_at_mark(text: &str) -> Option<(&str, char, &str)> {
    // Nearly no other character begins with the byte of the marks.
    if !text.as_bytes().contains(&0xEF) {
        return None;
    }
    let may_begin = text.bytes().enumerate().filter(|(_, byte)| *byte == 0xEF);
    may_begin.map(|(place, _)| text.split_at(place)).find_map(|(before, rest)| {
        let mut after = rest.chars();
        let mark = after.next().filter(|char| is_mark(*char))?;
        Some((before, mark, after.as_str()))
    })
}

/// A space that the pass may change, when nothing protects it.
fn is_gap(char: char) -> bool {
    matches!(char, ' ' | NBSP | FINE)
}

/// A text being set. Places are in bytes.
struct Line<M> {
    /// The text, without the marks.
    text: String,
    /// The marks, in order, each with the place before which it stands.
    marks: Vec<(usize, M)>,
    /// What stays verbatim: protected runs and addresses.
    fixed: Vec<Range<usize>>,
}

/// What a step changes: what stands at a place, in order and apart.
struct Edit {
    place: Range<usize>,
    with: Option<char>,
    /// What is added comes before the marks that stand there.
    before_marks: bool,
}

impl Edit {
    /// Puts a character in the place of another, or nothing.
    fn instead((place, old): (usize, char), with: Option<char>) -> Self {
        Self { place: place..place + old.len_utf8(), with, before_marks: false }
    }

    fn adds(&self) -> bool {
        self.place.is_empty()
    }
}

impl Line<char> {
    fn write(self) -> String {
        if self.marks.is_empty() {
            return self.text;
        }
        let mut out = String::with_capacity(self.text.len() + 3 * self.marks.len());
        let mut written = 0;
        for (place, mark) in self.marks {
            out.push_str(self.text.get(written..place).unwrap_or_default());
            out.push(mark);
            written = place;
        }
        out + self.text.get(written..).unwrap_or_default()
    }
}

impl<M> Line<M> {
    /// Reads a text that has marks in it and others beside it, in order.
    fn read(text: &str, beside: Vec<(usize, M)>, mark_of: impl Fn(char) -> Option<M>) -> Self {
        let mut line = Self {
            text: String::with_capacity(text.len()),
            marks: Vec::with_capacity(beside.len()),
            fixed: Vec::new(),
        };
        let mut beside = beside.into_iter().peekable();
        let (mut protected, mut rest, mut done) = (None, text, 0);
        loop {
            let found = split_at_mark(rest);
            let plain = found.map_or(rest, |(plain, ..)| plain);
            let start = line.text.len();
            // Those that stand before the mark in the text come before it.
            let until = done + plain.len();
            while let Some((place, mark)) = beside.next_if(|(place, _)| *place <= until) {
                line.marks.push((start + place.saturating_sub(done), mark));
            }
            line.text.push_str(plain);
            let Some((_, mark, after)) = found else { break };
            let place = line.text.len();
            match mark {
                PROTECT => protected = protected.or(Some(place)),
                RELEASE => line.fixed.extend(protected.take().map(|start| start..place).filter(|run| !run.is_empty())),
                _ => {}
            }
            line.marks.extend(mark_of(mark).map(|mark| (place, mark)));
            done = text.len() - after.len();
            rest = after;
        }
        line.fixed.extend(protected.map(|start| start..line.text.len()));
        line
    }

    /// Does what the text calls for.
    fn set(&mut self) {
        let Calls { steps, signs } = Calls::of(&self.text);
        if steps == Steps::default() {
            // Neither apostrophes nor spaces read what the others become.
            let words = Words::of(self);
            let edits: Vec<Edit> =
                signs.into_iter().filter_map(|at| self.curled(at).or_else(|| words.edit(at))).collect();
            return self.apply(&edits);
        }
        if steps.addresses {
            self.fix_addresses();
        }
        if steps.double_spaces {
            self.collapse_spaces();
        }
        if steps.quotes {
            self.pair_quotes();
        }
        let edits: Vec<Edit> = self.text.match_indices('\'').filter_map(|(place, _)| self.curled(place)).collect();
        self.apply(&edits);
        if steps.missing_spaces || steps.quotes {
            self.add_missing_spaces();
        }
        self.apply(&Words::of(self).edits());
    }

    fn is_fixed(&self, place: usize) -> bool {
        self.fixed.iter().any(|run| run.contains(&place))
    }

    /// The characters before and after the one that stands at a place.
    fn around(&self, place: usize, char: char) -> (Option<char>, Option<char>) {
        let before = self.text.get(..place).and_then(|before| before.chars().next_back());
        (before, self.text.get(place + char.len_utf8()..).and_then(|after| after.chars().next()))
    }

    /// Makes the changes of a step, which are in order.
    fn apply(&mut self, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + FINE.len_utf8() * edits.len());
        let mut done = 0;
        for edit in edits {
            text.push_str(self.text.get(done..edit.place.start).unwrap_or_default());
            text.extend(edit.with);
            done = edit.place.end;
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        // A place moves by what the changes before it add and remove.
        let moved = |place: usize, past: &dyn Fn(&Edit) -> bool| {
            let before = edits.iter().filter(|edit| edit.place.end < place || (edit.place.end == place && past(edit)));
            before.fold(place, |place, edit| place + edit.with.map_or(0, char::len_utf8) - edit.place.len())
        };
        for (place, _) in &mut self.marks {
            *place = moved(*place, &|edit| !edit.adds() || edit.before_marks);
        }
        for run in &mut self.fixed {
            *run = moved(run.start, &|_| true)..moved(run.end, &|edit| !edit.adds());
        }
        self.text = text;
    }

    /// Fixes web and e-mail addresses, the punctuation that follows them left out.
    fn fix_addresses(&mut self) {
        let mut done = 0;
        for (place, _) in self.text.match_indices(['@', ':', 'w']) {
            if let Some(run) = address(&self.text, place).filter(|_| place >= done) {
                done = run.end;
                self.fixed.push(run);
            }
        }
    }

    /// Leaves one space where there were several, no-break if one of them was.
    fn collapse_spaces(&mut self) {
        let free = |(place, char): &(usize, char)| is_gap(*char) && !self.is_fixed(*place);
        let mut edits = Vec::new();
        let mut chars = self.text.char_indices().peekable();
        while let Some(first) = chars.next() {
            if free(&first) && chars.peek().is_some_and(free) {
                let others: Vec<(usize, char)> = std::iter::from_fn(|| chars.next_if(free)).collect();
                let kept = [first].iter().chain(&others).map(|(_, char)| *char).find(|char| *char != ' ');
                edits.push(Edit::instead(first, kept.or(Some(' '))));
                edits.extend(others.into_iter().map(|other| Edit::instead(other, None)));
            }
        }
        self.apply(&edits);
    }

    /// Turns straight quotes into guillemets, by pairs, within a line; an unpaired one stays.
    fn pair_quotes(&mut self) {
        let mut open = Vec::new();
        let mut edits = Vec::new();
        for (place, found) in self.text.match_indices(['"', '\n']) {
            if found == "\n" {
                open.clear();
            } else if !self.is_fixed(place) {
                let (before, after) = self.around(place, '"');
                if opens_quote(before, after) {
                    open.push(place);
                } else if closes_quote(before, after)
                    && let Some(opening) = open.pop()
                {
                    edits.extend([Edit::instead((opening, '"'), Some('«')), Edit::instead((place, '"'), Some('»'))]);
                }
            }
        }
        edits.sort_by_key(|edit| edit.place.start);
        self.apply(&edits);
    }

    /// Turns a straight apostrophe that elides a letter into « ’ ».
    fn curled(&self, place: usize) -> Option<Edit> {
        if self.text.as_bytes().get(place) != Some(&b'\'') {
            return None;
        }
        let (before, after) = self.around(place, '\'');
        let elides = before.is_some_and(char::is_alphabetic) && after.is_some_and(|c| c.is_alphanumeric() || c == '«');
        (elides && !self.is_fixed(place)).then(|| Edit::instead((place, '\''), Some('’')))
    }

    /// Adds the spaces that guillemets, high punctuation and signs call for.
    fn add_missing_spaces(&mut self) {
        let mut edits = Vec::new();
        for (sign_place, sign) in self.text.match_indices(['«', '»', ';', '!', '?', ':', '%', '€']) {
            let Some(sign) = sign.chars().next().filter(|_| !self.is_fixed(sign_place)) else { continue };
            let (before, after) = self.around(sign_place, sign);
            let (place, lacking) = match (sign, before, after) {
                // The marks after a guillemet open what follows: the space comes before them.
                ('«', _, Some(after)) => (sign_place + sign.len_utf8(), !after.is_whitespace()),
                // It has set the space of what follows it.
                (_, Some('«'), _) if !self.is_fixed(sign_place - '«'.len_utf8()) => continue,
                // Those before a sign close what precedes: the space comes after them.
                (_, Some(before), after) => (sign_place, calls_for_space(before, sign, after)),
                _ => continue,
            };
            if lacking {
                edits.push(Edit { place: place..place, with: Some(NBSP), before_marks: sign == '«' });
            }
        }
        self.apply(&edits);
    }
}

/// The address whose « :// », « www. » or « @ » stands at this place.
fn address(text: &str, place: usize) -> Option<Range<usize>> {
    let scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let mail = |c: char| c.is_alphanumeric() || "@._%+-'".contains(c);
    let web = |c: char| !(c.is_whitespace() || "«»\"<>".contains(c));
    let (before, after) = text.split_at_checked(place)?;
    let (start, allowed): (usize, &dyn Fn(char) -> bool) = if after.starts_with("://") {
        (before.trim_end_matches(scheme).len(), &web)
    } else if after.starts_with('@') {
        (before.trim_end_matches(mail).len(), &mail)
    } else if after.starts_with("www.") {
        (place, &web)
    } else {
        return None;
    };
    let end = after.find(|c| !allowed(c)).unwrap_or(after.len());
    let run = after.get(..end)?.trim_end_matches(|c| ".,;:!?…)]}'’".contains(c));
    // Something stands before « :// » and « @ », and after their first sign.
    (run.len() > 1 && (start < place || run.starts_with('w'))).then(|| start..place + run.len())
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
        '»' => !before.is_whitespace(),
        ';' | '!' | '?' => word && ends("!?"),
        ':' => word && ends(""),
        '%' | '€' => before.is_ascii_digit() && !after.is_some_and(char::is_alphanumeric),
        _ => false,
    }
}
