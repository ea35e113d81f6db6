//! What makes a wording unlawful or useless, found by patterns kept as data (`redaction.toml`).
//!
//! A pattern is a run of words, read without accents, case or punctuation:
//!
//! | written | reads |
//! |---|---|
//! | `locales` | that word |
//! | `local*` | any word that begins so |
//! | `(local\|à proximité)` | one of them |
//! | `#` | a number |
//! | `..` | two words at most, in one clause of the sentence |
//! | `...` | eight words at most, in one sentence |
//!
//! A rule is silent when one of its exceptions (`sauf`) stands in the same text; a rule that reads its context (`contexte`) looks
//! for them in the whole clause, which prints around a label « ou équivalent ».

use crate::base::quantity::Date;
use crate::base::terms::{Vocabulary, vocabulary};
use crate::file::reading::{self, FileProblem, Problem, Report, Span, Table, plain};
use crate::law::Legal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

vocabulary! {
    /// What a text is for.
    Place, "l’endroit" {
        /// Object of the contract, title of a lot.
        Object = "objet",
        /// A value given to a clause.
        Value = "valeur",
        /// The method of an award criterion.
        Criterion = "critere",
        /// Why the social clause is set aside.
        Grounds = "raisons",
        /// The text of a clause or of a trame.
        Text = "texte",
    }
}

/// The rules.
#[derive(Debug)]
pub struct Lint {
    rules: Vec<Rule>,
    /// The patterns, as rule and rank in it, by the first letter that they may read: most words begin none.
    by_letter: BTreeMap<char, Vec<(usize, usize)>>,
}

/// A fault of wording: what is said of it, and how it is recognised.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Code of the check that reports it.
    pub code: String,
    /// What is wrong; « {mots} » stands for the words found.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// First day of launch on which it is wrong; always when there is none.
    pub since: Option<Date>,
    /// Where it is looked for; empty means everywhere.
    pub places: Vec<Place>,
    /// Texts in which it must be found.
    pub examples: Vec<String>,
    /// Texts in which it must not be found.
    pub counter_examples: Vec<String>,
    /// The exceptions may stand elsewhere in the clause.
    in_context: bool,
    patterns: Vec<Pattern>,
    exceptions: Vec<Pattern>,
}

/// A fault found in a text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Hit<'l> {
    /// The rule.
    pub rule: &'l Rule,
    /// Place of the words in the text, in bytes.
    pub span: Range<usize>,
    /// What is wrong, the words found included.
    pub message: String,
}

impl Lint {
    /// Reads the rules; those on outdated names come from the register too.
    pub(crate) fn new(source: &str, legal: &Legal) -> Self {
        let (mut rules, _) = read(source);
        let publics = legal.publics().flat_map(|public| &public.outdated);
        let names = publics.chain(legal.structures().flat_map(|structure| &structure.outdated));
        rules.extend(names.map(|outdated| Rule {
            code: "nom-perime".to_owned(),
            message: "« {mots} » n’est plus le nom en usage".to_owned(),
            help: format!("écrivez « {} »", outdated.today),
            since: outdated.since,
            // A « secteur protégé » is also a quarter of old houses: the object of a contract is left alone.
            places: vec![Place::Value, Place::Criterion, Place::Grounds, Place::Text],
            examples: Vec::new(),
            counter_examples: Vec::new(),
            in_context: false,
            patterns: Pattern::parse(&outdated.name).into_iter().collect(),
            exceptions: Vec::new(),
        }));
        let mut by_letter: BTreeMap<char, Vec<(usize, usize)>> = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                for letter in pattern.first_letters() {
                    by_letter.entry(letter).or_default().push((r, p));
                }
            }
        }
        Self { rules, by_letter }
    }

    /// Every rule.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// What is wrong in a text of a consultation launched on a day (on any day when there is none): the first hit of each rule.
    pub fn read<'l>(&'l self, text: &str, place: Place, launch: Option<Date>) -> Vec<Hit<'l>> {
        let words = words(text);
        let mut out: BTreeMap<usize, Hit<'l>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            let letter = word.folded.chars().next();
            let candidates = letter.and_then(|letter| self.by_letter.get(&letter)).into_iter().flatten();
            for (r, p) in candidates {
                let found = self.rules.get(*r).filter(|rule| !out.contains_key(r) && rule.applies(place, launch));
                let hit = found.and_then(|rule| rule.hit(rule.patterns.get(*p)?, text, &words, at));
                out.extend(hit.map(|hit| (*r, hit)));
            }
        }
        out.into_values().collect()
    }
}

