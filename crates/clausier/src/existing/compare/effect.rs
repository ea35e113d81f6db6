//! What a change does in law: from where its values come, then from its words.
//!
//! A value says by itself what it is ([`Role`]). Words that no value explains are sorted by the lists of `effets.txt`: a
//! negation, a modal verb, a number. Wording only is what the lists know to say the same; other words may bind otherwise.

use super::lexicon::{Lexicon, figures, is_figure, words};
use super::structure::{Edit, Element, Shift};
use crate::base::quantity::Number;
use crate::document::revision::{Mark, Nature, Span};
use crate::document::{Role, Source};
use std::cell::LazyCell;

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
    /// What is scored, or how: nobody owes it.
    Criterion,
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

/// The effects of a change, gravest first, each once.
pub(super) fn effects(edit: &Edit) -> Vec<Effect> {
    // Asked of a few stretches, told once for all those of the line.
    let penal = LazyCell::new(|| about(edit, "pénalité"));
    let by_words = || {
        let mut out: Vec<Effect> = Vec::new();
        let mut denied: Option<Kind> = None;
        for stretch in stretches(&edit.spans) {
            let effects = of_stretch(&stretch, &|| *penal);
            let negation = negates(&stretch).then(|| effects.first().map(|effect| effect.kind)).flatten();
            // « Ne … pas » is one negation in two places, as « ne … que » is one limit.
            let continued = denied.is_some() && (denied == negation || ends_negation(&stretch));
            for effect in effects {
                let same = |known: &&mut Effect| {
                    // Words that change here and there in a line bind otherwise once.
                    let once = matches!(effect.kind, Kind::Scope | Kind::Wording);
                    once && known.kind == effect.kind && known.source.is_none() && effect.source.is_none()
                };
                match if continued { out.last_mut() } else { out.iter_mut().find(same) } {
                    Some(known) => {
                        known.from = between(&known.from, &effect.from);
                        known.to = between(&known.to, &effect.to);
                    }
                    None => out.push(effect),
                }
            }
            denied = negation;
        }
        out
    };
    let mut out: Vec<Effect> = match edit.shift {
        Some(Shift::Moved | Shift::Renumbered) => {
            vec![of_words(if edit.ranked { Kind::Scope } else { Kind::Place }, "", "")]
        }
        Some(shift) => vec![whole(edit, shift)],
        // A heading binds nobody; the same words in another order say the same.
        None if edit.element == Element::Article || reordered(&edit.spans) => {
            let said = |gone: Mark| printed(&edit.spans, gone);
            vec![of_words(Kind::Wording, &said(Mark::Inserted), &said(Mark::Deleted))]
        }
        None => by_words(),
    };
    if edit.element == Element::Cell && edit.place.last().is_some_and(|column| speaks(column, "colonne de preuves")) {
        let proof = |effect: &&mut Effect| matches!(effect.kind, Kind::Scope | Kind::Deadline | Kind::Number);
        out.iter_mut().filter(proof).for_each(|effect| effect.kind = Kind::Proof);
    }
    let titles = [Some(&edit.article), edit.place.first(), edit.place.last()];
    if titles.into_iter().flatten().any(|title| speaks(title, "critère")) {
        // What the contract asks stays owed where an offer is scored from it.
        let owed = |role: Role| matches!(role, Role::Commitment | Role::Limit | Role::Penalty | Role::Deadline);
        let scored = |effect: &&mut Effect| {
            !matches!(effect.kind, Kind::Reference | Kind::Wording | Kind::Place)
                && !effect.source.as_ref().is_some_and(|source| owed(source.role))
        };
        out.iter_mut().filter(scored).for_each(|effect| effect.kind = Kind::Criterion);
    }
    // Before the first article, nothing binds.
    if edit.article.is_empty() {
        out.iter_mut().filter(|effect| effect.kind != Kind::Place).for_each(|effect| effect.kind = Kind::Identity);
    }
    // Wording only: not where the line binds otherwise.
    if out.iter().any(|effect| !matches!(effect.kind, Kind::Wording | Kind::Place)) {
        out.retain(|effect| effect.kind != Kind::Wording);
    }
    out.sort();
    out.dedup();
    out
}

/// Whether a text has a word of a list.
fn speaks(text: &str, list: &str) -> bool {
    Lexicon::get().has(list, &words(text))
}

