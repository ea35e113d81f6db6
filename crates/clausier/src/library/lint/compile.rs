//! Compiles the rules and their words: inflections by light rules of French, never by lists of forms; patterns as programs.
//!
//! The build script writes the outcome as statics; the validation of the library compiles the same files again, to say what
//! is wrong in them and that the statics are theirs.
//!
//! | entry of a notion | reads |
//! |---|---|
//! | `artisan` | that word in every number and gender; for a verb (`confier`), its usual forms |
//! | `bassin de vie` | these words one after the other (small words do not count) |
//! | `=locaux` | that form only |
//! | `écolo*`, `*ois` | any word that begins so, that ends so |
//! | `-bois` | but not that one |
//! | `# heure` | a number, in figures or in words, then that word |
//! | `@candidat` | every entry of another notion |
//!
//! Five notions are known without words: `#`, a number; `@Nom`, a word written as a proper name; `@Lieu`, the same after « de »,
//! « à », « en »; `@Sigle`, a word in capitals; `@Restriction`, the « que » of « ne … que ». The words of a `@locution`
//! (« mission locale ») say nothing one by one.
//!
//! | pattern | reads |
//! |---|---|
//! | `artisan local` | these words one after the other, small words apart, in any inflection |
//! | `@candidat` | a word of that notion |
//! | `(embaucher\|@emploi)` | one of them |
//! | `#` | a number |
//! | `..`, `...` | three words at most, eight words at most |
//! | `a & b` | both in one proposition, in any order |
//! | `a + b` | both in one sentence, in any order |
//! | `a - b` | the first, in a sentence where the second is not |
//! | `!a` | the words denied (« n’est pas a », « sans a »); `?a`: denied or not; `+a`: not denied. Bare: not denied, and
//! for an exception, either |

use super::image::{AFFIRMED, ANY_END, Concept, DENIED, Day, EITHER, FIGURES, GAP, KNOWN, RESTRICTION, Ranks, bare};
use super::inflect::{ANY, EXACT, Endings, inflect};
use super::text::{Word, Words};
use crate::base::fold::fold;
use crate::base::hash::sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A word of an entry: its stem, and the class of its endings.
type Form = (Box<str>, u8);

/// An entry: its words and its concept.
#[derive(Debug)]
struct Phrase {
    first: Form,
    others: Vec<Form>,
    concept: Concept,
}

/// A rule as a file writes it: each list of patterns one a line.
#[derive(Debug, Default)]
pub(crate) struct RuleSource {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) since: Day,
    pub(crate) places: Vec<String>,
    pub(crate) forms: Vec<String>,
    pub(crate) patterns: String,
    pub(crate) needs: String,
    pub(crate) exceptions: String,
    pub(crate) general: String,
    pub(crate) listed: bool,
}

/// The rules in the making.
#[derive(Debug)]
pub(crate) struct Compiler {
    ranks: BTreeMap<Box<str>, Concept>,
    /// The concepts that take in each concept.
    wider: Vec<Vec<Concept>>,
    /// The concepts that have words.
    filled: BTreeSet<Concept>,
    classes: Vec<Endings>,
    entries: Vec<Phrase>,
    ends: Vec<(Box<str>, Concept)>,
    but: BTreeSet<(Box<str>, Concept)>,
    program: Vec<u16>,
    starts: Vec<u32>,
    /// What each pattern needs, by rank.
    needed: Vec<Vec<Concept>>,
    /// Every concept that a pattern names.
    named: BTreeSet<Concept>,
    /// The rules, and the patterns that each looks for.
    rules: Vec<(String, Ranks)>,
    names: BTreeMap<Concept, String>,
    past: Ranks,
    kinds: BTreeMap<Concept, String>,
    repealed: String,
    subjects: String,
}

impl Default for Compiler {
    fn default() -> Self {
        let mut out = Self {
            ranks: BTreeMap::new(),
            wider: Vec::new(),
            filled: (0..=RESTRICTION).collect(),
            // The first is the one that admits any end.
            classes: vec![ANY],
            entries: Vec::new(),
            ends: Vec::new(),
            but: BTreeSet::new(),
            program: Vec::new(),
            starts: Vec::new(),
            needed: Vec::new(),
            named: BTreeSet::new(),
            rules: Vec::new(),
            names: BTreeMap::new(),
            past: (0, 0),
            kinds: BTreeMap::new(),
            repealed: String::new(),
            subjects: String::new(),
        };
        for name in KNOWN {
            out.concept(name);
        }
        out
    }
}

