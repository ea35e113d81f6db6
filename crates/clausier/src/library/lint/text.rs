//! A text as the rules read it: sentences, words folded, propositions, and which words are denied.

use crate::base::fold;
use std::ops::Range;

/// What separates a word from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    /// A comma, a bracket, a colon, a dash.
    Proposition,
    /// The end of a sentence.
    Sentence,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// A capital, then small letters.
    Name,
    /// The same after « de », « à », « en ».
    PlaceName,
    /// Capitals alone.
    Acronym,
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Place in the text, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Place of the folded word in [`Words::folded`].
    from: usize,
    to: usize,
    before: Break,
    /// Number of its proposition in the text.
    pub(super) proposition: u32,
    /// How it is written, elsewhere than where a sentence begins.
    pub(super) look: Look,
    /// It is denied (« pas », « aucun », « sans », « ni », « ne » without « que »).
    pub(super) denied: bool,
    /// It is the « que » of « ne … que »: what follows is the only thing admitted.
    pub(super) restricts: bool,
}

/// The words of a text that bear meaning, and where sentences begin.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: String,
    words: Vec<Word>,
    /// The rank of the first word of each sentence, and its place in the text with the small words around.
    sentences: Vec<(usize, Range<usize>)>,
}

impl Words {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        out.cut(text);
        out.join(text);
        out.deny();
        out
    }

    /// Every word with its rank.
    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    /// A word folded.
    pub(super) fn folded(&self, word: &Word) -> &str {
        self.folded.get(word.from..word.to).unwrap_or_default()
    }

    /// The ranks of the words of each sentence, and its place in the text.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
        let ends = self.sentences.iter().skip(1).map(|(rank, _)| *rank).chain([self.words.len()]);
        self.sentences.iter().zip(ends).map(|((start, place), end)| (*start..end, place.clone()))
    }

    /// Cuts the text into words, with what separates them.
    fn cut(&mut self, text: &str) {
        let mut before = Break::Sentence;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !is_letter(c) {
                before = before.max(self.separator(text, at, c));
                continue;
            }
            let from = self.folded.len();
            fold::push(c, &mut self.folded);
            let mut end = at + c.len_utf8();
            let digit = c.is_ascii_digit();
            let mut letters = usize::from(!digit);
            let small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            let mut capitals = c.is_uppercase();
            let name = capitals && small && before < Break::Sentence;
            while let Some((next, c)) = chars.peek().copied() {
                if !(is_letter(c) || fold::is_accent(c)) || c == '%' {
                    break;
                }
                // « ISO14001 » and « L2112 » are a name and a number; « CO2 » and « 3e » are words.
                if !digit && c.is_ascii_digit() {
                    let splits = letters >= 2 || (letters == 1 && self.folded.ends_with(['l', 'r', 'd']));
                    if splits && digits_at(text, next) >= 3 {
                        break;
                    }
                }
                letters += usize::from(c.is_alphabetic());
                capitals &= !c.is_lowercase();
                fold::push(c, &mut self.folded);
                end = next + c.len_utf8();
                chars.next();
            }
            // « n° » is no « n’ ».
            if matches!(chars.peek(), Some((_, '°' | 'º'))) {
                self.folded.push('°');
            }
            let to = self.folded.len();
            let look = match (name, capitals && letters > 1) {
                (true, _) => Look::Name,
                (_, true) => Look::Acronym,
                _ => Look::Plain,
            };
            self.words.push(Word {
                start: at,
                end,
                from,
                to,
                before,
                proposition: 0,
                look,
                denied: false,
                restricts: false,
            });
            before = Break::None;
        }
    }

    /// What a character between two words separates.
    fn separator(&self, text: &str, at: usize, c: char) -> Break {
        if c == ' ' {
            return Break::None;
        }
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next();
        match c {
            ';' | '!' | '?' => Break::Sentence,
            '.' => {
                // Inside a number or an acronym, after an abbreviation or before a small letter, a sentence goes on.
                let ahead = rest.chars().find(|c| !c.is_whitespace() && !matches!(c, '»' | '"' | ')' | '”'));
                let abbreviation = self.words.last().is_some_and(|word| {
                    let short = matches!(self.folded(word), "l" | "r" | "d" | "a" | "art" | "n" | "cf" | "al");
                    short && ahead.is_some_and(|c| c.is_ascii_digit())
                });
                // « C.C.A.G. Travaux »: a letter alone, glued to another by a dot.
                let acronym = text.get(..at).is_some_and(|before| {
                    let mut back = before.chars().rev();
                    back.next().is_some_and(char::is_alphabetic) && back.next() == Some('.')
                });
                let inside = acronym || next.is_some_and(|c| c.is_alphanumeric());
                let line = rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
                let goes_on = inside || abbreviation || (!line && ahead.is_some_and(char::is_lowercase));
                if goes_on { Break::None } else { Break::Sentence }
            }
            '\n' => {
                let ahead = rest.trim_start_matches([' ', '\t', '\r']).chars().next();
                let new = ahead.is_none_or(|c| c.is_uppercase() || matches!(c, '\n' | '-' | '•' | '*' | '#' | '|'));
                if new { Break::Sentence } else { Break::None }
            }
            ',' if digits_at(text, at + 1) > 0
                && text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit())) =>
            {
                Break::None
            }
            ',' | ':' | '(' | ')' | '«' | '»' | '–' | '—' | '"' | '[' | ']' | '|' => Break::Proposition,
            '-' if next == Some(' ') => Break::Proposition,
            _ => Break::None,
        }
    }

    /// Joins dotted acronyms and prefixes cut by a hyphen.
    fn join(&mut self, text: &str) {
        let mut out: Vec<Word> = Vec::with_capacity(self.words.len());
        let mut folded = String::with_capacity(self.folded.len());
        // The last word kept is an acronym in the making: letters, each followed by a dot.
        let mut acronym = false;
        for word in std::mem::take(&mut self.words) {
            let piece = self.folded.get(word.from..word.to).unwrap_or_default();
            let single = piece.len() == 1 && piece.starts_with(|c: char| c.is_ascii_alphabetic());
            let glued = out.last().and_then(|last: &Word| {
                let between = text.get(last.end..word.start)?;
                let kept = folded.get(last.from..last.to)?;
                let one = acronym || (kept.len() == 1 && kept.starts_with(|c: char| c.is_ascii_alphabetic()));
                let dotted = between == "." && single && one;
                let hyphen = matches!(between, "-" | "\u{2011}" | "\u{2010}");
                Some((dotted, dotted || (hyphen && JOINED.contains(&kept))))
            });
            match (glued, out.last_mut()) {
                (Some((dotted, true)), Some(last)) => {
                    folded.push_str(piece);
                    last.to = folded.len();
                    last.end = word.end;
                    acronym = dotted;
                }
                _ => {
                    let from = folded.len();
                    folded.push_str(piece);
                    out.push(Word { from, to: folded.len(), ..word });
                    acronym = false;
                }
            }
        }
        (self.words, self.folded) = (out, folded);
    }

    /// Finds sentences, propositions and denied words, then forgets the words that bear no meaning.
    fn deny(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        let mut proposition = 0;
        for word in &mut words {
            let text = self.folded.get(word.from..word.to).unwrap_or_default();
            if word.before >= Break::Proposition || TURNS.contains(&text) {
                proposition += 1;
            }
            word.proposition = proposition;
        }
        // A denial stays on its side of « qui »: « le titulaire qui n’a pas … peut … ».
        let same = |a: &Word, b: &Word| {
            a.proposition == b.proposition && self.folded.get(b.from..b.to).unwrap_or_default() != "qui"
        };
        words.chunk_by_mut(same).for_each(|run| deny_proposition(run, &self.folded));
        // After « de », « à », « en », with or without an article.
        let mut placed = false;
        // Among capitals, capitals say nothing.
        let mut capitals = false;
        for mut word in words {
            let text = self.folded.get(word.from..word.to).unwrap_or_default();
            let shouted = word.look == Look::Acronym && capitals;
            capitals = word.look == Look::Acronym;
            word.look = match word.look {
                Look::Name if placed => Look::PlaceName,
                Look::Acronym if shouted => Look::Plain,
                look => look,
            };
            placed = matches!(text, "de" | "du" | "des" | "d" | "a" | "au" | "aux" | "en")
                || (placed && matches!(text, "la" | "le" | "les" | "l"));
            if word.before == Break::Sentence || self.sentences.is_empty() {
                // A sentence of small words only gives its place to the next.
                self.sentences.pop_if(|(rank, _)| *rank == self.words.len());
                self.sentences.push((self.words.len(), word.start..word.end));
            }
            if let Some((_, place)) = self.sentences.last_mut() {
                place.end = word.end;
            }
            if !is_small(text) {
                self.words.push(word);
            }
        }
    }
}