/// Whether a line, or the table where it stands, has a word of a list.
fn about(edit: &Edit, list: &str) -> bool {
    let line: String = edit.spans.iter().map(|span| span.text.as_str()).collect();
    speaks(&line, list) || edit.place.iter().any(|place| speaks(place, list))
}

/// What a line prints once what has a mark is gone.
fn printed(spans: &[Span], gone: Mark) -> String {
    spans.iter().filter(|span| span.mark != gone).map(|span| span.text.as_str()).collect()
}

/// Whether a line says the same words in another order, those that bind in the same one.
fn reordered(spans: &[Span]) -> bool {
    const BINDING: [&str; 5] = ["négation", "obligation", "faculté", "portée", "partie"];
    /// Letters, commas and capitals that an order may ask for.
    const NEAR: usize = 8;
    let (old, new) = (printed(spans, Mark::Inserted), printed(spans, Mark::Deleted));
    if old.len().abs_diff(new.len()) > NEAR {
        return false;
    }
    // What stays is the same on both sides: the words that go must be those that come before any other is read.
    let changed = |mark: Mark| {
        let spans = spans.iter().filter(|span| span.mark == mark);
        let mut words: Vec<String> = spans.flat_map(|span| words(&span.text)).collect();
        words.sort_unstable();
        words
    };
    if changed(Mark::Deleted) != changed(Mark::Inserted) {
        return false;
    }
    let lexicon = Lexicon::get();
    let (mut old, mut new) = (words(&old), words(&new));
    let binding = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| BINDING.iter().any(|list| lexicon.knows(list, word))).cloned().collect()
    };
    let same = old != new && binding(&old) == binding(&new);
    old.sort_unstable();
    new.sort_unstable();
    same && old == new
}

fn of_words(kind: Kind, from: &str, to: &str) -> Effect {
    Effect { kind, from: from.trim().to_owned(), to: to.trim().to_owned(), source: None }
}

/// The effect of a line, an item, a row that comes or goes: that of the values that it holds, or that of its words.
fn whole(edit: &Edit, shift: Shift) -> Effect {
    let gone = shift == Shift::Removed;
    let owed = if gone { Kind::Weaker } else { Kind::Stronger };
    let text: String = edit.spans.iter().map(|span| span.text.as_str()).collect();
    let said = |kind: Kind, text: &str| if gone { of_words(kind, text, "") } else { of_words(kind, "", text) };
    if edit.element == Element::Article {
        return said(Kind::Scope, &text);
    }
    // The same value in several pieces is one: it is told without the words of each.
    for (kind, roles) in [(Kind::Penalty, &[Role::Penalty][..]), (owed, &[Role::Commitment, Role::Limit])] {
        let is = |span: &&Span| span.source.as_ref().is_some_and(|source| roles.contains(&source.role));
        let values: Vec<&Span> = edit.spans.iter().filter(is).collect();
        if let Some(source) = values.first().and_then(|span| span.source.as_deref()) {
            let printed: Vec<&str> = values.iter().map(|span| span.text.trim()).collect();
            return Effect { source: Some(source.clone()), ..said(kind, &printed.join(", ")) };
        }
    }
    let lexicon = Lexicon::get();
    let found = words(&text);
    let kind = if about(edit, "pénalité") {
        Kind::Penalty
    } else if lexicon.has("obligation", &found) || lexicon.has("acte", &found) {
        owed
    } else if lexicon.has("preuve", &found) {
        Kind::Proof
    } else {
        Kind::Scope
    };
    said(kind, &text)
}

/// A place of a line where words change, with what stands around it.
struct Stretch<'s> {
    old: Vec<&'s Span>,
    new: Vec<&'s Span>,
    /// The last words before it.
    before: Vec<String>,
    /// The first words after it.
    after: Vec<String>,
}

