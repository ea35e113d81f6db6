//! What a rule looks for in a sentence.
//!
//! | written | reads |
//! |---|---|
//! | `artisan local` | these words one after the other, small words apart, in any inflection |
//! | `@candidat` | a word of that concept |
//! | `(embaucher\|@emploi)` | one of them |
//! | `#` | a number |
//! | `..`, `...` | three words at most, eight words at most |
//! | `a & b` | both in one proposition, in any order |
//! | `a + b` | both in one sentence, in any order |
//! | `a - b` | the first, in a sentence where the second is not |
//! | `!a` | the words denied (« n’est pas a », « sans a »); `?a`: denied or not; `+a`: not denied. Bare: not denied, and
//! for an exception, either |

use super::lexicon::{Concept, Lexicon, Met};
use super::text::{Look, Word, Words};
use crate::file::packed::{Reader, Writer};
use std::ops::Range;

/// What a rule looks for.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The groups of terms, each in one proposition.
    groups: Vec<Vec<Term>>,
    /// Terms that must not stand in the sentence.
    without: Vec<Term>,
}

/// A run of words.
#[derive(Debug)]
struct Term {
    polarity: Polarity,
    items: Vec<Item>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Polarity {
    Affirmed,
    Denied,
    Any,
}

#[derive(Debug, Clone, Copy)]
enum Item {
    Concept(Concept),
    /// At most so many words.
    Gap(usize),
}

/// A sentence ready to be searched.
#[derive(Debug)]
pub(super) struct Sentence<'w> {
    pub(super) words: &'w Words,
    pub(super) range: Range<usize>,
    /// Its place in the text, in bytes.
    pub(super) whole: Range<usize>,
    /// What was met in it, by the rank of the first word.
    met: Vec<Met>,
    /// Where the concepts met begin in `met`, by word.
    starts: Vec<u32>,
    present: Vec<u64>,
}

impl<'w> Sentence<'w> {
    pub(super) fn new(words: &'w Words, (range, whole): (Range<usize>, Range<usize>), lexicon: &Lexicon) -> Self {
        let mut met = Vec::new();
        lexicon.meet(words, range.clone(), &mut met);
        let mut present = vec![0; lexicon.len().div_ceil(64)];
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
        Self { words, range, whole, met, starts, present }
    }

