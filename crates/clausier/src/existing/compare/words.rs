//! What changes inside a line: words, numbers with their unit, signs.

use super::align::common;
use crate::document::Source;
use crate::document::revision::{Look, Mark, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// A word, a number with the spaces that hold it together, a sign or a space, with its look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) look: &'t Look,
    source: Option<&'t Arc<Source>>,
}

/// Two tokens that print the same are the same, wherever they come from and whatever article a reference points to.
impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.look.prints_as(other.look)
    }
}

/// The tokens of a line. « 1 820 € » is one (its spaces do not break), « l’heure » two, « peut-être » one.
pub(super) fn tokens(spans: &[Span]) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    for span in spans {
        let mut rest = span.text.as_str();
        while let Some(first) = rest.chars().next() {
            let length = if let Some(length) = ascii_word(rest) {
                length
            } else if joins(first) {
                let end = rest.find(|c: char| !joins(c) && !glues(c)).unwrap_or(rest.len());
                // An elision ends its word: the sign belongs to it.
                let elided = rest.get(..end).and_then(|word| word.find(['’', '\'']).map(|at| (word, at)));
                match elided {
                    Some((word, at)) => at + word.get(at..).and_then(|w| w.chars().next()).map_or(1, char::len_utf8),
                    None => rest.get(..end).map_or(end, |word| word.trim_end_matches(glues).len()),
                }
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            out.push(Token { text: token, look: &span.look, source: span.source.as_ref() });
            rest = after;
        }
    }
    out
}

/// The length of a word of plain letters and figures that a plain sign or space ends, as most do.
fn ascii_word(text: &str) -> Option<usize> {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric())?;
    let next = char::from(*text.as_bytes().get(end)?);
    (end > 0 && next.is_ascii() && !joins(next) && !glues(next)).then_some(end)
}

/// A character of a word or of a number with its unit.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '€' | '%' | '_')
}

/// A character that holds two parts of a token together when it stands between them.
fn glues(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '-' | '’' | '\'' | '.' | ',' | '/')
}

/// The runs of a line that becomes another, what goes before what comes at each place.
pub(super) fn revise(old: &[Span], new: &[Span]) -> Vec<Span> {
    revise_tokens(&tokens(old), &tokens(new))
}

/// The same, from the tokens of both lines.
pub(super) fn revise_tokens(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Span> {
    let mut out = Vec::new();
    for hunk in hunks(old, new) {
        match hunk {
            Hunk::Same(new) => add(&mut out, Mark::Kept, new),
            Hunk::Changed(old, new) => {
                add(&mut out, Mark::Deleted, old);
                add(&mut out, Mark::Inserted, new);
            }
        }
    }
    out
}

/// Adds tokens to runs, joined to the last one when nothing tells them apart.
fn add(spans: &mut Vec<Span>, mark: Mark, tokens: &[Token<'_>]) {
    for token in tokens {
        match spans.last_mut() {
            Some(last) if (last.mark, &last.look, last.source.as_ref()) == (mark, token.look, token.source) => {
                last.text.push_str(token.text);
            }
            _ => {
                let Token { text, look, source } = *token;
                spans.push(Span { mark, text: text.to_owned(), look: look.clone(), source: source.cloned() });
            }
        }
    }
}

/// A stretch of a line.
enum Hunk<'h, 't> {
    Same(&'h [Token<'t>]),
    Changed(&'h [Token<'t>], &'h [Token<'t>]),
}

/// The stretches of two lines. A few signs or letters that stand in both between two changes are taken into the change,
/// so that a reader sees words, not confetti.
fn hunks<'h, 't>(old: &'h [Token<'t>], new: &'h [Token<'t>]) -> Vec<Hunk<'h, 't>> {
    /// Letters up to which a common stretch between two changes is part of the change.
    const SHORT: usize = 4;
    let mut same: Vec<(usize, usize, usize)> = Vec::new();
    for (i, j) in common(old, new) {
        match same.last_mut() {
            Some((x, y, n)) if *x + *n == i && *y + *n == j => *n += 1,
            _ => same.push((i, j, 1)),
        }
    }
    let letters = |(i, _, n): &(usize, usize, usize)| {
        let tokens = old.get(*i..i + n).unwrap_or_default();
        tokens.iter().flat_map(|token| token.text.chars()).filter(|c| c.is_alphanumeric()).count()
    };
    let inner = |(i, j, n): &(usize, usize, usize)| (*i, *j) != (0, 0) && (i + n, j + n) != (old.len(), new.len());
    same.retain(|run| !inner(run) || letters(run) >= SHORT);
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y, n) in same.into_iter().chain([(old.len(), new.len(), 0)]) {
        if (i, j) != (x, y) {
            out.push(Hunk::Changed(old.get(i..x).unwrap_or_default(), new.get(j..y).unwrap_or_default()));
        }
        if n > 0 {
            out.push(Hunk::Same(new.get(y..y + n).unwrap_or_default()));
        }
        (i, j) = (x + n, y + n);
    }
    out
}