impl Rule {
    fn applies(&self, place: Place, launch: Option<Date>) -> bool {
        let in_time = self.since.zip(launch).is_none_or(|(since, launch)| launch >= since);
        in_time && (self.places.is_empty() || self.places.contains(&place))
    }

    /// True when the rest of the clause makes a hit right.
    pub(crate) fn is_excused_by(&self, context: &str) -> bool {
        self.in_context && self.excepts(&words(context))
    }

    fn excepts(&self, words: &[Word]) -> bool {
        let begins = |exception: &Pattern| (0..words.len()).any(|at| reads(&exception.0, words, at).is_some());
        self.exceptions.iter().any(begins)
    }

    fn hit(&self, pattern: &Pattern, text: &str, words: &[Word], at: usize) -> Option<Hit<'_>> {
        let end = reads(&pattern.0, words, at)?;
        if self.excepts(words) {
            return None;
        }
        let span = words.get(at)?.span.start..words.get(end.checked_sub(1)?)?.span.end;
        let message = self.message.replace("{mots}", text.get(span.clone())?);
        Some(Hit { rule: self, span, message })
    }
}

/// A word of a text: folded, with its place and what stands before it.
#[derive(Debug)]
struct Word {
    folded: String,
    span: Range<usize>,
    before: Break,
}

/// What separates a word from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    /// A comma or a bracket.
    Clause,
    /// The end of a sentence.
    Sentence,
}

/// The words of a text, without case, accents nor punctuation.
fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut before = Break::None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '%').unwrap_or(rest.len());
        if length > 0 {
            let (word, after) = rest.split_at(length);
            out.push(Word { folded: plain(word), span: at..at + length, before });
            (before, rest) = (Break::None, after);
            continue;
        }
        before = before.max(match c {
            '.' | '!' | '?' | ';' | ':' => Break::Sentence,
            ',' | '(' | ')' | '«' | '»' => Break::Clause,
            _ => Break::None,
        });
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// A run of words.
#[derive(Debug)]
struct Pattern(Vec<Item>);

#[derive(Debug)]
enum Item {
    /// One of several runs of words; a plain word is one run of one word.
    Words(Vec<Vec<Stem>>),
    /// A number.
    Number,
    /// At most so many words, with no break as strong as this one.
    Gap(usize, Break),
}

/// A word, whole or by its beginning.
#[derive(Debug)]
struct Stem {
    text: String,
    whole: bool,
}

impl Stem {
    fn reads(&self, word: &Word) -> bool {
        if self.whole { word.folded == self.text } else { word.folded.starts_with(&self.text) }
    }

    /// The words of a part of a pattern: an apostrophe or a hyphen parts two of them, as in the texts.
    fn all(part: &str) -> Vec<Self> {
        let words = part.split(|c: char| !c.is_alphanumeric() && c != '*' && c != '%');
        words
            .filter(|word| !word.is_empty())
            .map(|word| Self { text: plain(word.trim_end_matches('*')), whole: !word.ends_with('*') })
            .collect()
    }
}

impl Pattern {
    /// Reads a pattern; `None` when it has no word, begins or ends with a gap, or has a bracket of its own.
    fn parse(source: &str) -> Option<Self> {
        let mut items = Vec::new();
        let mut rest = source.trim_start();
        while !rest.is_empty() {
            let token = match rest.strip_prefix('(') {
                Some(open) => {
                    let (several, after) = open.split_once(')')?;
                    items.push(Item::Words(several.split('|').map(Stem::all).collect()));
                    rest = after.trim_start();
                    continue;
                }
                None => rest.split([' ', '(']).next()?,
            };
            match token {
                ".." => items.push(Item::Gap(2, Break::Clause)),
                "..." => items.push(Item::Gap(8, Break::Sentence)),
                "#" => items.push(Item::Number),
                _ => items.extend(Stem::all(token).into_iter().map(|stem| Item::Words(vec![vec![stem]]))),
            }
            rest = rest.get(token.len()..)?.trim_start();
        }
        let gap = |item: Option<&Item>| matches!(item, None | Some(Item::Gap(..)));
        (!gap(items.first()) && !gap(items.last())).then_some(Self(items))
    }