fn stretches(spans: &[Span]) -> Vec<Stretch<'_>> {
    /// Words on each side that may tell what a change is.
    const NEAR: usize = 4;
    let mut out: Vec<Stretch<'_>> = Vec::new();
    let mut open = false;
    for (at, span) in spans.iter().enumerate() {
        if span.mark == Mark::Kept {
            if let Some(last) = out.last_mut().filter(|_| open) {
                let after = spans.iter().skip(at).filter(|span| span.mark != Mark::Deleted);
                last.after = after.flat_map(|span| span.text.split_whitespace()).flat_map(words).take(NEAR).collect();
            }
            open = false;
            continue;
        }
        if !open {
            let before = spans.iter().take(at).rev().filter(|span| span.mark != Mark::Deleted);
            let backwards = before.flat_map(|span| span.text.split_whitespace().rev());
            let mut near: Vec<String> = backwards.flat_map(|word| words(word).into_iter().rev()).take(NEAR).collect();
            near.reverse();
            out.push(Stretch { old: Vec::new(), new: Vec::new(), before: near, after: Vec::new() });
            open = true;
        }
        if let Some(stretch) = out.last_mut() {
            if span.mark == Mark::Deleted { stretch.old.push(span) } else { stretch.new.push(span) }
        }
    }
    out
}