/// Marks what is denied in one proposition.
fn deny_proposition(run: &mut [Word], folded: &str) {
    let text = |word: &Word| folded.get(word.from..word.to).unwrap_or_default();
    let mark = |words: &mut [Word]| words.iter_mut().for_each(|word| word.denied = true);
    let find = |run: &[Word], wanted: &[&str]| run.iter().position(|word| wanted.contains(&text(word)));
    let ne = find(run, &["ne", "n"]);
    let full = find(run, &["pas", "aucun", "aucune", "jamais", "nul", "nulle", "ni", "point", "rien", "plus"]);
    if let Some(ne) = ne {
        let only = run.iter().skip(ne).position(|word| matches!(text(word), "que" | "qu")).map(|n| ne + n);
        // « ne … que » restricts; « ne … pas … que » denies.
        match only {
            Some(only) if full.is_none_or(|full| full >= only) => {
                if let Some(word) = run.get_mut(only) {
                    word.restricts = true;
                }
            }
            _ => {
                let end = reach(run, ne + 1, usize::MAX, true, folded);
                mark(run.get_mut(..end).unwrap_or_default());
            }
        }
    }
    let mut at = 0;
    while at < run.len() {
        let word = run.get(at).map_or("", text);
        let next = run.get(at + 1).map_or("", text);
        let most = match word {
            "sans" | "ni" | "aucun" | "aucune" | "nul" | "nulle" => usize::MAX,
            "depourvu" | "depourvue" | "depourvus" | "depourvues" => 6,
            "pas" if matches!(next, "de" | "d") => 6,
            "absence" | "defaut" if matches!(next, "de" | "d") => 2,
            "non" => 2,
            _ => 0,
        };
        let end = reach(run, at + 1, most, word == "pas", folded);
        if most > 0 {
            mark(run.get_mut(at..end).unwrap_or_default());
        }
        // What a long denial covers needs no second look.
        at = if most == usize::MAX { end } else { at + 1 };
    }
}

