//! Citations in a text, parsed to an article and its code or to a dated text, and judged by the register on the launch date.

use super::image::{Concept, NUMBER, SubjectImage};
use super::pattern::Sentence;
use super::{Hit, IMAGE, Place, Rule, Setting, day};
use crate::base::terms::Vocabulary as _;
use crate::law::{Form, Legal, LegalError};
use std::ops::Range;

/// A code, or a sort of dated text.
#[derive(Debug, Clone, Copy)]
struct Kind {
    /// Empty for a document whose articles the register does not judge (a CCAG, the contract itself).
    id: &'static str,
    /// Its name with « du » (« du code du travail »); empty for a sort of dated text.
    of: &'static str,
}

/// The ranks of the words of a code or of a sort of text, and which it is.
type Named = (Range<usize>, Kind);

/// A citation met in a sentence.
#[derive(Debug)]
struct Citation {
    /// Id in the manner of the register (« ccp-l2112-2 », « decret-2021-254 »).
    id: String,
    /// Its place in the text, in bytes, letter or sort of text included.
    place: Range<usize>,
    /// The code is named beside it.
    named: bool,
}

/// What is said in the place of a rule.
pub(super) fn rule() -> Rule {
    let places = Place::all().filter(|place| *place != Place::Object).collect();
    Rule { code: "citation-erronee", places, ..Rule::default() }
}

/// Notes the wrong citations of a sentence.
pub(super) fn judge(
    rule: &'static Rule,
    text: &str,
    sentence: &Sentence<'_>,
    setting: Setting,
    legal: &Legal,
    hits: &mut Vec<Hit>,
) {
    if !sentence.speaks_of(NUMBER) || !rule.applies(setting) {
        return;
    }
    let found = found(text, sentence, legal);
    // Of several articles, one may be right for what the sentence speaks of.
    let alone = found.len() == 1;
    for citation in found {
        let fault = fault(&citation, setting, legal);
        let fault = fault.or_else(|| if alone { off_subject(&citation, sentence, legal) } else { None });
        let Some((message, help)) = fault else { continue };
        hits.extend(rule.hit_at(text, sentence, vec![citation.place], &message, &help));
    }
}

/// The citations of a sentence.
fn found(text: &str, sentence: &Sentence<'_>, legal: &Legal) -> Vec<Citation> {
    let kinds = sentence.met().iter().filter_map(|met| Some((met.start..met.end, kind(met.concept)?)));
    let (codes, sorts): (Vec<Named>, Vec<Named>) = kinds.partition(|(_, kind)| !kind.of.is_empty());
    let mut out = Vec::new();
    let mut done = 0;
    for met in sentence.met().iter().filter(|met| met.concept == NUMBER) {
        if met.start >= done {
            let (end, number) = number(text, sentence, met.start);
            done = end;
            let run = met.start..end;
            let found = dated(sentence, &run, &number, &sorts);
            out.extend(found.or_else(|| article(text, sentence, &run, &number, &codes, legal)));
        }
    }
    out
}

/// « décret n° 2021-254 »: the sort of text just before its number.
fn dated(sentence: &Sentence<'_>, run: &Range<usize>, number: &str, sorts: &[Named]) -> Option<Citation> {
    let before = sorts.partition_point(|(sort, _)| sort.start < run.start).checked_sub(1)?;
    let (sort, kind) = sorts.get(before).filter(|(sort, _)| run.start - sort.end.min(run.start) <= 1)?;
    let place = sentence.place(&(sort.start..run.end))?;
    Some(Citation { id: format!("{}-{number}", kind.id), place, named: true })
}

fn article(
    text: &str,
    sentence: &Sentence<'_>,
    run: &Range<usize>,
    number: &str,
    codes: &[Named],
    legal: &Legal,
) -> Option<Citation> {
    let place = sentence.place(run)?;
    let before = text.get(..place.start)?;
    let letter = letter(before);
    let announced = letter.is_some() || sentence.word_before(run.start).is_some_and(|word| word.starts_with("art"));
    if !announced {
        return None;
    }
    let article = format!("{}{number}", letter.map(String::from).unwrap_or_default());
    let lettered = letter.and_then(|_| before.rfind(char::is_alphabetic)).unwrap_or(place.start);
    let place = lettered..place.end;
    // The code named next, else the one named before, else the only one of the register that has such an article.
    let after = codes.partition_point(|(code, _)| code.start < run.end);
    let code = codes.get(after).or_else(|| codes.get(after.checked_sub(1)?));
    let (id, named) = match code {
        Some((_, kind)) if kind.id.is_empty() => return None,
        Some((_, kind)) => (format!("{}-{article}", kind.id), true),
        None => {
            letter?;
            let mut ids = kinds().map(|kind| format!("{}-{article}", kind.id));
            (ids.find(|id| legal.text(id).is_some() || knows(id))?, false)
        }
    };
    Some(Citation { id, place, named })
}

/// Every code and sort of dated text, in the order of the files.
fn kinds() -> impl Iterator<Item = Kind> {
    IMAGE.kinds.iter().map(|(_, id, of)| Kind { id, of })
}