    /// What was met in it.
    pub(super) fn met(&self) -> &[Met] {
        &self.met
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

    /// True when a concept is met in it.
    pub(super) fn speaks_of(&self, concept: Concept) -> bool {
        self.has(concept)
    }

    /// The word before a rank, folded.
    pub(super) fn word_before(&self, rank: usize) -> Option<&str> {
        let before = rank.checked_sub(1).filter(|before| *before >= self.range.start)?;
        self.word(before).map(|word| self.words.folded(word))
    }

    fn has(&self, concept: Concept) -> bool {
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
}

impl Pattern {
    /// Reads a pattern; `None` when it has no word or a bracket of its own.
    pub(super) fn parse(source: &str, usual: Polarity, lexicon: &mut Lexicon) -> Option<Self> {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut without = Vec::new();
        let mut sign = '+';
        let mut run = String::new();
        let mut depth = 0_usize;
        for piece in source.split_whitespace().chain(["+"]) {
            if depth == 0 && matches!(piece, "+" | "&" | "-") {
                let usual = if sign == '-' { Polarity::Any } else { usual };
                let term = Term::parse(run.trim(), usual, lexicon)?;
                match (sign, groups.last_mut()) {
                    ('-', _) => without.push(term),
                    ('&', Some(group)) => group.push(term),
                    _ => groups.push(vec![term]),
                }
                run.clear();
                sign = piece.chars().next()?;
                continue;
            }
            depth += piece.matches('(').count();
            depth = depth.checked_sub(piece.matches(')').count())?;
            run.push_str(piece);
            run.push(' ');
        }
        (!groups.is_empty() && run.is_empty()).then_some(Self { groups, without })
    }

    /// Every concept that it names.
    pub(super) fn concepts(&self) -> impl Iterator<Item = Concept> + '_ {
        let terms = self.groups.iter().flatten().chain(&self.without);
        terms.flat_map(|term| &term.items).filter_map(|item| match item {
            Item::Concept(concept) => Some(*concept),
            Item::Gap(_) => None,
        })
    }

    /// The words found in a sentence: the run of each term, in the order of the pattern.
    pub(super) fn find(&self, sentence: &Sentence<'_>) -> Option<Vec<Range<usize>>> {
        let needed = self.groups.iter().flatten().flat_map(|term| &term.items);
        let possible =
            |item: &Item| matches!(item, Item::Gap(_)) || matches!(item, Item::Concept(c) if sentence.has(*c));
        if !needed.into_iter().all(possible) {
            return None;
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        for group in &self.groups {
            let [first, others @ ..] = group.as_slice() else { continue };
            let mut from = sentence.range.clone();
            loop {
                let start = first.next(sentence, from.clone(), &found)?;
                if others.is_empty() {
                    found.push(start);
                    break;
                }
                // The others are looked for in its proposition; when one fails, the search goes on after it.
                let proposition = sentence.proposition(start.start);
                let kept = found.len();
                found.push(start);
                let all = others.iter().all(|term| {
                    let next = term.next(sentence, proposition.clone(), &found);
                    next.map(|next| found.push(next)).is_some()
                });
                if all {
                    break;
                }
                found.truncate(kept);
                from.start = proposition.end;
            }
        }
        let barred = self.without.iter().any(|term| term.next(sentence, sentence.range.clone(), &[]).is_some());
        if barred { None } else { Some(found) }
    }
}

impl Term {
    fn parse(source: &str, usual: Polarity, lexicon: &mut Lexicon) -> Option<Self> {
        let (polarity, mut rest) = match source.chars().next()? {
            '!' => (Polarity::Denied, source.get(1..)?),
            '?' => (Polarity::Any, source.get(1..)?),
            '+' => (Polarity::Affirmed, source.get(1..)?),
            _ => (usual, source),
        };
        let mut items = Vec::new();
        while !rest.is_empty() {
            if let Some(open) = rest.strip_prefix('(') {
                let (several, after) = open.split_once(')')?;
                items.push(Item::Concept(anonymous(&several.replace('|', ","), lexicon)?));
                rest = after.trim_start();
                continue;
            }
            let token = rest.split([' ', '(']).next()?;
            match (token, token.strip_prefix('@')) {
                ("..", _) => items.push(Item::Gap(3)),
                ("...", _) => items.push(Item::Gap(8)),
                (_, Some(name)) => items.push(Item::Concept(lexicon.concept(name))),
                ("#", _) => items.push(Item::Concept(lexicon.concept("#"))),
                // No small word is longer than « seront ».
                _ if token.len() <= 6 && Words::of(token).all().is_empty() => {}
                _ => items.push(Item::Concept(anonymous(token, lexicon)?)),
            }
            rest = rest.get(token.len()..)?.trim_start();
        }
        let gap = |item: Option<&Item>| matches!(item, None | Some(Item::Gap(_)));
        (!gap(items.first()) && !gap(items.last())).then_some(Self { polarity, items })
    }

    /// The first run of words that it reads among some ranks, apart from runs already taken.
    fn next(&self, sentence: &Sentence<'_>, mut among: Range<usize>, taken: &[Range<usize>]) -> Option<Range<usize>> {
        among.find_map(|start| {
            let end = reads(&self.items, sentence, start)?;
            let sided = match self.polarity {
                Polarity::Any => true,
                Polarity::Affirmed => !(start..end).any(|rank| sentence.word(rank).is_some_and(|word| word.denied)),
                Polarity::Denied => (start..end).any(|rank| sentence.word(rank).is_some_and(|word| word.denied)),
            };
            let apart = taken.iter().all(|other| end <= other.start || other.end <= start);
            (sided && apart).then_some(start..end)
        })
    }
}

/// Where the items end in the words, read from one of them.
fn reads(items: &[Item], sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    match item {
        Item::Gap(most) => {
            let last = at.saturating_add(*most).min(sentence.range.end);
            (at..=last).find_map(|next| reads(rest, sentence, next))
        }
        Item::Concept(concept) => {
            let met = sentence.at(at).iter().filter(|met| met.concept == *concept);
            met.filter_map(|met| reads(rest, sentence, met.end)).min()
        }
    }
}

/// The concept of words written in a pattern.
fn anonymous(words: &str, lexicon: &mut Lexicon) -> Option<Concept> {
    let concept = lexicon.concept(&format!("'{words}"));
    let wrong = !lexicon.is_filled(concept) && !lexicon.add(concept, words).is_empty();
    (!wrong && lexicon.is_filled(concept)).then_some(concept)
}

impl Pattern {
    /// The pattern as bytes.
    pub(super) fn pack(&self, out: &mut Writer) {
        let Self { groups, without } = self;
        out.list(groups, |out, group| out.list(group, |out, term| term.pack(out)));
        out.list(without, |out, term| term.pack(out));
    }

    pub(super) fn unpack(bytes: &mut Reader<'_>) -> Option<Self> {
        let groups = bytes.list(|bytes| bytes.list(Term::unpack))?;
        Some(Self { groups, without: bytes.list(Term::unpack)? })
    }
}

impl Term {
    /// A gap is written as an odd number, a concept as an even one.
    fn pack(&self, out: &mut Writer) {
        let Self { polarity, items } = self;
        out.number(*polarity as usize);
        out.list(items, |out, item| {
            out.number(match item {
                Item::Concept(concept) => usize::from(*concept) * 2,
                Item::Gap(most) => most * 2 + 1,
            });
        });
    }

    fn unpack(bytes: &mut Reader<'_>) -> Option<Self> {
        let polarity = *[Polarity::Affirmed, Polarity::Denied, Polarity::Any].get(bytes.number()?)?;
        let items = bytes.list(|bytes| {
            let n = bytes.number()?;
            Some(if n % 2 == 0 { Item::Concept((n / 2).try_into().ok()?) } else { Item::Gap(n / 2) })
        })?;
        Some(Self { polarity, items })
    }
}
