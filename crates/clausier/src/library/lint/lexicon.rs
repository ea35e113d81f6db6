//! The concepts met in a text.

use super::image::{
    ACRONYM, ANY_END, Concept, FIGURES, NAME, NUMBER, PLACE, RESTRICTION, SET_PHRASE, WordTable, bare, is_number,
};
use super::text::{Look, Words};
use std::ops::Range;

/// A concept met in a text: which, the rank of its first word and of the word after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) concept: Concept,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A stem that begins a word, or [`FIGURES`], and the rank of what ends the word after it.
#[derive(Debug, Clone, Copy)]
struct Head {
    stem: u16,
    suffix: Option<usize>,
}

/// What the words of a sentence begin with.
struct Heads {
    all: Vec<Head>,
    starts: Vec<usize>,
    /// Rank of the first word.
    first: usize,
}

impl Heads {
    fn of(&self, word: usize) -> &[Head] {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or(self.all.len());
        let local = word.wrapping_sub(self.first);
        self.all.get(bound(local)..bound(local + 1)).unwrap_or_default()
    }
}

impl WordTable {
    fn stem(&self, rank: u16) -> &'static str {
        let bound = |at: usize| self.starts.get(at).map_or(0, |at| *at as usize);
        self.stems.get(bound(rank.into())..bound(usize::from(rank) + 1)).unwrap_or_default()
    }

    /// The longest stem that begins a word.
    fn longest(&self, word: &str) -> Option<u16> {
        let letter = usize::from(*word.as_bytes().first()?);
        let bound = |at: usize| self.letters.get(at).copied().unwrap_or(0);
        let (first, mut high) = (bound(letter), bound(letter + 1));
        let mut low = first;
        while low < high {
            let middle = low + (high - low) / 2;
            if self.stem(middle) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == first {
            return None;
        }
        // Whatever begins the word begins the last stem before it too.
        let mut stem = low - 1;
        while !word.starts_with(self.stem(stem)) {
            stem = self.shorter.get(usize::from(stem))?.checked_sub(1)?;
        }
        Some(stem)
    }

    /// What a word begins with.
    fn heads(&self, word: &str, out: &mut Vec<Head>) {
        let mut stem = self.longest(word);
        while let Some(rank) = stem {
            let end = word.get(self.stem(rank).len()..).unwrap_or_default();
            out.push(Head { stem: rank, suffix: self.suffix(end) });
            stem = self.shorter.get(usize::from(rank)).and_then(|next| next.checked_sub(1));
        }
        if is_number(word) {
            out.push(Head { stem: FIGURES, suffix: self.suffix("") });
        }
    }

    /// The rank of an end of word; none when no class admits it.
    fn suffix(&self, end: &str) -> Option<usize> {
        self.suffixes.binary_search(&end).ok()
    }

    fn admits(&self, class: u8, suffix: Option<usize>) -> bool {
        class == ANY_END
            || suffix.is_some_and(|at| {
                let bits = self.classes.get(usize::from(class)).and_then(|class| class.get(at / 64));
                bits.is_some_and(|bits| bits & (1 << (at % 64)) != 0)
            })
    }

    fn reads(&self, (stem, class): (u16, u8), heads: &[Head]) -> bool {
        let admits = |head: &Head| stem == FIGURES || self.admits(class, head.suffix);
        heads.iter().any(|head| head.stem == stem && admits(head))
    }

    /// Every concept met in some words of a text, by the rank of its first word.
    pub(super) fn meet(&self, words: &Words, among: Range<usize>, out: &mut Vec<Met>) {
        let mut phrases = false;
        // What each word begins with, one word after the other, and where those of each begin.
        let mut heads = Heads { all: Vec::with_capacity(among.len() * 2), starts: vec![0], first: among.start };
        for at in among.clone() {
            if let Some(word) = words.all().get(at) {
                self.heads(words.folded(word), &mut heads.all);
            }
            heads.starts.push(heads.all.len());
        }
        for start in among.clone() {
            let Some(word) = words.all().get(start) else { continue };
            let folded = words.folded(word);
            let one = |concept| Met { concept, start, end: start + 1 };
            if heads.of(start).last().is_some_and(|head| head.stem == FIGURES) {
                self.note(one(NUMBER), out);
            }
            let looks: &[Concept] = match word.look {
                Look::Plain => &[],
                Look::Name => &[NAME],
                Look::PlaceName => &[NAME, PLACE],
                Look::Acronym => &[ACRONYM],
            };
            looks.iter().for_each(|concept| self.note(one(*concept), out));
            if word.restricts {
                self.note(one(RESTRICTION), out);
            }
            let last = folded.as_bytes().last();
            for (end, concept) in self.ends {
                if end.as_bytes().last() == last && folded.len() > end.len() + 2 && folded.ends_with(end) {
                    let but = self.but.binary_search(&(bare(folded), *concept)).is_ok();
                    if !but {
                        self.note(one(*concept), out);
                    }
                }
            }
            for head in heads.of(start) {
                phrases |= self.meet_of(*head, &heads, start..among.end, out);
            }
        }
        if phrases {
            hide_within_phrases(out);
        }
    }

    /// The entries of a stem met at the first of some words; true when one is a set phrase.
    fn meet_of(&self, head: Head, heads: &Heads, among: Range<usize>, out: &mut Vec<Met>) -> bool {
        let bound = |at: usize| self.firsts.get(at).map_or(0, |at| usize::from(*at));
        // Those that begin with a number stand after all the stems.
        let stem = if head.stem == FIGURES { self.shorter.len() } else { usize::from(head.stem) };
        let mut phrase = false;
        for (class, from, count, concept) in self.entries.get(bound(stem)..bound(stem + 1)).unwrap_or_default() {
            let (from, count, start) = (usize::from(*from), usize::from(*count), among.start);
            let end = start + 1 + count;
            let others = self.others.get(from..from + count).unwrap_or_default();
            let follows = end <= among.end
                && self.admits(*class, head.suffix)
                && (start + 1..end).zip(others).all(|(next, other)| self.reads(*other, heads.of(next)));
            if follows {
                self.note(Met { concept: *concept, start, end }, out);
                phrase |= *concept == SET_PHRASE;
            }
        }
        phrase
    }

    /// Notes a concept and those that take it in, each once at a place.
    fn note(&self, met: Met, out: &mut Vec<Met>) {
        let here = out.iter().rev().take_while(|other| other.start == met.start).count();
        let here = out.len() - here;
        let bound = |at: usize| self.widers.get(at).map_or(0, |at| usize::from(*at));
        let rank = usize::from(met.concept);
        let wider = self.wider.get(bound(rank)..bound(rank + 1)).unwrap_or_default();
        for concept in std::iter::once(&met.concept).chain(wider) {
            let one = Met { concept: *concept, ..met };
            if out.get(here..).is_none_or(|known| !known.contains(&one)) {
                out.push(one);
            }
        }
    }
}

/// A set phrase hides its own words.
fn hide_within_phrases(out: &mut Vec<Met>) {
    let phrases: Vec<Met> = out.iter().filter(|met| met.concept == SET_PHRASE).copied().collect();
    out.retain(|met| {
        let last = phrases.partition_point(|phrase| phrase.start <= met.start).checked_sub(1);
        last.and_then(|last| phrases.get(last))
            .is_none_or(|phrase| met.end > phrase.end || met.end - met.start == phrase.end - phrase.start)
    });
}