/// The words of a line that tell it apart: what likeness counts.
pub(super) fn bag<'t>(tokens: &[Token<'t>]) -> Vec<&'t str> {
    tokens.iter().map(|token| token.text).filter(|text| text.len() > 2).collect()
}

/// Share of the words that each bag of some has in common with each of others, row after row, in thousandths (Dice). The
/// words are counted once, by an index from each word to the bags that hold it.
pub(super) fn likenesses(old: &[Vec<&str>], new: &[Vec<&str>]) -> Vec<u32> {
    let mut ranks: HashMap<&str, usize> = HashMap::new();
    // For each word, the bags of the second side that hold it, and how often.
    let mut holders: Vec<Vec<(usize, u32)>> = Vec::new();
    for (j, bag) in new.iter().enumerate() {
        for word in bag {
            let next = ranks.len();
            let rank = *ranks.entry(word).or_insert(next);
            if rank == next {
                holders.push(Vec::new());
            }
            match holders[rank].last_mut() {
                Some((last, count)) if *last == j => *count += 1,
                _ => holders[rank].push((j, 1)),
            }
        }
    }
    let mut out = Vec::with_capacity(old.len() * new.len());
    let mut counts: Vec<u32> = vec![0; ranks.len()];
    for bag in old {
        let mut shared: Vec<u32> = vec![0; new.len()];
        let met: Vec<usize> = bag.iter().filter_map(|word| ranks.get(word)).copied().collect();
        met.iter().for_each(|rank| counts[*rank] += 1);
        for rank in met {
            let count = std::mem::take(&mut counts[rank]);
            if count > 0 {
                holders[rank].iter().for_each(|(j, other)| shared[*j] += count.min(*other));
            }
        }
        let share = |(shared, other): (u32, &Vec<&str>)| {
            let share = (2_000 * u64::from(shared)).checked_div((bag.len() + other.len()) as u64);
            share.and_then(|share| u32::try_from(share).ok()).unwrap_or(1_000)
        };
        out.extend(shared.into_iter().zip(new).map(share));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<Span> {
        vec![Span::new(Mark::Kept, text, Look::default())]
    }

    fn shown(old: &str, new: &str) -> String {
        let revised = revise(&spans(old), &spans(new));
        let marks = |span: &Span| match span.mark {
            Mark::Kept => span.text.clone(),
            Mark::Inserted => format!("{{+{}+}}", span.text),
            Mark::Deleted => format!("[-{}-]", span.text),
        };
        revised.iter().map(marks).collect()
    }

    #[test]
    fn a_token_is_a_word_a_number_or_a_sign() {
        let line = spans("L’heure, peut-être : 1\u{202F}820\u{A0}€ (10,5\u{202F}%).");
        let found: Vec<&str> = tokens(&line).iter().map(|token| token.text).collect();
        assert_eq!(
            found,
            [
                "L’",
                "heure",
                ",",
                " ",
                "peut-être",
                " ",
                ":",
                " ",
                "1\u{202F}820\u{A0}€",
                " ",
                "(",
                "10,5\u{202F}%",
                ")",
                "."
            ]
        );
    }

    #[test]
    fn a_change_is_shown_by_whole_words() {
        assert_eq!(
            shown("Une pénalité de 40\u{A0}€ par heure.", "Une pénalité de 50\u{A0}€ par heure."),
            "Une pénalité de [-40\u{A0}€-]{+50\u{A0}€+} par heure."
        );
        assert_eq!(
            shown("Le titulaire peut réaliser l’action.", "Le titulaire ne peut pas réaliser l’action."),
            "Le titulaire {+ne +}peut{+ pas+} réaliser l’action."
        );
        assert_eq!(shown("un a deux", "trois a quatre"), "[-un a deux-]{+trois a quatre+}");
    }
}