/// Where a denial ends: after so many words, or at the next « et » unless what follows goes on denying (« et sans », and
/// « pas de … et de »).
fn reach(run: &[Word], from: usize, most: usize, partitive: bool, folded: &str) -> usize {
    let text = |at: usize| run.get(at).and_then(|word| folded.get(word.from..word.to)).unwrap_or_default();
    let goes_on = |word: &str| {
        matches!(word, "sans" | "ni" | "aucun" | "aucune" | "non")
            || (partitive && matches!(word, "de" | "d" | "du" | "des"))
    };
    let last = from.saturating_add(most).min(run.len());
    (from..last).find(|at| text(*at) == "et" && !goes_on(text(*at + 1))).unwrap_or(last)
}

/// U+02BC is a letter to Unicode and an apostrophe to a keyboard; so is the mark of « nº ».
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '%';
    }
    c.is_alphanumeric() && !matches!(c, '\u{2bc}' | 'º' | 'ª')
}

fn digits_at(text: &str, at: usize) -> usize {
    text.get(at..).unwrap_or_default().chars().take_while(char::is_ascii_digit).count()
}

/// Prefixes that a hyphen cuts or not.
const JOINED: [&str; 12] = ["grand", "eco", "auto", "bio", "co", "re", "pre", "geo", "agro", "anti", "multi", "inter"];

/// Words that open another proposition.
const TURNS: [&str; 11] = ["mais", "car", "lorsque", "lorsqu", "quand", "sauf", "afin", "dont", "tandis", "puis", "si"];

/// Words that bear no meaning of their own.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "le" | "la"
            | "les"
            | "l"
            | "un"
            | "une"
            | "des"
            | "du"
            | "de"
            | "d"
            | "a"
            | "au"
            | "aux"
            | "en"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
            | "nos"
            | "notre"
            | "vos"
            | "votre"
            | "se"
            | "s"
            | "y"
            | "c"
            | "ne"
            | "n"
            | "n°"
            | "est"
            | "sont"
            | "sera"
            | "seront"
            | "etre"
            | "ete"
            | "ont"
    )
}
