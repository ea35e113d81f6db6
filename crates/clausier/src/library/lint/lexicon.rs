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

impl WordTable {
    fn stem(&self, rank: u16) -> &'static str {
        let bound = |at: usize| self.starts.get(at).map_or(0, |at| *at as usize);
        self.stems.get(bound(rank.into())..bound(usize::from(rank) + 1)).unwrap_or_default()
    }

    /// The longest stem that begins a word.
    fn longest(&self, word: &str) -> Option<u16> {
        let count = u16::try_from(self.shorter.len()).unwrap_or(u16::MAX);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.stem(middle) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Whatever begins the word begins the last stem before it too.
        let mut stem = low.checked_sub(1)?;
        while !word.starts_with(self.stem(stem)) {
            stem = self.shorter.get(usize::from(stem))?.checked_sub(1)?;
        }
        Some(stem)
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

    fn reads(&self, (stem, class): (u16, u8), word: &str) -> bool {
        if stem == FIGURES {
            return is_number(word);
        }
        word.strip_prefix(self.stem(stem)).is_some_and(|end| class == ANY_END || self.admits(class, self.suffix(end)))
    }

    /// Every concept met in some words of a text, by the rank of its first word.
    pub(super) fn meet(&self, words: &Words, among: Range<usize>, out: &mut Vec<Met>) {
        let mut phrases = false;
        for start in among.clone() {
            let Some(word) = words.all().get(start) else { continue };
            let folded = words.folded(word);
            let one = |concept| Met { concept, start, end: start + 1 };
            let number = is_number(folded);
            if number {
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
            for (end, concept) in self.ends {
                if folded.len() > end.len() + 2 && folded.ends_with(end) {
                    let but = self.but.binary_search(&(bare(folded), *concept)).is_ok();
                    if !but {
                        self.note(one(*concept), out);
                    }
                }
            }
            let mut stem = self.longest(folded);
            while let Some(rank) = stem {
                let end = folded.get(self.stem(rank).len()..).unwrap_or_default();
                phrases |= self.meet_of(rank.into(), self.suffix(end), words, start..among.end, out);
                stem = self.shorter.get(usize::from(rank)).and_then(|next| next.checked_sub(1));
            }
            if number {
                phrases |= self.meet_of(self.shorter.len(), self.suffix(""), words, start..among.end, out);
            }
        }
        if phrases {
            hide_within_phrases(out);
        }
    }

    /// The entries of a stem met at the first of some words; true when one is a set phrase.
    fn meet_of(
        &self,
        stem: usize,
        suffix: Option<usize>,
        words: &Words,
        among: Range<usize>,
        out: &mut Vec<Met>,
    ) -> bool {
        let bound = |at: usize| self.firsts.get(at).map_or(0, |at| usize::from(*at));
        let mut phrase = false;
        for (class, from, count, concept) in self.entries.get(bound(stem)..bound(stem + 1)).unwrap_or_default() {
            if !self.admits(*class, suffix) {
                continue;
            }
            let (from, count, start) = (usize::from(*from), usize::from(*count), among.start);
            let end = start + 1 + count;
            let others = self.others.get(from..from + count).unwrap_or_default();
            let follows = end <= among.end
                && words.all().get(start + 1..end).is_some_and(|next| {
                    next.iter().zip(others).all(|(word, other)| self.reads(*other, words.folded(word)))
                });
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