fn kind(concept: Concept) -> Option<Kind> {
    let at = IMAGE.kinds.binary_search_by_key(&concept, |(words, ..)| *words).ok()?;
    IMAGE.kinds.get(at).map(|(_, id, of)| Kind { id, of })
}

fn knows(id: &str) -> bool {
    IMAGE.repealed.iter().any(|repealed| repealed.ids.contains(&id))
}

/// What is wrong in a citation, and what to do.
fn fault(citation: &Citation, setting: Setting, legal: &Legal) -> Option<(String, String)> {
    let id = &citation.id;
    let repealed = IMAGE.repealed.iter().find(|repealed| {
        let named = |known: &&str| known == id || known.strip_suffix('*').is_some_and(|start| id.starts_with(start));
        repealed.ids.iter().any(named)
    });
    if let Some(repealed) = repealed {
        let due = day(repealed.since).zip(setting.launch).is_none_or(|(since, launch)| launch >= since);
        return due.then(|| ("ce texte est abrogé ou a changé de numéro".to_owned(), repealed.help.to_owned()));
    }
    let (text, launch) = legal.text(id).zip(setting.launch)?;
    match legal.at(launch).text(id) {
        Err(LegalError::NotInForce { .. }) => {
            let message = format!("{} n’est pas en vigueur le {launch}", text.name.cite(Form::Definite));
            Some((message, "citez le texte en vigueur au lancement, ou retirez la citation".to_owned()))
        }
        Ok(_) | Err(_) => None,
    }
}

/// An article that does not speak of what the sentence says, or that is of another code.
fn off_subject(citation: &Citation, sentence: &Sentence<'_>, legal: &Legal) -> Option<(String, String)> {
    let id = &citation.id;
    let spoken: Vec<&SubjectImage> =
        IMAGE.subjects.iter().filter(|subject| sentence.speaks_of(subject.words)).collect();
    let known = IMAGE.subjects.iter().any(|subject| subject.ids.contains(&id.as_str()));
    let right = spoken.iter().any(|subject| subject.ids.contains(&id.as_str()));
    let message = || match legal.text(id) {
        Some(text) => format!("cet article porte sur autre chose ({})", text.title),
        None => "cet article porte sur autre chose".to_owned(),
    };
    let lonely = IMAGE.subjects.iter().find(|subject| subject.only && subject.ids.contains(&id.as_str()));
    if let Some(lonely) = lonely.filter(|_| !right) {
        return Some((message(), format!("ne le citez que pour ce qu’il dit (« {} »)", lonely.said)));
    }
    let subject = spoken.iter().find(|subject| !subject.ids.is_empty())?;
    let cite = |id: &&str| legal.text(id).map(|text| text.citation());
    if known && !right {
        let all = subject.ids.iter().filter_map(cite).take(2).collect::<Vec<_>>();
        return Some((message(), format!("de « {} », voyez : {}", subject.said, all.join(" ; "))));
    }
    // The number is that of an article of another code which speaks of the same thing.
    let kind = kinds().find(|kind| !kind.of.is_empty() && id.starts_with(&format!("{}-", kind.id)))?;
    let article = id.strip_prefix(&format!("{}-", kind.id))?;
    let elsewhere = spoken.iter().flat_map(|subject| subject.ids).find(|other| {
        !other.starts_with(&format!("{}-", kind.id))
            && other.ends_with(&format!("-{article}"))
            && legal.text(id).is_none()
    });
    let other = cite(elsewhere.filter(|_| citation.named)?)?;
    Some((format!("cet article n’est pas {}", kind.of), format!("citez : {other}")))
}

/// The number that begins at a word, with its hyphens (« 2112-2-1 »), and the rank of the word after it.
fn number(text: &str, sentence: &Sentence<'_>, start: usize) -> (usize, String) {
    let word = |rank: usize| sentence.words.all().get(rank).filter(|_| rank < sentence.range.end);
    let mut number = word(start).map(|w| sentence.words.folded(w).to_owned()).unwrap_or_default();
    let mut end = start + 1;
    while let (Some(last), Some(next)) = (word(end - 1), word(end)) {
        let glue = text.get(last.end..next.start).unwrap_or_default();
        let folded = sentence.words.folded(next);
        if !matches!(glue, "-" | "\u{2011}" | "\u{2010}") || !folded.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        number.push('-');
        number.push_str(folded);
        end += 1;
    }
    (end, number)
}

/// The letter of an article that stands just before its number (« L. 2112-2 », « R.2152-7 »).
fn letter(before: &str) -> Option<char> {
    let before = before.trim_end_matches([' ', '\u{a0}', '\u{202f}', '*']);
    let before = before.strip_suffix('.').unwrap_or(before);
    let letter = before.chars().next_back()?.to_ascii_lowercase();
    // Neither the end of a word nor a part of an identifier.
    let alone = before.chars().rev().nth(1).is_none_or(|c| !c.is_alphanumeric() && c != '-');
    (alone && matches!(letter, 'l' | 'r' | 'd')).then_some(letter)
}
