//! A sentence searched for what rules look for.

use super::image::{AFFIRMED, Concept, DENIED, GAP, Image, PatternTable, Ranks};
use super::lexicon::Met;
use super::text::{Look, Word, Words};
use std::ops::Range;

/// A sentence ready to be searched.
#[derive(Debug)]
pub(super) struct Sentence<'w> {
    pub(super) words: &'w Words,
    pub(super) range: Range<usize>,
    /// Its place in the text, in bytes.
    pub(super) whole: Range<usize>,
    patterns: &'static PatternTable,
    /// What was met in it, by the rank of the first word.
    met: Vec<Met>,
    /// Where the concepts met begin in `met`, by word.
    starts: Vec<u32>,
    /// The concepts met, a bit each.
    present: Vec<u64>,
}

impl<'w> Sentence<'w> {
    pub(super) fn new(words: &'w Words, (range, whole): (Range<usize>, Range<usize>), image: &'static Image) -> Self {
        let mut met = Vec::with_capacity(range.len() * 4);
        image.words.meet(words, range.clone(), &mut met);
        let mut present = vec![0; image.words.widers.len().div_ceil(64)];
        for one in &met {
            if let Some(bits) = present.get_mut(usize::from(one.concept) / 64) {
                *bits |= 1 << (one.concept % 64);
            }
        }
        let mut starts = Vec::with_capacity(range.len() + 1);
        let mut next = 0;
        for at in range.clone().chain([range.end]) {
            while met.get(next).is_some_and(|one: &Met| one.start < at) {
                next += 1;
            }
            starts.push(u32::try_from(next).unwrap_or(u32::MAX));
        }
        Self { words, range, whole, patterns: &image.patterns, met, starts, present }
    }

    /// What was met in it.
    pub(super) fn met(&self) -> &[Met] {
        &self.met
    }

