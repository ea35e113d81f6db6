//! Citations in a text, parsed to an article and its code or to a dated text, and judged by the register on the launch date.

use super::lexicon::{Concept, NUMBER};
use super::pattern::Sentence;
use super::{Hit, Place, Rule, Rules, Setting};
use crate::base::quantity::Date;
use crate::base::terms::Vocabulary as _;
use crate::file::packed::{Reader, Writer};
use crate::file::reading::Table;
use crate::law::{Form, Legal, LegalError};
use std::ops::Range;

/// What the register does not say of citations.
#[derive(Debug, Default)]
pub(super) struct Citations {
    /// What is said in the place of a rule.
    rule: Rule,
    /// Codes and sorts of dated texts, by the concept of their names.
    kinds: Vec<(Concept, Kind)>,
    /// Texts and articles that are no more, by id.
    repealed: Vec<Repealed>,
    /// What articles are about.
    subjects: Vec<Subject>,
}

/// A code, or a sort of dated text.
#[derive(Debug)]
struct Kind {
    /// Empty for a document whose articles the register does not judge (a CCAG, the contract itself).
    id: String,
    /// Its name with « du » (« du code du travail »); empty for a sort of dated text.
    of: String,
}

/// Texts that are no more, and what to write instead.
#[derive(Debug)]
struct Repealed {
    ids: Vec<String>,
    since: Option<Date>,
    help: String,
}

/// Words and the articles that speak of them.
#[derive(Debug)]
struct Subject {
    words: Concept,
    said: String,
    ids: Vec<String>,
    /// These articles are cited for nothing else, so that a sentence without the words is wrong.
    only: bool,
}

/// The ranks of the words of a code or of a sort of text, and which it is.
type Named<'c> = (Range<usize>, &'c Kind);

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

/// Reads what a file says of citations.
pub(super) fn read(top: &Table<'_, '_>, rules: &mut Rules) {
    let ids = |table: &Table<'_, '_>, key: &'static str| -> Vec<String> {
        table
            .required(key, "\"ccp-l2112-2\"")
            .split([',', '\n'])
            .map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty())
            .collect()
    };
    for table in top.tables("code") {
        let id = table.optional("id");
        let words = rules.words(&table.required("noms", "\"code de la commande publique, CCP\""));
        let of = table.optional("du");
        rules.citations.kinds.push((words, Kind { id, of }));
        table.finish();
    }
    for table in top.tables("abroge") {
        let since = if table.has("depuis") { table.date("depuis") } else { None };
        let help = table.required("aide", "\"citez l’article 1231-5 du code civil\"");
        let repealed = Repealed { ids: ids(&table, "textes"), since, help };
        rules.citations.repealed.push(repealed);
        table.finish();
    }
    for table in top.tables("sujet") {
        let said = table.required("mots", "\"label\"");
        let words = rules.words(&said);
        let said = said.split(',').next().unwrap_or_default().trim().to_owned();
        let only = table.boolean("seulement").unwrap_or(false);
        rules.citations.subjects.push(Subject { words, said, ids: ids(&table, "articles"), only });
        table.finish();
    }
    let rule = &mut rules.citations.rule;
    rule.code = "citation-erronee".to_owned();
    rule.places = Place::all().filter(|place| *place != Place::Object).collect();
}