    /// The letters with which the first word may begin.
    fn first_letters(&self) -> BTreeSet<char> {
        match self.0.first() {
            Some(Item::Words(runs)) => {
                let first = runs.iter().filter_map(|run| run.first());
                first.filter_map(|stem| stem.text.chars().next()).collect()
            }
            Some(Item::Number) => ('0'..='9').collect(),
            Some(Item::Gap(..)) | None => BTreeSet::new(),
        }
    }
}

/// Where the items end in the words, read from one of them.
fn reads(items: &[Item], words: &[Word], at: usize) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    match item {
        Item::Gap(most, stop) => (at..=at + most).find_map(|next| {
            let crossed = words.get(at..=next)?.iter().any(|word| word.before >= *stop);
            if crossed { None } else { reads(rest, words, next) }
        }),
        Item::Number => {
            let number = words.get(at)?.folded.starts_with(|c: char| c.is_ascii_digit());
            if number { reads(rest, words, at + 1) } else { None }
        }
        Item::Words(runs) => runs.iter().find_map(|run| {
            let end = at + run.len();
            let read = words.get(at..end)?.iter().zip(run).all(|(word, stem)| stem.reads(word));
            if read { reads(rest, words, end) } else { None }
        }),
    }
}

/// Everything wrong in the file of rules.
pub(crate) fn problems(file: &str, source: &str) -> Vec<FileProblem> {
    let (_, problems) = read(source);
    problems.into_iter().map(|problem| FileProblem { file: file.to_owned(), problem }).collect()
}

fn read(source: &str) -> (Vec<Rule>, Vec<Problem>) {
    let report = Report::new(source);
    let root = reading::parse(source, &report);
    let top = Table::root(&root, &report);
    let rules = top.tables("regle").iter().map(rule).collect();
    top.finish();
    (rules, report.into_problems())
}

fn rule(table: &Table<'_, '_>) -> Rule {
    let code = table.required("controle", "\"preference-locale\"");
    let message = table.required("message", "\"« {mots} » : …\"");
    let help = table.required("aide", "\"…\"");
    let since = if table.has("depuis") { table.date("depuis") } else { None };
    let places = table.words("ou");
    let in_context = table.boolean("contexte").unwrap_or(false);
    let patterns = patterns(table, "motifs");
    if patterns.is_empty() {
        table.missing("motifs", "[\"entreprises locales\"]");
    }
    let exceptions = self::patterns(table, "sauf");
    let examples = table.texts("exemples");
    let counter_examples = table.texts("contre_exemples");
    for (key, empty) in [("exemples", examples.is_empty()), ("contre_exemples", counter_examples.is_empty())] {
        if empty {
            table.missing(key, "[\"…\"]");
        }
    }
    table.finish();
    Rule { code, message, help, since, places, examples, counter_examples, in_context, patterns, exceptions }
}

fn patterns(table: &Table<'_, '_>, key: &'static str) -> Vec<Pattern> {
    let mut out = Vec::new();
    for (text, span) in table.spanned_texts(key) {
        match Pattern::parse(&text) {
            Some(pattern) => out.push(pattern),
            None => table.report.add(
                span,
                format!("« {text} » n’est pas un motif"),
                "un motif commence et finit par un mot : \"entreprises .. locales\"",
            ),
        }
    }
    out
}

/// Keys whose texts are for the author or the buyer, never printed in a piece.
const ASIDE: [&str; 10] = [
    "id",
    "nom",
    "pourquoi",
    "vigilance",
    "question",
    "source",
    "fourchette",
    "executants",
    "exclusions",
    "fondements",
];

/// What is wrong in the wording of a clause or of a trame, with its place in the file.
pub(crate) fn of_file(lint: &Lint, source: &str) -> Vec<Problem> {
    let report = Report::new(source);
    let root = reading::parse(source, &report);
    let mut texts = Vec::new();
    root.texts(&ASIDE, &mut texts);
    let whole: String =
        texts.iter().filter_map(|span| source.get(span.clone())).map(|text| format!("{text}\n")).collect();
    for span in texts {
        let Some(text) = source.get(span.clone()) else { continue };
        for hit in lint.read(text, Place::Text, None).into_iter().filter(|hit| !hit.rule.is_excused_by(&whole)) {
            let place: Span = span.start + hit.span.start..span.start + hit.span.end;
            report.add(place, hit.message, hit.rule.help.clone());
        }
    }
    report.into_problems()
}