fn of_stretch(stretch: &Stretch<'_>, penal: &dyn Fn() -> bool) -> Vec<Effect> {
    let text = |spans: &[&Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let (from, to) = (text(&stretch.old), text(&stretch.new));
    if let Some(effects) = of_values(stretch) {
        return effects;
    }
    // The same words in another look.
    if from == to {
        return vec![of_words(Kind::Wording, &from, &to)];
    }
    vec![of_words(lexical(stretch, penal, &from, &to), &from, &to)]
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
            Role::Commitment => raised(&from, &to, Kind::Scope, false),
            Role::Limit => raised(&from, &to, Kind::Scope, true),
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

/// What the raising of a figure does: more is owed, or less when the figure is a limit; `unknown` when neither is read.
fn raised(from: &str, to: &str, unknown: Kind, limit: bool) -> Kind {
    let amount = |printed: &str| amount(printed).or_else(|| Lexicon::get().number(printed));
    match (amount(from), amount(to)) {
        (Some(a), Some(b)) if a != b => {
            if (b > a) != limit {
                Kind::Stronger
            } else {
                Kind::Weaker
            }
        }
        _ => unknown,
    }
}

/// Whether all that changes is words that deny.
fn negates(stretch: &Stretch<'_>) -> bool {
    let text: String = stretch.old.iter().chain(&stretch.new).map(|span| format!("{} ", span.text)).collect();
    let found = words(&text);
    !found.is_empty() && Lexicon::get().of("négation", &found).len() == found.len()
}

/// Whether all that changes is the second word of « ne … que », « ne … plus ».
fn ends_negation(stretch: &Stretch<'_>) -> bool {
    let second = |word: &String| matches!(word.as_str(), "que" | "qu’" | "plus");
    stretch.old.iter().chain(&stretch.new).all(|span| words(&span.text).iter().all(second))
}

/// The words of two places of a line.
fn between(one: &str, other: &str) -> String {
    let said: Vec<&str> = [one, other].into_iter().filter(|words| !words.is_empty()).collect();
    said.join(" … ")
}

fn cites(role: Role) -> bool {
    matches!(role, Role::Law | Role::Article)
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

/// The effect that words tell; `penal` says whether the line speaks of a penalty.
fn lexical(stretch: &Stretch<'_>, penal: &dyn Fn() -> bool, from: &str, to: &str) -> Kind {
    let lexicon = Lexicon::get();
    let (old, new) = (words(from), words(to));
    let differs = |list: &str| lexicon.of(list, &old) != lexicon.of(list, &new);
    if differs("négation") {
        return denied(stretch, &old, &new, penal);
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
    let before = |count: usize| stretch.before.get(stretch.before.len().saturating_sub(count)..).unwrap_or_default();
    let citing = |word: &String| lexicon.knows("renvoi", word) || is_article(word);
    if figures(&old) != figures(&new) {
        if [&old[..], &new[..], before(2)].into_iter().flatten().any(citing) {
            // What goes or comes with its reference is no reference.
            let others = |spans: &[&Span]| -> Vec<String> {
                let free = spans.iter().filter(|span| !span.source.as_ref().is_some_and(|source| cites(source.role)));
                let said = free.flat_map(|span| words(&span.text));
                said.filter(|word| !citing(word) && !is_figure(word)).collect()
            };
            let (old, new) = (others(&stretch.old), others(&stretch.new));
            return if lexicon.unanswered(&old, &new).is_empty() { Kind::Reference } else { Kind::Scope };
        }
        let listed = |word: &&String| is_figure(word) || matches!(word.as_str(), "et" | "ou" | "à");
        if stretch.before.iter().rev().find(|word| !listed(word)).is_some_and(|word| lexicon.knows("rang", word)) {
            return Kind::Scope;
        }
        let unit = stretch.after.first_chunk::<1>().map_or(&[][..], |unit| unit);
        let timed = [&old, &new, unit].into_iter().any(|words| lexicon.has("délai", words));
        if timed || lexicon.has("terme", before(2)) {
            return Kind::Deadline;
        }
        if penal() {
            return Kind::Penalty;
        }
        if old.is_empty() || new.is_empty() {
            return appeared(&old, &new);
        }
        let near = [stretch.before.join(" "), stretch.after.join(" ")].join(" ");
        let bound = |words: [&str; 3]| words.iter().any(|word| near.contains(word));
        return match (bound(["au moins", "minimum", "minimal"]), bound(["au plus", "maximum", "maximal"])) {
            (true, false) => raised(from, to, Kind::Number, false),
            (false, true) => raised(from, to, Kind::Number, true),
            _ => Kind::Number,
        };
    }
    let left = lexicon.unanswered(&old, &new);
    // « Par jour », « par tonne »: what a penalty is due for.
    if !left.is_empty() && penal() && before(1) == ["par"] {
        return Kind::Penalty;
    }
    // A party or a text named in a phrase that says something else is not what changes.
    let named = left.iter().all(|word| lexicon.knows("partie", word));
    let cited = left.iter().all(|word| citing(word));
    for (list, kind) in [
        ("pénalité", Kind::Penalty),
        ("délai", Kind::Deadline),
        ("partie", Kind::Party),
        ("preuve", Kind::Proof),
        ("renvoi", Kind::Reference),
        ("portée", Kind::Scope),
    ] {
        let beside = (kind == Kind::Party && !named) || (kind == Kind::Reference && !cited);
        if differs(list) && !beside {
            return kind;
        }
    }
    let turned = differs("rôle") && lexicon.has("rôle", &old) && lexicon.has("rôle", &new);
    match left.as_slice() {
        [] if turned => Kind::Scope,
        [] => Kind::Wording,
        _ if lexicon.has("terme", &stretch.before) => Kind::Deadline,
        _ => Kind::Scope,
    }
}

/// The effect of a figure that comes or goes with its words: a minimum binds, anything else may bind otherwise.
fn appeared(old: &[String], new: &[String]) -> Kind {
    /// Words on each side of a figure that may say that it is a minimum: « au moins six tonnes », « six tonnes au moins ».
    const NEAR: usize = 3;
    let said = if new.is_empty() { old } else { new };
    let minimum = said.iter().enumerate().filter(|(_, word)| is_figure(word)).any(|(at, _)| {
        let near = said.iter().skip(at.saturating_sub(NEAR)).take(2 * NEAR + 1).map(String::as_str);
        let near = near.collect::<Vec<_>>().join(" ");
        ["au moins", "minimum", "minimal"].iter().any(|word| near.contains(word))
    });
    match (minimum, new.is_empty()) {
        (true, true) => Kind::Weaker,
        (true, false) => Kind::Stronger,
        (false, _) => Kind::Scope,
    }
}

/// The effect of a negation that comes or goes: what could be done may no longer be, what had to be done need no longer be;
/// anything else is owed otherwise.
fn denied(stretch: &Stretch<'_>, old: &[String], new: &[String], penal: &dyn Fn() -> bool) -> Kind {
    let lexicon = Lexicon::get();
    let count = |words: &[String]| lexicon.of("négation", words).len();
    let comes = count(new) > count(old);
    let has =
        |list: &str| [old, new, &stretch.before, &stretch.after].into_iter().any(|words| lexicon.has(list, words));
    match (has("faculté"), has("contrainte")) {
        (true, false) => {
            if comes {
                Kind::Stronger
            } else {
                Kind::Weaker
            }
        }
        (false, true) => {
            if comes {
                Kind::Weaker
            } else {
                Kind::Stronger
            }
        }
        _ if penal() => Kind::Penalty,
        _ => Kind::Scope,
    }
}

/// « 2112-2 », « r.2152-7 »: the number of an article of a code.
fn is_article(word: &str) -> bool {
    word.split_once('-').is_some_and(|(code, rest)| {
        let code = code.trim_start_matches(|c: char| c.is_alphabetic() || c == '.' || c == '\u{A0}');
        code.len() >= 3 && code.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