impl Citations {
    /// Notes the wrong citations of a sentence.
    pub(super) fn judge<'l>(
        &'l self,
        text: &str,
        sentence: &Sentence<'_>,
        setting: Setting,
        legal: &Legal,
        hits: &mut Vec<Hit<'l>>,
    ) {
        if !self.rule.applies(setting) || !sentence.met().iter().any(|met| met.concept == NUMBER) {
            return;
        }
        let found = self.found(text, sentence, legal);
        // Of several articles, one may be right for what the sentence speaks of.
        let alone = found.len() == 1;
        for citation in found {
            let fault = self.fault(&citation, setting, legal);
            let fault = fault.or_else(|| if alone { self.off_subject(&citation, sentence, legal) } else { None });
            let Some((message, help)) = fault else { continue };
            let rule = Rule { message, help, ..Rule::default() };
            let hit = rule.hit_at(text, sentence, vec![citation.place]);
            hits.extend(hit.map(|hit| Hit { rule: &self.rule, span: hit.span, message: hit.message, help: hit.help }));
        }
    }

    /// The citations of a sentence.
    fn found(&self, text: &str, sentence: &Sentence<'_>, legal: &Legal) -> Vec<Citation> {
        let kinds = sentence.met().iter().filter_map(|met| Some((met.start..met.end, self.kind(met.concept)?)));
        let (codes, sorts): (Vec<Named<'_>>, Vec<Named<'_>>) = kinds.partition(|(_, kind)| !kind.of.is_empty());
        let mut out = Vec::new();
        let mut done = 0;
        for met in sentence.met().iter().filter(|met| met.concept == NUMBER) {
            if met.start >= done {
                let (end, number) = number(text, sentence, met.start);
                done = end;
                let run = met.start..end;
                let found = self.dated(sentence, &run, &number, &sorts);
                out.extend(found.or_else(|| self.article(text, sentence, &run, &number, &codes, legal)));
            }
        }
        out
    }

    /// « décret n° 2021-254 »: the sort of text just before its number.
    fn dated(
        &self,
        sentence: &Sentence<'_>,
        run: &Range<usize>,
        number: &str,
        sorts: &[Named<'_>],
    ) -> Option<Citation> {
        let before = sorts.partition_point(|(sort, _)| sort.start < run.start).checked_sub(1)?;
        let (sort, kind) = sorts.get(before).filter(|(sort, _)| run.start - sort.end.min(run.start) <= 1)?;
        let place = sentence.place(&(sort.start..run.end))?;
        Some(Citation { id: format!("{}-{number}", kind.id), place, named: true })
    }

    fn article(
        &self,
        text: &str,
        sentence: &Sentence<'_>,
        run: &Range<usize>,
        number: &str,
        codes: &[Named<'_>],
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
                let ids = self.kinds.iter().map(|(_, kind)| format!("{}-{article}", kind.id));
                (ids.into_iter().find(|id| legal.text(id).is_some() || self.knows(id))?, false)
            }
        };
        Some(Citation { id, place, named })
    }

    fn kind(&self, concept: Concept) -> Option<&Kind> {
        self.kinds.iter().find(|(words, _)| *words == concept).map(|(_, kind)| kind)
    }

    fn knows(&self, id: &str) -> bool {
        self.repealed.iter().any(|repealed| repealed.ids.iter().any(|known| known == id))
    }

    /// What is wrong in a citation, and what to do.
    fn fault(&self, citation: &Citation, setting: Setting, legal: &Legal) -> Option<(String, String)> {
        let id = &citation.id;
        let repealed = self.repealed.iter().find(|repealed| {
            let named =
                |known: &String| known == id || known.strip_suffix('*').is_some_and(|start| id.starts_with(start));
            repealed.ids.iter().any(named)
        });
        if let Some(repealed) = repealed {
            let due = repealed.since.zip(setting.launch).is_none_or(|(since, launch)| launch >= since);
            return due.then(|| ("ce texte est abrogé ou a changé de numéro".to_owned(), repealed.help.clone()));
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
    fn off_subject(&self, citation: &Citation, sentence: &Sentence<'_>, legal: &Legal) -> Option<(String, String)> {
        let id = &citation.id;
        let whole = |id: &str| {
            self.kinds.iter().find(|(_, kind)| !kind.of.is_empty() && id.starts_with(&format!("{}-", kind.id)))
        };
        let spoken: Vec<&Subject> = self.subjects.iter().filter(|subject| sentence.speaks_of(subject.words)).collect();
        let known = self.subjects.iter().any(|subject| subject.ids.contains(id));
        let right = spoken.iter().any(|subject| subject.ids.contains(id));
        let about = || legal.text(id).map(|text| text.title.to_string()).unwrap_or_default();
        let message = || format!("cet article porte sur autre chose ({})", about());
        let lonely = self.subjects.iter().find(|subject| subject.only && subject.ids.contains(id));
        if let Some(lonely) = lonely.filter(|_| !right) {
            return Some((message(), format!("ne le citez que pour ce qu’il dit (« {} »)", lonely.said)));
        }
        let subject = spoken.iter().find(|subject| !subject.ids.is_empty())?;
        let cite = |id: &String| legal.text(id).map(|text| text.citation());
        if known && !right {
            let all = subject.ids.iter().filter_map(cite).take(2).collect::<Vec<_>>();
            return Some((message(), format!("de « {} », voyez : {}", subject.said, all.join(" ; "))));
        }
        // The number is that of an article of another code which speaks of the same thing.
        let (_, kind) = whole(id)?;
        let article = id.strip_prefix(&format!("{}-", kind.id))?;
        let elsewhere = spoken.iter().flat_map(|subject| &subject.ids).find(|other| {
            !other.starts_with(&format!("{}-", kind.id))
                && other.ends_with(&format!("-{article}"))
                && legal.text(id).is_none()
        });
        elsewhere.filter(|_| citation.named).map(|other| {
            let message = format!("cet article n’est pas {}", kind.of);
            (message, format!("citez : {}", cite(other).unwrap_or_default()))
        })
    }
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

impl Citations {
    /// What is known of citations, as bytes.
    pub(super) fn pack(&self, out: &mut Writer) {
        let Self { rule, kinds, repealed, subjects } = self;
        let texts = |out: &mut Writer, texts: &[String]| out.list(texts, |out, text| out.text(text));
        rule.pack(out);
        out.list(kinds, |out, (words, Kind { id, of })| {
            out.number(usize::from(*words));
            out.text(id);
            out.text(of);
        });
        out.list(repealed, |out, Repealed { ids, since, help }| {
            texts(out, ids);
            out.option(*since, Writer::date);
            out.text(help);
        });
        out.list(subjects, |out, Subject { words, said, ids, only }| {
            out.number(usize::from(*words));
            out.text(said);
            texts(out, ids);
            out.number(usize::from(*only));
        });
    }

    pub(super) fn unpack(bytes: &mut Reader<'_>) -> Option<Self> {
        let text = |bytes: &mut Reader<'_>| bytes.text().map(str::to_owned);
        let rule = Rule::unpack(bytes)?;
        let kinds = bytes.list(|bytes| Some((bytes.small()?, Kind { id: text(bytes)?, of: text(bytes)? })))?;
        let repealed = bytes.list(|bytes| {
            let ids = bytes.list(text)?;
            Some(Repealed { ids, since: bytes.option(Reader::date)?, help: text(bytes)? })
        })?;
        let subjects = bytes.list(|bytes| {
            let (words, said) = (bytes.small()?, text(bytes)?);
            Some(Subject { words, said, ids: bytes.list(text)?, only: bytes.number()? != 0 })
        })?;
        Some(Self { rule, kinds, repealed, subjects })
    }
}
