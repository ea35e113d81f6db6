//! What a change does in law: from where its values come, then from its words.
//!
//! A value says by itself what it is ([`Role`]). Words that no value explains are sorted by the lists of `effets.txt`: a
//! negation, a modal verb, a number. What no list knows is wording only; the words are always shown beside their effect.

use super::structure::{Edit, Element, Shift};
use crate::base::quantity::Number;
use crate::document::revision::{Mark, Nature, Span};
use crate::document::{Role, Source};
use std::sync::OnceLock;

/// What a change does in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// More is owed.
    Stronger,
    /// Less is owed.
    Weaker,
    /// Something else is owed, or in other cases.
    Scope,
    /// A penalty, or its ceiling.
    Penalty,
    /// A deadline or a duration.
    Deadline,
    /// Another number.
    Number,
    /// What proves performance.
    Proof,
    /// Who owes, or to whom.
    Party,
    /// A reference to a law, a CCAG or an article.
    Reference,
    /// The consultation: what stands before the first article.
    Identity,
    /// Wording only.
    Wording,
    /// A reference that follows its article to another number, or a text that stands elsewhere: nothing in law.
    Place,
}

/// An effect of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Effect {
    /// Which.
    pub kind: Kind,
    /// What goes; empty when nothing does.
    pub from: String,
    /// What comes; empty when nothing does.
    pub to: String,
    /// The value that changed, when it is one.
    pub source: Option<Source>,
}

/// The words of each list of `effets.txt`.
struct Lexicon(Vec<(&'static str, Vec<&'static str>)>);

impl Lexicon {
    fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let lines = include_str!("effets.txt").lines().filter(|line| !line.starts_with('#'));
            let entry = |line: &'static str| {
                let (kind, words) = line.split_once(':')?;
                Some((kind.trim(), words.split(',').map(str::trim).collect()))
            };
            Self(lines.filter_map(entry).collect())
        })
    }

    /// The words of a text that are in a list, sorted.
    fn of<'w>(&self, list: &str, words: &'w [String]) -> Vec<&'w String> {
        let known = self.0.iter().find(|(kind, _)| *kind == list).map_or(&[][..], |(_, words)| words);
        let is = |word: &&String| {
            known.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == known,
            })
        };
        let mut found: Vec<&String> = words.iter().filter(is).collect();
        found.sort_unstable();
        found
    }

    fn has(&self, list: &str, words: &[String]) -> bool {
        !self.of(list, words).is_empty()
    }
}

/// The words of a text, in lower case; an elision is a word.
fn words(text: &str) -> Vec<String> {
    let spaced = text.to_lowercase().replace('’', "’ ");
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’').to_owned();
    spaced.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}

fn figures(words: &[String]) -> Vec<&String> {
    words.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).collect()
}

/// The effects of a change, gravest first, each once.
pub(super) fn effects(edit: &Edit) -> Vec<Effect> {
    let by_words = || stretches(&edit.spans).into_iter().flat_map(|stretch| of_stretch(edit, &stretch));
    let mut out: Vec<Effect> = match edit.shift {
        Some(Shift::Moved | Shift::Renumbered) => {
            vec![Effect { kind: Kind::Place, from: String::new(), to: String::new(), source: None }]
        }
        Some(shift) => vec![whole(edit, shift)],
        None => by_words().collect(),
    };
    // Before the first article, nothing binds.
    if edit.article.is_empty() {
        out.iter_mut().filter(|effect| effect.kind != Kind::Place).for_each(|effect| effect.kind = Kind::Identity);
    }
    out.sort();
    out.dedup();
    out
}

fn of_words(kind: Kind, from: &str, to: &str) -> Effect {
    Effect { kind, from: from.trim().to_owned(), to: to.trim().to_owned(), source: None }
}

/// The effect of a line, an item, a row that comes or goes.
fn whole(edit: &Edit, shift: Shift) -> Effect {
    let lexicon = Lexicon::get();
    let text: String = edit.spans.iter().map(|span| span.text.as_str()).collect();
    let found = words(&text);
    let gone = shift == Shift::Removed;
    let kind = if edit.element == Element::Article {
        Kind::Scope
    } else if lexicon.has("pénalité", &found) {
        Kind::Penalty
    } else if lexicon.has("obligation", &found) {
        if gone { Kind::Weaker } else { Kind::Stronger }
    } else if lexicon.has("preuve", &found) {
        Kind::Proof
    } else {
        Kind::Scope
    };
    if gone { of_words(kind, &text, "") } else { of_words(kind, "", &text) }
}

/// A place of a line where words change, with what stands around it.
struct Stretch<'s> {
    old: Vec<&'s Span>,
    new: Vec<&'s Span>,
}

fn stretches(spans: &[Span]) -> Vec<Stretch<'_>> {
    let mut out: Vec<Stretch<'_>> = Vec::new();
    let mut open = false;
    for span in spans {
        if span.mark == Mark::Kept {
            open = false;
            continue;
        }
        if !open {
            out.push(Stretch { old: Vec::new(), new: Vec::new() });
            open = true;
        }
        if let Some(stretch) = out.last_mut() {
            if span.mark == Mark::Deleted { stretch.old.push(span) } else { stretch.new.push(span) }
        }
    }
    out
}