impl Compiler {
    /// The rank of a concept, made when it is new.
    fn concept(&mut self, name: &str) -> Concept {
        if let Some(rank) = self.ranks.get(name) {
            return *rank;
        }
        let rank = Concept::try_from(self.wider.len()).unwrap_or(Concept::MAX);
        self.ranks.insert(name.into(), rank);
        self.wider.push(Vec::new());
        rank
    }

    /// Adds a notion, its entries separated by commas, each word in the form given only when they are names; those that cannot
    /// be read are given back.
    pub(crate) fn notion<'s>(&mut self, name: &str, entries: &'s str, exact: bool) -> Vec<&'s str> {
        let concept = self.concept(name);
        self.add(concept, entries, exact)
    }

    fn add<'s>(&mut self, concept: Concept, entries: &'s str, exact: bool) -> Vec<&'s str> {
        let parts = entries.split([',', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
        parts.filter(|entry| !self.entry(concept, entry, exact)).collect()
    }

    /// A concept of some words, under a name of its own.
    fn words(&mut self, name: &str, words: &str) -> Concept {
        let concept = self.concept(name);
        self.add(concept, words, false);
        concept
    }

    fn entry(&mut self, concept: Concept, entry: &str, exact: bool) -> bool {
        self.filled.insert(concept);
        if let Some(name) = entry.strip_prefix('@') {
            let narrow = self.concept(name);
            if let Some(wider) = self.wider.get_mut(usize::from(narrow)) {
                wider.push(concept);
            }
            return true;
        }
        if let Some(end) = entry.strip_prefix('*') {
            self.ends.push((fold(end).into(), concept));
            return !end.contains(' ');
        }
        if let Some(word) = entry.strip_prefix('-') {
            self.but.insert((bare(&fold(word)).into(), concept));
            return true;
        }
        let text = entry.replace('#', "0");
        let words = Words::of(&text);
        let form = |word: &Word| {
            let folded = words.folded(word);
            let marked = exact || text.get(..word.start).is_some_and(|before| before.ends_with('='));
            let open = text.get(word.end..).is_some_and(|after| after.starts_with('*'));
            match (marked, open) {
                _ if folded == "0" => ("", EXACT),
                (true, _) => (folded, EXACT),
                (_, true) => (folded, ANY),
                _ => inflect(folded),
            }
        };
        let forms: Vec<(&str, Endings)> = words.all().iter().map(form).collect();
        let mut forms = forms.into_iter().map(|(stem, endings)| (Box::from(stem), self.class(endings)));
        let Some(first) = forms.next().filter(|_| !entry.contains('@')) else { return false };
        let others = forms.collect();
        self.entries.push(Phrase { first, others, concept });
        true
    }

    fn class(&mut self, endings: Endings) -> u8 {
        let rank = self.classes.iter().position(|class| *class == endings).unwrap_or_else(|| {
            self.classes.push(endings);
            self.classes.len() - 1
        });
        u8::try_from(rank).unwrap_or(ANY_END)
    }

    /// What makes an outdated name right: one pattern a line. Those that cannot be read are given back.
    pub(crate) fn past<'s>(&mut self, lines: &'s str) -> Vec<&'s str> {
        let (past, wrong) = self.lines(lines, EITHER);
        self.past = past;
        wrong
    }

    /// Adds names that are no longer right.
    pub(crate) fn name<'s>(
        &mut self,
        names: &str,
        since: Day,
        today: &str,
        exceptions: &'s str,
        certain: bool,
    ) -> Vec<&'s str> {
        let concept = self.words(&format!("nom {names}"), names);
        let (exceptions, wrong) = self.lines(exceptions, EITHER);
        let code = "nom-perime";
        let message = "{mots} n’est plus le nom en usage";
        let help = format!("écrivez « {today} »{}", doubt(certain));
        // A « secteur protégé » is also a quarter of old houses: the object of a contract is left alone.
        let places = ["valeur", "critere", "raisons", "texte"];
        let none: Ranks = (0, 0);
        let rule = format!(
            "RuleImage {{ code: {code:?}, message: {message:?}, help: {help:?}, instead: Some({today:?}), since: {since:?}, places: &{places:?}, forms: &[], \
             needs: {none:?}, exceptions: {exceptions:?}, general: {none:?}, listed: false }}"
        );
        self.names.entry(concept).or_insert(rule);
        wrong
    }

    /// Adds a rule; the patterns that cannot be read are given back with their key.
    pub(crate) fn rule<'s>(&mut self, source: &'s RuleSource) -> Vec<(&'static str, &'s str)> {
        let mut wrong = Vec::new();
        let mut read = |key, lines, usual| {
            let (ranks, bad) = self.lines(lines, usual);
            wrong.extend(bad.into_iter().map(|line| (key, line)));
            ranks
        };
        let patterns = read("si", &source.patterns, AFFIRMED);
        let needs = read("manque", &source.needs, EITHER);
        let exceptions = read("sauf", &source.exceptions, EITHER);
        let general = read("sauf_ailleurs", &source.general, EITHER);
        let RuleSource { code, message, help, since, places, forms, listed, .. } = source;
        let rule = format!(
            "RuleImage {{ code: {code:?}, message: {message:?}, help: {help:?}, instead: None, since: {since:?}, places: &{places:?}, forms: &{forms:?}, \
             needs: {needs:?}, exceptions: {exceptions:?}, general: {general:?}, listed: {listed} }}"
        );
        self.rules.push((rule, patterns));
        wrong
    }

    /// Adds a code or a sort of dated text.
    pub(crate) fn code(&mut self, id: &str, names: &str, of: &str) {
        let concept = self.words(&format!("mots {names}"), names);
        self.kinds.entry(concept).or_insert_with(|| format!("({concept}, {id:?}, {of:?})"));
    }

    /// Adds texts that are no more.
    pub(crate) fn repealed(&mut self, ids: &str, since: Day, help: &str, certain: bool) {
        let ids = list(ids);
        let help = format!("{help}{}", doubt(certain));
        let _ = write!(self.repealed, "RepealedImage {{ ids: &{ids:?}, since: {since:?}, help: {help:?} }},");
    }

    /// Adds what articles are about.
    pub(crate) fn subject(&mut self, words: &str, ids: &str, only: bool) {
        let concept = self.words(&format!("mots {words}"), words);
        let said = list(words).first().copied().unwrap_or_default();
        let ids = list(ids);
        let _ =
            write!(self.subjects, "SubjectImage {{ words: {concept}, said: {said:?}, ids: &{ids:?}, only: {only} }},");
    }

    /// A notion that patterns name and that has no words.
    pub(crate) fn unknown(&self) -> Option<&str> {
        let lacks = self.named.iter().find(|concept| !self.filled.contains(concept))?;
        self.ranks.iter().find(|(_, rank)| *rank == lacks).map(|(name, _)| &**name)
    }

    /// The patterns of some lines: their ranks, and the lines that are none.
    fn lines<'s>(&mut self, lines: &'s str, usual: u16) -> (Ranks, Vec<&'s str>) {
        let count = |starts: &[u32]| u16::try_from(starts.len()).unwrap_or(u16::MAX);
        let first = count(&self.starts);
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let wrong = lines.filter(|line| self.pattern(line, usual).is_none()).collect();
        ((first, count(&self.starts)), wrong)
    }

    /// Adds a pattern; `None` when it has no word or a bracket of its own.
    fn pattern(&mut self, source: &str, usual: u16) -> Option<()> {
        let mut groups: Vec<Vec<Vec<u16>>> = Vec::new();
        let mut without: Vec<Vec<u16>> = Vec::new();
        let mut sign = '+';
        let mut run = String::new();
        let mut depth = 0_usize;
        for piece in source.split_whitespace().chain(["+"]) {
            if depth == 0 && matches!(piece, "+" | "&" | "-") {
                let usual = if sign == '-' { EITHER } else { usual };
                let term = self.term(run.trim(), usual)?;
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
        if groups.is_empty() || !run.is_empty() {
            return None;
        }
        let concepts = |terms: &[Vec<u16>]| -> Vec<Concept> {
            terms.iter().flat_map(|term| term.iter().skip(1)).copied().filter(|item| *item < GAP).collect()
        };
        let needed: Vec<Concept> = groups.iter().flat_map(|group| concepts(group)).collect();
        self.named.extend(needed.iter().copied().chain(concepts(&without)));
        self.needed.push(needed);
        self.starts.push(u32::try_from(self.program.len()).ok()?);
        self.program.push(u16::try_from(groups.len()).ok()?);
        for terms in groups.iter().chain([&without]) {
            self.program.push(u16::try_from(terms.len()).ok()?);
            for term in terms {
                let (polarity, items) = term.split_first()?;
                self.program.extend([*polarity, u16::try_from(items.len()).ok()?]);
                self.program.extend(items);
            }
        }
        Some(())
    }

    /// A run of words: its polarity, then its items.
    fn term(&mut self, source: &str, usual: u16) -> Option<Vec<u16>> {
        let (polarity, mut rest) = match source.chars().next()? {
            '!' => (DENIED, source.get(1..)?),
            '?' => (EITHER, source.get(1..)?),
            '+' => (AFFIRMED, source.get(1..)?),
            _ => (usual, source),
        };
        let mut items = vec![polarity];
        while !rest.is_empty() {
            if let Some(open) = rest.strip_prefix('(') {
                let (several, after) = open.split_once(')')?;
                items.push(self.anonymous(&several.replace('|', ","))?);
                rest = after.trim_start();
                continue;
            }
            let token = rest.split([' ', '(']).next()?;
            match (token, token.strip_prefix('@')) {
                ("..", _) => items.push(GAP | 3),
                ("...", _) => items.push(GAP | 8),
                (_, Some(name)) => items.push(self.concept(name)),
                ("#", _) => items.push(self.concept("#")),
                // No small word is longer than « seront ».
                _ if token.len() <= 6 && Words::of(token).all().is_empty() => {}
                _ => items.push(self.anonymous(token)?),
            }
            rest = rest.get(token.len()..)?.trim_start();
        }
        let word = |item: Option<&u16>| item.is_some_and(|item| *item < GAP);
        (items.len() > 1 && word(items.get(1)) && word(items.last())).then_some(items)
    }

    /// The concept of words written in a pattern.
    fn anonymous(&mut self, words: &str) -> Option<Concept> {
        let concept = self.concept(&format!("'{words}"));
        let wrong = !self.filled.contains(&concept) && !self.add(concept, words, false).is_empty();
        (!wrong && self.filled.contains(&concept)).then_some(concept)
    }

    /// The fingerprint of what is compiled.
    pub(crate) fn hash(&self) -> String {
        sha256(self.tables().as_bytes())
    }

    /// The rules as fields of Rust.
    pub(crate) fn tables(&self) -> String {
        let rules: String = self.rules.iter().map(|(rule, _)| format!("{rule},")).collect();
        let names: String = self.names.iter().map(|(concept, rule)| format!("({concept}, {rule}),")).collect();
        let kinds: Vec<&str> = self.kinds.values().map(String::as_str).collect();
        format!(
            "words: {}, patterns: {}, rules: &[{rules}], names: &[{names}], past: {:?}, kinds: &[{}], repealed: &[{}], \
             subjects: &[{}]",
            self.word_table(),
            self.pattern_table(),
            self.past,
            kinds.join(", "),
            self.repealed,
            self.subjects
        )
    }

    fn word_table(&self) -> String {
        let forms = self.entries.iter().flat_map(|entry| entry.others.iter().chain([&entry.first]));
        let stems: BTreeSet<&str> = forms.map(|(stem, _)| &**stem).filter(|stem| !stem.is_empty()).collect();
        let stems: Vec<&str> = stems.into_iter().collect();
        let rank = |stem: &str| match stems.binary_search(&stem) {
            Ok(rank) => u16::try_from(rank).unwrap_or(FIGURES),
            Err(_) => FIGURES,
        };
        let mut starts = vec![0_usize];
        starts.extend(stems.iter().scan(0, |end, stem| {
            *end += stem.len();
            Some(*end)
        }));
        let letters: Vec<usize> = (0..=256)
            .map(|letter| stems.partition_point(|stem| stem.bytes().next().is_some_and(|b| usize::from(b) < letter)))
            .collect();
        // In order, what begins a stem stands before it: the last one still open.
        let mut open: Vec<usize> = Vec::new();
        let mut shorter = Vec::new();
        for (at, stem) in stems.iter().enumerate() {
            while open.last().is_some_and(|last| stems.get(*last).is_none_or(|last| !stem.starts_with(last))) {
                open.pop();
            }
            shorter.push(open.last().map_or(0, |last| last + 1));
            open.push(at);
        }
        let (mut firsts, mut entries, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for stem in stems.iter().copied().chain([""]) {
            firsts.push(entries.len());
            for entry in self.entries.iter().filter(|entry| *entry.first.0 == *stem) {
                entries.push((entry.first.1, others.len(), entry.others.len(), entry.concept));
                others.extend(entry.others.iter().map(|(stem, class)| (rank(stem), *class)));
            }
        }
        firsts.push(entries.len());
        let suffixes: BTreeSet<&str> = self.classes.iter().flat_map(|class| class.iter().copied()).collect();
        let suffixes: Vec<&str> = suffixes.into_iter().collect();
        let bits = |class: &Endings| {
            let mut bits = [0_u64; 4];
            for at in class.iter().filter_map(|end| suffixes.binary_search(end).ok()) {
                if let Some(word) = bits.get_mut(at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
            bits
        };
        let classes: Vec<[u64; 4]> = self.classes.iter().map(bits).collect();
        let (mut widers, mut wider) = (Vec::new(), Vec::new());
        for concept in 0..self.wider.len() {
            widers.push(wider.len());
            wider.extend(self.all_wider(concept));
        }
        widers.push(wider.len());
        format!(
            "WordTable {{ stems: {:?}, starts: &{starts:?}, letters: &{letters:?}, shorter: &{shorter:?}, firsts: &{firsts:?}, \
             entries: &{entries:?}, others: &{others:?}, suffixes: &{suffixes:?}, classes: &{classes:?}, widers: &{widers:?}, wider: &{wider:?}, \
             ends: &{:?}, but: &{:?} }}",
            stems.concat(),
            self.ends,
            self.but.iter().collect::<Vec<_>>()
        )
    }

    /// Every concept that takes in a concept, near or far.
    fn all_wider(&self, concept: usize) -> BTreeSet<Concept> {
        let mut out = BTreeSet::new();
        let mut next = vec![concept];
        while let Some(wider) = next.pop().and_then(|concept| self.wider.get(concept)) {
            next.extend(wider.iter().filter(|one| out.insert(**one)).map(|one| usize::from(*one)));
        }
        out
    }

    fn pattern_table(&self) -> String {
        // Each pattern waits behind the concept of its own that the fewest others need.
        let mut uses: BTreeMap<Concept, usize> = BTreeMap::new();
        self.needed.iter().flatten().for_each(|concept| *uses.entry(*concept).or_default() += 1);
        let mut behind: BTreeMap<Concept, Vec<(usize, usize)>> = BTreeMap::new();
        for (rule, (_, (first, end))) in self.rules.iter().enumerate() {
            for pattern in usize::from(*first)..usize::from(*end) {
                let needed = self.needed.get(pattern).into_iter().flatten();
                if let Some(gate) = needed.min_by_key(|concept| uses.get(concept)) {
                    behind.entry(*gate).or_default().push((rule, pattern));
                }
            }
        }
        let (mut gates, mut gated) = (Vec::new(), Vec::<(usize, usize)>::new());
        for concept in 0..self.wider.len() {
            gates.push(gated.len());
            gated
                .extend(Concept::try_from(concept).ok().and_then(|concept| behind.get(&concept)).into_iter().flatten());
        }
        gates.push(gated.len());
        format!(
            "PatternTable {{ program: &{:?}, starts: &{:?}, gates: &{gates:?}, gated: &{gated:?} }}",
            self.program, self.starts
        )
    }
}

/// The parts of a list, separated by commas or lines.
fn list(text: &str) -> Vec<&str> {
    text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What is added to a change that nobody has confirmed.
fn doubt(certain: bool) -> &'static str {
    if certain { "" } else { " ; ce changement est noté de mémoire : vérifiez-le" }
}