    /// The patterns that it may match, each with the rank of its rule, in order.
    pub(super) fn candidates(&self) -> Vec<(u16, u16)> {
        let mut out = Vec::new();
        let bound = |at: usize| self.patterns.gates.get(at).map_or(0, |at| usize::from(*at));
        for (at, bits) in self.present.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let concept = at * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let gated = self.patterns.gated.get(bound(concept)..bound(concept + 1)).unwrap_or_default();
                out.extend(gated.iter().filter(|(_, pattern)| self.may_match(*pattern)));
            }
        }
        out.sort_unstable();
        out
    }

    /// The place in the text of a run of words, in bytes.
    pub(super) fn place(&self, run: &Range<usize>) -> Option<Range<usize>> {
        let words = self.words.all().get(run.clone())?;
        Some(words.first()?.start..words.last()?.end)
    }

    /// True when an excuse reaches words that belong to a list: it stands before them, or follows them without an « et » that
    /// opens another thing (« le papier est A et les enveloppes portent B ou équivalent » excuses B alone; « A et B ou
    /// équivalent » excuses both).
    pub(super) fn lists(&self, runs: &[Range<usize>], excuse: &[Range<usize>]) -> bool {
        let end = runs.iter().map(|run| run.end).max().unwrap_or(0);
        let from = excuse.iter().map(|run| run.start).min().unwrap_or(0);
        let between = self.words.all().get(end..from).unwrap_or_default();
        let opens =
            |pair: &[Word]| matches!(pair, [et, next] if self.words.folded(et) == "et" && next.look == Look::Plain);
        from < end || between.len() <= 3 || !between.windows(2).any(opens)
    }

    /// The word before a rank, folded.
    pub(super) fn word_before(&self, rank: usize) -> Option<&str> {
        let before = rank.checked_sub(1).filter(|before| *before >= self.range.start)?;
        self.word(before).map(|word| self.words.folded(word))
    }

    /// True when a concept is met in it.
    pub(super) fn speaks_of(&self, concept: Concept) -> bool {
        self.present.get(usize::from(concept) / 64).is_some_and(|bits| bits & (1 << (concept % 64)) != 0)
    }

    fn at(&self, rank: usize) -> &[Met] {
        let local = rank.wrapping_sub(self.range.start);
        let bound = |at: usize| self.starts.get(at).map_or(self.met.len(), |n| *n as usize);
        self.met.get(bound(local)..bound(local + 1)).unwrap_or_default()
    }

    fn word(&self, rank: usize) -> Option<&Word> {
        self.words.all().get(rank)
    }

    /// The ranks of the words of a proposition, from one of them.
    fn proposition(&self, rank: usize) -> Range<usize> {
        let number = |rank: &usize| self.word(*rank).map(|word| word.proposition);
        let same = |other: &usize| number(other) == number(&rank);
        let start = (self.range.start..rank).rev().take_while(same).last().unwrap_or(rank);
        let length = (rank..self.range.end).take_while(same).count();
        start..rank + length
    }

    /// True when one of some patterns is found.
    pub(super) fn any(&self, patterns: Ranks) -> bool {
        (patterns.0..patterns.1).any(|pattern| self.find(pattern).is_some())
    }

    /// True when one of some patterns excuses words of a list.
    pub(super) fn excuses(&self, patterns: Ranks, runs: &[Range<usize>]) -> bool {
        let mut excuses = (patterns.0..patterns.1).filter_map(|pattern| self.find(pattern));
        excuses.any(|excuse| self.lists(runs, &excuse))
    }

    /// True when every concept that a pattern needs is met.
    fn may_match(&self, pattern: u16) -> bool {
        let mut program = self.program(pattern);
        let groups = program.next();
        (0..groups).all(|_| {
            (0..program.next()).all(|_| program.term().items.iter().all(|item| *item >= GAP || self.speaks_of(*item)))
        })
    }

    fn program(&self, pattern: u16) -> Program {
        let start = self.patterns.starts.get(usize::from(pattern)).map_or(usize::MAX, |at| *at as usize);
        Program(self.patterns.program.get(start..).unwrap_or_default())
    }

    /// The words found for a pattern: the run of each term, in its order.
    pub(super) fn find(&self, pattern: u16) -> Option<Vec<Range<usize>>> {
        if !self.may_match(pattern) {
            return None;
        }
        let mut program = self.program(pattern);
        let mut found: Vec<Range<usize>> = Vec::new();
        for _ in 0..program.next() {
            let others = program.next().checked_sub(1)?;
            let first = program.term();
            let mut from = self.range.clone();
            loop {
                let start = self.next(&first, from.clone(), &found)?;
                // The others are looked for in its proposition; when one fails, the search goes on after it.
                let proposition = self.proposition(start.start);
                let kept = found.len();
                found.push(start);
                let mut rest = program;
                let all = (0..others).all(|_| {
                    let next = self.next(&rest.term(), proposition.clone(), &found);
                    next.map(|next| found.push(next)).is_some()
                });
                if all {
                    program = rest;
                    break;
                }
                found.truncate(kept);
                from.start = proposition.end;
            }
        }
        let barred = (0..program.next()).any(|_| self.next(&program.term(), self.range.clone(), &[]).is_some());
        if barred { None } else { Some(found) }
    }

    /// The first run of words that a term reads among some ranks, apart from runs already taken.
    fn next(&self, term: &Term, mut among: Range<usize>, taken: &[Range<usize>]) -> Option<Range<usize>> {
        among.find_map(|start| {
            let end = self.reads(term.items, start)?;
            let denied = || (start..end).any(|rank| self.word(rank).is_some_and(|word| word.denied));
            let sided = match term.polarity {
                AFFIRMED => !denied(),
                DENIED => denied(),
                _ => true,
            };
            let apart = taken.iter().all(|other| end <= other.start || other.end <= start);
            (sided && apart).then_some(start..end)
        })
    }

    /// Where the items end in the words, read from one of them.
    fn reads(&self, items: &[u16], at: usize) -> Option<usize> {
        let Some((item, rest)) = items.split_first() else { return Some(at) };
        if *item >= GAP {
            let last = at.saturating_add(usize::from(*item - GAP)).min(self.range.end);
            return (at..=last).find_map(|next| self.reads(rest, next));
        }
        let met = self.at(at).iter().filter(|met| met.concept == *item);
        met.filter_map(|met| self.reads(rest, met.end)).min()
    }
}

/// What is left of a pattern to read.
#[derive(Debug, Clone, Copy)]
struct Program(&'static [u16]);

/// A run of words: concepts and gaps.
#[derive(Debug)]
struct Term {
    polarity: u16,
    items: &'static [u16],
}

impl Program {
    fn next(&mut self) -> u16 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn term(&mut self) -> Term {
        let polarity = self.next();
        let length = usize::from(self.next()).min(self.0.len());
        let (items, rest) = self.0.split_at(length);
        self.0 = rest;
        Term { polarity, items }
    }
}