fn of_stretch(edit: &Edit, stretch: &Stretch<'_>) -> Vec<Effect> {
    let text = |spans: &[&Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let (from, to) = (text(&stretch.old), text(&stretch.new));
    if let Some(effects) = of_values(stretch) {
        return effects;
    }
    // The same words in another look.
    if from == to {
        return vec![of_words(Kind::Wording, &from, &to)];
    }
    vec![of_words(lexical(edit, &from, &to), &from, &to)]
}

/// The values of one side of a stretch, and the words between them, which have no source.
fn values(spans: &[&Span]) -> Vec<(Option<Source>, String)> {
    let mut out: Vec<(Option<Source>, String)> = Vec::new();
    for span in spans {
        let source = match (&span.source, &span.look.nature) {
            (Some(source), _) => Some(source.as_ref().clone()),
            (None, Nature::Reference(anchor)) => Some(Source::article(anchor)),
            (None, _) => None,
        };
        match out.last_mut() {
            Some((last, text)) if *last == source => text.push_str(&span.text),
            _ => out.push((source, span.text.clone())),
        }
    }
    out.retain(|(source, text)| source.is_some() || !text.trim().is_empty());
    out
}

/// The effects of the values of a stretch, when they explain all of it: what stands between them is the same.
fn of_values(stretch: &Stretch<'_>) -> Option<Vec<Effect>> {
    let (before, after) = (values(&stretch.old), values(&stretch.new));
    if before.len() != after.len() {
        return None;
    }
    let mut out = Vec::new();
    for ((was, from), (is, to)) in before.into_iter().zip(after) {
        let (was, is) = match (was, is) {
            (None, None) if from == to => continue,
            (Some(was), Some(is)) if (&was.clause, was.role) == (&is.clause, is.role) => (was, is),
            _ => return None,
        };
        let kind = match is.role {
            Role::Penalty => Kind::Penalty,
            Role::Deadline => Kind::Deadline,
            Role::Commitment => match (amount(&from), amount(&to)) {
                (Some(a), Some(b)) if b > a => Kind::Stronger,
                (Some(a), Some(b)) if b < a => Kind::Weaker,
                _ => Kind::Scope,
            },
            Role::Number => Kind::Number,
            Role::Words => Kind::Scope,
            // The same article, or the same text, under another number or name.
            Role::Article if was == is => Kind::Place,
            Role::Article | Role::Law => Kind::Reference,
        };
        if from != to {
            out.push(Effect { kind, from: from.trim().to_owned(), to: to.trim().to_owned(), source: Some(is) });
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The first figure of a printed value.
fn amount(printed: &str) -> Option<Number> {
    let start = printed.find(|c: char| c.is_ascii_digit())?;
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '\u{A0}' | '\u{202F}' | ',');
    let rest = printed.get(start..)?;
    let end = rest.find(|c: char| !figure(c)).unwrap_or(rest.len());
    let digits: String = rest.get(..end)?.chars().filter(|c| c.is_ascii_digit() || *c == ',').collect();
    Number::parse(digits.trim_end_matches(',')).ok()
}

/// The effect that words tell.
fn lexical(edit: &Edit, from: &str, to: &str) -> Kind {
    let lexicon = Lexicon::get();
    let (old, new) = (words(from), words(to));
    let differs = |list: &str| lexicon.of(list, &old) != lexicon.of(list, &new);
    let line = words(&edit.spans.iter().map(|span| span.text.as_str()).collect::<String>());
    if differs("négation") {
        return Kind::Scope;
    }
    let must = |words: &[String]| lexicon.has("obligation", words);
    let may = |words: &[String]| lexicon.has("faculté", words);
    match ((must(&old), may(&old)), (must(&new), may(&new))) {
        ((_, true), (true, false)) | ((false, true), (false, false)) if !new.is_empty() => return Kind::Stronger,
        ((true, false), (_, true)) => return Kind::Weaker,
        ((false, false), (false, true)) => return Kind::Weaker,
        ((false, false), (true, _)) => return Kind::Stronger,
        _ => {}
    }
    if figures(&old) != figures(&new) {
        let cites = |words: &[String]| lexicon.has("renvoi", words) || words.iter().any(|word| is_article(word));
        if cites(&old) || cites(&new) {
            return Kind::Reference;
        }
        if lexicon.has("pénalité", &line) {
            return Kind::Penalty;
        }
        if lexicon.has("délai", &old) || lexicon.has("délai", &new) {
            return Kind::Deadline;
        }
        return Kind::Number;
    }
    for (list, kind) in [
        ("pénalité", Kind::Penalty),
        ("délai", Kind::Deadline),
        ("partie", Kind::Party),
        ("preuve", Kind::Proof),
        ("renvoi", Kind::Reference),
        ("portée", Kind::Scope),
    ] {
        if differs(list) {
            return kind;
        }
    }
    Kind::Wording
}

/// « 2112-2 », « r.2152-7 »: the number of an article of a code.
fn is_article(word: &str) -> bool {
    word.split_once('-').is_some_and(|(code, rest)| {
        let code = code.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == '\u{A0}');
        code.len() >= 3 && code.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
