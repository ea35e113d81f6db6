//! The words that `effets.txt` knows, and those of a text.

use crate::base::quantity::Number;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The words of each list of `effets.txt`, and the figures of the numbers in words.
pub(super) struct Lexicon {
    lists: HashMap<&'static str, Vec<Vec<&'static str>>>,
    numbers: HashMap<&'static str, &'static str>,
}

/// Letters that two forms of a long word share at least, and in which they differ at most.
const STEM: usize = 5;

impl Lexicon {
    pub(super) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let lines = include_str!("effets.txt").lines().filter(|line| !line.starts_with('#'));
            let entry = |line: &'static str| {
                let (kind, words) = line.split_once(':')?;
                Some((kind.trim(), words.split(',').map(str::trim).collect()))
            };
            let mut lists: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
            for (kind, words) in lines.filter_map(entry) {
                lists.entry(kind).or_default().push(words);
            }
            let numbers = lists.get("nombre").into_iter().flatten().flatten();
            let numbers = numbers.filter_map(|entry| entry.split_once(' ')).collect();
            Self { lists, numbers }
        })
    }

    /// The lists of a kind.
    fn lists(&self, kind: &str) -> impl Iterator<Item = &[&'static str]> {
        self.lists.get(kind).into_iter().flatten().map(Vec::as_slice)
    }

    /// Whether a list knows a word.
    pub(super) fn knows(&self, list: &str, word: &str) -> bool {
        self.lists(list).flatten().any(|known| is(known, word))
    }

    /// The words of a text that are in a list, sorted.
    pub(super) fn of<'w>(&self, list: &str, words: &'w [String]) -> Vec<&'w String> {
        let mut found: Vec<&String> = words.iter().filter(|word| self.knows(list, word)).collect();
        found.sort_unstable();
        found
    }

    pub(super) fn has(&self, list: &str, words: &[String]) -> bool {
        words.iter().any(|word| self.knows(list, word))
    }

    /// The words of each side that the other says in no form and by no synonym, those that only tie others apart.
    pub(super) fn unanswered<'w>(&self, old: &'w [String], new: &'w [String]) -> Vec<&'w String> {
        let senses = |words: &'w [String]| -> Vec<(&'w String, Vec<usize>)> {
            let telling = words.iter().filter(|word| !self.knows("outil", word));
            telling.map(|word| (word, self.senses(word))).collect()
        };
        let (old, new) = (senses(old), senses(new));
        let alone = |ours: &[(&'w String, Vec<usize>)], theirs: &[(&'w String, Vec<usize>)]| -> Vec<&'w String> {
            let said = |word: &str, senses: &[usize]| {
                theirs
                    .iter()
                    .any(|(other, known)| self.same_word(word, other) || senses.iter().any(|at| known.contains(at)))
            };
            ours.iter().filter(|(word, senses)| !said(word, senses)).map(|(word, _)| *word).collect()
        };
        let mut out = alone(&old, &new);
        out.append(&mut alone(&new, &old));
        out
    }

    /// The places of the lists of synonyms that know a word.
    fn senses(&self, word: &str) -> Vec<usize> {
        let known = self.lists("synonymes").enumerate().filter(|(_, list)| list.iter().any(|known| is(known, word)));
        known.map(|(at, _)| at).collect()
    }

    /// Whether two words are forms of one: they share their first letters, all but the last ones of a short word, and none
    /// ends as another word does.
    fn same_word(&self, one: &str, other: &str) -> bool {
        let shared =
            one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
        let left = one.len().max(other.len()) - shared;
        // « trie », « trient ».
        let verb = left == 2 && [one, other].iter().any(|word| word.ends_with("ent"));
        let short = shared >= 3 && (left == 1 || verb);
        left == 0 || ((short || (shared >= STEM && left <= STEM)) && self.ending(one) == self.ending(other))
    }

    /// The place of the list of endings that has that of a word.
    fn ending(&self, word: &str) -> Option<usize> {
        self.lists("fin").position(|list| list.iter().any(|end| word.ends_with(end)))
    }

    /// The number that the first word of a text says.
    pub(super) fn number(&self, text: &str) -> Option<Number> {
        let word = words(text).into_iter().next()?;
        let said = if matches!(word.as_str(), "un" | "une") { "1" } else { &word };
        Number::parse(said).ok()
    }

    /// The figures of a number in words.
    fn in_figures(&self, word: &str) -> Option<&'static str> {
        self.numbers.get(word).copied()
    }
}

/// Whether an entry of a list stands for a word.
fn is(entry: &str, word: &str) -> bool {
    // Nearly all entries begin otherwise.
    entry.as_bytes().first() == word.as_bytes().first()
        && entry.strip_suffix('*').map_or(entry == word, |start| word.starts_with(start))
}

/// The words of a text, in lower case; an elision is a word, a number in words is its figures.
pub(super) fn words(text: &str) -> Vec<String> {
    let spaced = text.to_lowercase().replace('’', "’ ").replace("sans délai", "aussitôt");
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’');
        Lexicon::get().in_figures(word).unwrap_or(word).to_owned()
    };
    spaced.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}

pub(super) fn figures(words: &[String]) -> Vec<&String> {
    words.iter().filter(|word| is_figure(word)).collect()
}

/// Whether a word has a figure.
pub(super) fn is_figure(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}
